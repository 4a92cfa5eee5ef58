"""Whether a question goes on with the last answer; every threshold from both sides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.deciding.confidence import Confidence
from bot.deciding.follow_up import (
    ELSEWHERE,
    FIRST,
    FOLLOWS,
    HALF_OWN,
    LONGEST,
    MORE_OWN,
    NAMED,
    OWN,
    OWN_NAMED,
    OWN_WORDS,
    SHORT,
    SURELY_OWN,
    FollowUps,
)
from bot.facets import Facet
from bot.knowledge.language import Conversation
from bot.matching import FacetReader, Match, Ranking
from bot.text.word_lists import WordList
from bot.text.words import split

CONVERSATION = Conversation(
    goes_on=("còn", "thế", "nếu"),
    refers=("giấy đó", "việc này"),
    names_nothing=("làm", "nộp", "mất"),
    facet_words={"fee": ("lệ phí", "tiền"), "time": ("ngày",)},
    corrects=("không phải", "ý em là"),
    denies=("không phải ... mà",),
    negates=(),
    joins=("và",),
    asks=(),
)
STOP = WordList(["ạ", "dạ", "thì", "em"])
FACETS = FacetReader({Facet.FEE: ["lệ phí bao nhiêu"], Facet.TIME: ["bao lâu"], Facet.WHERE: ["ở đâu"]})
FOLLOW_UPS = FollowUps(CONVERSATION, STOP)
UNSURE = (OWN_WORDS + FOLLOWS) / 2
KIN = frozenset({"khai-sinh", "khai-sinh-luu-dong"})
NO_RANKING = Ranking((), 0.0, 0.0, 1.0, 0)


def names_nothing(question: str) -> bool:
    words = split(question)
    return FOLLOW_UPS.names_nothing(words, FACETS.read(words))


def match(entry: str, coverage: float = 0.5, likeness: float = 0.5) -> Match:
    return Match(entry, score=1.0, log=-1.0, likeness=likeness, coverage=coverage, pairs=0.0, contrasts=0)


def ranking(*matches: Match, background: float = 0.0, like_background: float = 0.0) -> Ranking:
    return Ranking(matches or (match("ket-hon"),), background, like_background, 0.0, 3)


def goes_on(question: str, found: Ranking, first: float | None, follows: float = UNSURE) -> bool:
    words = split(question)
    sure = None if first is None else Confidence(max(first, 0.5), first)
    return FOLLOW_UPS.goes_on(words, FACETS.read(words), found, sure, KIN, follows)


@pytest.mark.parametrize(
    ("question", "is_nothing"),
    [
        ("lệ phí", True),
        ("dạ còn lệ phí thì sao ạ", False),  # "sao" is in no list here
        ("dạ còn lệ phí ạ", True),
        ("con le phi a", True),
        ("nộp ở đâu ạ", True),
        ("làm giấy đó mất bao lâu", True),
        ("lệ phí kết hôn", False),
        ("kết hôn", False),
        ("", True),
    ],
)
def test_names_nothing_when_every_word_is_padding(question: str, *, is_nothing: bool) -> None:
    assert names_nothing(question) is is_nothing


@pytest.mark.parametrize("question", ["còn lệ phí?", "lệ phí", "làm giấy đó bao lâu"])
def test_what_names_nothing_goes_on_however_sure_another_entry_is(question: str) -> None:
    assert goes_on(question, ranking(match("ket-hon", coverage=1.0)), 0.99)
    assert goes_on(question, NO_RANKING, None)


def test_without_a_word_nothing_goes_on() -> None:
    assert not goes_on("", ranking(match("khai-sinh")), 0.1)


def corrects(question: str) -> bool:
    return FOLLOW_UPS.corrects(split(question))


@pytest.mark.parametrize(
    "question", ["không phải, khai tử", "ý em là khai tử", "y em la khai tu", "dạ không phải"]
)
def test_what_puts_right_says_so_at_the_start(question: str) -> None:
    assert corrects(question)


@pytest.mark.parametrize("question", ["", "khai tử", "khai tử không phải kết hôn", "dạ em thì không phải"])
def test_a_correction_comes_at_once(question: str) -> None:
    assert FIRST == 2
    assert not corrects(question)


@pytest.mark.parametrize(
    ("question", "facet"),
    [
        ("còn lệ phí", Facet.FEE),
        ("con le phi", Facet.FEE),
        ("thế ngày mất tiền", Facet.TIME),  # the first that is said
        ("còn kết hôn", None),
        ("", None),
    ],
)
def test_a_bare_word_asks_for_a_facet(question: str, facet: Facet | None) -> None:
    assert FOLLOW_UPS.facet(split(question)) is facet


def test_nothing_that_matched_says_nothing() -> None:
    assert not goes_on("còn kết hôn", NO_RANKING, None)


def test_a_long_question_says_itself_what_it_is_about() -> None:
    short = "kết " * SHORT
    assert goes_on(short, ranking(match("khai-sinh")), 0.3)
    assert not goes_on(short + "hôn", ranking(match("khai-sinh")), 0.1)


@pytest.mark.parametrize("entry", sorted(KIN))
def test_what_fits_the_family_of_the_last_answer_goes_on_unless_it_names_the_matter_itself(
    entry: str,
) -> None:
    assert goes_on("khai lưu động", ranking(match(entry, coverage=1.0)), 0.5)
    assert not goes_on("khai lưu động", ranking(match(entry, coverage=1.0)), 0.99)


@pytest.mark.parametrize("question", ["còn kết hôn", "kết hôn giấy đó", "kết hôn"])
def test_another_entry_that_is_named_begins_anew(question: str) -> None:
    of_last = NAMED - MORE_OWN
    named = ranking(match("ket-hon", coverage=NAMED), match("khai-sinh", coverage=of_last - 0.01))
    assert not goes_on(question, named, OWN_NAMED)
    assert goes_on(question, named, OWN_NAMED - 0.01)
    less = ranking(match("ket-hon", coverage=NAMED - 0.01), match("khai-sinh", coverage=0.0))
    assert goes_on(question, less, OWN_NAMED)
    of_both = ranking(match("ket-hon", coverage=NAMED), match("khai-sinh", coverage=of_last + 0.01))
    assert goes_on(question, of_both, OWN_NAMED)


@pytest.mark.parametrize("question", ["còn kết hôn", "nếu kết hôn", "kết hôn việc này"])
def test_what_leads_on_or_refers_goes_on_up_to_a_surer_other_entry(question: str) -> None:
    assert goes_on(question, ranking(), OWN - 0.01)
    assert not goes_on(question, ranking(), OWN)


def test_what_leads_on_does_so_only_at_the_start() -> None:
    assert not goes_on("kết hôn còn", ranking(), HALF_OWN)
    assert goes_on("còn kết hôn", ranking(), HALF_OWN)


def test_where_nothing_says_that_it_goes_on_less_is_enough_to_begin_anew() -> None:
    assert goes_on("kết hôn", ranking(), HALF_OWN - 0.01)
    assert not goes_on("kết hôn", ranking(), HALF_OWN)


def test_what_is_likely_none_of_ours_begins_anew() -> None:
    elsewhere = ranking(match("ket-hon", likeness=0.5), background=ELSEWHERE, like_background=0.6)
    assert not goes_on("giá vàng", elsewhere, 0.1)
    less = ranking(match("ket-hon", likeness=0.5), background=ELSEWHERE - 0.01, like_background=0.6)
    assert goes_on("giá vàng", less, 0.1)
    unlike = ranking(match("ket-hon", likeness=0.5), background=ELSEWHERE, like_background=0.5)
    assert goes_on("giá vàng", unlike, 0.1)


SHARES = st.floats(0, 1)
RANKINGS = st.builds(
    Ranking,
    st.lists(
        st.builds(
            Match,
            st.sampled_from(["khai-sinh", "ket-hon", "khai-tu"]),
            SHARES,
            SHARES,
            SHARES,
            SHARES,
            st.just(0),
        ),
        min_size=1,
        max_size=3,
    ).map(tuple),
    SHARES,
    SHARES,
    SHARES,
    st.integers(1, 9),
)
QUESTIONS = st.lists(
    st.sampled_from(["còn", "kết", "hôn", "giấy đó", "lệ phí", "dạ", "không phải"]), max_size=8
).map(" ".join)


@given(QUESTIONS, RANKINGS, SHARES, SHARES)
def test_the_surer_another_entry_the_less_it_goes_on(
    question: str, found: Ranking, one: float, two: float
) -> None:
    less, more = sorted((one, two))
    assert goes_on(question, found, less) >= goes_on(question, found, more)


def test_what_cannot_be_understood_by_itself_goes_on_unless_another_entry_is_all_but_certain() -> None:
    named = ranking(match("ket-hon", coverage=1.0))
    assert goes_on("kết hôn", named, SURELY_OWN - 0.01, FOLLOWS)
    assert not goes_on("kết hôn", named, SURELY_OWN, FOLLOWS)
    assert not goes_on("kết hôn", named, SURELY_OWN - 0.01, FOLLOWS - 0.01)


def test_it_may_be_longer_than_what_may_speak_for_itself() -> None:
    words = "hôn " * (SHORT + 1)
    assert goes_on(words, ranking(), 0.1, FOLLOWS)
    assert not goes_on(words, ranking(), 0.1, FOLLOWS - 0.01)
    assert not goes_on("hôn " * (LONGEST + 1), ranking(), 0.1, 1.0)


def test_what_speaks_for_itself_goes_on_only_where_nothing_is_matched() -> None:
    assert not goes_on("còn kết hôn", ranking(), OWN_NAMED, OWN_WORDS - 0.01)
    assert goes_on("còn kết hôn", ranking(), OWN_NAMED - 0.01, OWN_WORDS - 0.01)
    assert goes_on("còn kết hôn", ranking(), OWN_NAMED, OWN_WORDS)
