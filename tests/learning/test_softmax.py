"""Learning weights from toy phrasings whose answer is plain."""

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.learning.softmax import DIMENSIONS, EPOCHS, LEAST_ROWS, VOICES, WARM_EPOCHS, Rows, fit, update
from bot.matching import Weights

TOY = {
    "khai-sinh": [
        "khai sinh",
        "giấy khai sinh",
        "đăng ký khai sinh",
        "khai sinh cho con",
        "xin giấy khai sinh",
    ],
    "khai-tu": ["khai tử", "giấy khai tử", "đăng ký khai tử", "khai tử cho cha", "xin giấy khai tử"],
    "ket-hon": ["kết hôn", "giấy kết hôn", "đăng ký kết hôn", "kết hôn với vợ", "xin giấy kết hôn"],
}


def rows(phrasings: dict[str, list[str]] = TOY) -> Rows:
    """Each phrasing as the set of its words."""
    labels = [label for label, run in enumerate(phrasings.values()) for _ in run]
    names = [frozenset(text.split()) for run in phrasings.values() for text in run]
    return Rows(names, np.array(labels, np.int32), tuple(phrasings))


def likeliest(weights: Weights, words: str) -> str:
    return weights.classes[int(np.argmax(weights.logs(words.split())))]


def told(weights: Weights, word: str) -> dict[str, float]:
    """How much a word speaks for each class, given nothing else."""
    scores = weights.plain_points()[weights.rows[word]] @ weights.directions
    return dict(zip(weights.classes, (scores - scores.mean()).tolist(), strict=True))


def bytes_of(weights: Weights) -> list[bytes]:
    return [array.tobytes() for array in weights.arrays("w").values()]


def test_learns_what_can_be_told_apart() -> None:
    weights = fit(rows())
    for name, phrasings in TOY.items():
        assert [likeliest(weights, text) for text in phrasings] == [name] * len(phrasings)


def test_reads_what_it_never_saw_by_the_words_it_knows() -> None:
    weights = fit(rows())
    assert likeliest(weights, "xin trích lục tử gấp") == "khai-tu"
    assert likeliest(weights, "hôn") == "ket-hon"


def test_a_telling_word_weighs_more_than_one_that_all_share() -> None:
    weights = fit(rows())
    assert told(weights, "sinh")["khai-sinh"] > abs(told(weights, "giấy")["khai-sinh"])
    assert told(weights, "sinh")["khai-sinh"] > told(weights, "khai")["khai-sinh"]


def test_a_word_speaks_against_classes_that_have_it_not() -> None:
    spoken = told(fit(rows()), "hôn")
    assert spoken["khai-sinh"] < 0 < spoken["ket-hon"]


def test_many_phrasings_make_a_class_likelier_where_nothing_tells() -> None:
    weights = fit(rows({"a": [f"x y {number}" for number in range(40)], "b": ["z y 1", "z y 2"]}))
    assert likeliest(weights, "nothing that is known") == "a"


def test_the_same_rows_give_the_same_bytes() -> None:
    before = fit(rows())
    assert bytes_of(before) == bytes_of(fit(rows()))
    assert bytes_of(update(rows(), before)) == bytes_of(update(rows(), before))


def test_the_weights_it_starts_from_are_left_as_they_were() -> None:
    before = fit(rows())
    was = bytes_of(before)
    update(rows(), before)
    assert bytes_of(before) == was


def test_starting_from_weights_carries_them_to_where_they_belong(monkeypatch: pytest.MonkeyPatch) -> None:
    """With no step made after that: classes in another order, one gone, one new, and new words."""
    before = fit(rows())
    monkeypatch.setattr("bot.learning.softmax.WARM_EPOCHS", 0)
    other = {
        "ly-hon": ["ly hôn", "giấy ly hôn", "đơn ly hôn", "xin ly hôn"],
        "ket-hon": [*TOY["ket-hon"], "kết hôn lại", "lại kết hôn", "lại", "lại nữa"],
        "khai-sinh": TOY["khai-sinh"],
    }
    after = update(rows(other), before)
    assert set(after.rows) == {*before.rows, "ly", "lại"}
    for word, row in before.rows.items():
        at = after.rows[word]
        assert after.rare[at] == before.rare[row]
        largest = float(np.abs(before.plain_points()[row]).max())
        assert after.plain_points()[at] == pytest.approx(before.plain_points()[row], abs=largest / 1000)
    for name in ("ket-hon", "khai-sinh"):
        old, new = before.classes.index(name), after.classes.index(name)
        assert after.directions[:, new].tolist() == before.directions[:, old].tolist()
        assert after.bias[new] == before.bias[old]
    assert after.bias[after.classes.index("ly-hon")] == 0


