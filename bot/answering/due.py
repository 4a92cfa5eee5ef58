"""From a processing time to a day: when the result is there for who hands in on a day."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time

from bot import sentences
from bot.answering.days import day_name
from bot.calendar import WorkDays
from bot.calendar.opening import is_over
from bot.text.syllables import fold
from bot.text.words import clean

MOST_DAYS = 366  # of a limit; what takes longer ends after the days that are known
LATE = time(15)  # a file that comes later may be done on the next working day
# ^ Luật Hộ tịch 60/2014/QH13, Điều 16 khoản 2 and others of it; Nghị định 23/2015/NĐ-CP, Điều 7
# Both patterns are of texts without marks.
_SAME_DAY = re.compile(r"trong ngay(?: lam viec)?\.?")
_LIMIT = re.compile(
    r"(?:(?:toi da|khong qua|trong|trong vong|cham nhat) )?0*([1-9]\d*) ngay( lam viec)?"
    r"(?:,? (?:ke |tinh )?tu (?:ngay|khi) (?:phuong )?nhan (?:du |duoc )?(?:ho so|to khai|giay to)[^;,.(]*)?"
    r"(?:, tinh ca ngay nghi)?(?: \([^)]*\))?(?:[.]?|;.*)"
)


def due_line(limits: Sequence[str], days: WorkDays, now: datetime, handed_in: date | None) -> tuple[str, ...]:
    """At most one line: the last day for a file handed in on a day, or today.

    Only the short answer of a processing time that is one number of days from the hand-in (or the same day)
    is turned into a day; what depends on more is left to its own words.
    """
    asked = handed_in or now.date()
    if not (days.is_known(asked) and days.is_known(now.date())):
        return ()
    is_today = asked == now.date()
    received = days.next(asked) if is_today and is_over(days, now) else asked
    if not days.is_worked(received):
        received = days.next(received)
    if not limits or not days.is_known(received):
        return ()
    limit_told = fold(clean(limits[0]))
    if _SAME_DAY.fullmatch(limit_told):
        return (_same_day(days, received, now),)
    limit = _LIMIT.fullmatch(limit_told)
    if limit is None:
        return ()
    number, working = int(limit.group(1)), limit.group(2) is not None
    if number > MOST_DAYS:
        return ()
    due = days.due(received, number, working=working)
    if not days.is_known(due):
        return ()
    form = sentences.DUE_TODAY if received == now.date() else sentences.DUE
    unit = sentences.WORKING_DAYS if working else sentences.DAYS
    return (form.format(received=day_name(received), limit=f"{number} {unit}", due=day_name(due)),)


def _same_day(days: WorkDays, received: date, now: datetime) -> str:
    following = day_name(days.next(received))
    if received == now.date() and now.time() >= LATE:
        return sentences.DUE_AFTER_THREE.format(received=day_name(received), following=following)
    return sentences.DUE_SAME_DAY.format(received=day_name(received), following=following)
