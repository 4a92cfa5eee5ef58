"""Rows of the query log into the file, and what was last said to a person."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.clock import stamp
from bot.log.row import Row
from bot.outcomes import OUTCOMES, Outcome


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


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the log: its words, masked, and how it ended."""

    text: str
    outcome: Outcome


def asked(db: Database, key: str, people: Sequence[str]) -> Asked | None:
    """The question with this key, if one of these pseudonyms asked it and its words are still there."""
    marks = ", ".join("?" * len(people))
    row = db.conn.execute(
        f"SELECT text, outcome FROM query_log WHERE key = ? AND text IS NOT NULL AND person IN ({marks})",
        (key, *people),
    ).fetchone()
    return Asked(row[0], Outcome(row[1])) if row else None


def questions(db: Database, since: datetime, most: int) -> list[str]:
    """The masked questions that were asked since then, each text once, the newest first."""
    outcomes_ = [outcome.value for outcome, meaning in OUTCOMES.items() if meaning.has_question]
    marks = ", ".join("?" * len(outcomes_))
    rows = db.conn.execute(
        "SELECT text FROM query_log WHERE text IS NOT NULL AND counts = 1 AND time >= ?"
        f" AND outcome IN ({marks}) GROUP BY text ORDER BY max(id) DESC LIMIT ?",
        (stamp(since), *outcomes_, most),
    )
    return [text for (text,) in rows]


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
        "key": row.key,
    }
