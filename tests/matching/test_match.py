from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.matching import Match
from bot.text.words import split
from tests.matching.base import PHRASINGS, WORDS, matcher


def rank(question: str, phrasings: dict[str, list[str]] = PHRASINGS) -> Sequence[Match]:
    return matcher(phrasings).rank(split(question)).matches


@pytest.mark.parametrize("entry", PHRASINGS)
def test_finds_an_entry_by_each_of_its_phrasings(entry: str) -> None:
    for phrasing in PHRASINGS[entry]:
        best = rank(phrasing)[0]
        assert best.entry == entry
        assert (best.likeness, best.coverage, best.pairs) == pytest.approx((1, 1, best.pairs))


def test_finds_without_marks() -> None:
    assert rank("dang ky khai sinh")[0].entry == "khai-sinh"


def test_a_typed_mark_decides() -> None:
    by_entry = {match.entry: match.likeness for match in rank("đăng ký khai tự")}
    assert rank("đăng ký khai tử")[0].likeness > by_entry["khai-tu"]


def test_one_shared_word_is_little_likeness() -> None:
    assert rank("đăng ký xe máy")[0].likeness < 0.5


@pytest.mark.parametrize("question", ["pizza", "", "tôi cần"])
def test_finds_nothing_where_nothing_is_shared(question: str) -> None:
    assert rank(question) == ()


def test_counts_words_that_change_what_is_asked() -> None:
    best = rank("xóa đăng ký tạm trú")[0]
    assert (best.entry, best.contrasts) == ("tam-tru", 1)
    assert rank("đăng ký tạm trú")[0].contrasts == 0


def test_uncovered_words_lower_the_coverage() -> None:
    assert rank("đăng ký kết hôn lưu động")[0].coverage < rank("đăng ký kết hôn")[0].coverage


def test_a_fact_is_less_alike_when_something_else_is_asked_of_its_subject() -> None:
    phrasings = {"khai-sinh": ["làm giấy khai sinh"], "so-giay": ["bao nhiêu giấy khai sinh"]}
    ranked = matcher(phrasings, {"so-giay"})
    assert ranked.rank(split("làm giấy khai sinh cần giấy gì")).matches[0].entry == "khai-sinh"
    assert ranked.rank(split("bao nhiêu giấy khai sinh")).matches[0].entry == "so-giay"


def test_background_is_no_match_but_speaks_against_one() -> None:
    near = ["đăng ký kênh youtube", "kênh youtube của con", "xem kênh youtube", "kênh youtube hay"]
    phrasings = PHRASINGS | {"~near": near}
    ranking = matcher(phrasings).rank(split("đăng ký kênh youtube"))
    assert all(not match.entry.startswith("~") for match in ranking.matches)
    assert ranking.background > 0.5
    assert ranking.like_background == pytest.approx(1)


sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)


@settings(max_examples=50, deadline=None)
@given(sentences)
def test_signals_stay_in_bounds_and_ranking_is_by_score(question: str) -> None:
    matches = rank(question)
    for match in matches:
        assert 0 < match.likeness <= 1 + 1e-6
        assert 0 <= match.coverage <= 1 + 1e-6
        assert 0 <= match.pairs <= 1 + 1e-6
        assert match.log <= 0
    assert [m.score for m in matches] == sorted((m.score for m in matches), reverse=True)
