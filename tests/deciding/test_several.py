"""Several questions in one message: found where each is sure, one where they are not."""

from collections.abc import Callable, Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.deciding import Decision
from bot.deciding.several import (
    LONGEST_JOINED,
    MOST,
    STATED,
    SURE_PART,
    SURE_WHOLE,
    Part,
    Several,
)
from bot.facets import Facet
from bot.knowledge import Knowledge
from bot.knowledge.language import Conversation
from bot.outcomes import Outcome
from bot.reading import Reading
from bot.reading.parts import fragments_of
from bot.text.words import split
from tests.deciding.entries import information

CONVERSATION = Conversation(
    goes_on=(),
    refers=(),
    names_nothing=(),
    facet_words={},
    corrects=(),
    denies=(),
    negates=(),
    joins=("và", "với", "với lại"),
)
CUES = {"lệ phí": Facet.FEE, "giấy tờ": Facet.DOCUMENTS, "ở đâu": Facet.WHERE}
SURE, UNSURE = 0.9, 0.3


@pytest.fixture(scope="module")
def several(knowledge: Knowledge) -> Several:
    small = Knowledge.of(
        knowledge.ward,
        knowledge.calendar,
        [
            information("khai-sinh"),
            information("khai-sinh-luu-dong", family="khai-sinh"),
            information("khai-tu"),
            information("ket-hon"),
        ],
        knowledge.language,
        "small",
    )
    return Several(small, CONVERSATION)


def reading(text: str) -> Reading:
    return Reading(text, split(text), split(text), ())


def part(text: str, entry: str | None, confidence: float | None, outcome: Outcome = Outcome.ANSWERED) -> Part:
    """What is decided of a text, asked for what its cues say."""
    facets = tuple(facet for cue, facet in CUES.items() if cue in text)
    facet = facets[0] if facets else None
    return Part(reading(text), Decision(outcome, entry, facet, confidence), facets)


def of_names(one: Reading) -> Part:
    """An answer as sure as the text names one entry and no other."""
    text = " ".join(word.text for word in one.words)
    names = {
        "khai sinh": "khai-sinh",
        "lưu động": "khai-sinh-luu-dong",
        "khai tử": "khai-tu",
        "kết hôn": "ket-hon",
    }
    named = [entry for name, entry in names.items() if name in text]
    if not named:
        return part(text, None, UNSURE, Outcome.NO_MATCH)
    return part(text, named[-1], SURE if len(named) == 1 else UNSURE)


def names_nothing(one: Reading) -> bool:
    text = " ".join(word.text for word in one.words)
    return of_names(one).decision.entry is None and any(cue in text for cue in CUES)


def ask(
    several: Several, text: str, whole: Part | None = None, decide: Callable[[Reading], Part] = of_names
) -> list[tuple[str | None, Facet | None]]:
    whole = whole or decide(reading(text))
    sentences = [reading(one) for one in fragments_of(text)]
    found = several.parts(whole, sentences, decide, names_nothing)
    return [(each.decision.entry, each.decision.facet) for each in found]


def test_one_question_is_one(several: Several) -> None:
    whole = of_names(reading("khai sinh lệ phí bao nhiêu"))
    assert several.parts(whole, [whole.reading], of_names, names_nothing) == (whole,)


def test_each_sentence_that_asks_is_a_question(several: Several) -> None:
    text = "Tôi mới sinh con. Khai sinh cần giấy tờ gì? Kết hôn lệ phí bao nhiêu?"
    assert ask(several, text.lower()) == [("khai-sinh", Facet.DOCUMENTS), ("ket-hon", Facet.FEE)]


def test_a_sentence_that_names_nothing_goes_on_with_the_one_before(several: Several) -> None:
    text = "khai sinh cần giấy tờ gì? lệ phí bao nhiêu? kết hôn nộp ở đâu?"
    assert ask(several, text) == [
        ("khai-sinh", Facet.DOCUMENTS),
        ("khai-sinh", Facet.FEE),
        ("ket-hon", Facet.WHERE),
    ]


def test_what_goes_on_is_decided_as_the_one_before(several: Several) -> None:
    text = "khai sinh cần giấy tờ gì? lệ phí bao nhiêu?"
    found = several.parts(
        of_names(reading(text)), [reading(one) for one in fragments_of(text)], of_names, names_nothing
    )
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


def test_sentences_that_do_not_ask_are_parted_where_each_side_is_sure(several: Several) -> None:
    assert ask(several, "tôi làm khai sinh. xin kết hôn.") == [("khai-sinh", None), ("ket-hon", None)]
    many = "tôi làm khai sinh. ạ. ạ. xin kết hôn."
    assert len(fragments_of(many)) > MOST
    assert len(ask(several, many)) == 1


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


def test_kin_are_one_matter(several: Several) -> None:
    assert ask(several, "khai tử và lưu động") == [("khai-tu", None), ("khai-sinh-luu-dong", None)]
    assert len(ask(several, "khai sinh và lưu động")) == 1
    assert len(ask(several, "lưu động và khai sinh")) == 1


def test_a_message_that_is_sure_as_a_whole_is_one_question(several: Several) -> None:
    text = "khai sinh và kết hôn"
    assert len(ask(several, text, part(text, "khai-sinh", SURE_WHOLE))) == 1
    assert len(ask(several, text, part(text, "khai-sinh", SURE_WHOLE - 0.01))) == 2
    assert len(ask(several, text, part(text, None, None, Outcome.NO_MATCH))) == 2


@pytest.mark.parametrize("outcome", Outcome)
def test_only_what_is_stated_and_sure_is_a_question_of_its_own(several: Several, outcome: Outcome) -> None:
    text = "khai sinh và kết hôn"

    def decide(confidence: float) -> Callable[[Reading], Part]:
        def of(one: Reading) -> Part:
            found = of_names(one).decision.entry
            return part(one.question, found, confidence, outcome)

        return of

    whole = part(text, "khai-sinh", UNSURE)
    assert len(ask(several, text, whole, decide(SURE_PART))) == (2 if outcome in STATED else 1)
    assert len(ask(several, text, whole, decide(SURE_PART - 0.01))) == 1


def test_the_joining_word_whose_weaker_part_is_surest_counts(several: Several) -> None:
    text = "khai sinh và cho con với kết hôn"
    sure: Mapping[str, tuple[str, float]] = {
        "khai sinh": ("khai-sinh", 0.95),
        "cho con với kết hôn": ("ket-hon", 0.65),
        "khai sinh và cho con": ("khai-tu", 0.8),
        "kết hôn": ("ket-hon", 0.9),
    }

    def decide(one: Reading) -> Part:
        told = " ".join(word.text for word in one.words)
        return part(told, *sure[told])

    assert ask(several, text, part(text, "khai-sinh", UNSURE), decide) == [
        ("khai-tu", None),
        ("ket-hon", None),
    ]


def test_a_story_is_not_taken_apart_at_its_and(several: Several) -> None:
    padding = " ".join(["ạ"] * (LONGEST_JOINED - 5))
    assert len(ask(several, f"khai sinh {padding} và kết hôn")) == 2
    assert len(ask(several, f"khai sinh {padding} ạ và kết hôn")) == 1


def test_one_word_is_no_question(several: Several) -> None:
    def decide(one: Reading) -> Part:
        return part(one.question, "ket-hon" if one.words[0].text == "cưới" else "khai-sinh", SURE)

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
