"""From signals to one number: the probability that the first entry is the one meant."""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signals:
    """What the first entry's match looked like; all 0–1.

    `margin`: its likeness minus that of the best entry outside its family.
    """

    likeness: float
    coverage: float
    phrase_coverage: float
    margin: float


# Weights of a logistic regression (scripts/calibrate.py prints them and says on which questions).
INTERCEPT = -5.0
LIKENESS = 4.0
COVERAGE = 3.0
PHRASE_COVERAGE = 1.0
MARGIN = 4.0


def confidence(signals: Signals) -> float:
    """The probability, 0–1."""
    score = (
        INTERCEPT
        + LIKENESS * signals.likeness
        + COVERAGE * signals.coverage
        + PHRASE_COVERAGE * signals.phrase_coverage
        + MARGIN * signals.margin
    )
    return 1 / (1 + math.exp(-score))
