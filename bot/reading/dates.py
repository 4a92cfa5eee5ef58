"""Days that a text names by numbers: 24/11, ngày hai tháng chín, mùng 3 tết, rằm tháng bảy, ngày 28."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.calendar import WorkDays
from bot.calendar.lunar import before_new_year, from_lunar, next_lunar, to_lunar

LOOK_BACK = timedelta(days=30)  # a day without a year that is further back means next year's
LATE_IN_YEAR = 20  # "27 tết" is a day of the last lunar month, "3 tết" one of the first
NEW_YEAR_DAYS = timedelta(days=40)  # so near to Tết, "mùng 5" is the fifth of the first lunar month
FULL_MOON = 15
CENTURY = 2000
FIRST_YEAR, LAST_YEAR = 1950, 2100  # further off nobody asks

_UNITS = ("mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin")
NUMBERS = {
    **{word: number for number, word in enumerate((*_UNITS, "muoi"), 1)},
    "tu": 4,
    **{f"muoi {word}": 10 + number for number, word in enumerate(_UNITS, 1)},
    "muoi lam": 15,
    "hai muoi": 20,
    **{f"hai {word}": 20 + number for number, word in enumerate(("mot", "hai", "ba", "bon"), 1)},
    **{f"hai muoi {word}": 20 + number for number, word in enumerate(_UNITS, 1)},
    **{f"ham {word}": 20 + number for number, word in enumerate(_UNITS, 1)},
    "hai muoi tu": 24,
    "hai muoi lam": 25,
    "hai lam": 25,
    "ba muoi": 30,
    "ba mot": 31,
    "ba muoi mot": 31,
}  # as days and months are told in words, without marks
_WORD = "|".join(sorted(NUMBERS, key=len, reverse=True))
_N = rf"(\d{{1,2}}|{_WORD})"
_YEAR = r"(?:\s*(?:/|-|\.|nam)\s*(\d{4}|\d{2}))?"
_LUNAR_WORD = r"(?:am lich|am|ta|lich ta)"
_FIRST_DAYS = r"(?:mung|mong)"

_ISO = re.compile(r"(?<![\d/.-])(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(?![\d/.-]*\d)")
_LUNAR = re.compile(rf"\b(?:{_FIRST_DAYS}\s+)?{_N}\s*(?:/|-|thang)\s*{_N}{_YEAR}\s+{_LUNAR_WORD}\b")
_LUNAR_MONTH = re.compile(rf"\b(?:{_FIRST_DAYS}\s+|ngay\s+)?{_N}\s+(?:thang\s+)?(chap|gieng)\b{_YEAR}")
_LUNAR_DAY = re.compile(rf"\b(?:{_FIRST_DAYS}\s+|ngay\s+)?{_N}\s+{_LUNAR_WORD}\b")
_FULL_MOON = re.compile(rf"\bram\b(?:\s+thang\s+(gieng|chap|{_N[1:-1]}))?")
_TET = re.compile(rf"\b(?:{_FIRST_DAYS}\s+)?{_N}\s+(?:am lich\s+)?tet\b(?:.{{0,20}}?\b(\d{{4}}))?")
_EVE = re.compile(r"\bgiao thua\b")
_SLASHED = re.compile(
    r"(?<![\d/.:-])(\d{1,2})\s?[/.-]\s?(\d{1,2})(?:\s?[/.-]\s?(\d{4}|\d{2}))?(?![\d/.-]*\d)"
)
_SPELT = re.compile(rf"\b(?:({_FIRST_DAYS})\s+)?{_N}\s+thang\s+{_N}\b{_YEAR}")
_MONTH_BESIDE = re.compile(rf"\b(?:{_FIRST_DAYS}\s+|ngay\s+)?{_N}\s+thang\s+(nay|ni|sau|toi)\b")
_FIRST_DAY = re.compile(rf"\b{_FIRST_DAYS}\s+{_N}\b")
_AHEAD = re.compile(rf"\b{_N}\s+(?:ngay|bua|hom)\s+nua\b")
_DAY = re.compile(r"\bngay\s+(\d{1,2})\b(?!\s*(?:[/.-]\s*\d|thang|ngay|tuoi))")
_THAT_DAY = re.compile(r"\b(?:dang la|dang|hom nay la|nay la|bay gio la|hom qua|vua roi|hom roi)\b")
_YEAR_AFTER = re.compile(r"\b(20\d{2})\b")
_NEXT_YEAR = re.compile(r"\b(?:nam sau|nam toi|sang nam)\b")


class UnclearDayError(ValueError):
    """A text names a day that does not exist, or that cannot be told from another."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A day that a text names, and the text without the words that name it."""

    day: date
    rest: str


