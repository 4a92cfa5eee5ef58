"""What each thing that Telegram says to a send means."""

import asyncio
import logging

import pytest

from bot import sentences
from bot.pace import MOST
from tests.fakes.bot_api import DATE, message_of
from tests.fakes.request import refusing
from tests.telegram_channel.conftest import QUESTION, Talk, outbox, texts


async def test_told_to_wait_it_confirms_the_update_and_sends_later(talk: Talk) -> None:
    talk.api.refuse = refusing(
        429, "Too Many Requests", "sendMessage", times=1, parameters={"retry_after": 7}
    )
    talk.api.text(QUESTION)
    await talk.push()
    assert talk.outcomes() == ["answered"]
    assert len(talk.rows("handled")) == 1
    await talk.outbox.settled()
    assert talk.waits == [7]
    assert len(texts(talk)) == 1
    assert outbox(talk) == []


@pytest.mark.parametrize(
    ("code", "description"), [(500, "Internal"), (502, "Bad Gateway"), ("reset", ""), ("timeout", "")]
)
async def test_a_network_that_fails_is_tried_again_with_growing_waits(
    talk: Talk, code: int | str, description: str
) -> None:
    talk.api.refuse = refusing(code, description, "sendMessage", times=4)
    talk.api.text(QUESTION)
    await talk.push()
    await talk.outbox.settled()
    assert len(texts(talk)) == 1
    assert talk.waits[0] == 0.5
    assert talk.waits == sorted(talk.waits)
    assert talk.waits[-1] > talk.waits[0]
    assert outbox(talk) == []
    assert talk.outcomes() == ["answered"]


@pytest.mark.parametrize(
    "description",
    ["Forbidden: bot was blocked by the user", "Forbidden: user is deactivated", "Forbidden: bot was kicked"],
)
async def test_somebody_who_blocked_the_bot_is_not_tried_again(talk: Talk, description: str) -> None:
    talk.api.refuse = refusing(403, description, "sendMessage")
    talk.api.text(QUESTION)
    await talk.push()
    await talk.outbox.settled()
    assert len(talk.api.sent()) == 1
    assert outbox(talk) == []
    assert talk.outcomes() == ["answered"]


async def test_markup_refused_means_plain_text(talk: Talk) -> None:
    talk.api.refuse = refusing(400, "Bad Request: can't parse entities", "sendMessage", having="parse_mode")
    talk.api.text("lam giay khai sinh can giay to gi")
    _, plain = await talk.push()
    assert "<" not in plain["text"]
    assert "☐ Giấy chứng sinh" in plain["text"]
    assert "reply_markup" in plain


async def test_buttons_refused_means_text_without_buttons(talk: Talk) -> None:
    talk.api.refuse = refusing(400, "Bad Request: BUTTON_DATA_INVALID", "sendMessage", having="reply_markup")
    talk.api.text(QUESTION)
    sent = await talk.push()
    assert "reply_markup" not in sent[-1]
    assert sent[-1]["text"].startswith("Đăng ký kết hôn")
    assert len(talk.rows()) == 1


async def test_what_is_refused_in_every_form_is_told_to_the_operator_and_kept(
    talk: Talk, caplog: pytest.LogCaptureFixture
) -> None:
    talk.api.refuse = refusing(400, "Bad Request: something new", "sendMessage")
    talk.api.text("đăng ký kết hôn bí mật")
    with caplog.at_level(logging.ERROR):
        await talk.push()
    assert "Không gửi được câu trả lời" in caplog.text
    assert "bí mật" not in caplog.text
    assert len(talk.rows()) == 1
    assert outbox(talk) == []


async def test_a_group_that_became_another_gets_the_answer_there(talk: Talk) -> None:
    talk.api.refuse = refusing(
        400, "Bad Request: group chat was upgraded", "sendMessage", times=1, parameters={"migrate_to_chat_id": -1005}
    )  # fmt: skip
    talk.api.text(QUESTION)
    await talk.push()
    assert next(iter(talk.api.messages))[0] == -1005


async def test_an_acknowledgement_that_hangs_keeps_no_update_in_hand(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def hang(*_: object) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr("handlers.telegram.conversation.BESIDE_SECONDS", 0.01)
    monkeypatch.setattr("telegram.CallbackQuery.answer", hang)
    talk.api.tap("ff:dang-ky-khai-sinh")
    await talk.push()
    assert len(texts(talk)) == 1
    assert len(talk.rows()) == 1


async def test_while_too_fast_an_edit_leaves_the_old_answer(talk: Talk) -> None:
    talk.api.put({"update_id": 1, "message": message_of(7, QUESTION, 555)})
    await talk.push()
    for _ in range(MOST + 2):
        talk.api.text(QUESTION)
    await talk.push()
    talk.api.send(edited_message=message_of(7, "đăng ký khai tử", 555) | {"edit_date": DATE})
    await talk.push()
    assert talk.api.sent("editMessageText") == []
    assert talk.api.sent("deleteMessage") == []


async def test_the_apology_comes_once_when_the_handler_breaks(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.telegram.conversation.question_of", _broken)
    talk.api.text("bí mật")
    sent = await talk.push()
    assert [message["text"] for message in sent] == [sentences.ERROR]


def _broken(_: object) -> str:
    raise ZeroDivisionError
