"""The same ranking is demanded of the matcher and of its slow, plain twin."""

import math
from collections.abc import Mapping
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.learning.train import learn
from bot.matching import Matcher, Mix, Ranking, Weights
from bot.matching.build import build
from bot.matching.index import Index
from bot.matching.match import KEPT, LEAST
from bot.text.words import split
from tests.matching.base import CONTRASTS, READER, WORDS
from tests.matching.plain_weights import weights_of
from tests.matching.twin import Opinion, Seen, Texts, Twin

SIGNALS = ("score", "log", "likeness", "coverage", "pairs")
NEAR = 1e-4


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


SENTENCES = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)
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
    rare = {name: draw(shares) for name in table}
    return weights_of(table, classes, rare, [draw(st.floats(-3, 3, width=32)) for _ in classes])


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
    only = weights_of({}, ("ket-hon",))
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
