"""Which answers a new version of the knowledge base changes: what each one told, and what became of it."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import Any

from bot.answering import Answer, Message
from bot.evaluation.score import AS_OURS, STATED
from bot.facets import Facet
from bot.outcomes import OUTCOMES, Outcome

LABELLED = ("questions", "emergencies")  # the golden questions, and the cries for help
NO_ENTRY = frozenset({"emergency", "greeting", "personal_data", "too_long", "unsupported", "unsure"})
LONGEST_TEXT = 200  # characters of an answer that are shown
HASH_DIGITS = 16  # of the hash that tells two messages apart


@dataclass(frozen=True, slots=True)
class Asked:
    """A question. `right`: ids of the entries that answer it, none where no entry should; None: not known."""

    question: str
    right: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What an answer told.

    `entries`: those whose facts it states, `candidates`: those it offers. `text`: how it begins; `digest`: a
    hash of the whole message, whatever the order of its buttons.
    """

    outcome: Outcome
    entry: str | None
    entries: tuple[str, ...]
    facet: Facet | None
    candidates: tuple[str, ...]
    text: str
    digest: str

    @property
    def is_answer(self) -> bool:
        """Whether it answered, in the meaning that figures have of it."""
        return OUTCOMES[self.outcome].is_answer

    def plain(self) -> list[Any]:
        """What JSON can hold of it."""
        return [
            self.outcome, self.entry, list(self.entries), self.facet, list(self.candidates),
            self.text, self.digest,
        ]  # fmt: skip

    @classmethod
    def of(cls, plain: Any) -> "Told":
        """What `plain` came from. Raises ValueError or TypeError for anything else."""
        outcome, entry, entries, facet, candidates, text, digest = plain
        return cls(
            Outcome(outcome),
            None if entry is None else str(entry),
            tuple(map(str, entries)),
            None if facet is None else Facet(facet),
            tuple(map(str, candidates)),
            str(text),
            str(digest),
        )


class ChangeKind(StrEnum):
    """What became of an answer; the worst first."""

    LOST_RIGHT = "lost_right"  # was right, by its label, and is not
    LOST = "lost"  # was answered or asked back, and is refused; or was answered, and is asked back
    OTHER = "other"  # something else answers
    TEXT = "text"  # the same says something else
    OFFERS = "offers"  # the same answers, or asks back, and offers other entries
    ASKED_BACK = "asked_back"  # was refused, and is asked back
    FOUND = "found"  # was not answered, and is
    RIGHT = "right"  # was not right, by its label, and is


WORST_FIRST = {kind: place for place, kind in enumerate(ChangeKind)}


@dataclass(frozen=True, slots=True)
class Change:
    """A question that is answered in another way than before."""

    question: str
    before: Told
    after: Told
    kind: ChangeKind


def golden(folder: Path) -> list[Asked]:
    """The golden questions of a folder, each text once; none where there is no folder.

    A file or a line that cannot be read is left out: here it is no one's work to mend it.
    """
    known: dict[str, Asked] = {}
    for name in LABELLED:
        for row in _rows(folder / f"{name}.jsonl"):
            one = Asked(str(row["question"]), _right(row))
            if known.setdefault(one.question, one).right is None:
                known[one.question] = one
    return list(known.values())


def _rows(file: Path) -> Iterator[Mapping[str, Any]]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return
    for line in filter(str.strip, lines):
        try:
            row = json.loads(line)
        except ValueError:
            continue
        if isinstance(row, dict) and isinstance(row.get("question"), str):
            yield row


def _right(row: Mapping[str, Any]) -> frozenset[str] | None:
    """The ids that count as right, as the row names them."""
    entries = row.get("entries")
    if isinstance(entries, list):
        return frozenset(map(str, entries))
    if row.get("entry") is not None:
        return frozenset({str(row["entry"])})
    is_for_none = "emergency" in row or row.get("outcome") in NO_ENTRY
    return frozenset() if is_for_none else None


def told(answer: Answer) -> Told:
    """What an answer told."""
    offered = chain(
        (candidate.entry for candidate in answer.candidates),
        *((candidate.entry for candidate in part.candidates) for part in answer.parts),
    )
    return Told(
        answer.outcome,
        answer.entry,
        tuple(answer.entries),
        answer.facet,
        tuple(dict.fromkeys(offered)),
        _beginning(answer.message),
        _digest(answer.message),
    )


def _beginning(message: Message) -> str:
    """The first lines of a message; none of the citizen's own words."""
    if message.instead is not None:
        lines: tuple[str, ...] = (message.instead,)
    else:
        lines = (*((message.title,) if message.title else ()), *message.lead)
    text = "\n".join(lines)
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"


def _digest(message: Message) -> str:
    buttons = sorted(f"{button.text} {button.action!r}" for button in message.buttons)
    whole = json.dumps([message.plain(), message.instead, buttons], ensure_ascii=False)
    return hashlib.sha256(whole.encode()).hexdigest()[:HASH_DIGITS]


def compare(asked: Asked, before: Told, after: Told) -> Change | None:
    """What became of an answer; None where a citizen sees the same, but for the order of what is offered."""
    if _seen(before) == _seen(after):
        return None
    return Change(asked.question, before, after, _kind(asked, before, after))


def worst_first(changes: Iterable[Change]) -> list[Change]:
    """The changes, the worst first; those of one kind by entry, so that what belongs together stands so."""
    return sorted(changes, key=_place)


def _place(change: Change) -> tuple[int, str, str, str]:
    before, after = change.before.entry or "", change.after.entry or ""
    return WORST_FIRST[change.kind], before, after, change.question


def _seen(one: Told) -> tuple[object, ...]:
    return one.outcome, one.entry, set(one.entries), one.facet, set(one.candidates), one.digest


def _kind(asked: Asked, before: Told, after: Told) -> ChangeKind:
    was_right, is_right = _is_right(asked, before), _is_right(asked, after)
    if was_right and is_right is False:
        return ChangeKind.LOST_RIGHT
    if was_right is False and is_right:
        return ChangeKind.RIGHT
    if after.is_answer and not before.is_answer:
        return ChangeKind.FOUND
    if before.is_answer and not after.is_answer:
        return ChangeKind.LOST
    if before.is_answer:
        return _other_text(before, after)
    if before.candidates and not after.candidates:
        return ChangeKind.LOST
    if after.candidates and not before.candidates:
        return ChangeKind.ASKED_BACK
    return _other_text(before, after)


def _other_text(before: Told, after: Told) -> ChangeKind:
    """The same of two answers, or of two that are none."""
    if (before.outcome, before.entry, set(before.entries)) != (
        after.outcome,
        after.entry,
        set(after.entries),
    ):
        return ChangeKind.OTHER
    if before.text == after.text and set(before.candidates) != set(after.candidates):
        return ChangeKind.OFFERS
    return ChangeKind.TEXT


def _is_right(asked: Asked, one: Told) -> bool | None:
    """Whether the entry that should answer did, or none where none should; None: not known."""
    if asked.right is None:
        return None
    if not asked.right:
        return one.outcome not in AS_OURS or one.entry is None
    states = one.outcome in STATED and one.entry is not None
    return states and bool(asked.right & {one.entry, *one.entries})
