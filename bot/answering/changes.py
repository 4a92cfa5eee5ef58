"""What of an answer changes soon: one line, so that nobody comes with yesterday's fee."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot import sentences
from bot.answering.facts import FIELDS
from bot.clock import DAY
from bot.facets import Facet
from bot.knowledge.dated import Dated, Line, change_days, dated_values
from bot.knowledge.entries import Document, Entry, Form, Reason

SOON = timedelta(days=60)  # a change is told when it is less than this off
LONGEST = 200  # characters of what changes; the first text is always told
OVERVIEW = ("summary", "text", "audience", "where", "how", "time", "fee", "documents", "forms", "online")
TOLD_WHOLE = frozenset({"summary", "text"})  # in an overview the other parts are only named
BY_FACET = {
    Facet.DOCUMENTS: ("documents", "forms"),
    Facet.HOW: ("how", "steps", "where", "time"),
    Facet.RETURNED: (),
}


def upcoming(entry: Entry, facet: Facet | None, today: date) -> tuple[str, ...]:
    """At most one line: what the part asked for will say instead, or which parts change.

    `entry` is the whole entry, with what holds on other days.
    """
    fields = OVERVIEW if facet is None else BY_FACET.get(facet, (FIELDS[facet],) if facet in FIELDS else ())
    days = {field: day for field in fields if (day := _next_change(getattr(entry, field, None), today))}
    if not days:
        return ()
    day = min(days.values())
    changing = [field for field, when in days.items() if when == day]
    whole = [field for field in changing if facet is not None or field in TOLD_WHOLE]
    if not whole:
        names = ", ".join(dict.fromkeys(sentences.FIELD_NAMES[field] for field in changing))
        return (sentences.CHANGE_OF_PARTS.format(day=f"{day:%d/%m/%Y}", parts=names),)
    values = [value for field in whole for value in dated_values(getattr(entry, field))]
    return (_told(values, day),)


def _next_change(value: object, today: date) -> date | None:
    return next((day for day in change_days(value) if today < day < today + SOON), None)


def _told(values: Sequence[Line | Dated], day: date) -> str:
    said = f"{day:%d/%m/%Y}"
    begins = [_words(value) for value in values if value.from_ == day]
    if begins:
        return sentences.CHANGE_TO.format(day=said, what=_joined(begins))
    ends = [_words(value) for value in values if value.until == day - DAY]
    return sentences.CHANGE_ENDS.format(day=said, what=_joined(ends))


def _joined(texts: Sequence[str]) -> str:
    """As many of the texts as make a line, as sentences, each once: a paper and its form share their name."""
    said = list(dict.fromkeys(text if text.endswith((".", "!", "?", ":")) else f"{text}." for text in texts))
    kept = [text for at, text in enumerate(said) if at == 0 or len(" ".join(said[: at + 1])) <= LONGEST]
    rest = len(said) - len(kept)
    return " ".join(kept) + (sentences.CHANGE_MORE.format(count=rest) if rest else "")


def _words(value: Line | Dated) -> str:
    match value:
        case Document(name=name, when=when):
            return f"{name} ({when})" if when else name
        case Form(name=name, code=code):
            return f"{name} — {code}" if code else name
        case Reason(reason=reason):
            return reason
    return str(value)
