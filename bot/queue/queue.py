"""The queue in the file: what enters it, its groups, their states. The words stay in the query log."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.clock import stamp
from bot.outcomes import OUTCOMES
from bot.privacy.rights import forget_wordless
from bot.queue.grouping import GistOf, Groups
from bot.queue.states import State, Why
from bot.verdicts import Verdict

BY_ITSELF = tuple(outcome.value for outcome, meaning in OUTCOMES.items() if meaning.for_staff)
NEVER = tuple(outcome.value for outcome, meaning in OUTCOMES.items() if not meaning.has_question)
MOST_AT_ONCE = 500  # questions that find their group when somebody looks; the others the next time
BACK = "hỏi lại sau khi đã xong"  # the reason of a group that opened again


@dataclass(frozen=True, slots=True)
class Item:
    """A question of the queue; `group` None: it has none yet. `time` as in the file."""

    key: str
    group: int | None
    time: str
    text: str


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that are alike. `example`: the newest of them, masked; `times`: how often they were asked.

    `answered`: the entry whose answer somebody disliked, and `verdict`: why, where that was said.
    """

    id: int
    state: State
    reason: str
    example: str
    times: int
    first: datetime
    last: datetime
    whys: frozenset[Why]
    answered: str | None = None
    verdict: Verdict | None = None


def put(db: Database, key: str, why: Why, time: datetime) -> None:
    """Let a question of the log wait for staff; a later reason takes the place of an earlier one."""
    db.conn.execute(
        "INSERT INTO queue_item (key, time, why) VALUES (?, ?, ?)"
        " ON CONFLICT (key) DO UPDATE SET why = excluded.why",
        (key, stamp(time), why.value),
    )


def collect(db: Database) -> list[Item]:
    """Let in what waits by its outcome, take out what may not; returns every question of the queue.

    Those in a group come first, then those that have none yet.
    """
    marks = ", ".join("?" * len(BY_ITSELF))
    db.conn.execute(
        "INSERT OR IGNORE INTO queue_item (key, time, why) SELECT key, time, outcome FROM query_log"
        f" WHERE outcome IN ({marks}) AND key IS NOT NULL AND text IS NOT NULL AND counts = 1",
        BY_ITSELF,
    )
    marks = ", ".join("?" * len(NEVER))
    db.conn.execute(
        f"DELETE FROM queue_item WHERE key IN (SELECT key FROM query_log WHERE outcome IN ({marks}))", NEVER
    )
    forget_wordless(db)
    rows = db.conn.execute(
        "SELECT i.key, i.grouped, i.time, q.text FROM queue_item i JOIN query_log q ON q.key = i.key"
        " ORDER BY i.grouped IS NULL, i.time, i.key"
    )
    return [Item(*row) for row in rows]


def grouped(items: Sequence[Item], gist_of: GistOf) -> list[tuple[Item, int]]:
    """The questions without a group, MOST_AT_ONCE of them at most, each with the group that it joins.

    A group of their own has a number below zero, the same for those that are alike.
    """
    known = Groups()
    joined: list[tuple[Item, int]] = []
    for item in items:
        gist = gist_of(item.text)
        number = item.group or known.nearest(gist) or -len(joined) - 1
        known.add(number, gist)
        if item.group is None:
            joined.append((item, number))
        if len(joined) >= MOST_AT_ONCE:
            break
    return joined


def join(db: Database, joined: Sequence[tuple[Item, int]], now: datetime) -> None:
    """Put questions into their groups, new ones where the number is below zero."""
    made: dict[int, int] = {}
    for item, number in joined:
        if number < 0:
            made[number] = group_ = made.get(number) or _new_group(db, now)
        else:
            group_ = number
        _join(db, item.key, group_, item.time, now)


def _join(db: Database, key: str, number: int, time: str, now: datetime) -> None:
    """Put a question into a group; one asked after all was done opens it again."""
    db.conn.execute("UPDATE queue_item SET grouped = ? WHERE key = ?", (number, key))
    db.conn.execute(
        "UPDATE queue_group SET state = ?, reason = ?, time = ? WHERE id = ? AND state = ? AND time < ?",
        (State.NEW.value, BACK, stamp(now), number, State.DONE.value, time),
    )


def _new_group(db: Database, now: datetime) -> int:
    made = db.conn.execute(
        "INSERT INTO queue_group (state, reason, time) VALUES (?, '', ?)", (State.NEW.value, stamp(now))
    )
    return int(made.lastrowid or 0)


GROUPS = """
    SELECT g.id, g.state, g.reason, count(*), min(i.time), max(i.time), group_concat(DISTINCT i.why),
        (SELECT q.text FROM queue_item n JOIN query_log q ON q.key = n.key
         WHERE n.grouped = g.id ORDER BY n.time DESC, n.key LIMIT 1),
        (SELECT q.entry FROM queue_item n JOIN query_log q ON q.key = n.key
         WHERE n.grouped = g.id AND n.why = 'bad' ORDER BY n.time DESC, n.key LIMIT 1),
        (SELECT r.verdict FROM queue_item n JOIN query_log q ON q.key = n.key
         JOIN rating r ON r.person = q.person AND r.entry = q.entry
         WHERE n.grouped = g.id AND n.why = 'bad' ORDER BY r.time DESC LIMIT 1)
    FROM queue_group g JOIN queue_item i ON i.grouped = g.id
"""


def groups(db: Database, states: Iterable[State], skip: int, most: int) -> tuple[list[Group], int]:
    """A page of the groups in these states, those asked most often first; how many there are of them."""
    values = [state.value for state in states]
    marks = ", ".join("?" * len(values))
    rows = db.conn.execute(
        f"{GROUPS} WHERE g.state IN ({marks}) GROUP BY g.id ORDER BY count(*) DESC, max(i.time) DESC, g.id"
        " LIMIT ? OFFSET ?",
        (*values, most, skip),
    )
    count = db.conn.execute(f"SELECT count(*) FROM queue_group WHERE state IN ({marks})", values).fetchone()[
        0
    ]
    return [_group_of(row) for row in rows], int(count)


def group(db: Database, number: int) -> Group | None:
    """One group; None when it is gone."""
    row = db.conn.execute(f"{GROUPS} WHERE g.id = ? GROUP BY g.id", (number,)).fetchone()
    return _group_of(row) if row else None


def _group_of(row: Sequence[object]) -> Group:
    id_, state, reason, times, first, last, whys, example, answered, verdict = row
    return Group(
        int(str(id_)),
        State(str(state)),
        str(reason),
        str(example),
        int(str(times)),
        datetime.fromisoformat(str(first)),
        datetime.fromisoformat(str(last)),
        frozenset(map(Why, str(whys).split(","))),
        None if answered is None else str(answered),
        None if verdict is None else Verdict(str(verdict)),
    )


def questions(db: Database, number: int) -> list[str]:
    """The masked questions of a group, each text once, the newest first."""
    rows = db.conn.execute(
        "SELECT q.text FROM queue_item i JOIN query_log q ON q.key = i.key WHERE i.grouped = ?"
        " ORDER BY i.time DESC, i.key",
        (number,),
    )
    return list(dict.fromkeys(text for (text,) in rows))


def set_state(db: Database, number: int, state: State, reason: str, now: datetime) -> Group | None:
    """Change what became of a group; returns it as it was before, None when it is gone."""
    before = group(db, number)
    if before is not None:
        db.conn.execute(
            "UPDATE queue_group SET state = ?, reason = ?, time = ? WHERE id = ?",
            (state.value, reason, stamp(now), number),
        )
    return before
