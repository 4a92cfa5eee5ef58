"""Which days are worked: the week, public holidays and days given in their stead, the ward's own days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto
from functools import lru_cache

from bot.clock import DAY
from bot.knowledge.calendar import WEEKDAYS, Calendar

LONGEST_BREAK = 366  # days; more do not lie between two working days of a calendar that was checked
NEAREST = 3  # days; so far from its holiday a day off in stead of another lies at most


class Why(Enum):
    """Why a day is not worked, as far as anybody has published it."""

    HOLIDAY = auto()
    OWN_DAY = auto()
    WEEK = auto()
    UNPUBLISHED = auto()  # whether it is worked


@dataclass(frozen=True, slots=True)
class Off:
    """A day not worked, or not known to be: why, its name (a holiday's), the entry that tells of it."""

    why: Why
    name: str | None = None
    entry: str | None = None


class WorkDays:
    """Working days of one calendar. Public holidays are those of the library `holidays` (Viet Nam)."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self.season = calendar.season

    def is_known(self, day: date) -> bool:
        """Whether hours and holidays of a day are settled."""
        return self._calendar.since <= day <= self._calendar.known_until

    def off(self, day: date) -> Off | None:
        """Why a day is not worked; None for a working day."""
        for own in self._calendar.days:
            if own.from_ <= day <= own.until:
                return None if own.works == "yes" else Off(Why.OWN_DAY, own.name, own.entry)
        listed, made_up = _public(day.year)
        if day in listed:
            return self._holiday(day, listed[day])
        name = WEEKDAYS[day.weekday()]
        if name in self._calendar.week.works or day in made_up:
            return None
        if name not in self._calendar.week.unpublished:
            return Off(Why.WEEK)
        yesterday = day - DAY
        if yesterday in _public(yesterday.year)[0]:  # the run of days off goes on over it
            return self.off(yesterday)
        return Off(Why.UNPUBLISHED)

    def is_worked(self, day: date) -> bool:
        """Whether the ward surely works on a day."""
        return self.off(day) is None

    def next(self, after: date) -> date:
        """The first working day after a day."""
        for days in range(1, LONGEST_BREAK):
            day = after + timedelta(days=days)
            if self.is_worked(day):
                return day
        raise ValueError(f"no working day within {LONGEST_BREAK} days after {after}")

    def due(self, received: date, days: int, *, working: bool) -> date:
        """The last day of a time limit of so many days (or working days) for a file received on a day.

        The first day is not counted, and a limit that ends on a day off ends on the next working day
        (Bộ luật Dân sự 91/2015/QH13, Điều 147 khoản 2, Điều 148 khoản 5). A file that comes on a day off
        counts as received on the next working day.
        """
        start = received if self.is_worked(received) else self.next(received)
        if working:
            end = start
            for _ in range(days):
                end = self.next(end)
            return end
        end = start + timedelta(days=days)
        return end if self.is_worked(end) else self.next(end)

    def named(self, called: str, on_or_after: date) -> date | None:
        """The first day of the next holiday of this name; None for a name that is no holiday's."""
        holiday = next((each for each in self._calendar.holidays if each.name == called), None)
        if holiday is None:
            return None
        for year in (on_or_after.year, on_or_after.year + 1):
            for day in sorted(_public(year)[0]):
                off = self.off(day)
                if day >= on_or_after and off is not None and off.name == called:
                    return day
        return None

    def lunar_new_year(self, year: int) -> date | None:
        """The first day of the lunar year that begins in a year."""
        return next((day for day, name in _public(year)[0].items() if name == FIRST_OF_TET), None)

    def _holiday(self, day: date, listed: str) -> Off:
        found = [holiday for holiday in self._calendar.holidays if holiday.listed in listed]
        if found:
            holiday = max(found, key=lambda each: len(each.listed))
            return Off(Why.HOLIDAY, holiday.name, holiday.entries.get(day.year))
        return Off(Why.HOLIDAY, self._around(day) or listed)

    def _around(self, day: date) -> str | None:
        """The name of the holiday that a day off in stead of another belongs to: the nearest one."""
        listed = _public(day.year)[0]
        for distance in range(1, NEAREST + 1):
            for other in (day + distance * DAY, day - distance * DAY):
                for holiday in self._calendar.holidays:
                    if holiday.listed in listed.get(other, ""):
                        return holiday.name
        return None


FIRST_OF_TET = "Tết Nguyên Đán"  # how the library calls the first day of the lunar year


@lru_cache(maxsize=16)
def _public(year: int) -> tuple[Mapping[date, str], frozenset[date]]:
    """A year's public holidays by day, and the days worked in stead of others."""
    from holidays.countries.vietnam import Vietnam  # slow to import, and most questions need no holiday

    listed = Vietnam(years=year, language="vi")  # type: ignore[no-untyped-call]  # it has no types
    worked = frozenset(day for day in listed.weekend_workdays if day.year == year)
    return dict(sorted(listed.items())), worked
