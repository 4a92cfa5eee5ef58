"""What waits, and what a kill or a restart makes of it."""

import asyncio
import json
import logging
from pathlib import Path
from typing import Any

import pytest
from telegram import Update

from bot import sentences
from bot.assistant import Assistant
from bot.errors import LogError
from handlers.telegram import delivery as delivery_module
from handlers.telegram import poster as poster_module
from handlers.telegram.intake import name_of
from handlers.telegram.letter import Letter
from handlers.telegram.outbox import LONGEST_LIFE
from tests.fakes.bot_api import message_of
from tests.fakes.request import refusing
from tests.telegram_channel.conftest import QUESTION, Talk, outbox, talking, texts


async def test_a_waiting_chat_holds_back_no_other_and_keeps_its_order(talk: Talk) -> None:
    talk.may_wait_end.clear()
    talk.api.refuse = refusing(
        429, "Too Many Requests", "sendMessage", times=1, parameters={"retry_after": 7}
    )
    talk.api.text(QUESTION, chat=7)
    await talk.push()
    talk.api.text("đăng ký khai tử", chat=7)
    talk.api.text("đăng ký khai sinh", chat=8)
    await talk.push()
    assert [text.split("\n")[0] for text in texts(talk)] == ["<b>Đăng ký khai sinh</b>"]
    assert talk.outcomes() == ["answered"] * 3
    talk.may_wait_end.set()
    await talk.outbox.settled()
    assert [text.split("\n")[0] for text in texts(talk)][1:] == [
        "<b>Đăng ký kết hôn</b>",
        "<b>Đăng ký khai tử</b>",
    ]


async def test_the_outbox_holds_the_chat_and_the_answer_and_no_word_of_the_citizen(
    assistant: Assistant, tmp_path: Path
) -> None:
    async with talking(assistant, tmp_path) as talk:
        talk.api.refuse = refusing("reset", "", "sendMessage")
        talk.may_wait_end.clear()
        talk.api.text("mệ tui hỏi đăng ký kết hôn cần giấy tờ gì")
        await talk.push()
        (row,) = outbox(talk)
        assert row["chat"] == 7
        assert "Tờ khai" in Letter.from_json(row["letter"]).plain
        assert "mệ tui" not in json.dumps(row, ensure_ascii=False)
        talk.api.refuse = lambda *_: None
    async with talking(assistant, tmp_path, talk.api) as talk:  # after a restart it goes out by itself
        await talk.outbox.settled()
        assert len(texts(talk)) == 1
        assert outbox(talk) == []


async def test_what_the_journal_knows_as_sent_is_not_sent_again(assistant: Assistant, tmp_path: Path) -> None:
    async with talking(assistant, tmp_path) as talk:
        talk.api.refuse = refusing("reset", "", "sendMessage")
        talk.may_wait_end.clear()
        talk.api.text(QUESTION)
        await talk.push()
        name = outbox(talk)[0]["name"]
        talk.api.refuse = lambda *_: None
    (tmp_path / "log.db-sent").write_text(f"{name}\n")
    async with talking(assistant, tmp_path, talk.api) as talk:
        await talk.outbox.settled()
        assert texts(talk) == []
        assert outbox(talk) == []


async def test_an_answer_sent_but_not_kept_before_a_kill_is_kept_and_not_sent_again(
    assistant: Assistant, tmp_path: Path
) -> None:
    update = {"update_id": 1, "message": message_of(7, QUESTION, 5)}
    async with talking(assistant, tmp_path) as talk:
        name = name_of(Update.de_json(update, talk.channel.application.bot))
    (tmp_path / "log.db-sent").write_text(f"{name}\n")  # the kill came before the row
    async with talking(assistant, tmp_path) as talk:
        talk.api.put(update)
        await talk.push()
        assert talk.api.sent() == []
        assert talk.outcomes() == ["answered"]


