"""Several questions in one message: found where the judge says so, one where it does not."""

from collections.abc import Callable, Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.deciding.halves import log_odds
from bot.deciding.part import Part
from bot.deciding.several import LONGEST, MAYBE_TWO, MOST, MOST_WAYS, STATED, SURE_SENTENCE, Several
from bot.facets import Facet
from bot.knowledge import Knowledge
from bot.outcomes import Outcome
from bot.reading import Reading
from bot.reading.parts import fragments_of
from tests.deciding.messages import (
    ENOUGH,
    SURE,
    UNSURE,
    ask,
    judge,
    of_last_name,
    of_names,
    part,
    reading,
    several_of,
    small_base,
    text_of,
)


@pytest.fixture(scope="module")
def small(knowledge: Knowledge) -> Knowledge:
    return small_base(knowledge)


@pytest.fixture(scope="module")
def several(small: Knowledge) -> Several:
    return several_of(small, judge())


def test_one_question_is_one(several: Several) -> None:
    whole = of_names(reading("khai sinh lệ phí bao nhiêu"))
    assert several.parts(whole, [whole.reading], of_names) == (whole,)


def test_each_sentence_that_asks_is_a_question(several: Several) -> None:
    text = "Tôi mới sinh con. Khai sinh cần giấy tờ gì? Kết hôn lệ phí bao nhiêu?"
    assert ask(several, text.lower()) == [("khai-sinh", Facet.DOCUMENTS), ("ket-hon", Facet.FEE)]


def test_a_sentence_that_names_nothing_goes_on_with_the_one_before(several: Several) -> None:
    text = "khai sinh cần giấy tờ gì? lệ phí bao nhiêu? kết hôn nộp ở đâu?"
    sentences = [reading(one) for one in fragments_of(text)]
    found = several.parts(of_names(reading(text)), sentences, of_names)
    assert [(each.decision.entry, each.facets) for each in found] == [
        ("khai-sinh", (Facet.FEE, Facet.DOCUMENTS)),
        ("ket-hon", (Facet.WHERE,)),
    ]


def test_what_goes_on_is_decided_as_the_one_before(several: Several) -> None:
    text = "khai sinh cần giấy tờ gì? lệ phí bao nhiêu?"
    found = several.parts(of_names(reading(text)), [reading(one) for one in fragments_of(text)], of_names)
    assert [each.decision.outcome for each in found] == [Outcome.ANSWERED] * 2
    assert [each.decision.confidence for each in found] == [SURE] * 2


def test_the_same_question_twice_is_one(several: Several) -> None:
    assert ask(several, "khai sinh ở đâu? khai sinh ở đâu vậy?") == [("khai-sinh", Facet.WHERE)]


@pytest.mark.parametrize(
    "text",
    [
        "khai sinh ở đâu? trời mưa không?",  # the second is not understood by itself
        "lệ phí bao nhiêu? khai sinh ở đâu?",  # the first goes on with nothing
        "tôi làm khai sinh. trời mưa.",  # none asks, and not each is sure
    ],
)
def test_sentences_that_are_not_each_sure_are_one_question(several: Several, text: str) -> None:
    whole = part(text, "khai-sinh", UNSURE)
    assert ask(several, text, whole) == [(whole.decision.entry, whole.decision.facet)]


def test_two_sentences_that_do_not_ask_are_parted_where_each_side_is_sure(several: Several) -> None:
    assert ask(several, "tôi làm khai sinh. xin kết hôn.") == [("khai-sinh", None), ("ket-hon", None)]
    assert len(ask(several, "tôi làm khai sinh. ạ. xin kết hôn.")) == 1  # only two sentences need not ask


def test_what_is_told_first_belongs_to_the_question_after_it(several: Several) -> None:
    text = "tôi mới khai sinh. cần gì? kết hôn ở đâu?"
    assert ask(several, text) == [("khai-sinh", None), ("ket-hon", Facet.WHERE)]


def test_what_only_leads_up_to_the_question_is_none(several: Several) -> None:
    """Unless it is short: "khai sinh và kết hôn ở đâu" asks of both."""
    told = "tôi mới sinh con hôm thứ hai tuần trước ở quê nhà nên phải làm khai sinh và kết hôn ở đâu"
    assert len(ask(several, told)) == 1
    both = [("khai-sinh", Facet.WHERE), ("ket-hon", Facet.WHERE)]
    assert ask(several, "khai sinh và kết hôn ở đâu") == both
    assert ask(several, "tôi mới khai sinh. kết hôn ở đâu?") == both


def test_takes_no_more_than_some(several: Several) -> None:
    text = "khai sinh gì? khai tử gì? kết hôn gì? khai sinh ở đâu?"
    assert [entry for entry, _ in ask(several, text)] == ["khai-sinh", "khai-tu", "ket-hon"]
    assert MOST == 3


def test_a_joining_word_joins_two_matters(several: Several) -> None:
    assert ask(several, "khai sinh lệ phí và kết hôn ở đâu") == [
        ("khai-sinh", Facet.FEE),
        ("ket-hon", Facet.WHERE),
    ]


