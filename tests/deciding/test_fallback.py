import pytest

from bot.deciding.fallback import BESIDE_THE_POINT, NOT_UNDERSTOOD, Step, step
from bot.outcomes import OUTCOMES, Outcome

ASKED, NO = Outcome.CLARIFIED, Outcome.NO_MATCH


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        (ASKED, [], Step.CANDIDATES),
        (NO, [], Step.REPHRASE),
        (NO, [ASKED], Step.REPHRASE),  # none of the candidates fits
        (ASKED, [NO], Step.CANDIDATES),
        (NO, [NO], Step.PEOPLE),
        (NO, [NO, ASKED], Step.PEOPLE),
        (ASKED, [NO, ASKED], Step.PEOPLE),
        (ASKED, [ASKED, ASKED], Step.PEOPLE),
        (NO, [NO, NO, NO], Step.PEOPLE),
        (NO, [Outcome.ANSWERED, NO, NO], Step.REPHRASE),
        (NO, [Outcome.CHOSEN, NO], Step.REPHRASE),
        (NO, [Outcome.GREETING, NO], Step.PEOPLE),  # a thank-you in between changes nothing
        (ASKED, [Outcome.UNSUPPORTED, NO, Outcome.ERROR, ASKED], Step.PEOPLE),
    ],
)
def test_the_step(now: Outcome, before: list[Outcome], expected: Step) -> None:
    assert step(now, before) is expected


def test_every_outcome_is_an_answer_a_failure_or_beside_the_point() -> None:
    answers = {outcome for outcome, meaning in OUTCOMES.items() if meaning.is_answer}
    assert answers | NOT_UNDERSTOOD | BESIDE_THE_POINT == set(Outcome)
    assert not NOT_UNDERSTOOD & BESIDE_THE_POINT


@pytest.mark.parametrize("length", range(12))
def test_never_says_three_times_in_a_row_that_it_does_not_understand(length: int) -> None:
    for pattern in range(2**length):
        said, before = 0, []
        for at in range(length):
            now = NO if pattern >> at & 1 else ASKED
            said += step(now, before) is not Step.PEOPLE
            before.insert(0, now)
        assert said <= 2