async def test_a_chat_that_is_gone_takes_its_waiting_answers_with_it(talk: Talk) -> None:
    answers = iter(
        [refusing("reset", "", "sendMessage"), refusing(400, "Bad Request: chat not found", "sendMessage")]
    )
    talk.api.refuse = next(answers)
    talk.api.text(QUESTION)
    await talk.push()
    talk.api.refuse = next(answers)
    await talk.outbox.settled()
    assert outbox(talk) == []
    assert texts(talk) == []


async def test_a_slow_send_is_put_into_the_outbox_while_it_goes_on_and_is_sent_once(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery_module, "IN_FLIGHT_SECONDS", 0.01)
    arrived = asyncio.Event()
    real = poster_module.post

    async def slowly(*arguments: Any) -> int | None:
        await arrived.wait()
        return await real(*arguments)

    monkeypatch.setattr(poster_module, "post", slowly)
    talk.api.text(QUESTION)
    await talk.push()  # returns: the update is confirmed
    assert len(outbox(talk)) == 1
    assert texts(talk) == []
    arrived.set()
    await talk.outbox.settled()
    assert len(talk.api.sent()) == 1
    assert outbox(talk) == []


async def test_an_answer_that_cannot_be_sent_for_a_day_is_given_up(
    talk: Talk, caplog: pytest.LogCaptureFixture
) -> None:
    talk.api.refuse = refusing("reset", "", "sendMessage")
    talk.api.text(QUESTION)
    await talk.push()
    talk.shift = LONGEST_LIFE
    with caplog.at_level(logging.ERROR):
        await talk.outbox.settled()
    assert "Bỏ một câu trả lời" in caplog.text
    assert outbox(talk) == []


