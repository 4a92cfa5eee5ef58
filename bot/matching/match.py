"""Entries ranked by how alike their phrasings are to a question.

The likeness of a question q to a phrasing p is 2·M / (W(p) + C(q)): M is the weight of the features both
have (each times the agreement of its marks), W(p) the weight of the phrasing, C(q) that of the question:
the Dice coefficient over weighted words and pairs. A feature weighs the more, the fewer entries have it
and the rarer it is in written Vietnamese.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.matching.features import Feature, FeatureReader
from bot.reading.frequency import rarity
from bot.text.words import Word, agreement

RARE = 8.0  # nats; from this rarity on a word counts as telling in full


@dataclass(frozen=True, slots=True)
class Match:
    """How well one entry fits.

    `likeness`: to its best phrasing, 0–1. `coverage`: share of the question's weight that the entry's
    words account for, 0–1. `phrase_coverage`: the same of the best phrasing, by the question.
    """

    entry: str
    likeness: float
    coverage: float
    phrase_coverage: float


@dataclass(frozen=True, slots=True)
class _Phrasing:
    entry: str
    weight: float


class Matcher:
    """An index over phrasings; built once, read-only after that."""

    def __init__(self, phrasings: Mapping[str, Sequence[Sequence[Word]]], features: FeatureReader) -> None:
        """`phrasings`: entry id → its phrasings (name first), each as words."""
        self._features = features
        read = {entry: [features.read(words) for words in phrases] for entry, phrases in phrasings.items()}
        self._entries = len(read)
        self._spread = _spread(read)
        self._phrasings: list[_Phrasing] = []
        self._postings: dict[str, list[tuple[int, tuple[Word, ...]]]] = defaultdict(list)
        for entry, phrases in read.items():
            for phrase in phrases:
                self._add(entry, phrase)
        self._vocabulary = _vocabulary(read)

    def _add(self, entry: str, phrase: Sequence[Feature]) -> None:
        weight = sum(self.weigh(feature) for feature in phrase)
        if weight == 0:
            return
        number = len(self._phrasings)
        self._phrasings.append(_Phrasing(entry, weight))
        for feature in phrase:
            self._postings[feature.name].append((number, feature.words))

    def weigh(self, feature: Feature) -> float:
        """How telling a feature is: inverse entry frequency times rarity in the language, times its share."""
        spread = self._spread.get(feature.name, 0)
        idf = math.log((self._entries + 1) / (spread + 0.5))
        rare = sum(min(rarity(word.folded) / RARE, 1.0) for word in feature.words)
        return feature.share * idf * rare / len(feature.words)

    def rank(self, words: Sequence[Word]) -> list[Match]:
        """Every entry that shares anything with the question, best first."""
        asked = self._features.read(words)
        weights = [self.weigh(feature) for feature in asked]
        total = sum(weights)
        if total <= 0:
            return []
        shared: dict[int, float] = defaultdict(float)
        for feature, weight in zip(asked, weights, strict=True):
            for number, known in self._postings.get(feature.name, ()):
                shared[number] += weight * _agreement(feature.words, known)
        best: dict[str, tuple[float, float]] = {}
        for number, weight in shared.items():
            phrasing = self._phrasings[number]
            likeness = 2 * weight / (phrasing.weight + total)
            covered = min(1.0, weight / phrasing.weight)
            best[phrasing.entry] = max(best.get(phrasing.entry, (0.0, 0.0)), (likeness, covered))
        matches = [
            Match(entry, min(likeness, 1.0), self._coverage(entry, asked, weights), covered)
            for entry, (likeness, covered) in best.items()
        ]
        return sorted(matches, key=lambda match: (-match.likeness, -match.coverage, match.entry))

    def _coverage(self, entry: str, asked: Sequence[Feature], weights: Sequence[float]) -> float:
        singles = [(f.words[0], w) for f, w in zip(asked, weights, strict=True) if len(f.words) == 1]
        total = sum(weight for _, weight in singles)
        known = self._vocabulary[entry]
        covered = sum(
            weight * max((agreement(word, other) for other in known.get(word.folded, ())), default=0)
            for word, weight in singles
        )
        return covered / total if total else 0.0


def _agreement(typed: Iterable[Word], known: Iterable[Word]) -> float:
    return math.prod(agreement(t, k) for t, k in zip(typed, known, strict=True))


def _spread(read: Mapping[str, Sequence[Sequence[Feature]]]) -> dict[str, int]:
    """In how many entries each feature stands."""
    spread: dict[str, int] = defaultdict(int)
    for phrases in read.values():
        for name in {feature.name for phrase in phrases for feature in phrase}:
            spread[name] += 1
    return dict(spread)


def _vocabulary(
    read: Mapping[str, Sequence[Sequence[Feature]]],
) -> dict[str, dict[str, set[Word]]]:
    vocabulary: dict[str, dict[str, set[Word]]] = {}
    for entry, phrases in read.items():
        words: dict[str, set[Word]] = defaultdict(set)
        for phrase in phrases:
            for feature in phrase:
                for word in feature.words:
                    words[word.folded].add(word)
        vocabulary[entry] = dict(words)
    return vocabulary
