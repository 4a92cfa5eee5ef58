"""Raw update JSON through the real application, with a fake request class below it."""

import json
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database
from telegram import Update
from telegram.ext import Application

from bot import clock, sentences
from bot.assistant import Assistant
from bot.log import QueryLog
from bot.privacy import Pseudonyms
from bot.service import Service
from handlers.telegram.run import build
from tests.fakes.bot_api import TOKEN, private_message
from tests.fakes.request import FakeRequest


class Talk:
    """One citizen's side of a conversation, and what the log says of it."""

    def __init__(
        self, application: Application[Any, Any, Any, Any, Any, Any], request: FakeRequest, database: Path
    ) -> None:
        self.application = application
        self.request = request
        self.api = request.api
        self.database = database

    async def push(self) -> list[dict[str, Any]]:
        """Handle every queued update; returns the messages sent so far."""
        for raw in self.api.take():
            await self.application.process_update(Update.de_json(raw, self.application.bot))
        return self.api.sent()

    def rows(self) -> list[dict[str, Any]]:
        db = Database(self.database)
        try:
            return list(db.table("query_log").rows) if "query_log" in db.table_names() else []
        finally:
            db.close()


@pytest.fixture
async def talk(assistant: Assistant, tmp_path: Path) -> AsyncIterator[Talk]:
    log = QueryLog(tmp_path / "log.db")
    service = Service(assistant, log, Pseudonyms(tmp_path / "key"), clock.now, channel="telegram")
    request = FakeRequest()
    application = build(TOKEN, "https://example.invalid", service, request)
    await application.initialize()
    yield Talk(application, request, tmp_path / "log.db")
    await application.shutdown()
    service.close()


def refusing(
    code: int, description: str, *methods: str, having: str | None = None, times: int = 10**6, **more: Any
) -> Any:
    """A server that refuses some methods (only calls that have a parameter), a number of times."""
    left = [times]

    def refuse(method: str, values: dict[str, Any]) -> dict[str, Any] | None:
        if method not in methods or left[0] == 0 or (having is not None and having not in values):
            return None
        left[0] -= 1
        return {"error_code": code, "description": description, **more}

    return refuse


async def test_answers_a_question_with_folded_details_and_buttons(talk: Talk) -> None:
    talk.api.text("đăng ký khai sinh")
    sent = (await talk.push())[0]
    assert sent["text"].startswith("<b>Đăng ký khai sinh</b>")
    assert "<blockquote expandable>" in sent["text"]
    keyboard = json.loads(sent["reply_markup"])["inline_keyboard"]
    texts = [button["text"] for row in keyboard for button in row]
    assert texts[:5] == ["Giấy tờ", "Lệ phí", "Thời gian", "Nộp ở đâu", "Trực tuyến"]
    assert "Đăng ký lại khai sinh" in " ".join(texts)
    assert all(len(button["callback_data"].encode()) <= 64 for row in keyboard for button in row)


async def test_a_facet_button_puts_that_part_on_top(talk: Talk) -> None:
    talk.api.tap("ft:dang-ky-khai-sinh")
    sent = (await talk.push())[0]
    assert sent["text"].startswith("<b>Đăng ký khai sinh · Thời gian</b>\nTrong ngày làm việc.")
    assert len(talk.api.sent("answerCallbackQuery")) == 1
    row = talk.rows()[0]
    assert (row["outcome"], row["entry"], row["facet"], row["text"]) == (
        "chosen",
        "dang-ky-khai-sinh",
        "time",
        None,
    )


async def test_a_family_button_opens_the_member(talk: Talk) -> None:
    talk.api.tap("m-:dang-ky-khai-sinh-qua-han")
    assert "quá hạn" in (await talk.push())[0]["text"]


@pytest.mark.parametrize("data", ["", "x", "zz:dang-ky-khai-sinh", "f-:khong-con-nua", "f?:a", "::::", "f-:"])
async def test_an_old_or_foreign_button_gets_a_kind_sentence(talk: Talk, data: str) -> None:
    talk.api.tap(data)
    assert (await talk.push())[0]["text"] == sentences.GONE


async def test_start_welcomes_and_says_it_is_a_machine(talk: Talk) -> None:
    talk.api.text("/start")
    assert "máy trả lời tự động" in (await talk.push())[0]["text"]


async def test_start_with_a_link_opens_the_entry_also_by_an_older_id(talk: Talk) -> None:
    talk.api.text("/start elsewhere-ly-lich-tu-phap")
    assert "lý lịch tư pháp" in (await talk.push())[0]["text"]
    assert talk.rows()[0]["entry"] == "phieu-ly-lich-tu-phap"


@pytest.mark.parametrize("command", ["/help", "/help@ancuu_test_bot", "/giup"])
async def test_help_and_unknown_commands_say_how_to_ask(talk: Talk, command: str) -> None:
    talk.api.text(command)
    assert sentences.HELP in (await talk.push())[0]["text"]


