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
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.matching.facets import QUANTITY
from bot.matching.features import Features
from bot.matching.index import Form, Index, Shares
from bot.text.words import Word, agreement

MISSING = 0.5  # what a feature of the phrasing costs that the question lacks
EXTRA = 0.2  # what a feature of the question costs that the phrasing lacks
OTHER_QUESTION = 0.6  # of its likeness that a fact keeps when something else is asked of its subject
OPEN_QUESTION = 0.85  # … when it is not said what is asked


@dataclass(frozen=True, slots=True)
class Likenesses:
    """By class, each 0–1: likeness to its best phrasing; share of the question's words, of its pairs it has.

    `unknown`: share of the question's weight in words that no phrasing has, 0–1.
    """

    likeness: Shares
    coverage: Shares
    pairs: Shares
    unknown: float


class Likeness:
    """Compares questions with the phrasings of an index; read-only."""

    def __init__(self, index: Index, facts: Container[str] = frozenset()) -> None:
        """`facts`: ids of entries that answer one question (a figure, a phone number).

        Of the others every facet can be asked, but no figure.
        """
        self._index = index
        is_fact = np.array([name in facts for name in index.classes], bool)
        self._is_fact = is_fact[index.owners] if len(index.owners) else np.zeros(0, bool)
        self._quantity = index.asked.index(QUANTITY)

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
            forms = index.forms(feature.name) if kept is None else self._left(feature.name, kept)
            if not forms:
                unknown += weight if size == 1 else 0.0
                continue
            agreed = _agreements(feature.words, forms)
            for form, share in zip(forms, agreed, strict=True):
                if share > 0:
                    shared.add(form.phrasings, weight * share)
            if len(forms) == 1:
                covered[size].add(forms[0].classes, weight * agreed[0])
                continue
            best = np.zeros(len(index.classes), np.float32)
            for form, share in zip(forms, agreed, strict=True):
                best[form.classes] = np.maximum(best[form.classes], share)
            covered[size].add_each(np.flatnonzero(best), weight * best[best > 0])
        total = sum(whole.values())
        if total <= 0:
            nothing = np.zeros(len(index.classes), np.float32)
            return Likenesses(nothing, nothing, nothing, 0.0)
        both = shared.total()
        missing = np.maximum(index.weights - both, 0)
        every = both + MISSING * missing + EXTRA * (total - both)
        likeness = self._asks_alike(asked.asks) * both / np.maximum(every, 1e-9)
        if kept is not None:
            likeness[~kept] = 0
        return Likenesses(
            np.maximum.reduceat(likeness, index.starts),
            covered[1].total() / max(whole[1], 1e-9),
            covered[2].total() / max(whole[2], 1e-9),
            unknown / whole[1] if whole[1] > 0 else 0.0,
        )

    def _left(self, name: str, kept: NDArray[np.bool_]) -> list[Form]:
        """The forms of a feature, in the phrasings that are kept."""
        left = []
        for form in self._index.forms(name):
            phrasings = form.phrasings[kept[form.phrasings]]
            if len(phrasings):
                left.append(Form(form.text, phrasings, np.unique(self._index.owners[phrasings])))
        return left

    def _asks_alike(self, asks: str | None) -> Shares:
        """What of its likeness each phrasing keeps, given what the question asks for."""
        index = self._index
        asked = index.asked.index(asks) if asks in index.asked else (-1 if asks else 0)
        same = index.asks == asked
        is_open = (index.asks == 0) | (asked == 0)
        fact = np.where(same, 1.0, np.where(is_open, OPEN_QUESTION, OTHER_QUESTION))
        other = np.where(asked == self._quantity, np.where(same, 1.0, OTHER_QUESTION), 1.0)
        kept: Shares = np.where(self._is_fact, fact, other).astype(np.float32)
        return kept


class _Sums:
    """Sums by number, of what is added at many numbers at a time."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._at: list[NDArray[Any]] = [np.zeros(0, np.int32)]
        self._amounts: list[float] = [0.0]
        self._sums = np.zeros(size, np.float64)

    def add(self, at: NDArray[Any], amount: float) -> None:
        """Add an amount at each of these numbers."""
        self._at.append(at)
        self._amounts.append(amount)

    def add_each(self, at: NDArray[Any], amounts: NDArray[Any]) -> None:
        """Add at each of these numbers, which are different ones, its own amount."""
        self._sums[at] += amounts

    def total(self) -> Shares:
        """The sums so far."""
        amounts = np.repeat(self._amounts, list(map(len, self._at)))
        counted = np.bincount(np.concatenate(self._at), amounts, self._size)
        sums: Shares = (self._sums + counted).astype(np.float32)
        return sums


def _agreements(typed: Sequence[Word], forms: Iterable[Form]) -> list[float]:
    """How well the words fit each of their forms."""
    if not any(word.is_marked for word in typed):
        return [1.0 for _ in forms]
    text = " ".join(word.text for word in typed)
    return [1.0 if form.text == text else _agreement(typed, form.words) for form in forms]


def _agreement(typed: Iterable[Word], known: Iterable[Word]) -> float:
    return math.prod(agreement(t, k) for t, k in zip(typed, known, strict=True))
