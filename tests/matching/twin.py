"""The slow, plain twin of the matcher.

Written from what the modules of bot/matching say they do, with dicts and loops and no array. Taking a
question apart (features, contrasts) and comparing two words (agreement) have tests of their own; the twin
takes them as they are.
"""

import math
from collections.abc import Container
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bot.matching import BACKGROUND, Mix, Weights
from bot.matching.features import Feature
from bot.matching.index import RARE
from bot.matching.likeness import EXTRA, MISSING, OPEN_QUESTION, OTHER_QUESTION
from bot.matching.match import KEPT, LEAST
from bot.text.frequency import rarity
from bot.text.words import Word, agreement, split
from tests.matching.base import CONTRASTS, READER

Texts = dict[str, list[str]]
NOTHING_LEFT_OUT: frozenset[tuple[str, int]] = frozenset()


@dataclass
class Opinion:
    """What was learned, as plain numbers: feature → (its rarity, class → weight); and class → bias."""

    features: dict[str, tuple[float, dict[str, float]]]
    bias: dict[str, float]

    @classmethod
    def of(cls, weights: Weights) -> "Opinion":
        features = {}
        for name, row in weights.rows.items():
            point = [float(step) * float(weights.sizes[row]) for step in weights.points[row]]
            by_class = {
                class_: sum(number * float(weights.directions[at, column]) for at, number in enumerate(point))
                for column, class_ in enumerate(weights.classes)
            }
            features[name] = float(weights.rare[row]), by_class
        return cls(features, dict(zip(weights.classes, map(float, weights.bias), strict=True)))


@dataclass
class Seen:
    """What the twin finds of one entry."""

    entry: str
    score: float
    log: float
    likeness: float
    coverage: float
    pairs: float
    contrasts: int


