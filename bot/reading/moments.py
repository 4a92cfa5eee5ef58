"""When a question speaks of: a day, a time of day, or both."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from bot.calendar import WorkDays
from bot.knowledge.calendar import WEEKDAYS, Calendar
from bot.knowledge.language import Moments
from bot.reading.dates import FIRST_YEAR, LAST_YEAR, DateReader, UnclearDayError
from bot.text.phrases import Found, Phrases
from bot.text.syllables import fold
from bot.text.words import Word, clean

NOON, HALF_DAY = 12, 12  # hours
EARLIEST = 7  # "5 giờ" of an office is 17 giờ; nobody asks for the night
HALF_HOUR, HOUR = 30, 60  # minutes
PARTS = {"noon": time(12), "evening": time(19)}  # a time that stands for a part of the day
WEEK = timedelta(days=7)
_TIME = re.compile(
    r"(?<![\d/.])(\d{1,2})\s*(?:(?:gio|h|g|:)\s*(?:(kem)\s*)?(\d{1,2}|ruoi)?|(?:)()(ruoi))(?!\d)(?:\s*phut)?"
    r"(?:\s*(sang|trua|chieu|toi)\b)?"
)
NEXT_MONTH = ("tháng sau", "tháng tới")  # without its mark this is also the sixth month
JANUARY = ("thang gieng duong lich", "thang 1")  # elsewhere it is a lunar month
SIXTH_OR_NEXT = "thang sau"
EVENING, EVENING_MARKED = "toi", "tối"  # without its mark this is also "tôi" and "tới"
_MONTH = re.compile(r"\bthang\s+(\d{1,2})\b(?:\s*(?:/|nam)\s*(\d{4}))?")
_YEAR = re.compile(r"\b(?:nam\s+)?(20\d{2})\b")
_LEFT = re.compile(r"\d|\b(?:mung|mong|ram|chap|gieng|am lich)\b")  # what names a day and was not understood
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Moment:
    """What a question says of when: a day, a time on it, the words that said so.

    `at` None: of the whole day. `day` None: it says nothing of when. `is_now`: it speaks of this very moment.
    `is_unclear`: it names a day that does not exist or was not understood. `rest`: the text without the date.
    """

    day: date | None
    at: time | None
    is_now: bool
    is_unclear: bool
    positions: frozenset[int]
    rest: str


class MomentReader:
    """Reads moments in the ward's time; holidays by the names the calendar knows."""

    def __init__(self, moments: Moments, calendar: Calendar) -> None:
        self._now = Phrases(moments.now)
        self._offsets = _by_cue(moments.days)
        self._weekdays = _by_cue(moments.weekdays)
        self._named_days = _by_cue(moments.named_days)
        self._holidays = _by_cue({holiday.name: holiday.called for holiday in calendar.holidays})
        self._next_week = Phrases(moments.next_week)
        self._last_week = Phrases(moments.last_week)
        self._parts = {
            "morning": Phrases(moments.morning),
            "noon": Phrases(moments.noon),
            "afternoon": Phrases(moments.afternoon),
            "evening": Phrases(moments.evening),
        }
        parts = (*moments.morning, *moments.noon, *moments.afternoon, *moments.evening)
        weeks = (*moments.next_week, *moments.last_week)
        self._around = Phrases((*moments.around, *parts, *weeks, *moments.now))
        self._days = WorkDays(calendar)
        self._dates = DateReader(self._days)

    def read(self, question: str, words: Sequence[Word], now: datetime) -> Moment:
        """The moment a question speaks of, as seen from `now`."""
        told = [*self._phrases(words)]
        positions = frozenset(
            {at for found in told for at in found.positions}
            | {at for found in self._around.find(words) for at in found.positions}
            | {at for at, word in enumerate(words) if word.has_digit}
        )
        typed = clean(question)
        at, rest = self._time(typed.replace(*NEXT_MONTH), words)
        try:
            rest = rest.replace(*JANUARY)
            if SIXTH_OR_NEXT in typed:
                raise UnclearDayError(SIXTH_OR_NEXT)
            day, rest = self._day(rest, words, now.date())
        except UnclearDayError:
            return Moment(None, None, False, True, positions, rest)
        is_now = bool(self._now.find(words)) and day is None and at is None
        if day is None and not is_now and _LEFT.search(rest):
            return Moment(None, None, False, True, positions, rest)
        if at is None and (is_now or day == now.date()):
            at = self._part_of_today(words, now)
        elif at is None and day is not None:
            at = next((time_ for part, time_ in PARTS.items() if self._parts[part].find(words)), None)
        if is_now or (at is not None and day is None):
            day = now.date()
        return Moment(day, at, is_now, False, positions, rest)

    def _phrases(self, words: Sequence[Word]) -> Iterator[Found]:
        for phrases, _ in (self._offsets, self._weekdays, self._holidays, self._named_days):
            yield from phrases.find(words)

    def _part_of_today(self, words: Sequence[Word], now: datetime) -> time | None:
        """Now; for a part of the day its time, or the whole day."""
        told = next((part for part, phrases in self._parts.items() if phrases.find(words)), None)
        return now.time().replace(second=0, microsecond=0) if told is None else PARTS.get(told)

    def _time(self, typed: str, words: Sequence[Word]) -> tuple[time | None, str]:
        """The time of day, and the text without it and without marks."""
        text = fold(typed)
        found = _TIME.search(text)
        if found is None:
            return None, text
        hour, minus, minutes, _, half, part = found.groups()
        if part == EVENING and typed[slice(*found.span(6))] != EVENING_MARKED:
            part = None  # "10h tôi ghé", "5h tới nơi"
        minute = HALF_HOUR if "ruoi" in {minutes, half} else int(minutes or 0)
        whole = int(hour) * HOUR + (-minute if minus else minute)
        later = self._parts["afternoon"].find(words) or self._parts["evening"].find(words)
        is_later = part in {"chieu", "toi"} or (part is None and bool(later))
        if part != "sang" and (whole < EARLIEST * HOUR or (is_later and whole < NOON * HOUR)):
            whole += HALF_DAY * HOUR
        rest = f"{text[: found.start()]} ; {text[found.end() :]}"
        if not 0 <= whole < 24 * HOUR:
            return None, rest
        return time(whole // HOUR, whole % HOUR), rest

    def _day(self, text: str, words: Sequence[Word], today: date) -> tuple[date | None, str]:
        """The day, and the text without what names it. Raises UnclearDayError."""
        dated = self._dates.read(text, today)
        if dated is not None:
            return dated.day, dated.rest
        month = _MONTH.search(text)
        named = self._named(text, words, today)
        if named is None and month is not None:
            named = self._in_month(int(month.group(1)), month.group(2), today)
        return named, _YEAR.sub(" ", _MONTH.sub(" ", text)) if named else text

    def _named(self, text: str, words: Sequence[Word], today: date) -> date | None:
        holiday = _longest(self._holidays, words)
        if holiday is not None:
            year = _YEAR.search(text)
            return self._days.named(holiday, date(int(year.group(1)), 1, 1) if year else today)
        named = _longest(self._named_days, words)
        if named is not None:
            dated = self._dates.read(named, today)
            return dated.day if dated else None
        weekday = _longest(self._weekdays, words)
        if weekday is not None:
            return self._weekday(WEEKDAYS.index(weekday), words, today)
        offset = _longest(self._offsets, words)
        return None if offset is None else today + timedelta(days=offset)

    def _weekday(self, weekday: int, words: Sequence[Word], today: date) -> date:
        """The day of this week or the next time it comes; of last or next week where that is said."""
        monday = today - timedelta(days=today.weekday())
        if self._last_week.find(words):
            return monday - WEEK + timedelta(days=weekday)
        if self._next_week.find(words):
            return monday + WEEK + timedelta(days=weekday)
        return today + timedelta(days=(weekday - today.weekday()) % len(WEEKDAYS))

    def _in_month(self, month: int, year: str | None, today: date) -> date | None:
        """The first working day of a month, the next one unless a year is told. Raises UnclearDayError."""
        if not 1 <= month <= 12 or (year and not FIRST_YEAR <= int(year) <= LAST_YEAR):
            raise UnclearDayError(str(month))
        first = date(int(year) if year else today.year, month, 1)
        if year is None and first < today.replace(day=1):
            first = first.replace(year=today.year + 1)
        return first if self._days.is_worked(first) else self._days.next(first)


def _by_cue(named: Mapping[T, Sequence[str]]) -> tuple[Phrases, Mapping[str, T]]:
    meant = {cue: name for name, cues in named.items() for cue in cues}
    return Phrases(meant), meant


def _longest(cues: tuple[Phrases, Mapping[str, T]], words: Sequence[Word]) -> T | None:
    phrases, meant = cues
    found = max(phrases.find(words), key=lambda each: len(each.positions), default=None)
    return None if found is None else meant[found.cue]
