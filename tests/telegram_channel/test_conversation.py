"""Questions, buttons, links and commands: raw update JSON through the real application."""

import json
import logging
from pathlib import Path

import pytest

from bot import clock, sentences
from bot.assistant import Assistant
from bot.privacy import Pseudonyms
from bot.service import Service
from bot.storage import Storage
from handlers.telegram.run import build
from tests.fakes.bot_api import TOKEN
from tests.fakes.request import FakeRequest, refusing
from tests.telegram_channel.conftest import Talk, all_text


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


async def test_candidates_are_buttons_and_lead_to_the_facet_asked_for(talk: Talk) -> None:
    talk.api.text("gia hạn cần giấy tờ gì")
    sent = (await talk.push())[0]
    row = talk.rows()[0]
    assert row["outcome"] == "clarified"
    data = [
        button["callback_data"]
        for line in json.loads(sent["reply_markup"])["inline_keyboard"]
        for button in line
    ]
    assert [entry.split(":")[1] for entry in data[:-1]] == json.loads(row["candidates"])
    key = row["key"]
    assert data[-1] == f"none:{key}"
    assert all(entry.endswith(f":{key}") for entry in data)
    assert all(entry.startswith("cd:") for entry in data[:-1])


async def test_an_error_is_one_apology_and_a_report_without_the_words(
    talk: Talk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(self: Assistant, question: str, last: str | None = None) -> None:
        raise ZeroDivisionError(question)

    monkeypatch.setattr(Assistant, "ask", broken)
    talk.api.text("câu hỏi riêng tư")
    with caplog.at_level(logging.ERROR):
        sent = await talk.push()
    assert [message["text"] for message in sent] == [sentences.ERROR]
    assert "ZeroDivisionError tại test_conversation.py:" in caplog.text
    assert "riêng tư" not in caplog.text
    assert talk.rows()[0]["outcome"] == "error"


async def test_a_tap_too_old_to_acknowledge_is_answered_all_the_same(talk: Talk) -> None:
    talk.api.refuse = refusing(400, "Bad Request: query is too old", "answerCallbackQuery")
    talk.api.tap("ff:dang-ky-khai-sinh")
    assert "Lệ phí" in (await talk.push())[0]["text"]


async def test_calls_and_files_go_to_the_server_that_is_set(assistant: Assistant, tmp_path: Path) -> None:
    storage = Storage(tmp_path / "log.db")
    service = Service(assistant, storage, Pseudonyms(tmp_path / "key"), clock.now, channel="telegram")
    bot = build(TOKEN, "http://127.0.0.1:8081", service, storage, request=FakeRequest()).application.bot
    assert bot.base_url == f"http://127.0.0.1:8081/bot{TOKEN}"
    assert bot.base_file_url == f"http://127.0.0.1:8081/file/bot{TOKEN}"


async def test_a_failing_acknowledgement_costs_no_answer(talk: Talk) -> None:
    talk.api.refuse = refusing(500, "Internal", "answerCallbackQuery")
    talk.api.tap("ff:dang-ky-khai-sinh")
    assert "Lệ phí" in (await talk.push())[0]["text"]


async def test_an_old_button_of_the_first_version_still_works(talk: Talk) -> None:
    talk.api.tap("ff:dang-ky-khai-sinh")
    assert "Lệ phí" in all_text((await talk.push())[0])
