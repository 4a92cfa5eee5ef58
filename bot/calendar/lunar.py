"""Days of the lunar calendar, as people in Huế name them."""

from datetime import date

from lunardate import LunarDate  # type: ignore[import-untyped]  # it has no types

LAST_MONTH = 12


def from_lunar(year: int, month: int, day: int) -> date | None:
    """The day of a lunar date (no leap month); None when there is no such day, or no table for the year.

    The tables are the Chinese calendar's; where the Vietnamese one differs, days may be off by one. It does
    not before 2030, which a test holds against the published holidays as far as these are known.
    """
    try:
        found: date = LunarDate(year, month, day).to_solar_date()
    except ValueError:
        return None
    return found


def to_lunar(day: date) -> tuple[int, int, int]:
    """The lunar year, month and day of a day."""
    lunar = LunarDate.from_solar_date(day.year, day.month, day.day)
    return lunar.year, lunar.month, lunar.day


def next_lunar(month: int, day: int, on_or_after: date) -> date | None:
    """The next day with this lunar month and day."""
    year = to_lunar(on_or_after)[0]
    days = (from_lunar(each, month, day) for each in (year, year + 1))
    return next((found for found in days if found and found >= on_or_after), None)


def before_new_year(day: int, new_year: date) -> date | None:
    """The day of the last lunar month before a lunar new year; a thirtieth that it lacks is its last day."""
    year = to_lunar(new_year)[0] - 1
    return from_lunar(year, LAST_MONTH, day) or (from_lunar(year, LAST_MONTH, day - 1) if day > 1 else None)
