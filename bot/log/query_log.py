"""Rows of the query log into the file, and what was last said to a person."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.clock import stamp
from bot.log.row import Row
from bot.outcomes import Outcome


def insert(db: Database, row: Row) -> None:
    """Keep one row."""
    columns = _columns(row)
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    db.conn.execute(f"INSERT INTO query_log ({names}) VALUES ({marks})", tuple(columns.values()))


def outcomes(db: Database, people: Sequence[str], since: datetime, most: int) -> list[Outcome]:
    """How the last questions of a person (known by these pseudonyms) ended, newest first."""
    marks = ", ".join("?" * len(people))
    rows = db.conn.execute(
        f"SELECT outcome FROM query_log WHERE person IN ({marks}) AND time >= ? ORDER BY id DESC LIMIT ?",
        (*people, stamp(since), most),
    )
    return [Outcome(outcome) for (outcome,) in rows]


def _columns(row: Row) -> dict[str, Any]:
    return {
        "time": stamp(row.time),
        "outcome": row.outcome.value,
        "entry": row.entry,
        "facet": row.facet.value if row.facet else None,
        "confidence": row.confidence,
        "candidates": json.dumps(row.candidates),
        "milliseconds": row.milliseconds,
        "channel": row.channel,
        "text": row.text,
        "person": row.person,
        "counts": int(row.counts),
    }