class Twin:
    """Ranks by going through every phrasing of every class."""

    def __init__(self, texts: Texts, opinion: Opinion, facts: Container[str], mix: Mix) -> None:
        self.phrasings = {
            (name, place): split(text) for name, run in texts.items() for place, text in enumerate(run)
        }
        self.classes = list(texts)
        self.opinion = opinion
        self.facts = facts
        self.mix = mix

    def rank(
        self, question: tuple[Word, ...], left_out: Container[tuple[str, int]] = NOTHING_LEFT_OUT
    ) -> tuple[list[Seen], dict[str, float]]:
        """The entries in their order, and what is told of the whole question."""
        asked = READER.read(question)
        logs = self.logs(question)
        likeness = {name: self.likeness(question, name, left_out) for name in self.classes}
        seen = []
        for name in self.classes:
            if name.startswith(BACKGROUND) or likeness[name] <= 0:
                continue
            changed = len(CONTRASTS.read(question) - self.contrasts(name, left_out))
            one = Seen(
                entry=name,
                score=0.0,
                log=logs[name],
                likeness=likeness[name],
                coverage=self.coverage(question, name, left_out, size=1),
                pairs=self.coverage(question, name, left_out, size=2),
                contrasts=changed,
            )
            one.score = (
                self.mix.log * one.log
                + self.mix.likeness * one.likeness
                + self.mix.coverage * one.coverage
                + self.mix.pairs * one.pairs
                + self.mix.contrasts * one.contrasts
            )
            seen.append(one)
        seen.sort(key=lambda one: (-one.score, one.entry))
        background = [name for name in self.classes if name.startswith(BACKGROUND)]
        return seen[:KEPT], {
            "background": sum(math.exp(logs[name]) for name in background),
            "like_background": max((likeness[name] for name in background), default=0.0),
            "unknown": self.unknown(question, left_out),
            "size": len(asked.items),
        }

    def telling(self, name: str) -> float:
        """Inverse class frequency times the mean rarity of its words, of any words that are looked up so."""
        having = {owner for (owner, _), words in self.phrasings.items() if name in features(words)}
        idf = math.log((len(self.classes) + 1) / (len(having) + 0.5))
        rare = [min(rarity(word) / RARE, 1.0) for word in name.split(" ")]
        return idf * sum(rare) / len(rare)

    def weight(self, feature: Feature) -> float:
        return feature.share * self.telling(feature.name)

    def likeness(self, question: tuple[Word, ...], name: str, left_out: Container[tuple[str, int]]) -> float:
        """Tversky's index to the best phrasing of a class."""
        best = 0.0
        for (owner, place), words in self.phrasings.items():
            if owner != name or (owner, place) in left_out:
                continue
            mine, theirs = features(question), features(words)
            both = sum(
                self.weight(mine[each]) * marks_agree(mine[each], theirs[each])
                for each in mine
                if each in theirs
            )
            whole = sum(each.share * self.telling(each.name) for each in theirs.values())
            missing = max(0.0, whole - both)
            extra = sum(self.weight(each) for each in mine.values()) - both
            if both > 0:
                alike = both / (both + MISSING * missing + EXTRA * extra)
                kept = self.kept(name, READER.read(question).asks, READER.read(words).asks)
                best = max(best, kept * alike)
        return best

    def kept(self, name: str, asked: str | None, answered: str | None) -> float:
        """What of its likeness a fact keeps when another question is asked; a procedure, when a figure is."""
        if asked == answered:
            return 1.0
        if name in self.facts:
            return OPEN_QUESTION if asked is None or answered is None else OTHER_QUESTION
        return OTHER_QUESTION if asked == "quantity" else 1.0

    def coverage(
        self, question: tuple[Word, ...], name: str, left_out: Container[tuple[str, int]], *, size: int
    ) -> float:
        """Share of the question's words (pairs) that the class has, each as well as its marks agree."""
        mine = [each for each in features(question).values() if len(each.words) == size]
        whole = sum(map(self.weight, mine))
        had = 0.0
        for each in mine:
            best = 0.0
            for (owner, place), words in self.phrasings.items():
                if owner == name and (owner, place) not in left_out and each.name in features(words):
                    best = max(best, marks_agree(each, features(words)[each.name]))
            had += self.weight(each) * best
        return had / whole if whole > 0 else 0.0

    def unknown(self, question: tuple[Word, ...], left_out: Container[tuple[str, int]]) -> float:
        """Share of the question's words that no phrasing has."""
        singles = [each for each in features(question).values() if len(each.words) == 1]
        known = {
            each
            for place, words in self.phrasings.items()
            if place not in left_out
            for each in features(words)
        }
        whole = sum(map(self.weight, singles))
        return (
            sum(self.weight(each) for each in singles if each.name not in known) / whole if whole > 0 else 0.0
        )

    def contrasts(self, name: str, left_out: Container[tuple[str, int]]) -> frozenset[str]:
        """The changing words of a class: of its phrasings with marks, where there are any."""
        runs = [
            words
            for (owner, place), words in self.phrasings.items()
            if owner == name and (owner, place) not in left_out
        ]
        marked = [words for words in runs if any(word.is_marked for word in words)]
        return frozenset(cue for words in marked or runs for cue in CONTRASTS.read(words))

    def logs(self, question: tuple[Word, ...]) -> dict[str, float]:
        """The logarithm of each class's probability, by softmax; what nothing was learned of is unlikely."""
        bare = [word.folded for word in question]
        names = {*bare, *(f"{one} {two}" for one, two in pairwise(bare))}
        names |= {"=" + word.key for word in question if word.is_marked}
        known = sorted(names & self.opinion.features.keys())
        length = math.sqrt(sum(self.opinion.features[name][0] ** 2 for name in known))
        scores = dict(self.opinion.bias)
        for name in known:
            rare, by_class = self.opinion.features[name]
            for class_, value in by_class.items():
                scores[class_] += rare / length * value
        highest = max(scores.values())
        total = sum(math.exp(score - highest) for score in scores.values())
        shares = {class_: math.exp(score - highest) / total for class_, score in scores.items()}
        return {name: math.log(max(shares.get(name, 0.0), LEAST)) for name in self.classes}


@lru_cache(maxsize=4096)
def features(words: tuple[Word, ...]) -> dict[str, Feature]:
    return {feature.name: feature for feature in READER.read(words).items}


def marks_agree(typed: Feature, known: Feature) -> float:
    agreed = 1.0
    for one, two in zip(typed.words, known.words, strict=True):
        agreed *= agreement(one, two)
    return agreed
