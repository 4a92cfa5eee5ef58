"""Checks of what holds only on some days: nothing may run out unsaid."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from pydantic import BaseModel

from bot.clock import DAY
from bot.knowledge.dated import Dated, Line, change_days, dated_values, on
from bot.knowledge.entries import Procedure, Result
from bot.knowledge.placed import Placed
from bot.knowledge.problems import Problem

NEVER_EMPTY = ("audience", "where", "legal", "how", "text")
NO_END = frozenset({"name", "unverified", "sources", "phrasings", "occasion", "period"})
_ENDS = re.compile(
    r"\b(đến|đến hết|đến ngày|đến hết ngày|đến trước|trước ngày|trước|hết hiệu lực|hết hiệu lực từ)"
    r"\s+(\d{1,2})/(\d{1,2})/(\d{4})"
)
TO_THE_END = frozenset({"đến", "đến hết", "đến ngày", "đến hết ngày"})  # that day is the last one
ADVICE = 'ghi dòng ấy thành `- text: "…"`, dòng dưới `until: {end}`; hoặc viết lại cho đúng mãi'
SLIP = timedelta(days=14)  # so near to each other, the end and the next beginning are meant to meet


def check_days(place: Placed) -> Iterator[Problem]:
    """A field that runs empty; a review that comes after a change; an end that only the text tells."""
    entry = place.entry
    changes = [day for day in change_days(entry) if day > entry.verified]
    for day in (entry.verified, *changes):
        yield from _emptied(place, day)
    if changes and entry.review_by >= changes[0]:
        what = f"có phần đổi từ {changes[0]} nhưng đến {entry.review_by} mới xem lại"
        advice = f"ghi {changes[0] - DAY} hoặc sớm hơn"
        yield place.problem("review_by", what, advice, "warning")
    for field in type(entry).model_fields:
        yield from _gaps(place, field)
    if not isinstance(entry, Result):  # what was published stays published
        for field in type(entry).model_fields:
            if field not in NO_END:
                yield from _untold_ends(place, field, getattr(entry, field))


def _emptied(place: Placed, day: date) -> Iterator[Problem]:
    then = on(place.entry, day)
    for field in NEVER_EMPTY:
        if getattr(place.entry, field, None) and not getattr(then, field):
            what = f"ngày {day} không còn dòng nào ở `{field}`"
            yield place.problem(field, what, "thêm dòng cho những ngày ấy")
    if isinstance(then, Procedure) and not any(
        (then.documents.submit, then.documents.show, then.documents.note)
    ):
        what = f"ngày {day} không còn giấy tờ nào"
        advice = "ghi ít nhất một giấy tờ ở `submit` hoặc `show`, hoặc một câu ở `note`"
        yield place.problem("documents", what if then is not place.entry else "chưa ghi giấy tờ nào", advice)


def _gaps(place: Placed, field: str) -> Iterator[Problem]:
    """A value that ends some days before the next one begins: likely a slip of a day."""
    values = list(dated_values(getattr(place.entry, field)))
    begins = {value.from_ for value in values if value.from_}
    for end in sorted({value.until for value in values if value.until and value.until < date.max - SLIP}):
        later = [day for day in begins if end + DAY < day <= end + SLIP]
        if later and end + DAY not in begins:
            what = f"có dòng hết ngày {end} mà dòng sau từ {min(later)}; giữa hai ngày không có dòng nào"
            yield place.problem(field, what, f"ghi from: {end + DAY}, hoặc dời `until`", "warning")


def _untold_ends(place: Placed, field: str, value: Any) -> Iterator[Problem]:
    """Undated text that names the last day it is right: after that day it would still be told."""
    if isinstance(value, Dated) and value.until:
        return
    if isinstance(value, str) and not (isinstance(value, Line) and value.until):
        for words, day, month, year in _ENDS.findall(value):
            with suppress(ValueError, OverflowError):
                end = date(int(year), int(month), int(day)) - (
                    DAY if words not in TO_THE_END else timedelta()
                )
                if end > place.entry.verified:
                    what = f"dòng nói chỉ đúng đến {end} mà không có `until`: “{value[:60]}”"
                    yield place.problem(field, what, ADVICE.format(end=end), "warning")
                    return
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _untold_ends(place, field, getattr(value, name))
    elif isinstance(value, tuple):
        for part in value:
            yield from _untold_ends(place, field, part)