@pytest.mark.parametrize("content", [{"sticker": {}}, {"photo": []}, {"voice": {}}, {"location": {}}])
async def test_what_is_no_text_gets_a_kind_sentence(talk: Talk, content: dict[str, Any]) -> None:
    media = {
        "sticker": {
            "file_id": "a",
            "file_unique_id": "b",
            "type": "regular",
            "width": 1,
            "height": 1,
            "is_animated": False,
            "is_video": False,
        },
        "photo": [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}],
        "voice": {"file_id": "a", "file_unique_id": "b", "duration": 1},
        "location": {"longitude": 107.6, "latitude": 16.4},
    }
    message = private_message(7, text="", message_id=5)
    del message["text"]
    name = next(iter(content))
    talk.api.send(message=message | {name: media[name]})
    assert (await talk.push())[0]["text"] == sentences.UNSUPPORTED
    assert talk.rows()[0]["outcome"] == "unsupported"


async def test_says_nothing_in_a_group_or_to_an_edit(talk: Talk) -> None:
    message = private_message(7, text="đăng ký khai sinh", message_id=5)
    talk.api.send(message=message | {"chat": {"id": -5, "type": "supergroup", "title": "Tổ dân phố"}})
    talk.api.send(edited_message=message | {"edit_date": 1795651300})
    assert await talk.push() == []


async def test_candidates_are_buttons_and_lead_to_the_facet_asked_for(talk: Talk) -> None:
    talk.api.text("bị mất giấy khai sinh xin lại giấy tờ gì")
    sent = (await talk.push())[0]
    row = talk.rows()[0]
    assert row["outcome"] == "clarified"
    data = [
        button["callback_data"]
        for line in json.loads(sent["reply_markup"])["inline_keyboard"]
        for button in line
    ]
    assert [entry.partition(":")[2] for entry in data] == json.loads(row["candidates"])
    assert all(entry.startswith("cd:") for entry in data)


async def test_an_error_is_one_apology_and_a_report_without_the_words(
    talk: Talk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(self: Assistant, question: str) -> None:
        raise ZeroDivisionError(question)

    monkeypatch.setattr(Assistant, "ask", broken)
    talk.api.text("câu hỏi riêng tư")
    with caplog.at_level(logging.ERROR):
        sent = await talk.push()
    assert [message["text"] for message in sent] == [sentences.ERROR]
    assert "ZeroDivisionError tại test_conversation.py:" in caplog.text
    assert "riêng tư" not in caplog.text
    assert talk.rows()[0]["outcome"] == "error"


async def test_markup_refused_means_plain_text(talk: Talk) -> None:
    talk.api.refuse = refusing(400, "Bad Request: can't parse entities", "sendMessage", having="parse_mode")
    talk.api.text("lam giay khai sinh can giay to gi")
    _, plain = await talk.push()
    assert "<" not in plain["text"]
    assert "☐ Giấy chứng sinh" in plain["text"]


async def test_a_tap_too_old_to_acknowledge_is_answered_all_the_same(talk: Talk) -> None:
    talk.api.refuse = refusing(400, "Bad Request: query is too old", "answerCallbackQuery")
    talk.api.tap("ff:dang-ky-khai-sinh")
    assert "Lệ phí" in (await talk.push())[0]["text"]


async def test_calls_and_files_go_to_the_server_that_is_set(assistant: Assistant, tmp_path: Path) -> None:
    service = Service(
        assistant, QueryLog(tmp_path / "log.db"), Pseudonyms(tmp_path / "key"), clock.now, channel="telegram"
    )
    bot = build(TOKEN, "http://127.0.0.1:8081", service, FakeRequest()).bot
    assert bot.base_url == f"http://127.0.0.1:8081/bot{TOKEN}"
    assert bot.base_file_url == f"http://127.0.0.1:8081/file/bot{TOKEN}"


async def test_told_to_wait_it_waits_and_sends_again(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr("handlers.telegram.send.asyncio.sleep", sleep)
    talk.api.refuse = refusing(
        429, "Too Many Requests", "sendMessage", times=1, parameters={"retry_after": 7}
    )
    talk.api.text("đăng ký kết hôn")
    sent = await talk.push()
    assert waits == [7]
    assert len(sent) == 2
    assert [row["outcome"] for row in talk.rows()] == ["answered"]


@pytest.mark.parametrize(
    ("code", "description"), [(500, "Internal"), (403, "Forbidden: bot was blocked by the user")]
)
async def test_a_question_is_logged_although_its_answer_could_not_be_sent(
    talk: Talk, caplog: pytest.LogCaptureFixture, code: int, description: str
) -> None:
    talk.api.refuse = refusing(code, description, "sendMessage")
    talk.api.text("đăng ký kết hôn")
    with caplog.at_level(logging.ERROR):
        await talk.push()
    assert [row["outcome"] for row in talk.rows()] == ["answered"]
    assert "Không gửi được câu trả lời" in caplog.text
    assert "đăng ký kết hôn" not in caplog.text


async def test_buttons_refused_means_text_without_buttons(talk: Talk) -> None:
    talk.api.refuse = refusing(400, "Bad Request: BUTTON_DATA_INVALID", "sendMessage", having="reply_markup")
    talk.api.text("đăng ký kết hôn")
    sent = await talk.push()
    assert "reply_markup" not in sent[-1]
    assert sent[-1]["text"].startswith("Đăng ký kết hôn")
    assert len(talk.rows()) == 1


async def test_a_failing_acknowledgement_costs_no_answer(talk: Talk) -> None:
    talk.api.refuse = refusing(500, "Internal", "answerCallbackQuery")
    talk.api.tap("ff:dang-ky-khai-sinh")
    assert "Lệ phí" in (await talk.push())[0]["text"]
