"""What must hold when things go wrong: erasing, floods, slow work, the disk."""

import asyncio
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from bot import sentences
from bot.errors import LogError
from bot.pace import MOST
from bot.publishing.rehearsal import Rehearser
from bot.staff import sentences as staff_sentences
from bot.tickets import tickets
from tests.fakes.request import refusing
from tests.staff.conftest import EDITOR, OTHER_EDITOR, STAFF_CHAT, STRANGER, Ward
from tests.staff.test_tickets import ONE, WIFI, ask, leave


async def test_an_answer_on_its_way_goes_with_everything_that_is_erased(ward: Ward) -> None:
    _, message = await leave(ward, WIFI, ONE)
    ward.api.refuse = refusing(
        429, "Too Many Requests", "sendMessage", times=10**6, parameters={"retry_after": 900}
    )
    ward.api.reply("Không có ạ", message, STAFF_CHAT, sender=EDITOR)
    tasks = [task for raw in ward.api.take() if (task := ward.intake.take(raw)) is not None]
    await asyncio.wait(tasks)
    people = ward.channel.service.pseudonyms(str(ONE))
    assert [row["person"] for row in ward.rows("outbox") if row["chat"] == ONE] == [people[0]]
    ward.api.refuse = lambda method, values: None


async def test_a_strangers_many_attempts_are_neither_answered_nor_noted(ward: Ward) -> None:
    for _ in range(MOST + 5):
        ward.api.text("/xem x", STRANGER)
    await ward.push()
    assert len(ward.audit()) == len(ward.api.sent()) == MOST


async def test_what_a_stranger_tried_is_erased_with_their_data_and_holds_none_of_their_words(
    ward: Ward,
) -> None:
    ward.api.tap("sq:ong Minh 0912345678", STRANGER)
    await ward.push()
    assert [row["subject"] for row in ward.rows("audit")] == ["q"]
    await ward.writes("/xoadulieu", STRANGER)
    await ward.presses("Xóa", STRANGER)
    assert ward.rows("audit") == []


