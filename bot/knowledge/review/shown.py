"""The texts of an entry that a citizen reads, each with the field it stands in."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from bot.knowledge.entries import Entry

NOT_SHOWN = frozenset(
    (
        *("id", "kind", "topic", "family", "also", "phrasings", "together", "nearest"),
        *("sources", "verified", "review_by", "confidence", "unverified"),
    )
)


def shown(entry: Entry) -> Iterator[tuple[str, str]]:
    """(field, text) for every text of the entry that an answer may hold."""
    for field in type(entry).model_fields:
        if field not in NOT_SHOWN:
            for text in _texts(getattr(entry, field)):
                yield field, text


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            if name not in {"url", "unverified"}:
                yield from _texts(getattr(value, name))
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part)
