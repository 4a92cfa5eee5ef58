"""The shape of `calendar.yaml`: office hours by season, the week, holidays, the ward's own days."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, time, timedelta
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from bot.knowledge.model import Day, Id, Model, Text
from bot.knowledge.problems import Path, Problem

_HOURS = re.compile(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})")
MONTHS = 12
LONGEST_OWN = timedelta(days=31)  # a longer closure is more likely a mistyped year

Weekday = Literal["thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"]
WEEKDAYS: tuple[Weekday, ...] = (
    "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật",
)  # fmt: skip


def _as_hours(value: Any) -> Any:
    """`7:30-11:30` as its two times."""
    if not isinstance(value, str):
        return value
    found = _HOURS.fullmatch(value.strip())
    if found is None:
        raise ValueError("hours_form")
    first_hour, first_minute, last_hour, last_minute = map(int, found.groups())
    try:
        hours = time(first_hour, first_minute), time(last_hour, last_minute)
    except ValueError:
        raise ValueError("hours_form") from None
    if hours[1] <= hours[0]:
        raise ValueError("hours_form")
    return hours


Hours = Annotated[  # the ward's time; the end is not included
    tuple[time, time],
    BeforeValidator(_as_hours),
    WithJsonSchema({"type": "string", "pattern": _HOURS.pattern}),
]
Month = Annotated[
    int, Field(ge=1, le=MONTHS), WithJsonSchema({"type": ["integer", "string"], "pattern": r"^\d{1,2}$"})
]


class Season(Model):
    """Months (1–12) and the two sessions of a working day in them."""

    name: Text
    months: Annotated[tuple[Month, ...], Field(min_length=1)]
    morning: Hours
    afternoon: Hours


class Week(Model):
    """The days of the week: worked, not published whether, closed."""

    works: Annotated[tuple[Weekday, ...], Field(min_length=1)]
    unpublished: tuple[Weekday, ...] = ()
    closed: tuple[Weekday, ...] = ()


class Holiday(Model):
    """A public holiday: how an answer names it, a part of its name in the list of holidays, how people do.

    `entries`: the entry that tells of it, by year.
    """

    name: Text
    listed: Text
    called: tuple[Text, ...]
    entries: Mapping[int, Id] = Field({})


class OwnDays(Model):
    """Days on which the ward does otherwise than the calendar says; both ends included."""

    from_: Annotated[Day, Field(alias="from")]
    until: Day
    name: Text
    works: Literal["yes", "no"]
    source: Text
    entry: Id | None = None

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> Self:
        if self.until < self.from_:
            raise ValueError("dates_turned")
        return self


class Calendar(Model):
    """`calendar.yaml` as a whole; `since` and `known_until`: the days on which it can be relied on."""

    source: Text
    since: Day
    known_until: Day
    seasons: tuple[Season, ...]
    week: Week
    unpublished: Id
    holidays: tuple[Holiday, ...]
    days: tuple[OwnDays, ...] = ()

    def season(self, day: date) -> Season:
        """The season whose hours hold on a day."""
        return next(season for season in self.seasons if day.month in season.months)

    @property
    def entries(self) -> tuple[str, ...]:
        """The ids of the entries it points to."""
        told = (entry for holiday in self.holidays for entry in holiday.entries.values())
        return (self.unpublished, *told, *(days.entry for days in self.days if days.entry))


def check_calendar(calendar: Calendar, file: str, lines: Mapping[Path, int]) -> list[Problem]:
    """Months, days of the week, sessions, own days: what stands nowhere, twice, or in the wrong order."""
    months = [month for season in calendar.seasons for month in season.months]
    week = calendar.week
    days = [*week.works, *week.unpublished, *week.closed]
    found = (
        *(("seasons", f"tháng {month}", months.count(month)) for month in range(1, MONTHS + 1)),
        *(("week", day, days.count(day)) for day in WEEKDAYS),
    )
    advice = "ghi mỗi tháng, mỗi thứ một lần"
    problems = [
        Problem(file, lines.get((field,), 1), field, f"{what} ghi {times} lần", advice)
        for field, what, times in found
        if times != 1
    ]
    return [*problems, *_check_order(calendar, file, lines), *_check_own_days(calendar, file, lines)]


def _check_order(calendar: Calendar, file: str, lines: Mapping[Path, int]) -> Iterator[Problem]:
    for index, season in enumerate(calendar.seasons):
        if season.afternoon[0] < season.morning[1]:
            line = lines.get(("seasons", index), 1)
            yield Problem(file, line, "seasons", "giờ chiều bắt đầu trước khi hết giờ sáng", "xem lại giờ")
    if calendar.known_until < calendar.since:
        what = f"`known_until` {calendar.known_until} sớm hơn `since` {calendar.since}"
        yield Problem(file, lines.get(("known_until",), 1), "known_until", what, "xem lại năm")


def _check_own_days(calendar: Calendar, file: str, lines: Mapping[Path, int]) -> Iterator[Problem]:
    """Own days that go on too long, as with a mistyped year, or that say two things of one day."""
    for index, own in enumerate(calendar.days):
        line = lines.get(("days", index), 1)
        if own.until - own.from_ > LONGEST_OWN:
            what = f"từ {own.from_} đến {own.until} dài quá {LONGEST_OWN.days} ngày"
            yield Problem(file, line, "days", what, "xem lại năm; dài thật thì chia làm nhiều dòng")
        for other in calendar.days[:index]:
            if own.from_ <= other.until and other.from_ <= own.until and own.works != other.works:
                what = f"ngày {max(own.from_, other.from_)} vừa ghi làm vừa ghi nghỉ"
                yield Problem(file, line, "days", what, "giữ một dòng")
