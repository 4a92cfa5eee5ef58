"""What is stored about a person: shown, erased, and ended in time."""

import random
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bot import sentences
from bot.answering import Erase, Rate
from bot.assistant import Assistant
from bot.clock import ZONE
from bot.errors import LogError
from bot.log import Row, query_log
from bot.mailbox import mailbox
from bot.mailbox.mailbox import Waiting
from bot.outcomes import Outcome
from bot.privacy import Pseudonyms, retention, rights
from bot.privacy.pseudonyms import ends
from bot.privacy.retention import Swept
from bot.service import Service
from bot.storage import Storage
from bot.upkeep import Upkeep
from bot.verdicts import Verdict
from tests.fakes.clock import Clock

NOW = datetime(2026, 11, 26, 12, tzinfo=ZONE)
PERSON, OTHER = "4815162342", "23"
WORDS = ("một câu rất riêng của tui", "con tui bị sốt mà giấy khai sinh chưa làm", "chuyện nhà " * 300)


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
def service(assistant: Assistant, tmp_path: Path, clock: Clock) -> Iterator[Service]:
    storage = Storage(tmp_path / "log.db")
    yield Service(assistant, storage, Pseudonyms(tmp_path / "key"), clock, channel="telegram")
    storage.close()


def ask(service: Service, words: str, person: str = PERSON) -> None:
    service.record(service.ask(words, person), person).result(10)


def everything(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.glob("log.db*"))


def rows(folder: Path, table: str = "query_log") -> list[tuple[object, ...]]:
    connection = sqlite3.connect(folder / "log.db")
    try:
        return connection.execute(f"SELECT * FROM {table}").fetchall()
    finally:
        connection.close()


def test_erasing_leaves_no_byte_of_the_persons_words_in_any_file_and_every_others_row(
    service: Service, tmp_path: Path
) -> None:
    chance = random.Random(1)
    mine = [f"{words} {chance.random()}" for words in WORDS * 20]
    theirs = [f"câu của người khác {number}" for number in range(60)]
    for one, other in zip(mine, theirs, strict=True):
        ask(service, one)
        ask(service, other, OTHER)
    stored = everything(tmp_path)
    assert all(words.strip()[:30].encode() in stored for words in WORDS)
    began = time.monotonic()
    served = service.act(Erase(), PERSON)
    service.record(served, PERSON).result(10)
    assert time.monotonic() - began < 2
    assert served.answer.message.lead == (sentences.ERASED,)
    stored = everything(tmp_path)
    assert not any(words.strip()[:15].encode() in stored for words in WORDS)
    assert [row[9] for row in rows(tmp_path) if row[10] is not None] == theirs
    assert service.stored(PERSON).answer.message.lead == (sentences.NOTHING_STORED,)


def test_erasing_takes_ratings_waiting_answers_and_places_with_it(service: Service, tmp_path: Path) -> None:
    pseudonym = service.pseudonym(PERSON)
    rated = service.act(Rate("dang-ky-ket-hon", None, Verdict.WRONG), PERSON)
    service.record(rated, PERSON).result(10)
    waiting = Waiting("x", NOW, 7, "câu trả lời đang chờ", "q", pseudonym)
    service._storage.submit(lambda db: mailbox.put(db, waiting)).result(10)
    service._storage.submit(lambda db: mailbox.note_answer(db, "q", [1], NOW, pseudonym)).result(10)
    service.act(Erase(), PERSON)
    assert all(rows(tmp_path, table) == [] for table in ("rating", "outbox", "answered"))
    assert "đang chờ".encode() not in everything(tmp_path)


def test_erases_also_what_was_asked_last_month(service: Service, clock: Clock, tmp_path: Path) -> None:
    ask(service, WORDS[0])
    clock.now = NOW + timedelta(days=29)
    ask(service, WORDS[1])
    assert len(service.stored(PERSON).answer.message.details[0].lines) == 2
    service.act(Erase(), PERSON)
    assert rows(tmp_path) == []


def test_says_so_when_it_cannot_erase_and_erases_nothing_by_halves(
    service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rights, "ERASING_SECONDS", 0.1)
    ask(service, WORDS[0])
    reader = sqlite3.connect(tmp_path / "log.db")
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM query_log").fetchone()  # holds the old pages in the log
    served = service.act(Erase(), PERSON)
    assert served.answer.message.lead[0] == sentences.NOT_ERASED
    reader.close()
    service.act(Erase(), PERSON)
    assert WORDS[0].encode() not in everything(tmp_path)