def test_starting_from_weights_leaves_points_of_features_it_does_not_see() -> None:
    before = fit(rows())
    new = [frozenset(text.split()) for text in ("ly hôn", "giấy ly hôn", "ly hôn với vợ", "ly hôn cha")]
    after = update(Rows(new, np.array([3] * 4, np.int32), (*TOY, "ly-hon")), before)
    seen = {word for each in new for word in each}
    unseen = [word for word in before.rows if word not in seen]
    assert unseen
    for word in unseen:
        old, now = before.plain_points()[before.rows[word]], after.plain_points()[after.rows[word]]
        assert now == pytest.approx(old, abs=float(np.abs(old).max()) / 1000)
    assert likeliest(after, "xin ly hôn") == "ly-hon"


def test_starting_from_weights_learns_what_is_new_beside_what_it_sees_again() -> None:
    more = TOY | {"ly-hon": ["ly hôn", "giấy ly hôn", "đăng ký ly hôn", "xin giấy ly hôn"]}
    after = update(rows(more), fit(rows()))
    for name, phrasings in more.items():
        assert [likeliest(after, text) for text in phrasings] == [name] * len(phrasings)


def test_tells_how_much_is_done_from_little_to_all() -> None:
    done: list[float] = []
    before = fit(rows(), done.append)
    assert done == pytest.approx([(at + 1) / EPOCHS / VOICES for at in range(EPOCHS * VOICES)])
    done.clear()
    update(rows(), before, done.append)
    assert done == pytest.approx([(epoch + 1) / WARM_EPOCHS for epoch in range(WARM_EPOCHS)])


def test_the_mean_of_the_scores_of_several_voices_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    both = fit(rows())
    monkeypatch.setattr("bot.learning.softmax.VOICES", 1)
    first = fit(rows())
    scores, plain = (w.plain_points() @ w.directions + w.bias for w in (both, first))
    half = both.plain_points()[:, : first.points.shape[1]] @ both.directions[: first.points.shape[1]]
    assert both.points.shape[1] == VOICES * first.points.shape[1]
    spread = float(np.abs(first.plain_points() @ first.directions).max())
    assert VOICES * half == pytest.approx(first.plain_points() @ first.directions, abs=0.1 * spread)
    assert np.abs(scores - plain).max() < spread  # a mean, no sum
    assert likeliest(both, "giấy khai sinh") == likeliest(first, "giấy khai sinh")


def test_more_rows_than_one_step_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.learning.softmax.BATCH", 5)
    done: list[float] = []
    weights = fit(rows(), done.append)
    assert done == sorted(done)
    assert (len(done), done[-1]) == (VOICES * EPOCHS * 3, 1.0)
    assert [likeliest(weights, run[0]) for run in TOY.values()] == list(TOY)


WORDS = st.sampled_from(["khai", "sinh", "tử", "kết", "hôn", "giấy", "con"])
PHRASINGS = st.dictionaries(
    st.sampled_from(["a", "b", "c"]),
    st.lists(st.lists(WORDS, max_size=4).map(" ".join), min_size=1, max_size=4),
    min_size=1,
)


@settings(deadline=None, max_examples=40)
@given(PHRASINGS)
def test_a_feature_has_a_point_where_enough_phrasings_have_it(phrasings: dict[str, list[str]]) -> None:
    counts = Counter(word for run in phrasings.values() for text in run for word in set(text.split()))
    weights = fit(rows(phrasings))
    assert set(weights.rows) == {word for word, count in counts.items() if count >= LEAST_ROWS}
    assert weights.points.shape == (len(weights.rows), VOICES * DIMENSIONS)


@settings(deadline=None, max_examples=40)
@given(PHRASINGS)
def test_keeps_the_inverse_frequency_of_each_feature(phrasings: dict[str, list[str]]) -> None:
    sets = [set(text.split()) for run in phrasings.values() for text in run]
    weights = fit(rows(phrasings))
    for word, row in weights.rows.items():
        having = sum(word in each for each in sets)
        assert weights.rare[row] == pytest.approx(1 + math.log((len(sets) + 1) / (having + 1)), abs=1e-5)


@settings(deadline=None, max_examples=40)
@given(PHRASINGS, st.lists(WORDS | st.just("pizza"), max_size=5))
def test_probabilities_sum_to_one(phrasings: dict[str, list[str]], asked: Sequence[str]) -> None:
    shares = np.exp(fit(rows(phrasings)).logs(asked))
    assert shares.sum() == pytest.approx(1, abs=1e-5)
    assert (shares >= 0).all()


def test_a_single_class_is_certain() -> None:
    weights = fit(rows({"a": ["khai sinh", "khai tử"]}))
    assert np.exp(weights.logs(["khai"])) == pytest.approx([1.0])


def test_phrasings_that_share_no_word_teach_only_how_many_there_are() -> None:
    weights = fit(rows({"a": ["một"], "b": ["hai"]}))
    assert dict(weights.rows) == {}
    assert np.exp(weights.logs(["một"])) == pytest.approx([0.5, 0.5], abs=0.05)
