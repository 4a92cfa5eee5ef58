"""The fake server's own rules refuse what Telegram refuses."""

import json

import pytest

from tests.fakes.rules import problems


def send(text: str, **more: str) -> list[str]:
    return problems("sendMessage", {"chat_id": "7", "text": text, "parse_mode": "HTML"} | more)


@pytest.mark.parametrize(
    "text", ["a &lt; 1", "<b>a</b>", "<blockquote expandable>x\n<b>y</b></blockquote>", "ệ" * 4096]
)
def test_takes_what_telegram_takes(text: str) -> None:
    assert send(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "a < 1", "i <3 you", "<!-- a -->b", "<?x?>b", "<b>a", "a</b>", "<b><i>a</b></i>", "<h1>a</h1>", "<b/>a",
        "<b class=\"x\">a</b>", "<a>b</a>", "a & b", "&nbsp;a", "", " ", "<b> </b>", "ệ" * 4097, "😀" * 2049,
        "<b>a<b>b</b></b>",
    ],
)  # fmt: skip
def test_refuses_text_that_telegram_refuses(text: str) -> None:
    assert send(text) != []


def keyboard(*rows: list[dict[str, object]]) -> str:
    return json.dumps({"inline_keyboard": list(rows)})


BUTTON = {"text": "a", "callback_data": "b"}


@pytest.mark.parametrize(
    "markup",
    [
        keyboard([{"text": "a", "callback_data": "x" * 65}]),
        keyboard([{"text": "a", "callback_data": ""}]),
        keyboard([{"text": "", "callback_data": "x"}]),
        keyboard([{"text": "a"}]),
        keyboard([{"text": "a", "callback_data": "x", "url": "https://x"}]),
        keyboard([BUTTON] * 9),
        keyboard(*[[BUTTON]] * 101),
        keyboard([]),
        "x",
    ],
)
def test_refuses_buttons_that_telegram_refuses(markup: str) -> None:
    assert send("a", reply_markup=markup) != []


@pytest.mark.parametrize(
    ("method", "values"),
    [
        ("sendMessage", {"text": "a"}),
        ("sendMessage", {"chat_id": "7", "text": "a", "colour": "red"}),
        ("sendMessage", {"chat_id": "7", "text": "a", "message_thread_id": "x"}),
        ("sendMessage", {"chat_id": "7", "text": "a", "parse_mode": "FOO"}),
        ("editMessageText", {"chat_id": "7", "message_id": "1"}),
        ("answerCallbackQuery", {"callback_query_id": "1", "text": "ệ" * 201}),
        ("setMyShortDescription", {"short_description": "ệ" * 121}),
        ("setMyCommands", {"commands": json.dumps([{"command": "a"}])}),
        ("sendPigeon", {}),
    ],
)
def test_refuses_calls_that_telegram_refuses(method: str, values: dict[str, str]) -> None:
    assert problems(method, values) != []
