"""What comes when a question was not understood: candidates, one request to rephrase, then people."""

from collections.abc import Sequence
from datetime import timedelta
from enum import Enum, auto

from bot.outcomes import Outcome

PATIENCE = 2  # times in a row that a person is told they were not understood; then people take over
REMEMBERED = timedelta(minutes=30)  # a longer silence begins a new conversation
LOOK_BACK = 20  # questions

NOT_UNDERSTOOD = frozenset({Outcome.NO_MATCH, Outcome.CLARIFIED})
BESIDE_THE_POINT = frozenset(
    {
        Outcome.GREETING,
        Outcome.PERSONAL_DATA,
        Outcome.EMERGENCY,
        Outcome.TOO_LONG,
        Outcome.UNSUPPORTED,
        Outcome.RATE_LIMITED,
        Outcome.PAUSED,
        Outcome.ERROR,
    }
)  # neither an answer nor a failure to understand


class Step(Enum):
    """How a question that was not understood is met."""

    CANDIDATES = auto()
    REPHRASE = auto()
    PEOPLE = auto()  # hotline and hours, with the candidates where there are any


def step(outcome: Outcome, before: Sequence[Outcome]) -> Step:
    """The step for a question that ends in NO_MATCH or CLARIFIED, after those `before` it, newest first."""
    run = []
    for past in before:
        if past in NOT_UNDERSTOOD:
            run.append(past)
        elif past not in BESIDE_THE_POINT:
            break
    if len(run) >= PATIENCE:
        return Step.PEOPLE
    if outcome is Outcome.CLARIFIED:
        return Step.CANDIDATES
    return Step.PEOPLE if Outcome.NO_MATCH in run else Step.REPHRASE
