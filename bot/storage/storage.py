"""The file and its thread: jobs wait in a queue, so that nobody who answers waits for the disk."""

import queue
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sqlite_utils import Database

from bot.errors import LogError
from bot.storage.migrations import migrate
from bot.storage.transaction import immediate

BATCH = 200  # jobs in one transaction at most
CLOSE_SECONDS = 15.0  # how long the end of the process waits for the disk
BUSY_SECONDS = 5.0  # how long to wait for another process that holds the file

T = TypeVar("T")
Job = Callable[[Database], T]


@dataclass(frozen=True, slots=True)
class _Pending:
    job: Job[Any]
    done: "Future[Any]"
    alone: bool


class Storage:
    """Runs jobs on a SQLite file (WAL) in its own thread; opening is lazy, so a bad disk stops no answer."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._queue: queue.SimpleQueue[_Pending | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._closed = False
        self._opened: tuple[int, int] | None = None  # which file is open

    def submit(self, job: Job[T]) -> "Future[T]":
        """Queue a job that reads or writes; all it writes is kept or nothing.

        The future ends with the job's result once that is on disk, or carries a LogError.
        """
        return self._queued(job, alone=False)

    def maintain(self, job: Job[T]) -> "Future[T]":
        """Queue a job that makes its own transactions (what must happen outside of one: checkpoints)."""
        return self._queued(job, alone=True)

    def close(self) -> None:
        """Finish what is queued and stop the thread; a file that hangs is given up after CLOSE_SECONDS."""
        with self._lock:
            self._closed = True
            thread = self._thread
        if thread is not None:
            self._queue.put(None)
            thread.join(CLOSE_SECONDS)

    def _queued(self, job: Job[T], *, alone: bool) -> "Future[T]":
        done: Future[T] = Future()
        with self._lock:
            if self._closed:
                done.set_exception(LogError("Nhật ký đã đóng."))
                return done
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="storage", daemon=True)
                self._thread.start()
            self._queue.put(_Pending(job, done, alone))
        return done

    def _run(self) -> None:
        db: Database | None = None
        open_ = True
        while open_:
            jobs, open_ = self._next_batch()
            together = [job for job in jobs if not job.alone]
            for batch in ([together] if together else []) + [[job] for job in jobs if job.alone]:
                db = self._done(db, batch)
        _close(db)

    def _done(self, db: Database | None, jobs: Sequence[_Pending]) -> Database | None:
        """Do a batch and end its futures, whatever happens; returns the connection for the next."""
        try:
            if db is not None and _identity(self.path) != self._opened:  # somebody deleted or replaced it
                _close(db)
                db = None
            if db is None:
                db = _open(self.path)
                self._opened = _identity(self.path)
            results = _work(db, jobs)
        except Exception as error:  # whatever it is, this thread must go on and every future must end
            _close(db)
            if "locked" in str(error):  # another process has the file: waiting again for each helps nobody
                for job in jobs:
                    _fail(job, self._problem(error))
            else:
                self._one_by_one(jobs, error)
            return None
        for job, result in zip(jobs, results, strict=True):
            _settle(job, result)
        return db

    def _one_by_one(self, jobs: Sequence[_Pending], error: Exception) -> None:
        """After a failed batch: do the jobs that can be done, tell of the others."""
        if len(jobs) == 1:
            _fail(jobs[0], self._problem(error))
            return
        for job in jobs:
            try:
                with closing(_open(self.path).conn) as connection:
                    (result,) = _work(Database(connection), [job])
            except Exception as problem:
                _fail(job, self._problem(problem))
            else:
                _settle(job, result)

    def _problem(self, error: Exception) -> LogError:
        return LogError(f"Không ghi được nhật ký {self.path}: {error}")

    def _next_batch(self) -> tuple[list[_Pending], bool]:
        """Jobs that share a transaction, or one that is done alone; false: there will be no more."""
        jobs: list[_Pending] = []
        job = self._queue.get()
        while True:
            if job is None:
                return jobs, False
            jobs.append(job)
            if job.alone or len(jobs) == BATCH:
                return jobs, True
            try:
                job = self._queue.get_nowait()
            except queue.Empty:
                return jobs, True


def _work(db: Database, jobs: Sequence[_Pending]) -> list[Any]:
    """The jobs' results, in one transaction; a job that is done alone makes its own."""
    if jobs[0].alone:
        return [job.job(db) for job in jobs]
    with immediate(db):
        return [job.job(db) for job in jobs]


def _settle(job: _Pending, result: object) -> None:
    if job.done.set_running_or_notify_cancel():
        job.done.set_result(result)


def _fail(job: _Pending, error: LogError) -> None:
    if job.done.set_running_or_notify_cancel():
        job.done.set_exception(error)


def _open(path: Path) -> Database:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.chmod(0o600)  # also one that was there before; its companions (-wal, -shm) take the same mode
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        db = Database(connection)
        _enable_wal(db)
        db.execute("PRAGMA synchronous = FULL")  # a committed row survives a power cut
        db.execute("PRAGMA temp_store = MEMORY")  # no word of anybody in a temporary file
        db.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten, not only forgotten
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


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file is at a path; None when there is none."""
    try:
        now = path.stat()
    except OSError:
        return None
    return now.st_dev, now.st_ino


def _close(db: Database | None) -> None:
    if db is not None:
        db.conn.close()
