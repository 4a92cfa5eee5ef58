"""Kinds of questions that are measured apart: talks, several at once, danger, figures, dialect …

Each function takes an assistant and labelled rows as JSON has them, and gives counts by name: how many were
right, of how many.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.answering import Answer
from bot.assistant import Assistant
from bot.outcomes import Outcome

Rows = Sequence[Mapping[str, Any]]
QUIET = frozenset({Outcome.NO_PUBLISHED_FIGURE, Outcome.NO_MATCH, Outcome.CLARIFIED, Outcome.NOT_OURS})


@dataclass(slots=True)
class Share:
    """How many were right, of how many."""

    right: int = 0
    of: int = 0

    def add(self, right: bool) -> None:
        """Count one."""
        self.right += right
        self.of += 1

    @property
    def value(self) -> float:
        """The share, 0–1."""
        return self.right / self.of if self.of else 0.0


Shares = dict[str, Share]


def outcomes(assistant: Assistant, rows: Rows, outcome: Outcome, name: str) -> Shares:
    """Rows whose `outcome` is this one end so; the others do not."""
    shares = {name: Share(), f"not {name}": Share()}
    for row in rows:
        ended = assistant.ask(row["question"]).outcome is outcome
        if row["outcome"] == outcome.value:
            shares[name].add(ended)
        else:
            shares[f"not {name}"].add(not ended)
    return shares


def figures(assistant: Assistant, rows: Rows) -> Shares:
    """Published results are told as published; of what nobody published nothing is claimed."""
    shares = {"published results": Share(), "unpublished: none claimed": Share()}
    for row in rows:
        answer = assistant.ask(row["question"])
        if row.get("says"):
            text = answer.message.plain()
            shares["published results"].add(all(said in text for said in row["says"]))
        else:
            shares["unpublished: none claimed"].add(answer.outcome in QUIET)
    return shares


def conversations(assistant: Assistant, rows: Rows) -> Shares:
    """Follow-ups are answered from the entry talked about; a switch of topic is one."""
    shares = {"follow-ups": Share(), "first and switched topics, one tap": Share()}
    for row in rows:
        topic = None
        for turn in row["turns"]:
            answer = assistant.ask(turn["question"], topic)
            topic = answer.topic(topic)
            if not turn["entries"]:
                continue
            if turn["outcome"] == Outcome.FOLLOWED_UP:
                shares["follow-ups"].add(answer.entry in turn["entries"])
            else:
                shares["first and switched topics, one tap"].add(_is_offered(answer, turn["entries"]))
            if topic is None:
                topic = turn["entries"][0]  # as if the right candidate had been tapped
    return shares


def several(assistant: Assistant, rows: Rows) -> Shares:
    """Each part of several questions is answered; one question stays one."""
    shares = {"parts of several questions": Share(), "one question stays one": Share()}
    for row in rows:
        answer = assistant.ask(row["question"])
        told = answer.parts or (answer,)
        if len(row["parts"]) == 1:
            shares["one question stays one"].add(len({part.entry for part in told}) == 1)
            continue
        for part in row["parts"]:
            right = any(one.entry in part["entries"] for one in told)
            shares["parts of several questions"].add(right)
    return shares


def twins(assistant: Assistant, rows: Rows) -> Shares:
    """Right first of questions in dialect or teencode, and of the same in plain words."""
    shares: Shares = {}
    for row in rows:
        for typed, name in (("question", row["style"]), ("plain", f"{row['style']}, plain")):
            answer = assistant.ask(row[typed])
            shares.setdefault(name, Share()).add(_is_stated(answer, _known(assistant, row["entries"])))
    return shares


def negations(assistant: Assistant, rows: Rows) -> Shares:
    """What was denied is not the answer; what is meant is one tap away."""
    shares = {"denied is not stated": Share(), "negation, one tap": Share()}
    for row in rows:
        answer = assistant.ask(row["question"])
        shares["denied is not stated"].add(answer.entry not in row["not"])
        shares["negation, one tap"].add(_is_offered(answer, row["entries"]))
    return shares


def facets(assistant: Assistant, rows: Rows) -> Shares:
    """The facet answered is the one asked for, where the right entry was stated."""
    shares = {"facet": Share()}
    for row in rows:
        answer = assistant.ask(row["question"])
        if _is_stated(answer, row["entries"]):
            told = {part.facet for part in (answer, *answer.parts)}
            shares["facet"].add(row["facet"] in told)
    return shares


def _known(assistant: Assistant, ids: Iterable[str]) -> frozenset[str]:
    found = (assistant.knowledge.find(id_) for id_ in ids)
    return frozenset(entry.id for entry in found if entry is not None)


def _is_stated(answer: Answer, right: Iterable[str]) -> bool:
    return not frozenset(right).isdisjoint({answer.entry, *answer.entries})


def _is_offered(answer: Answer, right: Iterable[str]) -> bool:
    offered = {offer.entry for offer in answer.message.offers}
    return _is_stated(answer, right) or not frozenset(right).isdisjoint(offered)


Measure = Callable[[Assistant, Rows], Shares]
