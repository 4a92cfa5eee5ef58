"""Entries ranked by how alike their phrasings are to a question.

The likeness of a question q to a phrasing p is Tversky's index over weighted features,
M / (M + MISSING·(W(p) - M) + EXTRA·(W(q) - M)): M is the weight of the features both have (each times the
agreement of its marks), W(p) and W(q) the weights of all features of each. A feature weighs the more, the
fewer entries have it and the rarer it is in written Vietnamese. (A. Tversky, "Features of similarity",
Psychological Review 84, 1977.) A fact that answers one question keeps less of it when another is asked.
"""

import math
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.matching.contrast import Contrasts
from bot.matching.facets import QUANTITY
from bot.matching.features import Feature, FeatureReader, Features, Phrasings
from bot.text.frequency import rarity
from bot.text.word_lists import WordList
from bot.text.words import Word, agreement

MISSING = 0.5  # what a feature of the phrasing costs that the question lacks
EXTRA = 0.2  # what a feature of the question costs that the phrasing lacks
OTHER_QUESTION = 0.6  # of its likeness that a fact keeps when something else is asked of its subject
OPEN_QUESTION = 0.85  # … when it is not said what is asked
KEPT = 20  # entries; no decision looks further down
RARE = 8.0  # nats; from this rarity on a word counts as telling in full


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


@dataclass(frozen=True, slots=True)
class _Phrasing:
    entry: str
    weight: float
    asks: str | None


class Matcher:
    """An index over phrasings; built once, read-only after that."""

    def __init__(
        self,
        phrasings: Phrasings,
        features: FeatureReader,
        contrasts: WordList,
        facts: Container[str] = frozenset(),
    ) -> None:
        """`phrasings`: entry id → its phrasings (name first), each as words.

        `facts`: ids of entries that answer one question (a figure, a phone number); of the others every
        facet can be asked, but no figure.
        """
        self._features = features
        self._contrasts = Contrasts(contrasts, phrasings)
        self._facts = facts
        read = {entry: [features.read(words) for words in phrases] for entry, phrases in phrasings.items()}
        self._entries = len(read)
        self._spread = _spread(read)
        self._phrasings: list[_Phrasing] = []
        # feature name → each way its words are marked → the phrasings that have it so
        self._postings: dict[str, dict[tuple[Word, ...], list[int]]] = defaultdict(lambda: defaultdict(list))
        for entry, phrases in read.items():
            for phrase in phrases:
                self._add(entry, phrase)
        self._vocabulary = _vocabulary(read)

    def _add(self, entry: str, phrase: Features) -> None:
        weight = sum(self.weigh(feature) for feature in phrase.items)
        if weight == 0:
            return
        number = len(self._phrasings)
        self._phrasings.append(_Phrasing(entry, weight, phrase.asks))
        for feature in phrase.items:
            self._postings[feature.name][feature.words].append(number)

    def weigh(self, feature: Feature) -> float:
        """How telling a feature is: inverse entry frequency times rarity in the language, times its share."""
        spread = self._spread.get(feature.name, 0)
        idf = math.log((self._entries + 1) / (spread + 0.5))
        rare = sum(min(rarity(word.folded) / RARE, 1.0) for word in feature.words)
        return feature.share * idf * rare / len(feature.words)

    def rank(self, words: Sequence[Word]) -> list[Match]:
        """The KEPT entries most like the question, best first; none shares nothing with it."""
        asked = self._features.read(words)
        weights = [self.weigh(feature) for feature in asked.items]
        total = sum(weights)
        if total <= 0:
            return []
        shared: dict[int, float] = defaultdict(float)
        for feature, weight in zip(asked.items, weights, strict=True):
            for known, numbers in self._postings.get(feature.name, {}).items():
                told = weight * _agreement(feature.words, known)
                for number in numbers:
                    shared[number] += told
        best: dict[str, tuple[float, float]] = {}
        for number, weight in shared.items():
            if weight <= 0:
                continue
            phrasing = self._phrasings[number]
            missing, extra = max(0.0, phrasing.weight - weight), total - weight
            fit = self._asks_alike(asked.asks, phrasing)
            likeness = fit * weight / (weight + MISSING * missing + EXTRA * extra)
            covered = fit * min(1.0, weight / phrasing.weight)
            if (likeness, covered) > best.get(phrasing.entry, (0.0, 0.0)):
                best[phrasing.entry] = (likeness, covered)
        ranked = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))[:KEPT]
        changing = self._contrasts.read(words)
        return [
            Match(
                entry,
                likeness,
                self._coverage(entry, asked.items, weights),
                covered,
                self._contrasts.missing(changing, entry),
            )
            for entry, (likeness, covered) in ranked
        ]

    def _asks_alike(self, asks: str | None, phrasing: _Phrasing) -> float:
        """What of its likeness a phrasing keeps, given what the question asks for."""
        if phrasing.entry not in self._facts:
            return OTHER_QUESTION if asks == QUANTITY and phrasing.asks != QUANTITY else 1.0
        if asks == phrasing.asks:
            return 1.0
        return OPEN_QUESTION if None in (asks, phrasing.asks) else OTHER_QUESTION

    def _coverage(self, entry: str, asked: Sequence[Feature], weights: Sequence[float]) -> float:
        singles = [(f.words[0], w) for f, w in zip(asked, weights, strict=True) if len(f.words) == 1]
        total = sum(weight for _, weight in singles)
        known = self._vocabulary[entry]
        covered = 0.0
        for word, weight in singles:
            others = known.get(word.folded)
            if others:
                share = max(agreement(word, other) for other in others) if word.is_marked else 1.0
                covered += weight * share
        return covered / total if total else 0.0


def _agreement(typed: Iterable[Word], known: Iterable[Word]) -> float:
    return math.prod(agreement(t, k) for t, k in zip(typed, known, strict=True))


def _spread(read: Mapping[str, Sequence[Features]]) -> dict[str, int]:
    """In how many entries each feature stands."""
    spread: dict[str, int] = defaultdict(int)
    for phrases in read.values():
        for name in {feature.name for phrase in phrases for feature in phrase.items}:
            spread[name] += 1
    return dict(spread)


def _vocabulary(read: Mapping[str, Sequence[Features]]) -> dict[str, dict[str, set[Word]]]:
    vocabulary: dict[str, dict[str, set[Word]]] = {}
    for entry, phrases in read.items():
        words: dict[str, set[Word]] = defaultdict(set)
        for phrase in phrases:
            for feature in phrase.items:
                for word in feature.words:
                    words[word.folded].add(word)
        vocabulary[entry] = dict(words)
    return vocabulary
