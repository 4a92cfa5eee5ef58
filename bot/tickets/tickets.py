"""Tickets in the file. With the row goes the only link between a question and a chat."""

from collections.abc import Sequence
from datetime import datetime

from sqlite_utils import Database

from bot.clock import stamp
from bot.tickets.ticket import Kind, Ticket

COLUMNS = "code, kind, time, channel, chat, person, text, reply"


def open_(db: Database, ticket: Ticket) -> None:
    """Keep a ticket."""
    db.conn.execute(
        f"INSERT INTO ticket ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            ticket.code,
            ticket.kind.value,
            stamp(ticket.time),
            ticket.channel,
            ticket.chat,
            ticket.person,
            ticket.text,
            ticket.reply,
        ),
    )


def find(db: Database, code: str) -> Ticket | None:
    """The ticket with this code; None when it is closed, or never was."""
    row = db.conn.execute(f"SELECT {COLUMNS} FROM ticket WHERE code = ?", (code,)).fetchone()
    return _ticket(row) if row else None


def of_kind(db: Database, kind: Kind) -> list[Ticket]:
    """Every open ticket of a kind, the oldest first."""
    rows = db.conn.execute(f"SELECT {COLUMNS} FROM ticket WHERE kind = ? ORDER BY time, code", (kind.value,))
    return [_ticket(row) for row in rows]


def of_people(db: Database, people: Sequence[str]) -> list[Ticket]:
    """The open tickets of these pseudonyms, the oldest first."""
    marks = ", ".join("?" * len(people))
    rows = db.conn.execute(
        f"SELECT {COLUMNS} FROM ticket WHERE person IN ({marks}) ORDER BY time, code", tuple(people)
    )
    return [_ticket(row) for row in rows]


def note_reply(db: Database, code: str, reply: str) -> None:
    """Keep what staff answered."""
    db.conn.execute("UPDATE ticket SET reply = ? WHERE code = ?", (reply, code))


def close(db: Database, code: str) -> Ticket | None:
    """Delete a ticket; returns it, None when it was closed already.

    What it leaves in the file's free pages and in the write-ahead log goes with rights.empty_log.
    """
    ticket = find(db, code)
    db.conn.execute("DELETE FROM ticket WHERE code = ?", (code,))
    return ticket


def _ticket(row: Sequence[str]) -> Ticket:
    code, kind, time, channel, chat, person, text, reply = row
    return Ticket(code, Kind(kind), datetime.fromisoformat(time), channel, chat, person, text, reply)
