"""How like a question is to each class's best phrasing, and how much of it the class's words account for.

The likeness of a question q to a phrasing p is Tversky's index over weighted features,
M / (M + MISSING·(W(p) - M) + EXTRA·(W(q) - M)): M is the weight of the features both have (each times the
agreement of its marks), W(p) and W(q) the weights of all features of each. A feature weighs the more, the
fewer classes have it and the rarer it is in written Vietnamese. (A. Tversky, "Features of similarity",
Psychological Review 84, 1977.) A fact that answers one question keeps less of it when another is asked.
"""

import math
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.matching.facets import QUANTITY
from bot.matching.features import Features, name_of
from bot.matching.index import Form, Index, Numbers, Run, Shares
from bot.text.words import Word, agreement

MISSING = 0.5  # what a feature of the phrasing costs that the question lacks
EXTRA = 0.2  # what a feature of the question costs that the phrasing lacks
OTHER_QUESTION = 0.6  # of its likeness that a fact keeps when something else is asked of its subject
OPEN_QUESTION = 0.85  # … when it is not said what is asked
OTHER = "~"  # stands for what no phrasing asks for
REMEMBERED = 1024  # words and pairs, as they were typed; the parts of one message share most of theirs


@dataclass(frozen=True, slots=True)
class Likenesses:
    """By class, each 0–1: likeness to its best phrasing; share of the question's words, of its pairs it has.

    `unknown`: share of the question's weight in words that no phrasing has, 0–1.
    """

    likeness: Shares
    coverage: Shares
    pairs: Shares
    unknown: float


@dataclass(frozen=True, slots=True)
class _Fit:
    """Where a word or a pair stands, given how it was typed.

    `phrasings`: of all its forms, one form after the other; `lengths`, `agreed`: of each form how many these
    are and how well its marks agree. `classes`: those that have any form; `spread`: how many these are;
    `best`: how well the best form agrees in each (None, where there is one form).
    """

    phrasings: Numbers
    lengths: Numbers
    agreed: NDArray[np.float64]
    classes: Numbers
    spread: Numbers
    best: Shares | None


class Likeness:
    """Compares questions with the phrasings of an index; read-only."""

    def __init__(self, index: Index, facts: Container[str] = frozenset()) -> None:
        """`facts`: ids of entries that answer one question (a figure, a phone number).

        Of the others every facet can be asked, but no figure.
        """
        self._index = index
        is_fact = np.array([name in facts for name in index.classes], bool)
        self._kinds = index.asks.astype(np.uint8)  # of phrasings; those of facts come behind all others
        self._kinds[is_fact[index.owners]] += len(index.asked)
        self._quantity = index.asked.index(QUANTITY)
        self._keeps = {asks: self._kept_of_each(asks) for asks in (None, OTHER, *index.asked)}
        self._remembered = lru_cache(REMEMBERED)(self._fit)

    def of(self, asked: Features, without: Sequence[int] = ()) -> Likenesses:
        """The likenesses of a question; `without`: phrasings to do as if they were not there."""
        index = self._index
        shared, covered = _Sums(len(index.owners)), {size: _Sums(len(index.classes)) for size in (1, 2)}
        whole = {1: 0.0, 2: 0.0}  # weight of the question's words, and of its pairs
        unknown = 0.0
        kept = None
        if len(without):
            kept = np.ones(len(index.owners), bool)
            kept[list(without)] = False
        for feature in asked.items:
            weight, size = index.weigh(feature), len(feature.words)
            whole[size] += weight
            fit = self._remembered(feature.words) if kept is None else self._fit_of_kept(feature.words, kept)
            if fit is None:
                unknown += weight if size == 1 else 0.0
                continue
            shared.add(fit.phrasings, fit.lengths, weight * fit.agreed)
            if fit.best is None:
                covered[size].add(fit.classes, fit.spread, weight * fit.agreed)
            else:
                covered[size].add_each(fit.classes, weight * fit.best)
        total = sum(whole.values())
        if total <= 0:
            nothing = np.zeros(len(index.classes), np.float32)
            return Likenesses(nothing, nothing, nothing, 0.0)
        likeness = self._likeness(shared.total(), total, asked.asks)
        if kept is not None:
            likeness[~kept] = 0
        return Likenesses(
            _largest(likeness, index.starts),
            covered[1].total() / max(whole[1], 1e-9),
            covered[2].total() / max(whole[2], 1e-9),
            unknown / whole[1] if whole[1] > 0 else 0.0,
        )

    def _likeness(self, both: Shares, total: float, asks: str | None) -> Shares:
        """By phrasing, given the weight that both have (`both`) and that of the question (`total`).

        Step by step in the same few arrays: to make one takes longer than to reckon with it.
        """
        every = self._index.weights - both
        np.maximum(every, 0, out=every)
        every *= MISSING
        every += both
        extra = total - both
        extra *= EXTRA
        every += extra
        np.maximum(every, 1e-9, out=every)
        keeps = self._keeps.get(asks, self._keeps[OTHER])
        likeness = keeps.take(self._kinds, mode="clip")  # none is out of reach, and so nothing is checked
        likeness *= both
        likeness /= every
        return likeness

    def _fit(self, words: Sequence[Word]) -> _Fit | None:
        """Where words stand that were typed like this; None: nowhere."""
        name = name_of(words)
        standing = self._index.standing(name)
        if standing is None:
            return None
        phrasings, classes = standing
        if any(word.is_marked for word in words):
            agreed = np.array(_agreements(words, self._index.texts(name)))
        else:
            agreed = np.ones(len(phrasings.lengths))
        return self._fit_of(agreed, phrasings, classes)

    def _fit_of_kept(self, words: Sequence[Word], kept: NDArray[np.bool_]) -> _Fit | None:
        """The same, of the phrasings that are kept."""
        left = []
        for form in self._index.forms(name_of(words)):
            phrasings = form.phrasings[kept[form.phrasings]]
            if len(phrasings):
                left.append(Form(form.text, phrasings, np.unique(self._index.owners[phrasings])))
        if not left:
            return None
        agreed = np.array(_agreements(words, [form.text for form in left]))
        return self._fit_of(
            agreed, _joined([form.phrasings for form in left]), _joined([form.classes for form in left])
        )

    def _fit_of(self, agreed: NDArray[np.float64], phrasings: Run, classes: Run) -> _Fit:
        """Where words stand, given how well they agree with each form, and the lists of the forms."""
        if len(agreed) == 1:
            return _Fit(*phrasings, agreed, *classes, None)
        best = np.zeros(len(self._index.classes), np.float32)
        np.maximum.at(best, classes.numbers, np.repeat(agreed.astype(np.float32), classes.lengths))
        having = np.flatnonzero(best).astype(np.int32)
        return _Fit(*phrasings, agreed, having, np.array([len(having)], np.int32), best[having])

    def _kept_of_each(self, asks: str | None) -> Shares:
        """What of its likeness a phrasing of each kind keeps, given what the question asks for."""
        known = self._index.asked
        asked = known.index(asks) if asks in known else (-1 if asks else 0)
        kinds = np.arange(len(known))
        same = kinds == asked
        is_open = (kinds == 0) | (asked == 0)
        fact = np.where(same, 1.0, np.where(is_open, OPEN_QUESTION, OTHER_QUESTION))
        other = np.where(asked == self._quantity, np.where(same, 1.0, OTHER_QUESTION), 1.0)
        return np.concatenate([np.broadcast_to(other, fact.shape), fact]).astype(np.float32)


