"""Working days against the published holidays, and due dates counted by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar import WorkDays
from bot.calendar.work_days import Why
from bot.knowledge import Knowledge
from bot.knowledge.calendar import Calendar, OwnDays

FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)
# Weekdays on which the offices rest: the law, and văn bản 10065/VPCP-KGVX ngày 2/10/2026 (Tết, Quốc khánh 2027).
HOLIDAYS = {
    date(2026, 11, 24): "Ngày Văn hóa Việt Nam",
    date(2027, 1, 1): "Tết Dương lịch",
    date(
        2027, 1, 2
    ): "Tết Dương lịch",  # the Saturday of the same run of days off, as are 17 April, 4 September
    date(2027, 4, 17): "Giỗ Tổ Hùng Vương",
    date(2027, 9, 4): "Quốc khánh",
    **{date(2027, 2, day): "Tết Nguyên đán" for day in range(4, 11)},
    date(2027, 4, 16): "Giỗ Tổ Hùng Vương",
    date(2027, 4, 30): "Ngày Chiến thắng 30/4",
    date(2027, 5, 1): "Ngày Quốc tế Lao động 1/5",
    date(2027, 5, 3): "Ngày Quốc tế Lao động 1/5",  # a Monday in stead of Saturday 1 May
    date(2027, 9, 2): "Quốc khánh",
    date(2027, 9, 3): "Quốc khánh",
    date(2027, 11, 24): "Ngày Văn hóa Việt Nam",
}


@pytest.fixture
def days(knowledge: Knowledge) -> WorkDays:
    return WorkDays(knowledge.calendar)


def changed(knowledge: Knowledge, *own: OwnDays) -> WorkDays:
    return WorkDays(knowledge.calendar.model_copy(update={"days": own}))


def own(day: date, works: str) -> OwnDays:
    return OwnDays.model_validate(
        {"from": day, "until": day, "name": "nghỉ tránh bão", "works": works, "source": "Thông báo"}
    )


def test_the_holidays_from_now_to_the_end_of_2027_are_the_published_ones(days: WorkDays) -> None:
    span = [date(2026, 11, 1) + timedelta(days=each) for each in range(426)]
    found = {day: off.name for day in span if (off := days.off(day)) and off.why is Why.HOLIDAY}
    assert span[-1] == LAST
    assert found == HOLIDAYS


def test_saturday_is_not_published_and_sunday_is_closed(days: WorkDays) -> None:
    saturday, sunday = days.off(date(2026, 11, 28)), days.off(date(2026, 11, 29))
    assert saturday
    assert saturday.why is Why.UNPUBLISHED
    assert sunday
    assert sunday.why is Why.WEEK
    assert days.is_worked(date(2026, 11, 30))


def test_a_day_made_up_for_is_off_and_its_saturday_is_worked(days: WorkDays) -> None:
    off = days.off(date(2026, 8, 31))  # a Monday, worked for on Saturday 22 August
    assert off
    assert off.name == "Quốc khánh"
    assert days.is_worked(date(2026, 8, 22))
    assert not days.is_worked(date(2026, 1, 2))  # worked for on Saturday 10 January
    assert days.is_worked(date(2026, 1, 10))


@pytest.mark.parametrize(
    ("received", "number", "working", "due"),
    [
        # 26 Nov is a Thursday: Fri 27, Mon 30, Tue 1, Wed 2, Thu 3, Fri 4, Mon 7.
        (date(2026, 11, 26), 7, True, date(2026, 12, 7)),
        # Over Tết 2027: Tue 2 Feb; Wed 3, then off 4 to 10; Thu 11, Fri 12, Mon 15, Tue 16, Wed 17, Thu 18.
        (date(2027, 2, 2), 7, True, date(2027, 2, 18)),
        # Over the day given in stead of 1 May: Wed 28 Apr; Thu 29, off 30 Apr to 3 May; Tue 4, Wed 5.
        (date(2027, 4, 28), 3, True, date(2027, 5, 5)),
        # Over Quốc khánh 2027: Wed 1 Sep; off 2 to 5; Mon 6.
        (date(2027, 9, 1), 1, True, date(2027, 9, 6)),
        # Over Ngày Văn hóa: Mon 23 Nov 2026; off 24; Wed 25, Thu 26.
        (date(2026, 11, 23), 2, True, date(2026, 11, 26)),
        # Handed in on a day off: received on Thu 11 Feb; Fri 12.
        (date(2027, 2, 6), 1, True, date(2027, 2, 12)),
        # Calendar days: 30 days from 26 Nov end on Saturday 26 Dec, so on Monday 28.
        (date(2026, 11, 26), 30, False, date(2026, 12, 28)),
        # Calendar days that end within Tết: 28 Jan + 10 is Sunday 7 Feb, so Thu 11.
        (date(2027, 1, 28), 10, False, date(2027, 2, 11)),
        (date(2026, 11, 26), 0, True, date(2026, 11, 26)),
    ],
)
def test_a_limit_ends_on_the_day_counted_by_hand(
    days: WorkDays, received: date, number: int, working: bool, due: date
) -> None:
    assert days.due(received, number, working=working) == due


@given(received=st.dates(FIRST, date(2027, 9, 30)), number=st.integers(0, 40), working=st.booleans())
def test_every_due_day_is_worked_and_more_days_never_end_sooner(
    knowledge: Knowledge, received: date, number: int, working: bool
) -> None:
    days = WorkDays(knowledge.calendar)
    due = days.due(received, number, working=working)
    assert days.is_worked(due)
    assert received <= due <= days.due(received, number + 1, working=working)


@given(received=st.dates(FIRST, date(2027, 9, 30)), number=st.integers(0, 40))
def test_so_many_working_days_lie_between(knowledge: Knowledge, received: date, number: int) -> None:
    """The plain twin: count the worked days after the one on which the file counts as received."""
    days = WorkDays(knowledge.calendar)
    start = received
    while not days.is_worked(start):
        start += timedelta(days=1)
    due = days.due(received, number, working=True)
    between = (start + timedelta(days=each) for each in range(1, (due - start).days + 1))
    assert sum(map(days.is_worked, between)) == number


def test_the_wards_own_days_win_over_everything(knowledge: Knowledge) -> None:
    storm, saturday = date(2026, 11, 30), date(2026, 11, 28)
    off = changed(knowledge, own(storm, "no")).off(storm)
    assert off
    assert (off.why, off.name) == (Why.OWN_DAY, "nghỉ tránh bão")
    assert changed(knowledge, own(saturday, "yes")).is_worked(saturday)
    assert changed(knowledge, own(date(2026, 11, 24), "yes")).is_worked(date(2026, 11, 24))


def test_the_longest_listed_name_tells_the_holiday_whatever_the_order(knowledge: Knowledge) -> None:
    turned = knowledge.calendar.model_copy(update={"holidays": knowledge.calendar.holidays[::-1]})
    off = WorkDays(turned).off(date(2027, 1, 1))
    assert off
    assert off.name == "Tết Dương lịch"


def test_a_holiday_that_the_calendar_has_no_name_for_keeps_its_own(knowledge: Knowledge) -> None:
    off = WorkDays(knowledge.calendar.model_copy(update={"holidays": ()})).off(date(2027, 9, 2))
    assert off
    assert off.name == "Quốc khánh"


def test_what_lies_outside_the_known_days_is_not_known(days: WorkDays) -> None:
    assert days.is_known(FIRST)
    assert days.is_known(LAST)
    assert not days.is_known(FIRST - timedelta(days=1))
    assert not days.is_known(LAST + timedelta(days=1))


def test_finds_a_holiday_by_its_name(days: WorkDays) -> None:
    assert days.named("Quốc khánh", date(2026, 11, 26)) == date(2027, 9, 2)
    assert days.named("Tết Nguyên đán", date(2027, 2, 8)) == date(2027, 2, 8)
    assert days.named("Lễ hội", date(2026, 11, 26)) is None


def test_knows_the_first_day_of_the_lunar_year(days: WorkDays) -> None:
    assert days.lunar_new_year(2026) == date(2026, 2, 17)
    assert days.lunar_new_year(2027) == date(2027, 2, 6)


def test_every_month_has_its_season(knowledge: Knowledge, days: WorkDays) -> None:
    winter, summer = knowledge.calendar.seasons
    assert [days.season(date(2027, month, 1)) for month in range(1, 13)] == [
        *[winter] * 3, *[summer] * 6, *[winter] * 3,
    ]  # fmt: skip


def test_a_calendar_without_working_days_says_so(knowledge: Knowledge) -> None:
    week = knowledge.calendar.week.model_copy(update={"works": ()})
    empty: Calendar = knowledge.calendar.model_copy(update={"week": week})
    with pytest.raises(ValueError, match="no working day"):
        WorkDays(empty).next(date(2027, 1, 1))
