"""The log's file: a queue in front of one writer thread, so that nobody waits for the disk."""

import json
import queue
import sqlite3
import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from bot.errors import LogError
from bot.log.migrations import migrate
from bot.log.row import Row
from bot.log.transaction import immediate

BATCH = 200  # rows written in one transaction at most
BUSY_SECONDS = 5.0  # how long to wait for another process that holds the file

_Pending = tuple[Row, "Future[None]"]
_Job = _Pending | None


class QueryLog:
    """Writes rows to SQLite (WAL) in its own thread; opening is lazy, so a bad disk stops no answer."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._queue: queue.SimpleQueue[_Job] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._closed = False

    def record(self, row: Row) -> "Future[None]":
        """Queue a row; the future ends when it is committed, or carries a LogError."""
        done: Future[None] = Future()
        with self._lock:
            if self._closed:
                done.set_exception(LogError("Nhật ký đã đóng."))
                return done
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="query-log", daemon=True)
                self._thread.start()
            self._queue.put((row, done))
        return done

    def close(self) -> None:
        """Write what is queued and stop the thread."""
        with self._lock:
            self._closed = True
            thread = self._thread
        if thread is not None:
            self._queue.put(None)
            thread.join()

    def _run(self) -> None:
        db: Database | None = None
        open_ = True
        while open_:
            jobs, open_ = self._next_batch()
            try:
                if db is None and jobs:
                    db = _open(self._path)
                _write(db, [row for row, _ in jobs])
            except Exception as error:  # whatever it is, this thread must go on and every future must end
                _close(db)
                db = None
                self._one_by_one(jobs, error)
            else:
                _settle(jobs, None)
        _close(db)

    def _one_by_one(self, jobs: Sequence[_Pending], error: Exception) -> None:
        """After a failed batch: keep the rows that can be kept, tell of the others."""
        if len(jobs) == 1:
            _settle(jobs, self._problem(error))
            return
        for job in jobs:
            try:
                with closing(_open(self._path).conn) as connection:
                    _write(Database(connection), [job[0]])
            except Exception as problem:
                _settle([job], self._problem(problem))
            else:
                _settle([job], None)

    def _problem(self, error: Exception) -> LogError:
        return LogError(f"Không ghi được nhật ký {self._path}: {error}")

    def _next_batch(self) -> tuple[list[_Pending], bool]:
        jobs: list[_Pending] = []
        job = self._queue.get()
        while True:
            if job is None:
                return jobs, False
            jobs.append(job)
            if len(jobs) == BATCH:
                return jobs, True
            try:
                job = self._queue.get_nowait()
            except queue.Empty:
                return jobs, True


def _settle(jobs: Sequence[_Pending], error: LogError | None) -> None:
    for _, future in jobs:
        if not future.set_running_or_notify_cancel():
            continue
        if error is None:
            future.set_result(None)
        else:
            future.set_exception(error)


def _open(path: Path) -> Database:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)  # its companions (-wal, -shm) take the same mode
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        db = Database(connection)
        _enable_wal(db)
        db.execute("PRAGMA synchronous = FULL")  # a committed row survives a power cut
        migrate(db)
    except BaseException:
        connection.close()
        raise
    return db


def _enable_wal(db: Database) -> None:
    """Switch to WAL; SQLite does not wait by itself when another process is just doing the same."""
    give_up = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            db.enable_wal()
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > give_up:
                raise
            time.sleep(0.01)
        else:
            return


def _close(db: Database | None) -> None:
    if db is not None:
        db.conn.close()


def _write(db: Database | None, rows: Sequence[Row]) -> None:
    if db is None or not rows:
        return
    with immediate(db):
        db.table("query_log").insert_all([_columns(row) for row in rows])


def _columns(row: Row) -> dict[str, Any]:
    return asdict(row) | {
        "time": row.time.isoformat(timespec="milliseconds"),
        "outcome": row.outcome.value,
        "facet": row.facet.value if row.facet else None,
        "candidates": json.dumps(row.candidates),
        "counts": int(row.counts),
    }