class _Sums:
    """Sums by number, of what is added at many numbers at a time."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._at: list[NDArray[Any]] = [np.zeros(0, np.int32)]
        self._lengths: list[Numbers] = [np.zeros(0, np.int32)]
        self._amounts: list[NDArray[np.float64]] = [np.zeros(0, np.float64)]
        self._each_at: list[NDArray[Any]] = [np.zeros(0, np.int32)]
        self._each: list[NDArray[Any]] = [np.zeros(0, np.float64)]

    def add(self, at: NDArray[Any], lengths: Numbers, amounts: NDArray[np.float64]) -> None:
        """Add at these numbers: an amount at each of the first so many, another at the next ones, …"""
        self._at.append(at)
        self._lengths.append(lengths)
        self._amounts.append(amounts)

    def add_each(self, at: NDArray[Any], amounts: NDArray[Any]) -> None:
        """Add at each of these numbers, which are different ones, its own amount."""
        self._each_at.append(at)
        self._each.append(amounts)

    def total(self) -> Shares:
        """The sums so far."""
        amounts = np.repeat(np.concatenate(self._amounts), np.concatenate(self._lengths))
        sums = np.bincount(np.concatenate(self._at), amounts, self._size)
        if len(self._each) > 1:
            sums = sums + np.bincount(np.concatenate(self._each_at), np.concatenate(self._each), self._size)
        return sums.astype(np.float32)


def _largest(values: Shares, starts: Numbers) -> Shares:
    """The largest value of each run; `starts`: where each begins.

    Numbers from zero on are in the same order as their bits are as whole numbers, which compare quicker.
    """
    largest = np.maximum.reduceat(values.view(np.int32), starts)
    return largest.view(np.float32)


def _joined(lists: Sequence[Numbers]) -> Run:
    return Run(np.concatenate(lists), np.array(list(map(len, lists)), np.int32))


def _agreements(typed: Sequence[Word], forms: Sequence[str]) -> list[float]:
    """How well the words fit each of their forms."""
    if not any(word.is_marked for word in typed):
        return [1.0] * len(forms)
    text = " ".join(word.text for word in typed)
    return [1.0 if form == text else _agreement(typed, map(Word.of, form.split(" "))) for form in forms]


def _agreement(typed: Iterable[Word], known: Iterable[Word]) -> float:
    return math.prod(agreement(t, k) for t, k in zip(typed, known, strict=True))
