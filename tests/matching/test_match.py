from collections.abc import Container, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.facets import Facet
from bot.matching import Contrasts, FacetReader, Match, Matcher
from bot.matching.features import FeatureReader
from bot.matching.index import build
from bot.matching.match import EXTRA, MISSING, OPEN_QUESTION, OTHER_QUESTION
from bot.text.word_lists import WordList
from bot.text.words import agreement, split

PHRASINGS = {
    "khai-sinh": ["đăng ký khai sinh", "làm giấy khai sinh cho con"],
    "khai-tu": ["đăng ký khai tử", "làm giấy chứng tử"],
    "ket-hon": ["đăng ký kết hôn", "làm giấy kết hôn"],
    "tam-tru": ["đăng ký tạm trú", "ở trọ đăng ký ở đâu"],
}
STOP = WordList(["tôi", "ở", "cho"], ["cần"])
FACETS = FacetReader({Facet.DOCUMENTS: ["cần giấy gì"], Facet.WHERE: ["ở đâu"], "quantity": ["bao nhiêu"]})
CONTRASTS = WordList(["xóa", "gia hạn"])


def matcher(phrasings: dict[str, list[str]] = PHRASINGS, facts: Container[str] = ()) -> Matcher:
    words = {entry: [split(text) for text in texts] for entry, texts in phrasings.items()}
    reader, contrasts = FeatureReader(STOP, FACETS), Contrasts(CONTRASTS)
    return Matcher(build(words, reader, contrasts), reader, contrasts, facts)


def rank(question: str, phrasings: dict[str, list[str]] = PHRASINGS) -> list[Match]:
    return matcher(phrasings).rank(split(question))


@pytest.mark.parametrize("entry", PHRASINGS)
def test_finds_an_entry_by_each_of_its_phrasings(entry: str) -> None:
    for phrasing in PHRASINGS[entry]:
        best = rank(phrasing)[0]
        assert (best.entry, best.likeness, best.coverage) == (entry, pytest.approx(1), pytest.approx(1))


def test_finds_without_marks() -> None:
    assert rank("dang ky khai sinh")[0].entry == "khai-sinh"


def test_a_typed_mark_decides() -> None:
    assert rank("đăng ký khai tử")[0].likeness > rank("đăng ký khai tự")[0].likeness


def test_one_shared_word_is_little_likeness() -> None:
    assert rank("đăng ký xe máy")[0].likeness < 0.5


def test_finds_nothing_where_nothing_is_shared() -> None:
    assert rank("pizza") == []
    assert rank("") == []
    assert rank("tôi cần") == []


def test_counts_words_that_change_what_is_asked() -> None:
    best = rank("xóa đăng ký tạm trú")[0]
    assert (best.entry, best.contrasts) == ("tam-tru", 1)
    assert rank("đăng ký tạm trú")[0].contrasts == 0


def test_uncovered_words_lower_the_coverage() -> None:
    assert rank("đăng ký kết hôn lưu động")[0].coverage < rank("đăng ký kết hôn")[0].coverage


def plain_likeness(question: str, phrasings: dict[str, list[str]], facts: set[str]) -> dict[str, float]:
    """The slow, plain twin: Tversky's index for every phrasing, written out."""
    reader = FeatureReader(STOP, FACETS)
    weigh = matcher(phrasings).index.weigh
    asked = reader.read(split(question))
    best: dict[str, float] = {}
    for entry, texts in phrasings.items():
        for text in texts:
            phrase = reader.read(split(text))
            known = {feature.name: feature for feature in phrase.items}
            both = 0.0
            for feature in asked.items:
                if feature.name in known:
                    marks = 1.0
                    for typed, word in zip(feature.words, known[feature.name].words, strict=True):
                        marks *= agreement(typed, word)
                    both += weigh(feature) * marks
            missing = max(0.0, sum(map(weigh, known.values())) - both)
            extra = sum(map(weigh, asked.items)) - both
            if both > 0:
                likeness = both / (both + MISSING * missing + EXTRA * extra)
                if entry in facts and asked.asks != phrase.asks:
                    likeness *= OPEN_QUESTION if asked.asks is None or phrase.asks is None else OTHER_QUESTION
                if entry not in facts and asked.asks == "quantity" and phrase.asks != "quantity":
                    likeness *= OTHER_QUESTION
                best[entry] = max(best.get(entry, 0.0), likeness)
    return best


WORDS = [
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
    "khai",
    "dang",
    "ky",
    "tu",
]
sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)


knowledge_bases = st.dictionaries(
    st.sampled_from("abcd"), st.lists(sentences, min_size=1, max_size=3), min_size=1
)


@settings(deadline=None)
@given(sentences, knowledge_bases, st.sets(st.sampled_from("abcd")))
def test_likeness_is_what_the_plain_twin_says(
    question: str, phrasings: dict[str, list[str]], facts: set[str]
) -> None:
    found = {match.entry: match.likeness for match in matcher(phrasings, facts).rank(split(question))}
    assert found == pytest.approx(plain_likeness(question, phrasings, facts))


def test_a_fact_is_less_alike_when_something_else_is_asked_of_its_subject() -> None:
    phrasings = {"khai-sinh": ["làm giấy khai sinh"], "so-giay": ["bao nhiêu giấy khai sinh"]}
    ranked = matcher(phrasings, {"so-giay"})
    assert ranked.rank(split("làm giấy khai sinh cần giấy gì"))[0].entry == "khai-sinh"
    assert ranked.rank(split("bao nhiêu giấy khai sinh"))[0].entry == "so-giay"


@settings(deadline=None)
@given(sentences)
def test_signals_stay_in_bounds_and_ranking_is_by_likeness(question: str) -> None:
    matches: Sequence[Match] = rank(question)
    for match in matches:
        assert 0 < match.likeness <= 1
        assert 0 <= match.coverage <= 1 + 1e-9
        assert 0 < match.phrase_coverage <= 1
    assert [m.likeness for m in matches] == sorted((m.likeness for m in matches), reverse=True)
