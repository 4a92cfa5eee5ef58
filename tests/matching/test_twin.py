"""The slow, plain twin of the matcher: the same ranking is demanded of both.

Written from what the modules of bot/matching say they do, with dicts and loops and no array. Taking a
question apart (features, contrasts) and comparing two words (agreement) have tests of their own; the twin
takes them as they are.
"""

import math
from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.facets import Facet
from bot.learning.train import learn
from bot.matching import BACKGROUND, Contrasts, FacetReader, FeatureReader, Matcher, Mix, Ranking, Weights
from bot.matching.build import build
from bot.matching.features import Feature
from bot.matching.index import RARE, Index
from bot.matching.likeness import EXTRA, MISSING, OPEN_QUESTION, OTHER_QUESTION
from bot.matching.match import KEPT, LEAST
from bot.matching.weights import SCALE
from bot.text.frequency import rarity
from bot.text.word_lists import WordList
from bot.text.words import Word, agreement, split

READER = FeatureReader(
    WordList(["tôi", "ở", "cho"], ["cần"]),
    FacetReader({Facet.DOCUMENTS: ["cần giấy gì"], Facet.WHERE: ["ở đâu"], "quantity": ["bao nhiêu"]}),
)
CONTRASTS = Contrasts(WordList(["xóa", "gia hạn"]))
SIGNALS = ("score", "log", "likeness", "coverage", "pairs")
NEAR = 1e-4
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
            places = range(int(weights.starts[row]), int(weights.starts[row + 1]))
            by_class = {weights.classes[int(weights.to[at])]: float(weights.values[at]) for at in places}
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
        names = set(features(question))
        names |= {
            "=" + each.words[0].key
            for each in features(question).values()
            if len(each.words) == 1 and each.words[0].is_marked
        }
        known = sorted(names & self.opinion.features.keys())
        length = math.sqrt(sum(self.opinion.features[name][0] ** 2 for name in known))
        scores = dict(self.opinion.bias)
        for name in known:
            rare, by_class = self.opinion.features[name]
            for class_, value in by_class.items():
                scores[class_] += SCALE * rare / length * value
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


def index(texts: Texts) -> Index:
    return build({name: [split(text) for text in run] for name, run in texts.items()}, READER, CONTRASTS)


def learned(texts: Texts) -> Weights:
    return learn(index(texts))


def agree(found: Ranking, expected: tuple[list[Seen], Mapping[str, float]]) -> None:
    """The same entries in the same order, but where scores tie; the same numbers."""
    seen, whole = expected
    mine = {match.entry: match for match in found.matches}
    assert mine.keys() == {one.entry for one in seen}
    for one in seen:
        match = mine[one.entry]
        assert match.contrasts == one.contrasts
        assert [getattr(match, name) for name in SIGNALS] == pytest.approx(
            [getattr(one, name) for name in SIGNALS], abs=NEAR
        )
    scores = {one.entry: one.score for one in seen}
    in_order = [scores[match.entry] for match in found.matches]
    assert all(before >= after - 2 * NEAR for before, after in pairwise(in_order))
    assert {name: getattr(found, name) for name in whole} == pytest.approx(dict(whole), abs=NEAR)


WORDS = st.sampled_from(
    [
        "đăng",
        "ký",
        "khai",
        "sinh",
        "tử",
        "tự",
        "kết",
        "hôn",
        "tạm",
        "trú",
        "làm",
        "giấy",
        "cho",
        "con",
        "ở",
        "đâu",
        "xóa",
        "pizza",
        "bao",
        "nhiêu",
        "cần",
        "gì",
        "gia",
        "hạn",
        "dang",
        "ky",
        "tu",
    ]
)
SENTENCES = st.lists(WORDS, max_size=8).map(" ".join)
NAMES = ["a", "b", "c", "d", "~x", "~y"]
BASES = st.dictionaries(
    st.sampled_from(NAMES), st.lists(SENTENCES, min_size=1, max_size=3), min_size=2, max_size=5
)
FACTS = st.sets(st.sampled_from("abcd"))
SIGNAL = st.floats(0, 8)
MIXES = st.just(Mix()) | st.builds(Mix, SIGNAL, SIGNAL, SIGNAL, SIGNAL, st.floats(-4, 0))


@st.composite
def random_weights(draw: st.DrawFn) -> Weights:
    """Weights that nobody learned: of some classes and features of the base, and of some others."""
    classes = draw(st.lists(st.sampled_from([*NAMES, "gone"]), min_size=1, unique=True))
    names = st.sampled_from(
        ["khai", "sinh", "tu", "khai sinh", "dang ki", "=tử", "=tư4", "=kết", "giay", "gone"]
    )
    table = draw(
        st.dictionaries(names, st.dictionaries(st.sampled_from(classes), st.floats(-3, 3, width=32)))
    )
    shares = st.floats(0.5, 8, width=32)
    return Weights(
        tuple(classes),
        {name: at for at, name in enumerate(table)},
        np.array([draw(shares) for _ in table], np.float32),
        np.cumsum([0, *(len(of) for of in table.values())]).astype(np.int32),
        np.array([classes.index(name) for of in table.values() for name in of], np.int32),
        np.array([value for of in table.values() for value in of.values()], np.float32),
        np.array([draw(st.floats(-3, 3, width=32)) for _ in classes], np.float32),
    )


