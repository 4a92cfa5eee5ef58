"""Whether the ward is open at a moment, and when it opens next."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum, auto

from bot.calendar.work_days import Off, WorkDays
from bot.knowledge.calendar import Season


class State(Enum):
    """What can be said of a moment (or a whole day)."""

    WORKING_DAY = auto()  # no time was asked for
    OPEN = auto()
    EARLY = auto()  # before the morning session
    NOON = auto()  # between the sessions
    LATE = auto()  # after the afternoon session
    OFF = auto()
    UNKNOWN = auto()  # outside the days that the calendar knows


@dataclass(frozen=True, slots=True)
class Opening:
    """The state of a day, or of a time on it; what is needed to tell it.

    `until`: when the session that runs ends, or the next one of that day begins. `next`: the next working
    day, whose first session begins at `next_opens`; both are None for a day that the calendar does not know.
    `off`: why the day is not worked.
    """

    day: date
    at: time | None
    state: State
    season: Season
    next: date | None = None
    next_opens: time | None = None
    until: time | None = None
    off: Off | None = None


def opening_at(days: WorkDays, day: date, at: time | None) -> Opening:
    """The ward on a day, at a time of it where one is asked for."""
    season = days.season(day)
    if not days.is_known(day):
        return Opening(day, at, State.UNKNOWN, season)
    off = days.off(day)
    following = days.next(day)
    opens = days.season(following).morning[0]
    if off is not None:
        return Opening(day, at, State.OFF, season, following, opens, off=off)
    state, until = _within(season, at)
    return Opening(day, at, state, season, following, opens, until)


def _within(season: Season, at: time | None) -> tuple[State, time | None]:
    if at is None:
        return State.WORKING_DAY, None
    (opens, pauses), (resumes, closes) = season.morning, season.afternoon
    if at < opens:
        return State.EARLY, opens
    if at < pauses:
        return State.OPEN, pauses
    if at < resumes:
        return State.NOON, resumes
    if at < closes:
        return State.OPEN, closes
    return State.LATE, None


def is_over(days: WorkDays, moment: datetime) -> bool:
    """Whether nothing can be handed in any more on the day of a moment."""
    return opening_at(days, moment.date(), moment.time()).state in {State.LATE, State.OFF}
