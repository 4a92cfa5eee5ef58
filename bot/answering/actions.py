"""What a button does: an action is all that is needed to answer a tap, even after a restart."""

from dataclasses import dataclass
from enum import StrEnum

from bot.facets import Facet
from bot.tickets import Kind
from bot.verdicts import Verdict


class Role(StrEnum):
    """Why an entry is offered."""

    FACET = "facet"  # another part of the same entry
    CANDIDATE = "candidate"  # one of several entries that may be meant
    FAMILY = "family"  # a neighbour: member or head of the family, nearest published entry
    MENU = "menu"  # an entry of a topic that is browsed


@dataclass(frozen=True, slots=True)
class Open:
    """Answer from an entry, `facet` on top. `key`: of the question whose candidate it is."""

    entry: str
    facet: Facet | None
    role: Role
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Browse:
    """Leaf through the menu: a page of a topic's entries, or (topic None) the topics; pages from 0."""

    topic: str | None = None
    page: int = 0


@dataclass(frozen=True, slots=True)
class Explain:
    """Explain the hard words of an entry's answer."""

    entry: str


@dataclass(frozen=True, slots=True)
class Menu:
    """Show the topics in a message of their own."""


@dataclass(frozen=True, slots=True)
class NoneFits:
    """None of the candidates is meant. `key`: of the question."""

    key: str | None = None


@dataclass(frozen=True, slots=True)
class Rate:
    """Say what one thinks of the answer of an entry. `key`: of the question it answers."""

    entry: str
    facet: Facet | None
    verdict: Verdict
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Erase:
    """Delete everything stored about the person who taps."""


@dataclass(frozen=True, slots=True)
class Leave:
    """Leave the question with this key for staff; `agreed`: to what the person was told that it means."""

    kind: Kind
    key: str
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class Staff:
    """A step of staff's work; bot/staff knows what it means."""

    step: str
    argument: str = ""


Action = Open | Explain | Menu | Browse | NoneFits | Rate | Erase | Leave | Staff
