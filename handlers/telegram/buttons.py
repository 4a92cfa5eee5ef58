"""A button as callback_data and back: all its state is in those 64 bytes, so it works after a restart.

`<role><facet>:<entry id>`: role f (facet), c (candidate) or m (family); facet one letter, `-` for none.
"""

from dataclasses import dataclass

from bot.answering import Button, Role
from bot.facets import Facet

LONGEST = 64  # bytes, set by Telegram
LETTERS = {
    Facet.DOCUMENTS: "d",
    Facet.FEE: "f",
    Facet.TIME: "t",
    Facet.WHERE: "w",
    Facet.ONLINE: "o",
    Facet.HOW: "h",
    Facet.ELIGIBILITY: "e",
    Facet.LEGAL: "l",
    Facet.RESULT: "r",
}
_FACETS: dict[str, Facet | None] = {letter: facet for facet, letter in LETTERS.items()} | {"-": None}


@dataclass(frozen=True, slots=True)
class Tap:
    """What a tapped button asks for."""

    role: Role
    entry: str
    facet: Facet | None


def pack(button: Button) -> str:
    """The callback_data of a button."""
    letter = LETTERS[button.facet] if button.facet else "-"
    return f"{button.role.value}{letter}:{button.entry}"


def unpack(data: str) -> Tap | None:
    """The tap behind callback_data; None when it is not ours or too old to be understood."""
    head, colon, entry = data.partition(":")
    if len(head) != 2 or not colon or not entry or head[1] not in _FACETS:
        return None
    try:
        return Tap(Role(head[0]), entry, _FACETS[head[1]])
    except ValueError:
        return None
