from datetime import date, datetime, time

import pytest

from bot.calendar import State, WorkDays, opening_at
from bot.calendar.opening import is_over
from bot.clock import ZONE
from bot.knowledge import Knowledge

MONDAY, JULY, SATURDAY = date(2026, 11, 23), date(2026, 7, 23), date(2026, 11, 28)


@pytest.mark.parametrize(
    ("day", "at", "state", "until"),
    [
        (MONDAY, time(7, 29), State.EARLY, time(7, 30)),
        (MONDAY, time(7, 30), State.OPEN, time(11, 30)),
        (MONDAY, time(11, 29), State.OPEN, time(11, 30)),
        (MONDAY, time(11, 30), State.NOON, time(13)),
        (MONDAY, time(13), State.OPEN, time(17)),
        (MONDAY, time(16, 45), State.OPEN, time(17)),
        (MONDAY, time(17), State.LATE, None),
        (JULY, time(13, 15), State.NOON, time(13, 30)),
        (JULY, time(17, 15), State.OPEN, time(17, 30)),
        (JULY, time(17, 30), State.LATE, None),
        (MONDAY, None, State.WORKING_DAY, None),
        (SATURDAY, time(9), State.OFF, None),
        (date(2026, 11, 24), None, State.OFF, None),
        (date(2027, 2, 8), time(9), State.OFF, None),
        (date(2028, 1, 3), None, State.UNKNOWN, None),
        (date(2025, 12, 30), time(9), State.UNKNOWN, None),
    ],
)
def test_tells_the_state_of_a_moment(
    knowledge: Knowledge, day: date, at: time | None, state: State, until: time | None
) -> None:
    told = opening_at(WorkDays(knowledge.calendar), day, at)
    assert (told.state, told.until) == (state, until)


def test_says_when_it_opens_next(knowledge: Knowledge) -> None:
    days = WorkDays(knowledge.calendar)
    assert opening_at(days, date(2027, 2, 3), time(18)).next == date(2027, 2, 11)
    assert opening_at(days, date(2026, 11, 27), time(18)).next == date(2026, 11, 30)
    assert opening_at(days, MONDAY, None).next_opens == time(7, 30)


def test_a_day_is_over_when_nothing_can_be_handed_in_any_more(knowledge: Knowledge) -> None:
    days = WorkDays(knowledge.calendar)
    assert not is_over(days, datetime(2026, 11, 26, 16, 59, tzinfo=ZONE))
    assert is_over(days, datetime(2026, 11, 26, 17, 0, tzinfo=ZONE))
    assert is_over(days, datetime(2026, 11, 28, 9, 0, tzinfo=ZONE))
