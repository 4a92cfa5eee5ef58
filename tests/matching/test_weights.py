"""Weights that were learned, asked and kept."""

import math
from collections.abc import Iterable
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.matching import Weights
from bot.matching.weights import FINEST, MARKED, names
from bot.text.words import split
from tests.matching.plain_weights import weights_of

CLASSES = ("a", "b", "~c")
DIMENSIONS = 2
NAMES = ["khai", "sinh", "khai sinh", "=khai", "tử"]
ASKED = st.lists(st.sampled_from(NAMES), max_size=6)
VALUES = st.floats(-4, 4, width=16)


@st.composite
def some_weights(draw: st.DrawFn) -> Weights:
    """Weights that nobody learned."""
    known = draw(st.lists(st.sampled_from(NAMES), unique=True))
    steps = st.lists(st.integers(-FINEST, FINEST), min_size=DIMENSIONS, max_size=DIMENSIONS)
    row = st.lists(VALUES, min_size=len(CLASSES), max_size=len(CLASSES))
    return Weights(
        CLASSES,
        {name: number for number, name in enumerate(known)},
        np.array([draw(st.floats(0.5, 10, width=16)) for _ in known], np.float32),
        np.array([draw(steps) for _ in known], np.int8).reshape(len(known), DIMENSIONS),
        np.array([draw(st.floats(0.125, 1, width=16)) for _ in known], np.float32),
        np.array([draw(row) for _ in range(DIMENSIONS)], np.float32),
        np.array(draw(row), np.float32),
    )


def plain_logs(weights: Weights, asked: Iterable[str]) -> list[float]:
    """Softmax by the book, of the sum of the points, weighed by a vector of length 1."""
    known = {name: weights.rows[name] for name in asked if name in weights.rows}
    length = math.sqrt(sum(float(weights.rare[row]) ** 2 for row in known.values()))
    scores = [float(bias) for bias in weights.bias]
    for row in known.values():
        share = float(weights.rare[row]) / length
        for dimension in range(DIMENSIONS):
            place = float(weights.points[row, dimension]) * float(weights.sizes[row])
            for at in range(len(scores)):
                scores[at] += share * place * float(weights.directions[dimension, at])
    highest = max(scores)
    total = highest + math.log(sum(math.exp(score - highest) for score in scores))
    return [score - total for score in scores]


@given(some_weights(), st.lists(st.sampled_from([*NAMES, "pizza"]), max_size=6))
def test_the_logarithms_are_those_of_the_plain_sum(weights: Weights, asked: list[str]) -> None:
    assert weights.logs(asked).tolist() == pytest.approx(plain_logs(weights, asked), abs=1e-3)


@given(some_weights(), ASKED)
def test_the_probabilities_sum_to_one(weights: Weights, asked: list[str]) -> None:
    logs = weights.logs(asked)
    assert np.exp(logs).sum() == pytest.approx(1, abs=1e-5)
    assert (logs <= 1e-6).all()


@given(some_weights(), ASKED, st.randoms())
def test_neither_order_nor_repetition_nor_unknown_features_count(
    weights: Weights, asked: list[str], dice: Random
) -> None:
    other = [*asked, *asked[:2], "pizza", "lưu động"]
    dice.shuffle(other)
    assert weights.logs(other).tolist() == weights.logs(asked).tolist()


def test_a_question_of_nothing_known_is_told_by_the_bias_alone() -> None:
    found = weights_of({"khai": {"a": 4.0}}, CLASSES, bias=[0.0, math.log(3), 0.0]).logs(["pizza"])
    assert np.exp(found).tolist() == pytest.approx([0.2, 0.6, 0.2])


def test_a_question_is_as_long_whatever_the_number_of_its_features() -> None:
    one = weights_of({"khai": {"a": 0.5}, "sinh": {"a": 0.5}}, CLASSES, rare={"khai": 3.0, "sinh": 4.0})
    score = {
        asked: one.logs(asked.split())[0] - one.logs(asked.split())[1] for asked in ("khai", "khai sinh")
    }
    assert score["khai"] == pytest.approx(0.5, abs=1e-3)
    assert score["khai sinh"] == pytest.approx(0.5 * (3 / 5 + 4 / 5), abs=1e-3)


def test_asking_changes_no_weight() -> None:
    one = weights_of({"khai": {"a": 0.5}}, CLASSES)
    before = [array.tobytes() for array in one.arrays("w").values()]
    assert one.logs(["khai"]).tolist() == one.logs(["khai"]).tolist()
    assert [array.tobytes() for array in one.arrays("w").values()] == before


@settings(deadline=None)
@given(some_weights(), ASKED)
def test_what_was_kept_tells_the_same(weights: Weights, asked: list[str]) -> None:
    again = Weights.of_arrays(weights.arrays("w"), "w")
    assert (again.classes, again.rows) == (weights.classes, weights.rows)
    assert again.logs(asked).tolist() == weights.logs(asked).tolist()


POINTS = st.lists(st.lists(st.floats(-3, 3, width=32), min_size=3, max_size=3), max_size=4)


@given(POINTS)
def test_points_are_kept_to_half_a_step_of_their_largest_number(points: list[list[float]]) -> None:
    plain = np.array(points, np.float32).reshape(len(points), 3)
    rows = {str(number): number for number in range(len(points))}
    ones = np.ones(len(points), np.float32)
    made = Weights.of(("a",), rows, ones, plain, np.zeros((3, 1), np.float32), np.zeros(1, np.float32))
    largest = np.abs(plain).max(axis=1, initial=1e-3)
    assert (np.abs(made.plain_points() - plain) <= largest[:, None] * 0.505 / FINEST).all()
    again = Weights.of_arrays(made.arrays("w"), "w")
    assert again.plain_points().tolist() == made.plain_points().tolist()


def test_several_weights_lie_side_by_side_under_their_names() -> None:
    one, two = weights_of({"khai": {"a": 1.0}}, CLASSES), weights_of({"sinh": {"b": 2.0}}, CLASSES)
    both = {**one.arrays("one"), **two.arrays("two")}
    assert dict(Weights.of_arrays(both, "one").rows) == {"khai": 0}
    assert dict(Weights.of_arrays(both, "two").rows) == {"sinh": 0}
    with pytest.raises(KeyError):
        Weights.of_arrays(both, "three")


def test_looks_at_words_pairs_and_words_as_marked() -> None:
    assert names(split("con gai chị")) == {"con", "gai", "chi", "con gai", "gai chi", MARKED + "chi5"}
    assert names(()) == frozenset()
