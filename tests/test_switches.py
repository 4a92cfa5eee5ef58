"""The switches on a real file: what is thrown is on disk first, has effect at once, and after a restart."""

import sqlite3
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import switches as module
from bot.clock import ZONE
from bot.errors import LogError, SwitchError
from bot.storage import Storage
from bot.switches import LONGEST_NOTICE, LONGEST_REASON, Kind, Switch, Switches

NOW = datetime(2026, 11, 26, 9, 30, tzinfo=ZONE)
FIRST, LAST = date(2026, 11, 28), date(2026, 11, 30)
REASON = "đang sửa theo nghị quyết mới"


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[Storage]:
    storage = Storage(tmp_path / "log.db")
    yield storage
    storage.close()


@pytest.fixture
def switches(storage: Storage) -> Switches:
    return Switches(storage, lambda: NOW)


def after_a_restart(storage: Storage) -> Switches:
    again = Switches(storage, lambda: NOW + timedelta(days=1))
    again.load()
    return again


def test_nothing_is_off_paused_or_announced_at_first(switches: Switches) -> None:
    switches.load()
    assert switches.all() == ()
    assert (switches.reason_off("dang-ky-khai-sinh"), switches.paused, switches.notice(FIRST)) == (None,) * 3


def test_what_is_thrown_has_effect_at_once_and_after_a_restart(switches: Switches, storage: Storage) -> None:
    switches.turn_off("dang-ky-khai-sinh", REASON)
    switches.pause("mất điện")
    switches.announce("Phường nghỉ ngày 28.", FIRST, LAST)
    for each in (switches, after_a_restart(storage)):
        assert each.reason_off("dang-ky-khai-sinh") == REASON
        assert each.reason_off("dang-ky-ket-hon") is None
        assert each.paused == "mất điện"
        assert each.notice(FIRST) == "Phường nghỉ ngày 28."
        assert each.all() == (
            Switch(Kind.OFF, "dang-ky-khai-sinh", REASON, None, None, NOW),
            Switch(Kind.PAUSED, "", "mất điện", None, None, NOW),
            Switch(Kind.NOTICE, "", "Phường nghỉ ngày 28.", FIRST, LAST, NOW),
        )


def test_what_is_taken_back_is_gone_at_once_and_after_a_restart(switches: Switches, storage: Storage) -> None:
    switches.turn_off("a", REASON)
    switches.turn_off("b", REASON)
    switches.pause(REASON)
    switches.announce(REASON, FIRST, LAST)
    assert [switches.turn_on("a"), switches.resume(), switches.end_notice()] == [True] * 3
    assert [switches.turn_on("a"), switches.resume(), switches.end_notice()] == [False] * 3
    assert [switch.subject for switch in after_a_restart(storage).all()] == ["b"]
    assert [switch.subject for switch in switches.all()] == ["b"]


def test_an_entry_that_was_turned_off_under_an_older_id_is_turned_on_by_its_new_one(
    switches: Switches,
) -> None:
    switches.turn_off("ten-cu", REASON)
    assert switches.turn_on("ten-moi", ("ten-cu", "ten-cu-nua"))
    assert switches.all() == ()


def test_a_new_reason_and_a_new_notice_take_the_place_of_the_old(switches: Switches) -> None:
    for text in ("một", "hai"):
        switches.turn_off("a", text)
        switches.pause(text)
        switches.announce(text, FIRST, LAST)
    assert [switch.text for switch in switches.all()] == ["hai"] * 3


def test_a_notice_holds_from_its_first_to_its_last_day(switches: Switches) -> None:
    switches.announce("Nghỉ lễ.", FIRST, LAST)
    days = [FIRST + timedelta(days=day) for day in range(-1, 4)]
    assert [switches.notice(day) is not None for day in days] == [False, True, True, True, False]
    switches.announce("Một ngày.", FIRST, FIRST)
    assert [switches.notice(day) is not None for day in days] == [False, True, False, False, False]


@pytest.mark.parametrize("text", ["", "  \n ", "a" * (LONGEST_REASON + 1)])
def test_refuses_no_reason_and_one_too_long_in_a_sentence_for_staff(switches: Switches, text: str) -> None:
    for throw in (switches.pause, lambda reason: switches.turn_off("a", reason)):
        with pytest.raises(SwitchError, match=r"[.]$"):
            throw(text)
    assert switches.all() == ()


def test_refuses_a_notice_too_long_or_with_its_days_the_wrong_way_round(switches: Switches) -> None:
    switches.announce("a" * LONGEST_NOTICE, FIRST, LAST)
    with pytest.raises(SwitchError, match="501 ký tự; nhiều nhất 500"):
        switches.announce("a" * (LONGEST_NOTICE + 1), FIRST, LAST)
    with pytest.raises(SwitchError, match=r"28/11/2026\) đứng trước ngày đầu \(30/11/2026"):
        switches.announce("Nghỉ.", LAST, FIRST)
    assert len(switches.notice(FIRST) or "") == LONGEST_NOTICE


@given(st.text(max_size=60).filter(str.strip))
def test_what_staff_write_becomes_one_line(text: str) -> None:
    line = module._words(text, LONGEST_REASON)
    assert len(line.splitlines()) == 1
    assert line.split() == text.split()


def test_where_the_disk_fails_the_old_state_stays(
    switches: Switches, storage: Storage, tmp_path: Path
) -> None:
    switches.turn_off("a", REASON)
    before = switches.all()
    with sqlite3.connect(tmp_path / "log.db") as connection:
        connection.execute("ALTER TABLE switch RENAME TO hidden")
    connection.close()
    for change in (
        lambda: switches.turn_off("b", REASON),
        lambda: switches.turn_on("a"),
        lambda: switches.pause(REASON),
        switches.resume,
        lambda: switches.announce(REASON, FIRST, LAST),
        switches.end_notice,
        switches.load,
    ):
        with pytest.raises(LogError):
            change()
    assert switches.all() == before


def test_nothing_is_off_where_the_file_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "blocked").write_text("")
    storage = Storage(tmp_path / "blocked" / "log.db")
    switches = Switches(storage, lambda: NOW)
    with pytest.raises(LogError):
        switches.load()
    assert switches.all() == ()
    storage.close()


def test_a_slow_disk_is_told_and_what_it_does_in_the_end_has_effect(
    switches: Switches, storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    switches.load()
    monkeypatch.setattr(module, "WAIT_SECONDS", 0)
    may_go_on = Event()
    storage.submit(lambda _: may_go_on.wait())
    with pytest.raises(LogError, match="chưa chắc"):
        switches.pause("cúp điện")
    assert switches.paused is None
    may_go_on.set()
    storage.submit(lambda _: None).result(10)
    assert switches.paused == "cúp điện"


def test_what_two_throw_at_once_both_has_effect(switches: Switches, storage: Storage) -> None:
    names = [f"muc-{number}" for number in range(20)]
    threads = [Thread(target=switches.turn_off, args=(name, REASON)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {switch.subject for switch in switches.all()} == set(names)
    assert {switch.subject for switch in after_a_restart(storage).all()} == set(names)