def test_a_broken_disk_is_said_to_the_person(assistant: Assistant, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    storage = Storage(tmp_path / "file" / "log.db")
    service = Service(assistant, storage, Pseudonyms(tmp_path / "key"), lambda: NOW, channel="telegram")
    assert service.stored(PERSON).answer.message.lead == (sentences.NOT_SHOWN,)
    assert service.act(Erase(), PERSON).answer.message.lead[0] == sentences.NOT_ERASED
    storage.close()


def test_shows_words_taps_and_ratings_as_they_are_stored(service: Service) -> None:
    ask(service, "sđt 0912345678 đăng ký kết hôn cần gì")
    service.record(service.show(Assistant.welcome, PERSON), PERSON).result(10)
    service.record(service.show(lambda a: a.open("dang-ky-ket-hon"), PERSON), PERSON).result(10)
    rated = service.act(Rate("dang-ky-ket-hon", None, Verdict.OUTDATED), PERSON)
    service.record(rated, PERSON).result(10)
    (section,) = service.stored(PERSON).answer.message.details
    assert len(section.lines) == 4
    assert "đăng ký kết hôn cần gì" in section.lines[0]
    assert "0912345678" not in section.lines[0]
    assert section.lines[0].startswith("26/11 12:00")
    assert sentences.STORED_OTHER in section.lines[1]
    assert "Đăng ký kết hôn" in section.lines[2]
    assert "cũ" in section.lines[3].lower()


def test_the_privacy_page_has_ten_lines() -> None:
    assert len(sentences.PRIVACY) == 10
    told = " ".join(sentences.PRIVACY)
    assert f"{retention.TEXT_DAYS} ngày" in told
    assert f"{retention.ROW_MONTHS} tháng" in told
    assert f"{retention.OUTBOX_HOURS} giờ" in told


ROW = Row(NOW, Outcome.ANSWERED, "x", None, 0.9, (), 1.0, "telegram", "chữ", "p", counts=True)


def put_rows(storage: Storage, *ages: timedelta) -> None:
    for age in ages:
        row = replace(ROW, time=NOW - age, text=f"chữ của {age.days} ngày trước")
        storage.submit(lambda db, row=row: query_log.insert(db, row)).result(10)


def test_text_lives_thirty_days_and_rows_twelve_months(tmp_path: Path) -> None:
    storage = Storage(tmp_path / "log.db")
    day = timedelta(days=1)
    put_rows(storage, 0 * day, 29 * day, 31 * day, 364 * day, 366 * day)
    for age in (47, 49):
        then = NOW - timedelta(hours=age)
        storage.submit(lambda db, then=then: mailbox.mark_handled(db, str(then), then)).result(10)
    late = Waiting("x", NOW - timedelta(hours=25), 7, "thư", None, None)
    storage.submit(lambda db: mailbox.put(db, late)).result(10)
    upkeep = Upkeep(storage, Pseudonyms(tmp_path / "key"), lambda: NOW)
    expected = Swept(texts=3, rows=1, ratings=0, mailbox=1, outbox=1, tickets=0, drafts=0, audit=0)
    assert upkeep.run(dry_run=True).swept == expected
    assert len(rows(tmp_path)) == 5
    assert upkeep.run().swept == expected
    assert [row[9] for row in rows(tmp_path)] == ["chữ của 0 ngày trước", "chữ của 29 ngày trước", None, None]
    assert len(rows(tmp_path, "handled")) == 1
    assert rows(tmp_path, "outbox") == []
    assert upkeep.run().swept == Swept(0, 0, 0, 0, 0, 0, 0, 0)
    assert "chữ của 31".encode() not in everything(tmp_path)
    storage.close()


def test_each_month_has_its_own_random_key_and_loses_it_after_two(tmp_path: Path) -> None:
    names = Pseudonyms(tmp_path / "key")
    days = [date(2026, month, 5) for month in (9, 10, 11)]
    first = [names.of("telegram", PERSON, day) for day in days]
    keys = (tmp_path / "key").read_text().split()
    assert len(set(keys)) == 6
    assert names.forget(date(2026, 11, 26), dry_run=True) == ("2026-09",)
    assert names.forget(date(2026, 11, 26)) == ("2026-09",)
    assert names.forget(date(2026, 11, 26)) == ()
    assert names.living("telegram", PERSON, days[2]) == (first[2], first[1])
    assert keys[1] not in (tmp_path / "key").read_text()
    assert names.of("telegram", PERSON, days[0]) != first[0]  # nobody can go back


@pytest.mark.parametrize(
    ("month", "end"),
    [("2026-11", date(2027, 1, 1)), ("2026-12", date(2027, 2, 1)), ("2027-01", date(2027, 3, 3))],
)
def test_a_key_lives_as_long_as_the_words_it_leads_to(month: str, end: date) -> None:
    assert ends(month) == end
    last_text = _last_day(month) + timedelta(days=retention.TEXT_DAYS)
    assert last_text < end


def _last_day(month: str) -> date:
    return (date.fromisoformat(f"{month}-28") + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def test_a_key_file_of_the_first_version_goes_on_in_its_month(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("ab" * 32 + "\n")
    names = Pseudonyms(tmp_path / "key")
    old = names.of("telegram", PERSON, NOW.date())
    assert (tmp_path / "key").read_text() == f"2026-11 {'ab' * 32}\n"
    assert names.of("telegram", PERSON, date(2026, 12, 1)) != old


def test_two_processes_share_the_months_key(tmp_path: Path) -> None:
    one, two = Pseudonyms(tmp_path / "key"), Pseudonyms(tmp_path / "key")
    assert one.of("x", "7", NOW.date()) == two.of("x", "7", NOW.date())


def test_the_sweep_tells_when_the_keys_cannot_be_read(tmp_path: Path) -> None:
    storage = Storage(tmp_path / "log.db")
    (tmp_path / "key").write_text("hỏng")
    with pytest.raises(LogError, match="khóa"):
        Upkeep(storage, Pseudonyms(tmp_path / "key"), lambda: NOW).run()
    storage.close()


@pytest.mark.parametrize(("hour", "seconds"), [(2, 3600), (3, 86400), (4, 23 * 3600)])
def test_the_nightly_job_runs_at_three(tmp_path: Path, hour: int, seconds: int) -> None:
    at = NOW.replace(hour=hour)
    upkeep = Upkeep(Storage(tmp_path / "log.db"), Pseudonyms(tmp_path / "key"), lambda: at)
    assert upkeep.seconds_to_next() == seconds
