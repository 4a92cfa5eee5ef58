"""Weights that were learned, asked and kept."""

import math
from collections.abc import Iterable
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.facets import Facet
from bot.matching import FacetReader, FeatureReader, Weights
from bot.matching.weights import MARKED, SCALE, names
from bot.text.word_lists import WordList
from bot.text.words import split

Table = dict[str, dict[str, float]]  # feature → class → weight
CLASSES = ("a", "b", "~c")
NAMES = st.sampled_from(["khai", "sinh", "khai sinh", "=khai", "tử"])
VALUES = st.floats(-4, 4, width=16)


def weights(
    table: Table, rare: dict[str, float], bias: Iterable[float], classes: tuple[str, ...] = CLASSES
) -> Weights:
    """The weights of a plain table."""
    sizes = [len(of) for of in table.values()]
    return Weights(
        classes,
        {name: number for number, name in enumerate(table)},
        np.array([rare[name] for name in table], np.float32),
        np.cumsum([0, *sizes]).astype(np.int32),
        np.array([classes.index(name) for of in table.values() for name in of], np.int32),
        np.array([value for of in table.values() for value in of.values()], np.float32),
        np.array(list(bias), np.float32),
    )


@st.composite
def plain(draw: st.DrawFn) -> tuple[Table, dict[str, float], list[float]]:
    table = draw(st.dictionaries(NAMES, st.dictionaries(st.sampled_from(CLASSES), VALUES)))
    rare = {name: draw(st.floats(0.5, 10, width=16)) for name in table}
    return table, rare, draw(st.lists(VALUES, min_size=len(CLASSES), max_size=len(CLASSES)))


def plain_logs(table: Table, rare: dict[str, float], bias: list[float], asked: Iterable[str]) -> list[float]:
    """Softmax by the book, of a vector of length SCALE."""
    known = {name for name in asked if name in table}
    length = math.sqrt(sum(rare[name] ** 2 for name in known))
    scores = [
        base + sum(SCALE * rare[name] / length * table[name].get(class_, 0.0) for name in known)
        for class_, base in zip(CLASSES, bias, strict=True)
    ]
    total = math.log(sum(math.exp(score) for score in scores))
    return [score - total for score in scores]


@given(plain(), st.lists(NAMES | st.just("pizza"), max_size=6))
def test_the_logarithms_are_those_of_the_plain_sum(
    one: tuple[Table, dict[str, float], list[float]], asked: list[str]
) -> None:
    assert weights(*one).logs(asked).tolist() == pytest.approx(plain_logs(*one, asked), abs=1e-3)


@given(plain(), st.lists(NAMES, max_size=6))
def test_the_probabilities_sum_to_one(
    one: tuple[Table, dict[str, float], list[float]], asked: list[str]
) -> None:
    logs = weights(*one).logs(asked)
    assert np.exp(logs).sum() == pytest.approx(1, abs=1e-5)
    assert (logs <= 1e-6).all()


@given(plain(), st.lists(NAMES, max_size=6), st.randoms())
def test_neither_order_nor_repetition_nor_unknown_features_count(
    one: tuple[Table, dict[str, float], list[float]], asked: list[str], dice: Random
) -> None:
    other = [*asked, *asked[:2], "pizza", "lưu động"]
    dice.shuffle(other)
    assert weights(*one).logs(other).tolist() == weights(*one).logs(asked).tolist()


def test_a_question_of_nothing_known_is_told_by_the_bias_alone() -> None:
    found = weights({"khai": {"a": 4.0}}, {"khai": 1.0}, [0.0, math.log(3), 0.0]).logs(["pizza"])
    assert np.exp(found).tolist() == pytest.approx([0.2, 0.6, 0.2])


def test_a_question_is_as_long_whatever_the_number_of_its_features() -> None:
    one = weights({"khai": {"a": 0.5}, "sinh": {"a": 0.5}}, {"khai": 3.0, "sinh": 4.0}, [0.0, 0.0, 0.0])
    score = {
        asked: one.logs(asked.split())[0] - one.logs(asked.split())[1] for asked in ("khai", "khai sinh")
    }
    assert score["khai"] == pytest.approx(SCALE * 0.5)
    assert score["khai sinh"] == pytest.approx(SCALE * 0.5 * (3 / 5 + 4 / 5))


def test_asking_changes_no_weight() -> None:
    one = weights({"khai": {"a": 0.5}}, {"khai": 3.0}, [0.0, 1.0, 0.0])
    before = one.bias.tolist(), one.values.tolist()
    assert one.logs(["khai"]).tolist() == one.logs(["khai"]).tolist()
    assert (one.bias.tolist(), one.values.tolist()) == before


@settings(deadline=None)
@given(plain(), st.lists(NAMES, max_size=6))
def test_what_was_kept_tells_the_same(
    one: tuple[Table, dict[str, float], list[float]], asked: list[str]
) -> None:
    """Values of half precision lose nothing."""
    made = weights(*one)
    again = Weights.of_arrays(made.arrays("w"), "w")
    assert (again.classes, again.rows) == (made.classes, made.rows)
    assert again.logs(asked).tolist() == made.logs(asked).tolist()


def test_values_are_rounded_to_half_precision_when_kept() -> None:
    made = weights({"khai": {"a": 1 / 3, "b": 2.0}}, {"khai": 1 / 3}, [1 / 3, 0.0, 0.0])
    again = Weights.of_arrays(made.arrays("w"), "w")
    assert again.values.tolist() == [float(np.float16(1 / 3)), 2.0]
    assert (again.rare.tolist(), again.bias.tolist()) == (made.rare.tolist(), made.bias.tolist())


@pytest.mark.parametrize("number", [2**15 - 1, 2**15, 2**15 + 1])
def test_many_classes_are_kept_as_they_are(number: int) -> None:
    classes = tuple(map(str, range(number)))
    made = weights({"khai": {classes[-1]: 4.0}}, {"khai": 1.0}, [0.0] * number, classes)
    again = Weights.of_arrays(made.arrays("w"), "w")
    assert again.classes[int(again.logs(["khai"]).argmax())] == classes[-1]


def test_several_weights_lie_side_by_side_under_their_names() -> None:
    one = weights({"khai": {"a": 1.0}}, {"khai": 1.0}, [0.0] * 3)
    two = weights({"sinh": {"b": 2.0}}, {"sinh": 2.0}, [1.0] * 3)
    both = {**one.arrays("one"), **two.arrays("two")}
    assert dict(Weights.of_arrays(both, "one").rows) == {"khai": 0}
    assert dict(Weights.of_arrays(both, "two").rows) == {"sinh": 0}
    with pytest.raises(KeyError):
        Weights.of_arrays(both, "three")


def test_looks_at_features_and_at_content_words_as_marked() -> None:
    reader = FeatureReader(WordList(["cho"]), FacetReader({Facet.WHERE: ["ở đâu"]}))
    assert names(reader.read(split("khai sinh cho con gai chị"))) == {
        *("khai", "sinh", "con", "gai", "chi"),
        *("khai sinh", "sinh con", "con gai", "gai chi"),
        MARKED + "chi5",
    }
