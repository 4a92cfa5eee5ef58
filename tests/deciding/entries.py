"""Entries that have nothing but a name and a family."""

from datetime import date

from bot.knowledge.entries import Information, Source

OF_ALL_ENTRIES = {
    "topic": "ho-tich",
    "phrasings": ("thử",),
    "sources": (Source(name="Luật thử"),),
    "verified": date(2026, 11, 26),
    "review_by": date(2027, 2, 28),
}


def information(id_: str, family: str | None = None) -> Information:
    return Information(id=id_, name=id_, kind="information", text=("thử",), family=family, **OF_ALL_ENTRIES)
