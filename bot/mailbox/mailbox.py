"""The rows behind a channel's promise: handled updates, the outbox, the messages that answer a question."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.clock import stamp


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message that has still to be sent: to which chat, and what (as the channel writes it, JSON).

    `name`: its own, never used again. `question`: the keyed hash of the question it answers. `person`: the
    pseudonym of who asked.
    """

    name: str
    time: datetime
    chat: int
    letter: str
    question: str | None
    person: str | None


def mark_handled(db: Database, update: str, time: datetime) -> None:
    """Remember that an update was answered, so that it is not answered again."""
    db.conn.execute("INSERT OR REPLACE INTO handled (name, time) VALUES (?, ?)", (update, stamp(time)))


def handled(db: Database) -> frozenset[str]:
    """The names of the updates that were answered and not yet swept."""
    return frozenset(name for (name,) in db.conn.execute("SELECT name FROM handled"))


def put(db: Database, waiting: Waiting) -> None:
    """Put a message into the outbox."""
    columns = (
        waiting.name, stamp(waiting.time), waiting.chat, waiting.letter, waiting.question, waiting.person
    )  # fmt: skip
    db.conn.execute(
        "INSERT INTO outbox (name, time, chat, letter, question, person) VALUES (?, ?, ?, ?, ?, ?)", columns
    )


def waiting(db: Database) -> list[Waiting]:
    """Everything in the outbox, in the order of sending."""
    rows = db.conn.execute("SELECT name, time, chat, letter, question, person FROM outbox ORDER BY id")
    return [Waiting(row[0], datetime.fromisoformat(row[1]), *row[2:]) for row in rows]


def waits(db: Database, chat: int) -> bool:
    """Whether something waits to be sent to a chat."""
    return db.conn.execute("SELECT 1 FROM outbox WHERE chat = ? LIMIT 1", (chat,)).fetchone() is not None


def remove(db: Database, names: Sequence[str]) -> bool:
    """Take messages out of the outbox: they were sent, or nobody can receive them.

    Returns whether any was there (a person may have had it erased meanwhile).
    """
    gone = [db.conn.execute("DELETE FROM outbox WHERE name = ?", (name,)).rowcount for name in names]
    return any(gone)


def note_answer(
    db: Database, question: str, messages: Sequence[int], time: datetime, person: str | None
) -> None:
    """Remember which messages answer a question; further ones are added to those known."""
    known = [message for message in answers(db, question) if message not in messages]
    db.conn.execute(
        "INSERT OR REPLACE INTO answered (question, time, messages, person) VALUES (?, ?, ?, ?)",
        (question, stamp(time), json.dumps([*known, *messages]), person),
    )


def answers(db: Database, question: str) -> list[int]:
    """The ids of the messages that answer a question, in order; empty when none is known."""
    row = db.conn.execute("SELECT messages FROM answered WHERE question = ?", (question,)).fetchone()
    return list(json.loads(row[0])) if row else []