async def test_an_answer_waits_in_memory_where_the_outbox_cannot_be_written(
    talk: Talk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise LogError("đĩa đầy")

    monkeypatch.setattr("bot.mailbox.mailbox.put", broken)
    talk.api.refuse = refusing("reset", "", "sendMessage", times=1)
    talk.api.text(QUESTION)
    with caplog.at_level(logging.ERROR):
        await talk.push()
        await talk.outbox.settled()
    assert "đĩa đầy" in caplog.text
    assert len(texts(talk)) == 1


async def test_an_answer_that_quotes_the_citizen_never_lies_in_the_outbox(
    assistant: Assistant, tmp_path: Path
) -> None:
    async with talking(assistant, tmp_path) as talk:
        await talk.says("một câu riêng của tui")
        talk.api.refuse = refusing("reset", "", "sendMessage")
        talk.may_wait_end.clear()
        talk.api.text("/dulieu")
        await talk.push()
        (row,) = outbox(talk)
        assert "câu riêng" not in row["letter"]
        talk.api.refuse = lambda *_: None
    async with talking(assistant, tmp_path, talk.api) as talk:
        await talk.outbox.settled()
        assert texts(talk)[-1] == sentences.ASK_AGAIN
        talk.api.text("/dulieu")
        await talk.push()
        assert "câu riêng" in texts(talk)[-1]
        assert outbox(talk) == []


async def test_a_long_answer_goes_in_parts_in_order(talk: Talk) -> None:
    for number in range(80):
        talk.channel.service.record(
            talk.channel.service.ask(f"câu hỏi số {number} " + "rất dài " * 20), "7"
        ).result(10)  # fmt: skip
    talk.api.text("/dulieu")
    await talk.push()
    await talk.outbox.settled()
    parts = texts(talk)
    assert len(parts) > 2
    assert outbox(talk) == []
    told = [number for part in parts for number in range(80) if f"câu hỏi số {number} " in part]
    assert told == list(range(80))
    assert all(part.count("<blockquote") == part.count("</blockquote>") for part in parts)


async def test_a_letter_after_others_were_sent_is_not_taken_for_one_of_them(
    assistant: Assistant, tmp_path: Path
) -> None:
    async with talking(assistant, tmp_path) as talk:
        talk.api.refuse = refusing("reset", "", "sendMessage", times=1)
        talk.api.text(QUESTION, chat=7)
        await talk.push()
        await talk.outbox.settled()
        assert outbox(talk) == []
        talk.may_wait_end.clear()
        talk.api.refuse = refusing("reset", "", "sendMessage", times=1)
        talk.api.text(QUESTION, chat=8)
        await talk.push()
    async with talking(assistant, tmp_path, talk.api) as talk:
        await talk.outbox.settled()
        assert sorted(chat for chat, _ in talk.api.messages) == [7, 8]


async def test_told_to_stop_it_finishes_the_send_in_flight_and_sends_nothing_twice(
    assistant: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery_module, "IN_FLIGHT_SECONDS", 0.01)
    arrived, real = asyncio.Event(), poster_module.post

    async def slowly(*arguments: Any) -> int | None:
        await arrived.wait()
        return await real(*arguments)

    monkeypatch.setattr(poster_module, "post", slowly)
    async with talking(assistant, tmp_path) as talk:
        talk.api.text(QUESTION)
        await talk.push()
        asyncio.get_running_loop().call_later(0.05, arrived.set)
    async with talking(assistant, tmp_path, talk.api) as talk:
        await talk.outbox.settled()
        assert len(talk.api.sent()) == 1
        assert outbox(talk) == []


async def test_an_answer_that_cannot_be_put_into_the_outbox_keeps_its_update_in_hand(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise LogError("đĩa đầy")

    monkeypatch.setattr("bot.mailbox.mailbox.put", broken)
    talk.may_wait_end.clear()
    talk.api.refuse = refusing("reset", "", "sendMessage", times=1)
    talk.api.text(QUESTION)
    pushing = asyncio.create_task(talk.push())
    await asyncio.wait({pushing}, timeout=0.2)
    assert len(talk.intake.in_hand) == 1
    talk.may_wait_end.set()
    await pushing
    assert len(texts(talk)) == 1


async def test_a_journal_that_cannot_be_opened_strands_no_waiting_letter(
    assistant: Assistant, tmp_path: Path
) -> None:
    async with talking(assistant, tmp_path) as talk:
        talk.may_wait_end.clear()
        talk.api.refuse = refusing("reset", "", "sendMessage", times=1)
        talk.api.text(QUESTION)
        await talk.push()
    (tmp_path / "log.db-sent").unlink()
    (tmp_path / "log.db-sent").mkdir()
    async with talking(assistant, tmp_path, talk.api) as talk:
        await talk.outbox.settled()
        assert len(texts(talk)) == 1


async def test_an_answer_older_than_a_day_is_not_sent_after_a_restart_nor_under_429(
    assistant: Assistant, tmp_path: Path
) -> None:
    async with talking(assistant, tmp_path) as talk:
        talk.may_wait_end.clear()
        talk.api.refuse = refusing(429, "wait", "sendMessage", parameters={"retry_after": 9})
        talk.api.text(QUESTION)
        await talk.push()
        talk.shift = LONGEST_LIFE
        talk.may_wait_end.set()
        await talk.outbox.settled()
        assert outbox(talk) == []
    assert texts(talk) == []


async def test_a_forged_erase_in_a_group_erases_and_forgets_nothing(talk: Talk) -> None:
    await talk.says("câu của tui")
    talk.api.tap("erase")
    (update,) = talk.api.take()
    update["callback_query"]["message"]["chat"] = {"id": -5, "type": "supergroup", "title": "Tổ"}
    talk.api.put(update)
    assert (await talk.push())[-1]["text"] == sentences.PRIVATE_ONLY
    assert talk.rows()[0]["text"] == "câu của tui"


async def test_waiting_letters_of_a_person_who_erases_are_not_sent(talk: Talk) -> None:
    talk.may_wait_end.clear()
    talk.api.refuse = refusing("reset", "", "sendMessage", times=1)
    talk.api.text(QUESTION)
    await talk.push()
    talk.api.tap("erase")
    await talk.push()
    assert talk.outbox.waiting == 0
    assert not any("kết hôn" in text for text in texts(talk))
    assert outbox(talk) == []


def test_a_letter_comes_back_from_the_outbox_as_it_went() -> None:
    letter = Letter(
        "<b>a</b>", "a", ((("nút", "x"), ("hai", "y")), (("ba", "z"),)), reply_to=5, thread=6, edits=7
    )
    assert Letter.from_json(letter.to_json()) == letter
