"""The values an answer is made of; no channel's markup is in them."""

from dataclasses import dataclass, replace
from enum import StrEnum

from bot.deciding import Candidate
from bot.facets import Facet
from bot.outcomes import Outcome


class Role(StrEnum):
    """What a button does; the value is its letter in a channel's button data."""

    FACET = "f"  # another part of the same entry
    CANDIDATE = "c"  # one of several entries that may be meant
    FAMILY = "m"  # a neighbour: member or head of the family, nearest published entry


@dataclass(frozen=True, slots=True)
class Button:
    """Something to tap; `entry` and `facet` are all it needs to be answered, even after a restart."""

    text: str
    entry: str
    facet: Facet | None
    role: Role


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of the details, folded where the channel can fold."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """What the citizen sees: title, short answer, folded details, footer, buttons. All plain text."""

    lead: tuple[str, ...]
    title: str | None = None
    details: tuple[Section, ...] = ()
    footer: tuple[str, ...] = ()
    buttons: tuple[Button, ...] = ()

    def with_footer(self, line: str) -> "Message":
        """The same message with one more line at the end."""
        return replace(self, footer=(*self.footer, line))

    def plain(self) -> str:
        """The whole message as plain text, folded parts included, without the buttons."""
        blocks = ["\n".join((*((self.title,) if self.title else ()), *self.lead))]
        blocks += ["\n".join((section.title, *section.lines)) for section in self.details]
        if self.footer:
            blocks.append("\n".join(self.footer))
        return "\n\n".join(block for block in blocks if block)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answered question.

    `entry`: the entry it is about, `entries`: every entry whose facts it states. `confidence`: probability
    that the entry matched first is the one meant, 0–1, None where nothing was matched. `masked`: the
    question without personal data, None for a tap.
    """

    outcome: Outcome
    message: Message
    entry: str | None = None
    entries: tuple[str, ...] = ()
    facet: Facet | None = None
    confidence: float | None = None
    candidates: tuple[Candidate, ...] = ()
    masked: str | None = None
