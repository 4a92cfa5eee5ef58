"""Ratings into the file: the last word of a person on an answer counts."""

from sqlite_utils import Database

from bot.clock import stamp
from bot.log.row import Rating


def keep(db: Database, rating: Rating) -> None:
    """Keep a rating; an earlier one of the same person on the same answer is replaced."""
    db.conn.execute(
        "INSERT OR REPLACE INTO rating (time, channel, entry, facet, verdict, person)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (
            stamp(rating.time),
            rating.channel,
            rating.entry,
            rating.facet.value if rating.facet else "",
            rating.verdict.value,
            rating.person,
        ),
    )
