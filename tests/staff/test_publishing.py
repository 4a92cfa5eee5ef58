"""Publishing: what was tried, on what was published, and back again; also after a restart."""

import asyncio
from functools import partial
from pathlib import Path

import pytest

from bot.errors import BotError
from bot.publishing.rehearsal import Rehearser
from bot.staff import sentences
from handlers import parts
from tests.staff.conftest import EDITOR, OTHER_EDITOR, STAFF_CHAT, Ward, opened
from tests.telegram_channel.conftest import buttons


async def try_fee(ward: Ward, fee: str, clerk: int = EDITOR) -> str:
    await ward.writes("/sua dang-ky-thu", clerk)
    await ward.presses("Lệ phí", clerk)
    return await ward.replies(fee, clerk)


async def test_what_was_not_published_changes_nothing(ward: Ward) -> None:
    await try_fee(ward, "9.000 đồng")
    assert await ward.presses("Không công bố", EDITOR) == sentences.DROPPED
    assert "9.000" not in await ward.writes("lệ phí đăng ký thử", 7)


async def test_undo_brings_back_the_version_before_and_again_the_one_before_that(ward: Ward) -> None:
    for fee in ("1.000 đồng", "2.000 đồng"):
        await try_fee(ward, fee)
        await ward.presses("✅ Công bố", EDITOR)
    for gone, left in (("2.000", "1.000"), ("1.000", "chưa có thông tin")):
        await ward.writes("/hoantac", EDITOR)
        assert "Đã quay lại" in await ward.presses("Quay lại", EDITOR)
        told = await ward.writes("lệ phí đăng ký thử", 7)
        assert gone not in told
        assert left in told
    assert await ward.writes("/hoantac", EDITOR) == sentences.NOTHING_BEFORE


async def test_an_undo_that_was_tapped_twice_goes_back_once(ward: Ward) -> None:
    for fee in ("1.000 đồng", "2.000 đồng"):
        await try_fee(ward, fee)
        await ward.presses("✅ Công bố", EDITOR)
    await ward.writes("/hoantac", EDITOR)
    number, data = ward.button("Quay lại", EDITOR)
    for _ in range(2):
        ward.api.tap(data, EDITOR, message_id=number)
    await ward.push()
    assert "1.000" in await ward.writes("lệ phí đăng ký thử", 7)


async def test_two_clerks_at_once_lose_no_change(ward: Ward) -> None:
    await try_fee(ward, "1.000 đồng")
    await ward.writes("/sua dang-ky-thu", OTHER_EDITOR)
    await ward.presses("Thời gian", OTHER_EDITOR)
    await ward.replies("Trong 3 ngày.", OTHER_EDITOR)
    await ward.presses("✅ Công bố", OTHER_EDITOR)
    again = await ward.presses("✅ Công bố", EDITOR)  # on the version that was there before the other's
    assert again.startswith("<b>Đã thử")
    assert "Đã công bố" in await ward.presses("✅ Công bố", EDITOR)
    told = await ward.writes("đăng ký thử", 7)
    assert "1.000 đồng" in told
    assert "Trong 3 ngày" in told


async def test_what_is_published_answers_after_a_restart_and_the_button_of_before_still_publishes(
    environment: dict[str, str], at: list, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "Rehearser", partial(Rehearser, with_golden=False))
    monkeypatch.setattr(parts, "SHIPPED", folder)
    async with opened(environment) as ward:
        await try_fee(ward, "1.000 đồng")
        await ward.presses("✅ Công bố", EDITOR)
        await try_fee(ward, "2.000 đồng")
        number, data = ward.button("✅ Công bố", EDITOR)
    async with opened(environment, ward.api) as ward:
        assert "1.000" in await ward.writes("lệ phí đăng ký thử", 7)
        ward.api.tap(data, EDITOR, message_id=number)
        await ward.push()
        assert "2.000" in await ward.writes("lệ phí đăng ký thử", 7)


async def test_a_version_that_nobody_tried_cannot_be_published_by_a_forged_button(ward: Ward) -> None:
    pointer = (ward.folder / "published" / "pointer.json").read_bytes()
    base = ward.channel.service.assistant.knowledge.version
    for data in (f"sp:{base}:0123456789ab", f"sp:{base}:../../..", "sp:x:y", f"sp:{base}:{base}"):
        ward.api.tap(data, EDITOR)
    await ward.push()
    assert (ward.folder / "published" / "pointer.json").read_bytes() == pointer or base in str(
        (ward.folder / "published" / "pointer.json").read_text()
    )
    assert ward.channel.service.assistant.knowledge.version == base


async def test_a_rehearsal_that_fails_is_told_and_nothing_is_published(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise BotError("Việc thử bản mới dừng giữa chừng.")

    monkeypatch.setattr(Rehearser, "run", broken)
    assert await try_fee(ward, "1.000 đồng") == "Việc thử bản mới dừng giữa chừng."


async def test_citizens_are_answered_while_a_change_is_tried(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    going, may_end = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def slow(*_: object, **__: object) -> None:
        loop.call_soon_threadsafe(going.set)
        asyncio.run_coroutine_threadsafe(may_end.wait(), loop).result(20)
        raise BotError("đủ rồi")

    monkeypatch.setattr(Rehearser, "run", slow)
    trying = asyncio.create_task(try_fee(ward, "1.000 đồng"))
    await asyncio.wait_for(going.wait(), 20)
    ward.api.text("đăng ký thử", 7)
    tasks = [task for raw in ward.api.take() if (task := ward.intake.take(raw)) is not None]
    await asyncio.wait(tasks)
    assert "Đăng ký thử" in ward.last(7)[1]["text"]
    ward.api.text("/hangdoi", EDITOR)  # also the clerk who waits
    tasks = [task for raw in ward.api.take() if (task := ward.intake.take(raw)) is not None]
    await asyncio.wait(tasks)
    assert ward.last(EDITOR)[1]["text"] == sentences.QUEUE_EMPTY
    may_end.set()
    await trying


async def test_every_act_is_in_the_audit_trail_with_before_and_after(ward: Ward) -> None:
    await try_fee(ward, "1.000 đồng")
    await ward.presses("✅ Công bố", EDITOR)
    await ward.writes("/tat dang-ky-thu chờ mẫu mới", STAFF_CHAT, sender=OTHER_EDITOR)
    rows = ward.rows("audit")
    assert [(row["staff"], row["action"]) for row in rows] == [
        (f"editor:{EDITOR}", "try"), (f"editor:{EDITOR}", "publish"), (f"editor:{OTHER_EDITOR}", "off"),
    ]  # fmt: skip
    publish = rows[1]
    assert publish["before"] != publish["subject"]
    assert "1.000 đồng" in publish["after"]
    assert rows[2]["after"] == "chờ mẫu mới"


async def test_a_folder_that_cannot_be_written_is_told_and_the_bot_answers(
    environment: dict[str, str], at: list, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    Path(environment["PUBLISHED_DIR"]).write_text("a file")  # noqa: ASYNC240  # before anything runs
    async with opened(environment) as ward:
        assert "Đăng ký thử" in await ward.writes("đăng ký thử", 7)
        assert await try_fee(ward, "1.000 đồng") == sentences.CANNOT_PUBLISH
    assert environment["PUBLISHED_DIR"] in caplog.text


async def test_every_button_fits_into_what_telegram_takes(ward: Ward) -> None:
    await try_fee(ward, "1.000 đồng")
    for values in ward.api.messages.values():
        assert all(len(data.encode()) <= 64 for _, data in buttons(values))
