"""The values an answer is made of; no channel's markup is in them."""

from dataclasses import dataclass, replace

from bot import sentences
from bot.answering.actions import Action, Open
from bot.deciding import Candidate
from bot.facets import Facet
from bot.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class Button:
    """Something to tap, and what it does."""

    text: str
    action: Action


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of the details, folded where the channel can fold."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """What the citizen sees: title, short answer, folded details, footer, buttons. All plain text.

    `instead`: it holds words of the citizen and so may not be kept to be sent later; this is said instead.
    `notice`: what staff announce these days, above all the rest. `reference`: its last line, by which a reply
    to it is understood (for staff).
    """

    lead: tuple[str, ...]
    title: str | None = None
    details: tuple[Section, ...] = ()
    footer: tuple[str, ...] = ()
    buttons: tuple[Button, ...] = ()
    instead: str | None = None
    notice: str | None = None
    reference: str | None = None

    def with_footer(self, *lines: str) -> "Message":
        """The same message with more lines at the end."""
        return replace(self, footer=(*self.footer, *lines))

    @property
    def offers(self) -> tuple[Open, ...]:
        """The entries that its buttons open, in order."""
        return tuple(button.action for button in self.buttons if isinstance(button.action, Open))

    @property
    def announced(self) -> str | None:
        """The line above all the rest; None when there is none."""
        return sentences.NOTICE.format(notice=self.notice) if self.notice else None

    def plain(self) -> str:
        """The whole message as plain text, folded parts included, without the buttons."""
        blocks = [self.announced or ""]
        blocks.append("\n".join((*((self.title,) if self.title else ()), *self.lead)))
        blocks += ["\n".join((section.title, *section.lines)) for section in self.details]
        if self.footer:
            blocks.append("\n".join(self.footer))
        blocks.append(self.reference or "")
        return "\n\n".join(block for block in blocks if block)


TOPIC_LOST = frozenset({Outcome.NO_MATCH, Outcome.CLARIFIED, Outcome.NO_PUBLISHED_FIGURE})


@dataclass(frozen=True, slots=True)
class Answer:
    """One answered question.

    `entry`: the entry it is about, `entries`: every entry whose facts it states. `confidence`: probability
    that the entry matched first is the one meant, 0–1, None where nothing was matched. `masked`: the
    question without personal data, None for a tap. `parts`: where several things were asked, the answer to
    each (the rest is then that of the first, `entries` all together).
    """

    outcome: Outcome
    message: Message
    entry: str | None = None
    entries: tuple[str, ...] = ()
    facet: Facet | None = None
    confidence: float | None = None
    candidates: tuple[Candidate, ...] = ()
    masked: str | None = None
    parts: tuple["Answer", ...] = ()

    def topic(self, before: str | None) -> str | None:
        """The id of the entry that the conversation is about after this answer; `before`: it was till now.

        A question that was not understood may have begun a new topic; thanks and greetings leave it, and so
        does asking after one's own file.
        """
        if self.outcome is Outcome.PERSONAL_FILE and before is not None:
            return before
        if self.entry is not None:
            return self.parts[-1].entry if self.parts else self.entry
        return None if self.outcome in TOPIC_LOST else before
