import sqlite3
import subprocess
import sys
import time
from concurrent.futures import Future, wait
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlite_utils import Database

from bot.errors import LogError
from bot.facets import Facet
from bot.log import Row, query_log
from bot.outcomes import Outcome
from bot.storage import Storage
from bot.storage import migrations as log_migrations
from tests.conftest import ROOT

ROW = Row(
    time=datetime(2026, 11, 26, 7, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")),
    outcome=Outcome.ANSWERED,
    entry="dang-ky-khai-sinh",
    facet=Facet.FEE,
    confidence=0.9,
    candidates=(),
    milliseconds=1.5,
    channel="terminal",
    text="lệ phí khai sinh",
    person="abcd",
    counts=True,
)


def record(log: Storage, row: Row) -> "Future[None]":
    return log.submit(lambda db: query_log.insert(db, row))


def rows(path: Path) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute("SELECT * FROM query_log ORDER BY id").fetchall()
    finally:
        connection.close()


def test_keeps_every_part_of_a_row(tmp_path: Path) -> None:
    log = Storage(tmp_path / "log.db")
    record(log, replace(ROW, outcome=Outcome.CLARIFIED, candidates=("a", "b"))).result(10)
    log.close()
    assert rows(tmp_path / "log.db") == [
        (1, "2026-11-26T07:30:00.000+07:00", "clarified", "dang-ky-khai-sinh", "fee", 0.9, '["a", "b"]', 1.5,
         "terminal", "lệ phí khai sinh", "abcd", 1, None)
    ]  # fmt: skip


def test_a_row_is_on_disk_when_its_future_ends(tmp_path: Path) -> None:
    log = Storage(tmp_path / "log.db")
    record(log, ROW).result(10)
    assert len(rows(tmp_path / "log.db")) == 1
    log.close()


def test_writes_everything_queued_before_it_closes(tmp_path: Path) -> None:
    log = Storage(tmp_path / "log.db")
    futures = [record(log, ROW) for _ in range(500)]
    log.close()
    assert all(future.done() for future in futures)
    assert len(rows(tmp_path / "log.db")) == 500


def test_uses_write_ahead_logging(tmp_path: Path) -> None:
    log = Storage(tmp_path / "log.db")
    record(log, ROW).result(10)
    log.close()
    connection = sqlite3.connect(tmp_path / "log.db")
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_tells_when_the_disk_refuses_and_tries_again_next_time(tmp_path: Path) -> None:
    (tmp_path / "in").write_text("a file where a folder should be")
    log = Storage(tmp_path / "in" / "log.db")
    with pytest.raises(LogError, match="nhật ký"):
        record(log, ROW).result(10)
    (tmp_path / "in").unlink()
    record(log, ROW).result(10)
    log.close()
    assert len(rows(tmp_path / "in" / "log.db")) == 1


def test_tells_when_the_file_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "log.db").write_text("not a database, " * 100)
    log = Storage(tmp_path / "log.db")
    with pytest.raises(LogError, match="nhật ký"):
        record(log, ROW).result(10)
    log.close()
    assert (tmp_path / "log.db").read_text().startswith("not a database")


def test_a_closed_log_says_so(tmp_path: Path) -> None:
    log = Storage(tmp_path / "log.db")
    log.close()
    with pytest.raises(LogError, match="đóng"):
        record(log, ROW).result(10)


def test_two_logs_on_one_new_file_take_turns(tmp_path: Path) -> None:
    logs = [Storage(tmp_path / "log.db") for _ in range(4)]
    futures: list[Future[None]] = [record(log, ROW) for log in logs for _ in range(25)]
    wait(futures, 30)
    assert [future.exception() for future in futures] == [None] * 100
    for log in logs:
        log.close()
    assert len(rows(tmp_path / "log.db")) == 100


