"""The fast comparison against the slow, plain one."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge.phrasings import Phrasing
from bot.knowledge.review.likeness import CONFUSABLE, compare
from bot.text.frequency import rarity
from bot.text.words import split

WORDS = [
    "đăng",
    "ký",
    "khai",
    "sinh",
    "tử",
    "kết",
    "hôn",
    "lại",
    "xóa",
    "tạm",
    "trú",
    "thường",
    "trú",
    "sổ",
    "đỏ",
    "mất",
    "giấy",
    "quá",
    "hạn",
]


def phrasings(*pairs: tuple[str, str]) -> list[Phrasing]:
    return [Phrasing(entry, text, "a.yaml", number) for number, (entry, text) in enumerate(pairs, 1)]


def plain(found: list[Phrasing]) -> dict[tuple[str, str], float]:
    """Weighted Jaccard of every two phrasings of different entries, the best for each two entries."""
    best: dict[tuple[str, str], float] = {}
    for one, two in combinations(found, 2):
        first, second = ({word.folded for word in split(p.text)} for p in (one, two))
        if one.entry == two.entry or first == second:
            continue
        weight = sum(map(rarity, first & second)) / sum(map(rarity, first | second))
        pair = (min(one.entry, two.entry), max(one.entry, two.entry))
        if weight >= CONFUSABLE:
            best[pair] = max(weight, best.get(pair, 0.0))
    return best


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("abcd"), st.lists(st.sampled_from(WORDS), min_size=1, max_size=8)),
        max_size=14,
    )
)
def test_finds_the_pairs_that_comparing_all_with_all_finds(drawn: list[tuple[str, list[str]]]) -> None:
    found = phrasings(*((entry, " ".join(words)) for entry, words in drawn))
    _, confusable = compare(found, ())
    fast = {}
    for pair in confusable:
        key = (min(pair.first.entry, pair.second.entry), max(pair.first.entry, pair.second.entry))
        fast[key] = pair.likeness
    assert fast == pytest.approx(plain(found))


def test_nearly_the_same_names_both_places() -> None:
    found = phrasings(
        ("a", "đăng ký kết hôn ở đâu"), ("b", "Ở đâu đăng ky ket hon"), ("a", "ở đâu đăng ký kết hôn ạ")
    )
    [problem], _ = compare(found, ["ạ"])
    assert problem.severity == "warning"
    assert (problem.file, problem.line) == ("a.yaml", 2)
    assert "`a` (a.yaml, dòng 1)" in problem.what


def test_says_nothing_of_phrasings_of_one_entry() -> None:
    assert compare(phrasings(("a", "xóa tạm trú"), ("a", "xoa tam tru")), ()) == ([], [])
