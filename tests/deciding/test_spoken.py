"""What a message does other than asking."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.deciding.spoken import (
    CLEAR_DANGER,
    CLEAR_OWN,
    CLEAR_TALK,
    DANGER,
    LONGEST_TALK,
    OF_PROCEDURES,
    OWN_FILE,
    SMALL_TALK,
    Spoken,
    spoken,
)
from bot.facets import Facet
from bot.matching import Act, Asked
from bot.outcomes import Outcome

NOTHING = Asked(None, frozenset())
FEE = Asked("fee", frozenset({0, 1}))
QUANTITY = Asked("quantity", frozenset())


def said(name: str, of_group: float, asked: Asked = NOTHING, words: int = 5) -> Spoken | None:
    group = name.partition("-")[0]
    return spoken(Act(name, of_group / 2, group, {group: of_group}), asked, words)


@pytest.mark.parametrize(
    ("name", "least", "expected"),
    [
        ("emergency-113", DANGER, Spoken(Outcome.EMERGENCY, "113")),
        ("emergency-fire-at-sea", DANGER, Spoken(Outcome.EMERGENCY, "fire-at-sea")),
        ("greeting-thanks", SMALL_TALK, Spoken(Outcome.GREETING, "thanks")),
        ("greeting-small-talk", SMALL_TALK, Spoken(Outcome.GREETING, "small-talk")),
        ("personal-ho-so-cua-toi", OWN_FILE, Spoken(Outcome.PERSONAL_FILE, "ho-so-cua-toi")),
    ],
)
def test_each_act_from_its_probability_on(name: str, least: float, expected: Spoken) -> None:
    assert said(name, least) == expected
    assert said(name, 1.0) == expected
    assert said(name, least - 0.01) is None


def test_the_probability_of_the_whole_group_counts() -> None:
    """Sure of danger and unsure which is danger all the same."""
    act = Act("emergency-113", DANGER / 2, "emergency", {"emergency": DANGER})
    assert spoken(act, NOTHING, 5) == Spoken(Outcome.EMERGENCY, "113")


@pytest.mark.parametrize("asked", [FEE, QUANTITY])
def test_who_asks_for_part_of_an_answer_makes_small_talk_only_where_that_is_clear(asked: Asked) -> None:
    assert said("greeting-hello", CLEAR_TALK - 0.01, asked) is None
    assert said("greeting-hello", CLEAR_TALK, asked) is not None
    assert said("emergency-115", CLEAR_DANGER - 0.01, asked) is None
    assert said("emergency-115", CLEAR_DANGER, asked) is not None
    assert said("personal-ho-so-cua-toi", 1.0, asked) is not None


@pytest.mark.parametrize("facet", Facet)
def test_what_is_asked_of_a_procedure_is_about_the_own_file_only_where_that_is_clear(facet: Facet) -> None:
    asked = Asked(facet.value, frozenset())
    least = CLEAR_OWN if facet in OF_PROCEDURES else OWN_FILE
    assert said("personal-ho-so-cua-toi", least, asked) is not None
    assert said("personal-ho-so-cua-toi", least - 0.01, asked) is None


def test_small_talk_is_short_and_danger_may_be_told_at_length() -> None:
    assert said("greeting-hello", 1.0, words=LONGEST_TALK) is not None
    assert said("greeting-hello", 1.0, words=LONGEST_TALK + 1) is None
    assert said("emergency-115", 1.0, words=LONGEST_TALK + 1) is not None


@given(st.floats(0, 1), st.integers(0, 100))
def test_a_question_is_never_anything_else(of_group: float, words: int) -> None:
    assert said("question", of_group, words=words) is None
