"""When a question speaks of: a day, a time of day, or both."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from bot.calendar import WorkDays
from bot.knowledge.calendar import WEEKDAYS, Calendar
from bot.knowledge.language import Moments
from bot.text.phrases import Found, Phrases
from bot.text.syllables import fold
from bot.text.words import Word, clean

NOON, HALF_DAY = 12, 12  # hours
EARLIEST = 7  # "5 giờ" of an office is 17 giờ; nobody asks for the night
HALF_HOUR = 30  # minutes
LOOK_BACK = timedelta(
    days=30
)  # a day without a year lies at most so far back; further back next year's is meant
WEEK = timedelta(days=7)
NUMBERS = {
    **{"mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5},
    **{"sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10},
}  # as days and months are told in words, without marks
_NUMBER = r"(\d{1,2}|" + "|".join(NUMBERS) + ")"
_TIME = re.compile(
    r"(?<![\d/.])(\d{1,2})\s*(?:gio|h|g|:)\s*(?:(kem)\s*)?(\d{1,2}|ruoi)?(?!\d)(?:\s*phut)?"
    r"(?:\s*(sang|trua|chieu|toi)\b)?"
)
_SLASHED = re.compile(r"(?<![\d/.:-])(\d{1,2})\s?[/.-]\s?(\d{1,2})(?:\s?[/.-]\s?(\d{4}))?(?![\d/.-]*\d)")
_SPELT = re.compile(rf"\b{_NUMBER}\s+thang\s+{_NUMBER}\b(?:\s+nam\s+(\d{{4}}))?")
_TET = re.compile(
    rf"\b(?:mung|mong)\s+{_NUMBER}\s+(?:(?:am lich\s+)?tet|thang gieng)\b(?:.{{0,20}}?\b(\d{{4}}))?"
)
_EVE = re.compile(r"\b(?:giao thua|30 tet|ba muoi tet)\b")
_DAY_OF_MONTH = re.compile(r"\bngay\s+(\d{1,2})\b(?!\s*(?:[/.-]\s*\d|thang|ngay|tuoi))")
_MONTH = re.compile(r"\bthang\s+(\d{1,2})\b(?:\s*(?:/|nam)\s*(\d{4}))?")
_YEAR = re.compile(r"\b(?:nam\s+)?(20\d{2})\b")
_THAT_DAY = re.compile(r"\b(?:dang la|dang|hom nay la|nay la|bay gio la|hom qua|vua roi|hom roi)\b")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Moment:
    """What a question says of when: a day, a time on it, the words that said so.

    `is_now`: it speaks of this very moment. `at` None: of the whole day. `day` None: it says nothing of when.
    `is_impossible`: it names a day that no calendar has.
    """

    day: date | None
    at: time | None
    is_now: bool
    is_impossible: bool
    positions: frozenset[int]


class MomentReader:
    """Reads moments in the ward's time; holidays by the names the calendar knows."""

    def __init__(self, moments: Moments, calendar: Calendar) -> None:
        self._now = Phrases(moments.now)
        self._offsets = _by_cue(moments.days)
        self._weekdays = _by_cue(moments.weekdays)
        self._holidays = _by_cue({holiday.name: holiday.called for holiday in calendar.holidays})
        self._next_week = Phrases(moments.next_week)
        self._afternoon = Phrases(moments.afternoon)
        self._around = Phrases(
            (*moments.around, *moments.morning, *moments.afternoon, *moments.next_week, *moments.now)
        )
        self._days = WorkDays(calendar)

    def read(self, question: str, words: Sequence[Word], now: datetime) -> Moment:
        """The moment a question speaks of, as seen from `now`."""
        text = fold(clean(question))
        told = [*self._phrases(words)]
        positions = frozenset(
            {at for found in told for at in found.positions}
            | {at for found in self._around.find(words) for at in found.positions}
            | {at for at, word in enumerate(words) if word.has_digit}
        )
        at, text = self._time(text, words)
        day, is_impossible = self._day(text, words, now)
        is_now = bool(self._now.find(words)) and day is None and at is None
        if is_now or (at is not None and day is None and not is_impossible):
            day = now.date()
        return Moment(day, now.time() if is_now else at, is_now, is_impossible, positions)

    def _phrases(self, words: Sequence[Word]) -> Iterator[Found]:
        for phrases, _ in (self._offsets, self._weekdays, self._holidays):
            yield from phrases.find(words)

    def _time(self, text: str, words: Sequence[Word]) -> tuple[time | None, str]:
        """The time of day, and the text without it."""
        found = _TIME.search(text)
        if found is None:
            return None, text
        hour, minus, minutes, part = found.groups()
        minute = HALF_HOUR if minutes == "ruoi" else int(minutes or 0)
        whole = int(hour) * 60 + (-minute if minus else minute)
        is_afternoon = part in {"chieu", "toi", "trua"} or (
            part is None and bool(self._afternoon.find(words))
        )
        if whole < EARLIEST * 60 or (is_afternoon and whole < NOON * 60 and part != "trua"):
            whole += HALF_DAY * 60 if part != "sang" else 0
        rest = text[: found.start()] + " ; " + text[found.end() :]
        if not 0 <= whole < 24 * 60:
            return None, rest
        return time(whole // 60, whole % 60), rest

    def _day(self, text: str, words: Sequence[Word], now: datetime) -> tuple[date | None, bool]:
        """The day, and whether one is named that does not exist."""
        try:
            return self._dated(text, now.date()) or self._named(text, words, now.date()), False
        except ValueError:
            return None, True

    def _named(self, text: str, words: Sequence[Word], today: date) -> date | None:
        holiday = _longest(self._holidays, words)
        if holiday is not None:
            year = _YEAR.search(text)
            start = date(int(year.group(1)), 1, 1) if year else today
            return self._days.named(holiday, start)
        weekday = _longest(self._weekdays, words)
        if weekday is not None:
            ahead = (WEEKDAYS.index(weekday) - today.weekday()) % len(WEEKDAYS)
            day = today + timedelta(days=ahead)
            is_next_week = self._next_week.find(words) and day.isocalendar().week == today.isocalendar().week
            return day + WEEK if is_next_week else day
        offset = _longest(self._offsets, words)
        if offset is not None:
            return today + timedelta(days=offset)
        month = _MONTH.search(text)
        if month is not None:
            return self._in_month(int(month.group(1)), month.group(2), today)
        return None

    def _dated(self, text: str, today: date) -> date | None:
        """The day that numbers name. Raises ValueError when there is no such day."""
        tet = _TET.search(text)
        eve = _EVE.search(text)
        if tet is not None or eve is not None:
            number = _number(tet.group(1)) if tet else 0
            first = self._tet(int(tet.group(2)) if tet and tet.group(2) else None, today)
            return None if first is None else first + timedelta(days=number - 1)
        nearest = _THAT_DAY.search(text) is not None
        for pattern in (_SLASHED, _SPELT):
            found = pattern.search(text)
            if found is not None:
                day, month = _number(found.group(1)), _number(found.group(2))
                year = found.group(3) or _year_after(text, found.end())
                made = _date(day, month, int(year) if year else None, today, nearest=nearest)
                if made is None:
                    raise ValueError(f"no day {day}/{month}")
                return made
        alone = _DAY_OF_MONTH.search(text)
        if alone is not None:
            return _day_of_month(int(alone.group(1)), today)
        return None

    def _tet(self, year: int | None, today: date) -> date | None:
        if year is not None:
            return self._days.lunar_new_year(year)
        this = self._days.lunar_new_year(today.year)
        return this if this and this >= today - LOOK_BACK else self._days.lunar_new_year(today.year + 1)

    def _in_month(self, month: int, year: str | None, today: date) -> date | None:
        """The first working day of a month."""
        first = _date(1, month, int(year) if year else None, today, nearest=False)
        if first is None or self._days.is_worked(first):
            return first
        return self._days.next(first)


def _number(text: str) -> int:
    return NUMBERS.get(text) or int(text)


def _year_after(text: str, at: int) -> str | None:
    found = _YEAR.search(text, at)
    return found.group(1) if found else None


def _date(day: int, month: int, year: int | None, today: date, *, nearest: bool) -> date | None:
    """The date; without a year the nearest to today, or the next one that is not long past."""
    years = (year,) if year else (today.year - 1, today.year, today.year + 1)
    dates = [made for each in years if (made := _made(each, month, day))]
    if not dates:
        return None
    if year is None and not nearest:
        return next((made for made in dates if made >= today - LOOK_BACK), None)
    return min(dates, key=lambda made: abs(made - today))


def _day_of_month(day: int, today: date) -> date | None:
    """This month's day, or the next month's when it is past."""
    following = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    this = _made(today.year, today.month, day)
    return this if this and this >= today else _made(following.year, following.month, day)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _by_cue(named: Mapping[T, Sequence[str]]) -> tuple[Phrases, Mapping[str, T]]:
    meant = {cue: name for name, cues in named.items() for cue in cues}
    return Phrases(meant), meant


def _longest(cues: tuple[Phrases, Mapping[str, T]], words: Sequence[Word]) -> T | None:
    phrases, meant = cues
    found = max(phrases.find(words), key=lambda each: len(each.positions), default=None)
    return None if found is None else meant[found.cue]
