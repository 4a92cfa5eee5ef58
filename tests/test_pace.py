from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot import pace as pace_module
from bot.clock import ZONE
from bot.pace import MOST, WINDOW, Admission, Pace

NOON = datetime(2026, 11, 26, 12, tzinfo=ZONE)


def test_the_twenty_first_in_a_minute_is_refused_once_with_a_notice() -> None:
    pace = Pace()
    assert all(pace.admit("a", NOON).allowed for _ in range(MOST))
    assert pace.admit("a", NOON) == Admission(allowed=False, is_first=True)
    assert pace.admit("a", NOON) == Admission(allowed=False)
    assert pace.admit("b", NOON).allowed


def test_after_the_minute_it_says_how_many_went_without_an_answer() -> None:
    pace = Pace()
    for _ in range(MOST + 3):
        pace.admit("a", NOON)
    assert pace.admit("a", NOON + WINDOW) == Admission(allowed=True, missed=3)
    assert pace.admit("a", NOON + WINDOW) == Admission(allowed=True)


def test_a_backlog_sent_over_an_hour_is_no_haste() -> None:
    pace = Pace()
    assert all(pace.admit("a", NOON + timedelta(minutes=at)).allowed for at in range(60))


@given(st.lists(st.integers(0, 300), max_size=120))
def test_never_allows_more_than_the_limit_in_any_window(seconds: list[int]) -> None:
    pace, allowed, latest = Pace(), [], NOON
    for second in seconds:
        latest = max(latest, NOON + timedelta(seconds=second))
        if pace.admit("a", NOON + timedelta(seconds=second)).allowed:
            allowed.append(latest)
    for start in allowed:
        assert sum(start <= time < start + WINDOW for time in allowed) <= MOST


def test_forgets_the_one_heard_of_longest_ago_when_there_are_too_many() -> None:
    pace = Pace()
    for _ in range(MOST):
        pace.admit("a", NOON)
    for number in range(pace_module.PEOPLE):
        pace.admit(str(number), NOON)
    assert len(pace) == pace_module.PEOPLE
    assert pace.admit("a", NOON).allowed