@settings(deadline=None, max_examples=120)
@given(SENTENCES, BASES, random_weights(), FACTS, MIXES)
def test_ranks_as_the_twin_does_whatever_was_learned(
    question: str, texts: Texts, weights: Weights, facts: set[str], mix: Mix
) -> None:
    matcher = Matcher(index(texts), weights, READER, CONTRASTS, facts, mix)
    twin = Twin(texts, Opinion.of(weights), facts, mix)
    agree(matcher.rank(split(question)), twin.rank(split(question)))


@settings(deadline=None, max_examples=60)
@given(SENTENCES, BASES, FACTS)
def test_ranks_as_the_twin_does_with_what_was_learned(question: str, texts: Texts, facts: set[str]) -> None:
    weights = learned(texts)
    matcher = Matcher(index(texts), weights, READER, CONTRASTS, facts)
    agree(matcher.rank(split(question)), Twin(texts, Opinion.of(weights), facts, Mix()).rank(split(question)))


UNCHANGING = SENTENCES.map(lambda text: text.replace("xóa", "giấy").replace("gia hạn", "giấy"))


@settings(deadline=None, max_examples=80)
@given(
    UNCHANGING,
    st.dictionaries(st.sampled_from(NAMES), st.lists(UNCHANGING, min_size=1, max_size=3), min_size=2),
    st.data(),
)
def test_ranks_as_the_twin_does_where_phrasings_are_left_out(
    question: str, texts: Texts, data: st.DataObject
) -> None:
    places = [(name, place) for name, run in texts.items() for place in range(len(run))]
    left_out = data.draw(st.sets(st.sampled_from(places)))
    weights = learned(texts)
    matcher = Matcher(index(texts), weights, READER, CONTRASTS)
    found = matcher.rank(split(question), [places.index(place) for place in left_out])
    agree(found, Twin(texts, Opinion.of(weights), (), Mix()).rank(split(question), left_out))


@pytest.mark.parametrize(
    ("left_out", "is_lacking"),
    [
        ([], False),
        ([1], True),
        ([0], False),  # it has not the word itself
        ([2], False),  # nor may it be counted, as it has no marks and others have
        ([0, 1], True),
    ],
)
def test_a_phrasing_left_out_takes_its_own_changing_words_with_it(
    left_out: list[int], *, is_lacking: bool
) -> None:
    texts = {
        "tam-tru": ["đăng ký tạm trú", "xóa đăng ký tạm trú", "xoa tam tru"],
        "khai-sinh": ["làm giấy khai sinh"],
    }
    matcher = Matcher(index(texts), learned(texts), READER, CONTRASTS)
    best = matcher.rank(split("xóa đăng ký tạm trú"), left_out).matches[0]
    assert (best.entry, best.contrasts) == ("tam-tru", int(is_lacking))


def test_a_base_of_one_class_is_a_base() -> None:
    texts = {"tam-tru": ["đăng ký tạm trú"]}
    matcher = Matcher(index(texts), learned(texts), READER, CONTRASTS)
    agree(
        matcher.rank(split("tạm trú")),
        Twin(texts, Opinion.of(learned(texts)), (), Mix()).rank(split("tạm trú")),
    )


def test_a_class_that_nothing_was_learned_of_is_as_unlikely_as_any() -> None:
    texts = {"khai-sinh": ["làm giấy khai sinh"], "khai-tu": ["làm giấy khai tử"]}
    weights = learned(texts | {"khai-tu": ["một"]} | {"ket-hon": ["kết hôn"]})
    only = Weights(
        ("ket-hon",),
        {},
        weights.rare[:0],
        np.zeros(1, np.int32),
        weights.to[:0],
        weights.values[:0],
        weights.bias[:1],
    )
    matcher = Matcher(index(texts), only, READER, CONTRASTS)
    logs = {match.entry: match.log for match in matcher.rank(split("giấy khai")).matches}
    assert logs == pytest.approx({"khai-sinh": math.log(LEAST), "khai-tu": math.log(LEAST)}, abs=1e-4)


MANY = [f"e{number:02}" for number in range(KEPT + 6)]


@settings(deadline=None, max_examples=20)
@given(
    SENTENCES, st.lists(st.lists(SENTENCES, min_size=1, max_size=2), min_size=len(MANY), max_size=len(MANY))
)
def test_looking_no_further_than_needed_never_changes_the_winner(
    question: str, runs: list[list[str]]
) -> None:
    texts = dict(zip(MANY, runs, strict=True))
    weights = learned(texts)
    found = Matcher(index(texts), weights, READER, CONTRASTS).rank(split(question)).matches
    seen, _ = Twin(texts, Opinion.of(weights), (), Mix()).rank(split(question))
    assert len(found) == len(seen) <= KEPT
    if seen:
        assert found[0].score == pytest.approx(seen[0].score, abs=NEAR)
