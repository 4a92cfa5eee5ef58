"""What two versions of the knowledge base differ in, so far as an answer can feel it.

Most changes are small: some phrasings of one entry, a fee. What was learned of everything else is the same
then, to the last bit, and a question that nothing of the change comes into is answered as before. So only one
version has to be asked, while it is watched which entries come into its ranking.
"""

from collections.abc import Sequence

import numpy as np

from bot.answering import Answer
from bot.assistant import Assistant
from bot.knowledge.entries import Entry
from bot.learning.train import FEW
from bot.matching import BACKGROUND, Match
from bot.matching.features import Features
from bot.matching.index import Shares
from bot.matching.weights import names
from bot.text.words import Word

FELT = 2e-4  # of probability; a class that is so much likelier or unlikelier moves no other's


class Difference:
    """Watches the version after; says of each answer whether the version before may give another."""

    def __init__(self, before: Assistant, after: Assistant) -> None:
        self._before = before
        self._after = after
        self._entries = _entries(before, after)
        self._classes = _classes(before, after)
        self._tells = _tells(before, after)
        self._adds_only = _adds_only(before, after, self._classes)
        self.is_small = self._is_small()
        self._felt = False
        self._were = _places(before, self._classes)
        self._are = [at for at, name in enumerate(after.prepared.index.classes) if name in self._classes]
        if self.is_small:
            after.prepared.matcher.watch = self._watch

    def begin(self) -> None:
        """Before a question is asked of the version after."""
        self._felt = False

    def may_be_felt(self, question: str, answer: Answer) -> bool:
        """Whether the version before may have answered otherwise; `answer`: that of the version after."""
        if not self.is_small or self._felt:
            return True
        told = {answer.entry, *answer.entries, *(offer.entry for offer in answer.message.offers)}
        told |= {candidate.entry for candidate in answer.candidates}
        if told & self._entries:
            return True
        return self._before.read(question).words != self._after.read(question).words

    def _watch(self, words: Sequence[Word], asked: Features, matches: Sequence[Match], logs: Shares) -> None:
        """A run of words that is ranked: does a class that changed come into it, before or after?"""
        self._felt = (
            self._felt
            or any(match.entry in self._classes for match in matches)
            or any(item.name in self._tells for item in asked.items)
            or self._moves(words, logs)
        )

    def _moves(self, words: Sequence[Word], logs: Shares) -> bool:
        """Whether the classes that changed are likelier or unlikelier than before, for these words."""
        matcher = self._before.prepared.matcher
        was = np.exp(matcher.weights.logs(names(words))[self._were]).sum() if self._were else 0.0
        now = np.exp(logs[self._are]).sum() if self._are else 0.0
        if abs(now - was) > FELT:
            return True
        if self._adds_only:  # no class was more like a question than it is now
            return False
        return any(match.entry in self._classes for match in matcher.rank(words).matches)

    def _is_small(self) -> bool:
        before, after = self._before, self._after
        one, other = before.knowledge, after.knowledge
        was, now = before.prepared, after.prepared
        return (
            (one.ward, one.calendar, one.language) == (other.ward, other.calendar, other.language)
            and one.ward.hours not in self._entries
            and len(self._classes) <= FEW
            and not any(name.startswith(BACKGROUND) for name in self._classes)
            and was.matcher.weights.has_same_points(now.matcher.weights)
            and was.acts.weights.is_same(now.acts.weights)
            and was.guesser.weights.is_same(now.guesser.weights)
            and was.judge == now.judge
        )


def _entries(before: Assistant, after: Assistant) -> frozenset[str]:
    """The entries that say something else, are new or gone; and those of whose family one is."""
    one, other = before.knowledge, after.knowledge
    ids = {*one.entries, *other.entries}
    changed = {id_ for id_ in ids if _said(one.entries.get(id_)) != _said(other.entries.get(id_))}
    kin = {id_ for each in (one, other) for at in changed if at in each.entries for id_ in each.family(at)}
    return frozenset(changed | kin)


def _said(entry: Entry | None) -> Entry | None:
    """An entry without its phrasings."""
    return entry and entry.model_copy(update={"phrasings": ()})


def _classes(before: Assistant, after: Assistant) -> frozenset[str]:
    """The classes of which something else was learned, or that are new or gone."""
    was, now = before.prepared, after.prepared
    one, other = was.index.hashes, now.index.hashes
    changed = {name for name in {*one, *other} if one.get(name) != other.get(name)}
    old, new = was.matcher.weights, now.matcher.weights
    place = {name: at for at, name in enumerate(old.classes)}
    for at, name in enumerate(new.classes):
        there = place.get(name)
        if there is None or not (
            np.array_equal(old.directions[:, there], new.directions[:, at])
            and old.bias[there] == new.bias[at]
        ):
            changed.add(name)
    return frozenset(changed)


def _tells(before: Assistant, after: Assistant) -> frozenset[str]:
    """The names of features that tell more or less than before, or that nothing had."""
    one, other = before.prepared.index.tells(), after.prepared.index.tells()
    return frozenset(name for name in {*one, *other} if one.get(name) != other.get(name))


def _adds_only(before: Assistant, after: Assistant, classes: frozenset[str]) -> bool:
    """Whether each of these classes has all the phrasings that it had."""
    one, other = before.knowledge, after.knowledge
    return all(
        set(one.phrasings(name)) <= set(other.phrasings(name)) if name in other.entries else False
        for name in classes
        if name in one.entries
    )


def _places(assistant: Assistant, classes: frozenset[str]) -> list[int]:
    known = assistant.prepared.matcher.weights.classes
    return [at for at, name in enumerate(known) if name in classes]