class DateReader:
    """Reads a text without marks, as of a day. Lunar days by the lunar calendar, holidays by the ward's."""

    def __init__(self, days: WorkDays) -> None:
        self._days = days
        self._readers: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], date | None]], ...] = (
            (_ISO, _iso),
            (_LUNAR, _lunar),
            (_LUNAR_MONTH, _lunar_month),
            (_TET, self._tet),
            (_EVE, lambda _, today: self._eve(today)),
            (_LUNAR_DAY, _lunar_day),
            (_FULL_MOON, _full_moon),
            (_SLASHED, _solar),
            (_SPELT, self._spelt),
            (_AHEAD, lambda found, today: today + timedelta(days=_number(found.group(1)))),
            (_MONTH_BESIDE, _month_beside),
            (_FIRST_DAY, self._first_day),
            (_DAY, lambda found, today: _day_of_month(int(found.group(1)), today)),
        )

    def read(self, text: str, today: date) -> Dated | None:
        """The day named by numbers; None when none is. Raises UnclearDayError for a day that there is not."""
        for pattern, made_of in self._readers:
            found = pattern.search(text)
            if found is None:
                continue
            day = made_of(found, today)
            if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
                raise UnclearDayError(found.group())
            return Dated(day, f"{text[: found.start()]} ; {text[found.end() :]}")
        return None

    def _tet(self, found: re.Match[str], today: date) -> date | None:
        number = _number(found.group(1))
        year = found.group(2)
        first = self._days.lunar_new_year(int(year)) if year else self._new_year(today)
        if first is None:
            return None
        if number >= LATE_IN_YEAR:
            return before_new_year(number, first)
        return first + timedelta(days=number - 1)

    def _eve(self, today: date) -> date | None:
        first = self._new_year(today)
        return None if first is None else first - timedelta(days=1)

    def _new_year(self, today: date) -> date | None:
        """The lunar new year that people speak of: the last one while it is near, else the next."""
        this = self._days.lunar_new_year(today.year)
        return this if this and this >= today - LOOK_BACK else self._days.lunar_new_year(today.year + 1)

    def _spelt(self, found: re.Match[str], today: date) -> date | None:
        """Day and month in words; "mùng 10 tháng 3" is the lunar day where that one is the holiday."""
        first, day, month, year = found.groups()
        solar = _date(_number(day), _number(month), _year(year, found, today), today, found.string)
        if first is None or solar is None or (self._days.off(solar) is not None and self._is_holiday(solar)):
            return solar
        lunar = next_lunar(_number(month), _number(day), today - LOOK_BACK)
        return lunar if lunar and year is None and self._is_holiday(lunar) else solar

    def _is_holiday(self, day: date) -> bool:
        off = self._days.off(day)
        return off is not None and off.name is not None

    def _first_day(self, found: re.Match[str], today: date) -> date | None:
        """A "mùng 5" without a month: around Tết the lunar day, at other times the fifth of the month."""
        number = _number(found.group(1))
        first = self._new_year(today)
        if first and abs(first - today) <= NEW_YEAR_DAYS:
            return first + timedelta(days=number - 1)
        return _day_of_month(number, today)


def _iso(found: re.Match[str], _today: date) -> date | None:
    year, month, day = map(int, found.groups())
    return _made(year, month, day)


def _solar(found: re.Match[str], today: date) -> date | None:
    day, month, year = found.groups()
    return _date(int(day), int(month), _year(year, found, today), today, found.string)


def _lunar(found: re.Match[str], today: date) -> date | None:
    day, month, year = found.groups()
    asked = _year(year, found, today)
    if asked:
        return from_lunar(asked, _number(month), _number(day))
    return next_lunar(_number(month), _number(day), today - LOOK_BACK)


def _lunar_month(found: re.Match[str], today: date) -> date | None:
    month = 12 if found.group(2) == "chap" else 1
    return next_lunar(month, _number(found.group(1)), today - LOOK_BACK)


def _lunar_day(found: re.Match[str], today: date) -> date | None:
    """The next such day of a lunar month."""
    day = _number(found.group(1))
    return next((each for each in _days_from(today) if to_lunar(each)[2] == day), None)


def _full_moon(found: re.Match[str], today: date) -> date | None:
    month = found.group(1)
    if month is None:
        return next((each for each in _days_from(today) if to_lunar(each)[2] == FULL_MOON), None)
    number = {"gieng": 1, "chap": 12}.get(month) or _number(month)
    return next_lunar(number, FULL_MOON, today - LOOK_BACK)


def _days_from(today: date) -> Iterator[date]:
    return (today + timedelta(days=each) for each in range(60))


def _month_beside(found: re.Match[str], today: date) -> date | None:
    day = _number(found.group(1))
    if found.group(2) in {"nay", "ni"}:
        return _made(today.year, today.month, day)
    following = _following_month(today)
    return _made(following.year, following.month, day)


def _number(text: str) -> int:
    return NUMBERS.get(text) or int(text)


def _year(text: str | None, found: re.Match[str], today: date) -> int | None:
    """The year that was told beside the day or after it."""
    if text:
        return int(text) if len(text) == 4 else CENTURY + int(text)
    after = _YEAR_AFTER.search(found.string, found.end())
    if after:
        return int(after.group(1))
    return today.year + 1 if _NEXT_YEAR.search(found.string) else None


def _date(day: int, month: int, year: int | None, today: date, text: str) -> date | None:
    """The date; without a year the next one that is not long past, of a day one is in the nearest."""
    years = (year,) if year else (today.year - 1, today.year, today.year + 1)
    dates = [made for each in years if (made := _made(each, month, day))]
    if not dates:
        return None
    if year is None and _THAT_DAY.search(text) is None:
        return next((made for made in dates if made >= today - LOOK_BACK), None)
    return min(dates, key=lambda made: abs(made - today))


def _day_of_month(day: int, today: date) -> date | None:
    """This month's day, or the next month's when it is past."""
    following = _following_month(today)
    this = _made(today.year, today.month, day)
    return this if this and this >= today else _made(following.year, following.month, day)


def _following_month(today: date) -> date:
    return (today.replace(day=1) + timedelta(days=32)).replace(day=1)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
