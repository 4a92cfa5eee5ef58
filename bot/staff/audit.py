"""The audit trail: who did what and when, with what it was before and after."""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.clock import stamp

REFUSED = "refused"  # the action of who may not do what was tried
LONGEST = 500  # characters of what was before and after


@dataclass(frozen=True, slots=True)
class Act:
    """One thing done. `subject`: an entry, a group, a ticket, a version."""

    action: str
    subject: str = ""
    before: str = ""
    after: str = ""


def note(db: Database, staff: str, act: Act, time: datetime) -> None:
    """Keep one line; `staff`: role and id, or the pseudonym of who is none."""
    db.conn.execute(
        "INSERT INTO audit (time, staff, action, subject, before, after) VALUES (?, ?, ?, ?, ?, ?)",
        (stamp(time), staff, act.action, act.subject, act.before[:LONGEST], act.after[:LONGEST]),
    )