async def test_citizens_wait_for_none_of_many_impatient_taps(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_end = threading.Event()

    def slow(*_: object, **__: object) -> None:
        may_end.wait(20)
        raise LogError("đủ rồi")

    monkeypatch.setattr(Rehearser, "run", slow)
    for _ in range(12):
        ward.api.tap("sed:3:dang-ky-thu", EDITOR)
    tasks = [task for raw in ward.api.take() if (task := ward.intake.take(raw)) is not None]
    await asyncio.wait(tasks)
    for chat in range(20, 30):
        ward.api.text("đăng ký thử", chat)
    tasks = [task for raw in ward.api.take() if (task := ward.intake.take(raw)) is not None]
    _done, waiting = await asyncio.wait(tasks, timeout=15)
    may_end.set()
    assert not waiting
    assert all("Đăng ký thử" in ward.last(chat)[1]["text"] for chat in range(20, 30))
    await ward.staff.settled()


async def test_a_ticket_that_could_not_be_kept_is_shown_to_nobody(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ask(ward, WIFI, ONE)
    await ward.presses("Gửi câu hỏi cho cán bộ", ONE)

    def broken(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(tickets, "open_", broken)
    await ward.presses("Đồng ý", ONE)
    assert all(key[0] != STAFF_CHAT for key in ward.api.messages)


async def test_the_words_of_a_question_are_in_no_trail_that_outlives_them(ward: Ward) -> None:
    await ward.writes("gả con gái qua Mỹ zebra", 7)
    await ward.writes("/hangdoi", EDITOR)
    await ward.presses("1.", EDITOR)
    await ward.presses("Tìm mục khác", EDITOR)
    await ward.replies("đăng ký thử", EDITOR)
    await ward.presses("Là cách hỏi của: Đăng ký thử", EDITOR)
    await ward.presses("Không công bố", EDITOR)
    assert "zebra" not in "".join(f"{row['before']}{row['after']}" for row in ward.rows("audit"))
    published = Path(ward.folder / "published")
    assert all(b"zebra" not in file.read_bytes() for file in published.rglob("*.yaml"))  # noqa: ASYNC240


async def test_a_plain_message_after_a_question_of_ours_is_its_answer_for_ten_minutes(
    ward: Ward, at: list
) -> None:
    await ward.writes("/sua dang-ky-thu", EDITOR)
    await ward.presses("Lệ phí", EDITOR)
    assert "Đã thử" in await ward.writes("9.000 đồng", EDITOR)
    await ward.writes("/sua dang-ky-thu", EDITOR)
    await ward.presses("Lệ phí", EDITOR)
    at[0] += timedelta(minutes=11)
    assert "Đã thử" not in await ward.writes("đăng ký thử", EDITOR)
    await ward.presses("Lệ phí", EDITOR)
    await ward.writes("/hangdoi", EDITOR)  # something else in between
    assert "Đã thử" not in await ward.writes("đăng ký thử", EDITOR)


async def test_commands_of_staff_work_in_private_and_in_the_staff_chat_only(ward: Ward) -> None:
    ward.api.text("/hangdoi@ancuu_test_bot", -555, sender=EDITOR)
    await ward.push()
    assert ward.last(-555)[1]["text"] == staff_sentences.NOT_HERE


async def test_words_behind_a_line_end_belong_to_the_command(ward: Ward) -> None:
    await ward.writes("/tat dang-ky-thu\nchờ mẫu mới", EDITOR)
    assert "chờ mẫu mới" in await ward.writes("đăng ký thử", 7)


async def test_a_group_is_closed_from_the_page_of_all_changes_too(ward: Ward) -> None:
    await ward.writes("gả con gái qua Mỹ", 7)
    await ward.writes("/hangdoi", EDITOR)
    await ward.presses("1.", EDITOR)
    await ward.presses("Tìm mục khác", EDITOR)
    await ward.replies("đăng ký thử", EDITOR)
    await ward.presses("Là cách hỏi của: Đăng ký thử", EDITOR)
    await ward.presses("Xem đủ", EDITOR)
    assert staff_sentences.GROUP_DONE_TOO in await ward.presses("✅ Công bố", EDITOR)
    assert [row["state"] for row in ward.rows("queue_group")] == ["done"]


async def test_a_newer_attempt_takes_the_place_of_ones_older_one(ward: Ward) -> None:
    for fee in ("1.000 đồng", "2.000 đồng"):
        await ward.writes("/sua dang-ky-thu", EDITOR)
        await ward.presses("Lệ phí", EDITOR)
        await ward.replies(fee, EDITOR)
        if fee.startswith("1"):
            older = ward.button("✅ Công bố", EDITOR)
    ward.api.tap(older[1], EDITOR, message_id=older[0])
    await ward.push()
    assert "1.000" not in await ward.writes("lệ phí đăng ký thử", 7)


async def test_switches_from_telegram_hold_at_once(ward: Ward) -> None:
    assert "Đã tắt" in await ward.writes("/tat dang-ky-thu chờ mẫu mới", OTHER_EDITOR)
    assert "đang tạm dừng" in await ward.writes("đăng ký thử", 7)
    assert "Đã bật lại" in await ward.writes("/bat dang-ky-thu", EDITOR)
    assert "Trung tâm" in await ward.writes("đăng ký thử", 7)
    await ward.writes("/thongbao 30/11 Phường nghỉ vì bão", EDITOR)
    assert (await ward.writes("đăng ký thử", 7)).startswith("📢 Phường nghỉ vì bão")
    await ward.writes("/thongbao tắt", EDITOR)
    assert "📢" not in await ward.writes("đăng ký thử", 7)
    await ward.writes("/tamdung bảo trì", 111)
    assert "tạm dừng: bảo trì" in await ward.writes("đăng ký thử", 7)
    assert "Câu chưa" not in await ward.writes("/hangdoi", 7)
    await ward.writes("/tieptuc", 111)
    assert "Trung tâm" in await ward.writes("đăng ký thử", 7)
    assert [action for _, action, _ in ward.audit()] == [
        "off", "on", "notice", "notice", "pause", "refused", "resume",
    ]  # fmt: skip


@pytest.mark.parametrize("typed", ["/thongbao 31/2 x", "/thongbao 25/11 x", "/thongbao x", "/thongbao"])
async def test_a_notice_without_a_good_day_says_how(ward: Ward, typed: str) -> None:
    told = await ward.writes(typed, EDITOR)
    assert "📢" not in told
    assert ward.rows("switch") == []


async def test_each_member_of_staff_is_shown_the_commands_of_their_role(ward: Ward) -> None:
    import json

    from handlers.telegram.profile import introduce_to_staff
    from tests.staff.conftest import ADMIN, VIEWER

    desk = ward.staff._desk
    await introduce_to_staff(ward.channel.application.bot, desk.roster, STAFF_CHAT)
    shown = {
        chat: {each["command"] for each in json.loads(ward.api.profile[f"MyCommands:{chat}"]["commands"])}
        for chat in (ADMIN, EDITOR, VIEWER, STAFF_CHAT)
    }
    assert "tamdung" in shown[ADMIN]
    assert {"sua", "hangdoi"} <= shown[EDITOR]
    assert "tamdung" not in shown[EDITOR] | shown[STAFF_CHAT]
    assert "sua" not in shown[VIEWER]
    assert set(sentences.COMMANDS) <= shown[VIEWER]
