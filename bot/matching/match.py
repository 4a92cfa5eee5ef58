"""Entries ranked by how alike their phrasings are to a question.

The likeness of a question q to a phrasing p is Tversky's index over weighted features,
M / (M + MISSING·(W(p) - M) + EXTRA·(W(q) - M)): M is the weight of the features both have (each times the
agreement of its marks), W(p) and W(q) the weights of all features of each. A feature weighs the more, the
fewer entries have it and the rarer it is in written Vietnamese. (A. Tversky, "Features of similarity",
Psychological Review 84, 1977.) A fact that answers one question keeps less of it when another is asked.
"""

import math
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from heapq import nlargest

from bot.matching.contrast import Contrasts
from bot.matching.facets import QUANTITY
from bot.matching.features import Feature, FeatureReader
from bot.matching.index import Index, Indexed
from bot.text.words import Word, agreement

MISSING = 0.5  # what a feature of the phrasing costs that the question lacks
EXTRA = 0.2  # what a feature of the question costs that the phrasing lacks
OTHER_QUESTION = 0.6  # of its likeness that a fact keeps when something else is asked of its subject
OPEN_QUESTION = 0.85  # … when it is not said what is asked
KEPT = 20  # entries; no decision looks further down
LOOK = 128  # phrasings; so often it is asked anew how like the last entry kept is


@dataclass(frozen=True, slots=True)
class Match:
    """How well one entry fits.

    `likeness`: to its best phrasing, 0–1. `coverage`: share of the question's weight that the entry's
    words account for, 0–1. `phrase_coverage`: the same of the best phrasing, by the question.
    `contrasts`: how many words that change what is asked the question has and the entry has not.
    """

    entry: str
    likeness: float
    coverage: float
    phrase_coverage: float
    contrasts: int


class Matcher:
    """Ranks the entries of an index; read-only."""

    def __init__(
        self,
        index: Index,
        features: FeatureReader,
        contrasts: Contrasts,
        facts: Container[str] = frozenset(),
    ) -> None:
        """`facts`: ids of entries that answer one question (a figure, a phone number).

        Of the others every facet can be asked, but no figure.
        """
        self.index = index
        self._features = features
        self._contrasts = contrasts
        self._facts = facts

    def rank(self, words: Sequence[Word], without: Container[int] = ()) -> list[Match]:
        """The KEPT entries most like the question, best first; none shares nothing with it.

        `without`: numbers of phrasings to do as if they were not there (their words weigh the same).
        """
        asked = self._features.read(words)
        weights = [self.index.weigh(feature) for feature in asked.items]
        total = sum(weights)
        if total <= 0:
            return []
        shared = [0.0] * len(self.index.phrasings)  # by number: the weight that question and phrasing share
        for feature, weight in zip(asked.items, weights, strict=True):
            for form in self.index.forms.get(feature.name, ()):
                told = weight * _agreement(feature.words, form.words)
                if told > 0:
                    for number in form.numbers:
                        shared[number] += told
        best = self._best(asked.asks, total, shared, without)
        ranked = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))[:KEPT]
        changing = self._contrasts.read(words)
        return [
            Match(
                entry,
                likeness,
                self._coverage(entry, asked.items, weights, without),
                covered,
                len(changing - self.index.contrasts(entry, without)),
            )
            for entry, (likeness, covered) in ranked
        ]

    def _best(
        self, asks: str | None, total: float, shared: Sequence[float], without: Container[int]
    ) -> dict[str, tuple[float, float]]:
        """(likeness, phrase coverage) by entry: of the KEPT best entries, and of some others.

        Those that share most come first; none further down can be liker than one that shares as much and
        lacks nothing, so the rest is not looked at once that is less than what the last entry kept has.
        """
        best: dict[str, tuple[float, float]] = {}
        floor = 0.0
        sharing = [number for number, weight in enumerate(shared) if weight > 0]
        sharing.sort(key=shared.__getitem__, reverse=True)
        for seen, number in enumerate(sharing):
            weight = shared[number]
            if seen % LOOK == 0 and len(best) >= KEPT:
                floor = nlargest(KEPT, (likeness for likeness, _ in best.values()))[-1]
            if weight / (weight + EXTRA * (total - weight)) < floor:
                break
            phrasing = self.index.phrasings[number]
            if phrasing.weight <= 0 or number in without:
                continue
            missing, extra = max(0.0, phrasing.weight - weight), total - weight
            fit = self._asks_alike(asks, phrasing)
            likeness = fit * weight / (weight + MISSING * missing + EXTRA * extra)
            covered = fit * min(1.0, weight / phrasing.weight)
            if (likeness, covered) > best.get(phrasing.entry, (0.0, 0.0)):
                best[phrasing.entry] = (likeness, covered)
        return best

    def _asks_alike(self, asks: str | None, phrasing: Indexed) -> float:
        """What of its likeness a phrasing keeps, given what the question asks for."""
        if phrasing.entry not in self._facts:
            return OTHER_QUESTION if asks == QUANTITY and phrasing.asks != QUANTITY else 1.0
        if asks == phrasing.asks:
            return 1.0
        return OPEN_QUESTION if None in (asks, phrasing.asks) else OTHER_QUESTION

    def _coverage(
        self, entry: str, asked: Sequence[Feature], weights: Sequence[float], without: Container[int]
    ) -> float:
        total = covered = 0.0
        for feature, weight in zip(asked, weights, strict=True):
            if len(feature.words) > 1:
                continue
            total += weight
            typed = feature.words[0]
            shares = (
                agreement(typed, form.words[0]) if typed.is_marked else 1.0
                for form in self.index.forms.get(feature.name, ())
                if entry in form.entries and (not without or self._stands_in(form.numbers, entry, without))
            )
            covered += weight * max(shares, default=0.0)
        return covered / total if total else 0.0

    def _stands_in(self, numbers: Iterable[int], entry: str, without: Container[int]) -> bool:
        return any(n not in without and self.index.phrasings[n].entry == entry for n in numbers)


def _agreement(typed: Iterable[Word], known: Iterable[Word]) -> float:
    return math.prod(agreement(t, k) for t, k in zip(typed, known, strict=True))
