"""How long things live, and the nightly sweep that ends what is past its time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from bot.clock import stamp
from bot.privacy.rights import empty_log, forget_wordless
from bot.storage.transaction import immediate

TEXT_DAYS = 30  # the words of a question
ROW_MONTHS = 12  # a row without words; a rating
MAILBOX_HOURS = 48  # an update's id, an answer's place: Telegram keeps updates for 24 h, edits go for 48 h
OUTBOX_HOURS = 24  # an answer that could not be sent
TICKET_DAYS = 30  # a ticket that nobody closed; a draft


@dataclass(frozen=True, slots=True)
class Swept:
    """How many of each went (or would go)."""

    texts: int
    rows: int
    ratings: int
    mailbox: int
    outbox: int
    tickets: int
    drafts: int
    audit: int


def sweep(db: Database, now: datetime, *, dry_run: bool) -> Swept:
    """End what is past its time; with `dry_run` only count it."""
    texts = stamp(now - timedelta(days=TEXT_DAYS))
    rows = stamp(_months_before(now, ROW_MONTHS))
    mailbox = stamp(now - timedelta(hours=MAILBOX_HOURS))
    outbox = stamp(now - timedelta(hours=OUTBOX_HOURS))
    tickets = stamp(now - timedelta(days=TICKET_DAYS))
    with immediate(db):
        swept = Swept(
            texts=_count(db, "query_log", "time < ? AND text IS NOT NULL", texts),
            rows=_count(db, "query_log", "time < ?", rows),
            ratings=_count(db, "rating", "time < ?", rows),
            mailbox=_count(db, "handled", "time < ?", mailbox) + _count(db, "answered", "time < ?", mailbox),
            outbox=_count(db, "outbox", "time < ?", outbox),
            tickets=_count(db, "ticket", "time < ?", tickets),
            drafts=_count(db, "draft", "time < ?", tickets),
            audit=_count(db, "audit", "time < ?", rows),
        )
        if not dry_run:
            db.conn.execute("UPDATE query_log SET text = NULL WHERE time < ? AND text IS NOT NULL", (texts,))
            for table, limit in (
                ("query_log", rows),
                ("rating", rows),
                ("handled", mailbox),
                ("answered", mailbox),
                ("outbox", outbox),
                ("ticket", tickets),
                ("draft", tickets),
                ("audit", rows),
            ):
                db.conn.execute(f"DELETE FROM {table} WHERE time < ?", (limit,))
            forget_wordless(db)
    if not dry_run:
        empty_log(db)
    return swept


def _count(db: Database, table: str, where: str, limit: str) -> int:
    count: int = db.conn.execute(f"SELECT count(*) FROM {table} WHERE {where}", (limit,)).fetchone()[0]
    return count


def _months_before(now: datetime, months: int) -> datetime:
    """The same day and time some months ago; the month's last day where it has no such day."""
    month = now.year * 12 + now.month - 1 - months
    first = now.replace(year=month // 12, month=month % 12 + 1, day=1)
    last_day = ((first + timedelta(days=31)).replace(day=1) - timedelta(days=1)).day
    return first.replace(day=min(now.day, last_day))
