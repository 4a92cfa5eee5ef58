"""What is stored about one person: shown to them, or erased."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from bot.storage.transaction import immediate

TABLES = ("query_log", "rating", "answered", "outbox", "ticket")  # every table that has a column `person`
MOST_SHOWN = 200  # rows; who asked more is told how many there are
ERASING_SECONDS = 2.0  # how long readers may keep the old pages from going


@dataclass(frozen=True, slots=True)
class Stored:
    """One thing stored about a person; `time` as in the file, `words` masked, None where none are kept.

    `ticket`: its kind, where it is one.
    """

    time: str
    words: str | None
    entry: str | None
    facet: str | None
    verdict: str | None
    ticket: str | None = None


def stored(db: Database, people: Sequence[str]) -> tuple[list[Stored], int]:
    """The newest MOST_SHOWN questions and ratings of these pseudonyms, oldest first; how many there are."""
    marks = ", ".join("?" * len(people))
    rows = db.conn.execute(
        f"""
        SELECT time, text, entry, facet, NULL, NULL, 0, id FROM query_log WHERE person IN ({marks})
        UNION ALL SELECT time, NULL, entry, facet, verdict, NULL, 1, id FROM rating WHERE person IN ({marks})
        UNION ALL SELECT time, text, NULL, NULL, NULL, kind, 2, rowid FROM ticket WHERE person IN ({marks})
        ORDER BY 1 DESC, 7 DESC, 8 DESC LIMIT ?
        """,
        (*people, *people, *people, MOST_SHOWN),
    )
    newest = [Stored(*row[:6]) for row in rows]
    count = sum(
        db.conn.execute(f"SELECT count(*) FROM {table} WHERE person IN ({marks})", tuple(people)).fetchone()[
            0
        ]
        for table in ("query_log", "rating", "ticket")
    )
    return newest[::-1], count


def waiting(db: Database, people: Sequence[str]) -> int:
    """How many answers to a person wait in the outbox, each with the chat's id."""
    marks = ", ".join("?" * len(people))
    count: int = db.conn.execute(
        f"SELECT count(*) FROM outbox WHERE person IN ({marks})", tuple(people)
    ).fetchone()[0]
    return count


def erase(db: Database, people: Sequence[str]) -> None:
    """Delete everything under these pseudonyms from the file and its write-ahead log.

    Raises TimeoutError when another process reads for so long that it cannot be.
    """
    marks = ", ".join("?" * len(people))
    with immediate(db):
        for table in TABLES:
            db.conn.execute(f"DELETE FROM {table} WHERE person IN ({marks})", tuple(people))
        db.conn.execute(f"DELETE FROM audit WHERE staff IN ({marks})", tuple(people))  # refused attempts
        forget_wordless(db)
    empty_log(db)


def forget_wordless(db: Database) -> None:
    """Take out of the queue the questions whose words are gone: too old, or erased by who asked."""
    db.conn.execute(
        "DELETE FROM queue_item WHERE key NOT IN"
        " (SELECT key FROM query_log WHERE key IS NOT NULL AND text IS NOT NULL)"
    )
    db.conn.execute(
        "DELETE FROM queue_group WHERE id NOT IN (SELECT grouped FROM queue_item WHERE grouped IS NOT NULL)"
    )


def empty_log(db: Database) -> None:
    """Rewrite the file without what was deleted, and leave nothing in the write-ahead log.

    secure_delete overwrites deleted rows, but not the copies that moving rows about left in their pages;
    VACUUM does away with those. Raises TimeoutError when another process reads too long.
    """
    db.conn.execute("VACUUM")
    give_up = time.monotonic() + ERASING_SECONDS
    while True:
        (busy, *_) = db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if not busy:
            return
        if time.monotonic() > give_up:
            raise TimeoutError("một chương trình khác đang đọc nhật ký quá lâu")
        time.sleep(0.02)