def test_a_killed_process_loses_no_row_it_reported(tmp_path: Path) -> None:
    script = (
        "import os, sys; sys.path.insert(0, sys.argv[1])\n"
        "from pathlib import Path\n"
        "from tests.storage.test_storage import ROW, record; from bot.storage import Storage\n"
        "log = Storage(Path(sys.argv[2]))\n"
        "for _ in range(20): record(log, ROW).result(10)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    path = tmp_path / "log.db"
    process = subprocess.run(
        [sys.executable, "-c", script, str(ROOT), str(path)], cwd=ROOT, check=False, timeout=30
    )
    assert process.returncode == -9
    assert len(rows(path)) == 20


def test_a_failed_migration_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    db = Database(tmp_path / "log.db")
    log_migrations.migrate(db)

    broken = log_migrations.Migrations("query_log")
    broken()(log_migrations.query_log)

    @broken()
    def second(db: Database) -> None:
        db.execute("CREATE TABLE half (id INTEGER)")
        db.execute("CREATE nonsense")

    monkeypatch.setattr(log_migrations, "migrations", broken)
    with pytest.raises(sqlite3.OperationalError):
        log_migrations.migrate(db)
    assert "half" not in db.table_names()
    assert "query_log" in db.table_names()
    db.close()


def test_one_bad_row_stops_neither_the_others_nor_the_writer(tmp_path: Path) -> None:
    log = Storage(tmp_path / "log.db")
    futures = [record(log, replace(ROW, text=text)) for text in ("a", "\ud800", "b")]
    errors = [future.exception(10) for future in futures]
    assert [error is None for error in errors] == [True, False, True]
    assert isinstance(errors[1], LogError)
    record(log, ROW).result(10)
    log.close()
    assert [row[9] for row in rows(tmp_path / "log.db")] == ["a", "b", ROW.text]


def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    log = Storage(tmp_path / "log.db")
    record(log, ROW).result(10)
    assert {path.stat().st_mode & 0o777 for path in tmp_path.glob("log.db*")} == {0o600}
    log.close()


def test_a_job_done_alone_that_fails_repeats_no_other(tmp_path: Path) -> None:
    log = Storage(tmp_path / "log.db")

    def slow(db: Database) -> None:
        time.sleep(0.2)  # the others queue up behind it

    def broken(db: Database) -> None:
        raise TimeoutError("busy")

    first = log.submit(slow)
    before, alone, after = record(log, ROW), log.maintain(broken), record(log, ROW)
    assert first.result(10) is None
    with pytest.raises(LogError, match="busy"):
        alone.result(10)
    assert (before.result(10), after.result(10)) == (None, None)
    log.close()
    assert len(rows(tmp_path / "log.db")) == 2


def test_gives_each_job_its_own_result(tmp_path: Path) -> None:
    log = Storage(tmp_path / "log.db")
    futures = [log.submit(lambda db, number=number: number) for number in range(20)]
    assert [future.result(10) for future in futures] == list(range(20))
    log.close()


def test_a_file_that_was_deleted_while_open_is_made_anew(tmp_path: Path) -> None:
    log = Storage(tmp_path / "log.db")
    record(log, ROW).result(10)
    for file in tmp_path.glob("log.db*"):
        file.unlink()
    record(log, ROW).result(10)
    assert len(rows(tmp_path / "log.db")) == 1
    log.close()


def test_closes_a_file_that_others_could_read(tmp_path: Path) -> None:
    (tmp_path / "log.db").touch(mode=0o644)
    (tmp_path / "log.db").chmod(0o644)
    log = Storage(tmp_path / "log.db")
    record(log, ROW).result(10)
    assert {path.stat().st_mode & 0o777 for path in tmp_path.glob("log.db*")} == {0o600}
    log.close()


def test_a_locked_file_is_waited_for_once_and_not_by_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.storage.BUSY_SECONDS", 0.2)
    log = Storage(tmp_path / "log.db")
    record(log, ROW).result(10)
    log.close()
    other = sqlite3.connect(tmp_path / "log.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    log = Storage(tmp_path / "log.db")
    futures = [record(log, ROW) for _ in range(100)]
    wait(futures, 30)
    assert all(isinstance(future.exception(), LogError) for future in futures)
    other.execute("ROLLBACK")
    other.close()
    record(log, ROW).result(10)
    log.close()
