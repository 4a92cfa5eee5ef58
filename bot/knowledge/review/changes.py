"""What changes between two days: values that begin or end, and entries to be read again before."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from bot.clock import DAY
from bot.knowledge.dated import Dated, Line, change_days, dated_values
from bot.knowledge.placed import Placed

NOT_VALUES = frozenset({"sources", "unverified", "phrasings"})


@dataclass(frozen=True, slots=True)
class Change:
    """On a day, values of one field of an entry: those that begin to hold, those that hold no more."""

    day: date
    entry: str
    name: str
    field: str
    begins: tuple[str, ...]
    ends: tuple[str, ...]
    file: str
    line: int


def changes(placed: Iterable[Placed], since: date, to: date) -> list[Change]:
    """Every change after `since` up to and including `to`, in the order of time."""
    found = [change for place in placed for change in _of_entry(place, since, to)]
    return sorted(found, key=lambda change: (change.day, change.file, change.line))


def due(placed: Iterable[Placed], before: date) -> list[Placed]:
    """The entries that must be read again before a day, the earliest first."""
    found = [place for place in placed if place.entry.review_by < before]
    return sorted(found, key=lambda place: (place.entry.review_by, place.file, place.index))


def _of_entry(place: Placed, since: date, to: date) -> Iterator[Change]:
    for field in type(place.entry).model_fields:
        if field in NOT_VALUES:
            continue
        values = list(dated_values(getattr(place.entry, field)))
        for day in (day for day in change_days(getattr(place.entry, field)) if since < day <= to):
            yield Change(
                day,
                place.entry.id,
                place.entry.name,
                field,
                tuple(_text(value) for value in values if value.from_ == day),
                tuple(_text(value) for value in values if value.until == day - DAY),
                place.file,
                place.lines.get((place.index, field)) or place.lines[(place.index,)],
            )


def _text(value: Line | Dated) -> str:
    if isinstance(value, Line):
        return value
    return str(getattr(value, "name", None) or getattr(value, "reason", ""))
