"""From signals to one number: the probability that the first entry is the one meant."""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signals:
    """What the first entry's match looked like.

    `coverage` and `phrase_coverage` (0–1) are the match's; `margin` (0–1) is its likeness minus that of the
    best entry that is no kin; `contrast` is 1 where the question has a word that changes what is asked
    and the entry has not, else 0.
    """

    coverage: float
    phrase_coverage: float
    margin: float
    contrast: int


# Weights of a logistic regression, as scripts/calibrate.py prints them (see docs/adr/0002). The probability
# is that over its examples, of which a third are about near neighbours that the knowledge base lacks.
INTERCEPT = -4.59
COVERAGE = 2.56
PHRASE_COVERAGE = 2.62
MARGIN = 6.65
CONTRAST = -0.45


def confidence(signals: Signals) -> float:
    """The probability, 0–1."""
    score = (
        INTERCEPT
        + COVERAGE * signals.coverage
        + PHRASE_COVERAGE * signals.phrase_coverage
        + MARGIN * signals.margin
        + CONTRAST * signals.contrast
    )
    return 1 / (1 + math.exp(-score))
