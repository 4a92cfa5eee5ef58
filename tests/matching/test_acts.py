"""What a message does, from weights made by hand and from weights that were learned."""

from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.learning.train import learn_acts
from bot.matching import Acts
from bot.matching.acts import act_names, group_of
from bot.text.words import split
from tests.matching.plain_weights import weights_of

WORDS = st.sampled_from(
    ["cảm", "ơn", "em", "cháy", "nhà", "hồ", "sơ", "của", "tôi", "chưa", "đăng", "ký", "cam", "on"]
)
MESSAGES = st.lists(WORDS, max_size=8).map(" ".join)


def by_hand(odds: Mapping[str, float]) -> Acts:
    """Acts of these probabilities, whatever is said."""
    bias = np.log(np.array(list(odds.values()), np.float32))
    return Acts(weights_of({}, tuple(odds), bias=bias.tolist()))


def test_the_act_of_the_likeliest_group_that_is_likeliest_in_it() -> None:
    """Small talk as a whole is likelier than a question, though no kind of it is."""
    odds = {"question": 0.4, "greeting-thanks": 0.35, "greeting-hello": 0.2, "emergency-113": 0.05}
    act = by_hand(odds).of(split("cảm ơn"))
    assert (act.name, act.group) == ("greeting-thanks", "greeting")
    assert (act.probability, act.of_group) == pytest.approx((0.35, 0.55))


def test_an_act_without_a_kind_is_its_own_group() -> None:
    act = by_hand({"question": 0.7, "greeting-thanks": 0.3}).of(split("thế"))
    assert (act.name, act.group) == ("question", "question")
    assert (act.probability, act.of_group) == pytest.approx((0.7, 0.7))


@pytest.mark.parametrize(
    ("name", "group"),
    [("question", "question"), ("greeting-thanks", "greeting"), ("personal-ho-so-cua-toi", "personal")],
)
def test_a_group_is_what_stands_before_the_first_hyphen(name: str, group: str) -> None:
    assert group_of(name) == group


KINDS = ["question", "greeting-thanks", "greeting-hello", "emergency-113", "emergency-115", "personal-x"]


@given(st.dictionaries(st.sampled_from(KINDS), st.floats(0.01, 1), min_size=1))
def test_no_group_is_likelier_and_no_act_is_likelier_than_its_group(odds: dict[str, float]) -> None:
    total = sum(odds.values())
    act = by_hand(odds).of(())
    groups: dict[str, float] = {}
    for name, odd in odds.items():
        groups[group_of(name)] = groups.get(group_of(name), 0.0) + odd / total
    assert act.of_group == pytest.approx(max(groups.values()), abs=1e-5)
    assert act.of_group == pytest.approx(groups[act.group], abs=1e-5)
    assert act.probability == pytest.approx(odds[act.name] / total, abs=1e-5)
    assert act.probability <= act.of_group + 1e-6


def test_looks_at_words_neighbours_edges_and_marks() -> None:
    assert act_names(split("cảm ơn em")) == {
        *("cam", "on", "em"),
        *("| cam", "cam on", "on em", "em |"),
        *("| cam on", "cam on em", "on em |"),
        *("=cam4", "=ơn"),
    }


def test_a_message_without_words_is_two_edges() -> None:
    assert act_names(()) == {"| |"}


@given(MESSAGES)
def test_without_marks_the_same_is_seen_but_for_the_marks(message: str) -> None:
    bare = " ".join(word.folded for word in split(message))
    assert act_names(split(bare)) == {name for name in act_names(split(message)) if not name.startswith("=")}


@pytest.fixture(scope="module")
def learned() -> Acts:
    messages = {
        "question": ["đăng ký kết hôn ở đâu", "làm hồ sơ gì", "hồ sơ gồm gì", "nộp hồ sơ ở đâu"],
        "greeting-thanks": ["cảm ơn em", "cảm ơn em nhiều", "dạ cảm ơn", "cảm ơn nha"],
        "emergency-114": ["cháy nhà rồi", "cháy nhà cứu với", "nhà cháy cứu với", "cháy nhà"],
        "personal-x": [
            *("hồ sơ của tôi xong chưa", "hồ sơ của tôi tới đâu", "giấy của tôi xong chưa"),
            *("đơn của tôi xong chưa", "giấy của tôi tới đâu", "sổ của tôi xong chưa"),
        ],
    }
    return Acts(learn_acts({act: [split(text) for text in run] for act, run in messages.items()}))


@pytest.mark.parametrize(
    ("message", "name"),
    [
        ("cảm ơn nhiều", "greeting-thanks"),
        ("cam on em", "greeting-thanks"),
        ("cháy nhà", "emergency-114"),
        ("thẻ của tôi xong chưa", "personal-x"),
        ("hồ sơ ở đâu", "question"),
    ],
)
def test_learns_to_tell_acts_apart(learned: Acts, message: str, name: str) -> None:
    assert learned.of(split(message)).name == name


@given(message=MESSAGES)
def test_what_it_tells_is_a_probability(learned: Acts, message: str) -> None:
    act = learned.of(split(message))
    assert 0 <= act.probability <= act.of_group + 1e-6 <= 1 + 2e-6
    assert group_of(act.name) == act.group