@pytest.mark.parametrize("text", ["khai sinh và kết hôn lệ phí bao nhiêu", "lệ phí khai sinh với kết hôn"])
def test_what_is_asked_of_one_is_asked_of_both(several: Several, text: str) -> None:
    assert ask(several, text) == [("khai-sinh", Facet.FEE), ("ket-hon", Facet.FEE)]


@pytest.mark.parametrize("outcome", Outcome)
def test_only_what_is_stated_and_sure_is_a_question_of_its_own(several: Several, outcome: Outcome) -> None:
    text = "khai sinh và kết hôn"

    def decide(confidence: float) -> Callable[[Reading], Part]:
        def of(one: Reading) -> Part:
            found = of_names(one).decision.entry
            return part(text_of(one), found, confidence, outcome)

        return of

    whole = part(text, "khai-sinh", UNSURE)
    assert len(ask(several, text, whole, decide(ENOUGH + 0.01))) == (2 if outcome in STATED else 1)
    assert len(ask(several, text, whole, decide(ENOUGH - 0.01))) == 1


def test_the_way_that_is_likeliest_counts(several: Several) -> None:
    text = "khai sinh và cho con với kết hôn"
    sure: Mapping[str, tuple[str, float]] = {
        "khai sinh": ("khai-sinh", 0.95),
        "cho con với kết hôn": ("ket-hon", 0.65),
        "khai sinh và cho con": ("khai-tu", 0.8),
        "kết hôn": ("ket-hon", 0.9),
        "cho con": ("khai-tu", 0.1),
    }

    def decide(one: Reading) -> Part:
        told = text_of(one)
        return part(told, *sure[told])

    assert ask(several, text, part(text, "khai-sinh", UNSURE), decide) == [
        ("khai-tu", None),
        ("ket-hon", None),
    ]


def test_a_half_may_be_two_questions_in_its_turn(several: Several) -> None:
    found = ask(several, "khai sinh ở đâu và khai tử và kết hôn", decide=of_last_name)
    assert [entry for entry, _ in found] == ["khai-sinh", "khai-tu", "ket-hon"]


@pytest.mark.parametrize(
    "text", ["lệ phí khai sinh và khai tử và kết hôn", "khai sinh và khai tử và kết hôn lệ phí thế nào"]
)
def test_what_is_asked_of_one_is_asked_of_all_three(several: Several, text: str) -> None:
    found = ask(several, text, decide=of_last_name)
    assert found == [("khai-sinh", Facet.FEE), ("khai-tu", Facet.FEE), ("ket-hon", Facet.FEE)]


def test_only_so_many_ways_are_looked_at(several: Several) -> None:
    text = " và ".join(["khai sinh", "khai tử"] * MOST_WAYS)
    asked: list[Reading] = []

    def decide(one: Reading) -> Part:
        asked.append(one)
        return of_last_name(one)

    assert len(list(several.ways(of_last_name(reading(text)), (), decide))) <= MOST_WAYS
    assert 2 < len(asked) <= 2 * MOST_WAYS


def test_a_story_is_one_question(several: Several) -> None:
    padding = " ".join(["ạ"] * (LONGEST - 5))
    assert len(ask(several, f"khai sinh {padding} và kết hôn")) == 2
    assert len(ask(several, f"khai sinh {padding} ạ và kết hôn")) == 1


def test_what_goes_on_needs_a_first_question_that_is_understood(several: Several) -> None:
    text = "khai sinh cần giấy tờ gì? lệ phí bao nhiêu?"

    def decide(confidence: float) -> Callable[[Reading], Part]:
        return lambda one: part(text_of(one), "khai-sinh", confidence)

    whole = part(text, "khai-sinh", UNSURE)
    assert len(ask(several, text, whole, decide(SURE_SENTENCE))) == 2
    assert len(ask(several, text, whole, decide(SURE_SENTENCE - 0.01))) == 1


def test_what_may_be_a_second_question_stays_within_reach(small: Knowledge) -> None:
    text = "khai sinh và kết hôn"
    whole = part(text, "khai-sinh", SURE)

    def beside(probability: float) -> list[str]:
        unsure = several_of(small, judge(log_odds(probability), kin=0.0))
        (found,) = unsure.parts(whole, [whole.reading], of_names)
        assert found.decision.entry == "khai-sinh"
        return [candidate.entry for candidate in found.decision.candidates]

    assert beside(MAYBE_TWO + 0.01) == ["ket-hon"]
    assert beside(MAYBE_TWO - 0.01) == []


def test_one_word_is_no_question(several: Several) -> None:
    def decide(one: Reading) -> Part:
        return part(text_of(one), "ket-hon" if one.words[0].text == "cưới" else "khai-sinh", SURE)

    whole = part("khai sinh và cưới", "khai-sinh", UNSURE)
    assert len(ask(several, "khai sinh và cưới", whole, decide)) == 1
    assert len(ask(several, "khai sinh và cưới vợ", part("khai sinh và cưới vợ", None, UNSURE), decide)) == 2


WORDS = st.sampled_from(
    ["khai sinh", "kết hôn", "khai tử", "và", "lệ phí", "ở đâu", "?", "gì", "lưu động", "ạ"]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS, max_size=14).map(" ".join))
def test_there_is_always_a_question_and_never_one_twice(several: Several, text: str) -> None:
    found = ask(several, text)
    assert 1 <= len(found) <= MOST
    assert len(set(found)) == len(found)
