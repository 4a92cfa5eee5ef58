import sqlite3
import subprocess
import sys
from concurrent.futures import Future, wait
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlite_utils import Database

from bot.errors import LogError
from bot.facets import Facet
from bot.log import QueryLog, Row
from bot.log import migrations as log_migrations
from bot.outcomes import Outcome
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


def rows(path: Path) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute("SELECT * FROM query_log ORDER BY id").fetchall()
    finally:
        connection.close()


def test_keeps_every_part_of_a_row(tmp_path: Path) -> None:
    log = QueryLog(tmp_path / "log.db")
    log.record(replace(ROW, outcome=Outcome.CLARIFIED, candidates=("a", "b"))).result(10)
    log.close()
    assert rows(tmp_path / "log.db") == [
        (1, "2026-11-26T07:30:00.000+07:00", "clarified", "dang-ky-khai-sinh", "fee", 0.9, '["a", "b"]', 1.5,
         "terminal", "lệ phí khai sinh", "abcd", 1)
    ]  # fmt: skip


def test_a_row_is_on_disk_when_its_future_ends(tmp_path: Path) -> None:
    log = QueryLog(tmp_path / "log.db")
    log.record(ROW).result(10)
    assert len(rows(tmp_path / "log.db")) == 1
    log.close()


def test_writes_everything_queued_before_it_closes(tmp_path: Path) -> None:
    log = QueryLog(tmp_path / "log.db")
    futures = [log.record(ROW) for _ in range(500)]
    log.close()
    assert all(future.done() for future in futures)
    assert len(rows(tmp_path / "log.db")) == 500


def test_uses_write_ahead_logging(tmp_path: Path) -> None:
    log = QueryLog(tmp_path / "log.db")
    log.record(ROW).result(10)
    log.close()
    connection = sqlite3.connect(tmp_path / "log.db")
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_tells_when_the_disk_refuses_and_tries_again_next_time(tmp_path: Path) -> None:
    (tmp_path / "in").write_text("a file where a folder should be")
    log = QueryLog(tmp_path / "in" / "log.db")
    with pytest.raises(LogError, match="nhật ký"):
        log.record(ROW).result(10)
    (tmp_path / "in").unlink()
    log.record(ROW).result(10)
    log.close()
    assert len(rows(tmp_path / "in" / "log.db")) == 1


def test_tells_when_the_file_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "log.db").write_text("not a database, " * 100)
    log = QueryLog(tmp_path / "log.db")
    with pytest.raises(LogError, match="nhật ký"):
        log.record(ROW).result(10)
    log.close()
    assert (tmp_path / "log.db").read_text().startswith("not a database")


def test_a_closed_log_says_so(tmp_path: Path) -> None:
    log = QueryLog(tmp_path / "log.db")
    log.close()
    with pytest.raises(LogError, match="đóng"):
        log.record(ROW).result(10)


def test_two_logs_on_one_new_file_take_turns(tmp_path: Path) -> None:
    logs = [QueryLog(tmp_path / "log.db") for _ in range(4)]
    futures: list[Future[None]] = [log.record(ROW) for log in logs for _ in range(25)]
    wait(futures, 30)
    assert [future.exception() for future in futures] == [None] * 100
    for log in logs:
        log.close()
    assert len(rows(tmp_path / "log.db")) == 100


def test_a_killed_process_loses_no_row_it_reported(tmp_path: Path) -> None:
    script = (
        "import os, sys; sys.path.insert(0, sys.argv[1])\n"
        "from pathlib import Path\n"
        "from tests.log.test_store import ROW; from bot.log import QueryLog\n"
        "log = QueryLog(Path(sys.argv[2]))\n"
        "for _ in range(20): log.record(ROW).result(10)\n"
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
    log = QueryLog(tmp_path / "log.db")
    futures = [log.record(replace(ROW, text=text)) for text in ("a", "\ud800", "b")]
    errors = [future.exception(10) for future in futures]
    assert [error is None for error in errors] == [True, False, True]
    assert isinstance(errors[1], LogError)
    log.record(ROW).result(10)
    log.close()
    assert [row[9] for row in rows(tmp_path / "log.db")] == ["a", "b", ROW.text]


def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    log = QueryLog(tmp_path / "log.db")
    log.record(ROW).result(10)
    assert {path.stat().st_mode & 0o777 for path in tmp_path.glob("log.db*")} == {0o600}
    log.close()
