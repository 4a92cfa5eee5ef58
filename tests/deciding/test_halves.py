"""What two halves of a message say of whether each is a question: the numbers, and that the judge weighs them."""

import math
from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.deciding import Decision
from bot.deciding.halves import HALVES, LEAST_LOG, UNLIKELY, Halves, log_odds
from bot.deciding.part import Part
from bot.deciding.several import Several
from bot.knowledge import Knowledge
from bot.outcomes import Outcome
from bot.reading import Reading
from bot.reading.parts import fragments_of
from tests.deciding.messages import (
    LOG,
    SURE,
    UNSURE,
    judge,
    of_names,
    part,
    reading,
    several_of,
    small_base,
)


@pytest.fixture(scope="module")
def several(knowledge: Knowledge) -> Several:
    return several_of(small_base(knowledge), judge())


SAYS: Mapping[str, tuple[str, float]] = {
    "weaker_odds": ("khai sinh và khai tử", log_odds(SURE)),
    "stronger_odds": ("khai sinh và khai tử", log_odds(SURE)),
    "whole_odds": ("khai sinh và khai tử", log_odds(UNSURE)),
    "one_is_the_whole": ("khai sinh và khai tử", 1),
    "kin": ("khai sinh và lưu động", 1),
    "first_asks": ("khai sinh ở đâu và khai tử", 1),
    "second_asks": ("khai sinh và khai tử ở đâu", 1),
    "one_names_nothing": ("khai sinh và ở đâu", 1),
    "least_log_in_whole": ("khai sinh và khai tử", LOG),
}
SAYS_NOT: Mapping[str, tuple[str, float]] = {
    "whole_odds": ("khai sinh và ở đâu", log_odds(SURE)),
    "kin": ("khai sinh và khai tử", 0),
    "first_asks": ("khai sinh và khai tử ở đâu", 0),
    "second_asks": ("khai sinh ở đâu và khai tử", 0),
    "one_names_nothing": ("khai sinh và khai tử", 0),
    "least_log_in_whole": ("khai sinh và kết hôn", LEAST_LOG),
}


def halves_of(several: Several, text: str, whole: Part | None = None) -> Halves:
    def decide(one: Reading) -> Part:
        found = of_names(one)
        decision = Decision(Outcome.ANSWERED, "ket-hon", None, SURE)
        return found if found.decision.entry else replace(found, decision=decision)

    sentences = [reading(one) for one in fragments_of(text)]
    (way,) = several.ways(whole or of_names(reading(text)), sentences, decide)
    return way.halves


@pytest.mark.parametrize("name", HALVES)
def test_each_number_says_what_its_name_says(several: Several, name: str) -> None:
    text, value = SAYS[name]
    assert getattr(halves_of(several, text), name) == value


@pytest.mark.parametrize("name", SAYS_NOT)
def test_each_number_says_so_where_it_is_not(several: Several, name: str) -> None:
    text, value = SAYS_NOT[name]
    assert getattr(halves_of(several, text), name) == value


def test_the_whole_may_be_answered_by_neither(several: Several) -> None:
    text = "khai sinh và khai tử"
    assert halves_of(several, text, part(text, "ket-hon", SURE)).one_is_the_whole == 0
    assert halves_of(several, text, part(text, None, None, Outcome.NO_MATCH)).one_is_the_whole == 0


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("khai sinh được không ạ", True),
        ("có khai sinh không hay làm sau", True),  # after "có"
        ("tôi không khai sinh cho con năm trước", False),  # says what is not
        ("khai sinh đã bao nhiêu rồi", False),  # looks like asking
        ("khai sinh bao nhiêu", True),
    ],
)
def test_tells_asking_from_telling(several: Several, text: str, *, asks: bool) -> None:
    assert halves_of(several, f"{text} và khai tử").first_asks == asks


@pytest.mark.parametrize("name", HALVES)
def test_the_judge_weighs_each_number(name: str) -> None:
    halves = Halves(*(0.0 for _ in HALVES))
    more = replace(halves, **{name: 1.0})
    assert judge(0.0, **{name: 2.0}).are_two(more) > judge(0.0, **{name: 2.0}).are_two(halves) == 0.5


@pytest.mark.parametrize(
    ("probability", "kept"), [(None, UNLIKELY), (0.0, UNLIKELY), (1.0, 1 - UNLIKELY), (0.5, 0.5), (0.7, 0.7)]
)
def test_odds_are_kept_within_bounds(probability: float | None, kept: float) -> None:
    assert log_odds(probability) == pytest.approx(math.log(kept / (1 - kept)))
