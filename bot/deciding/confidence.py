"""From signals to probabilities: is the question ours, and is the first entry the one meant?"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bot.deciding.signals import Signals


@dataclass(frozen=True, slots=True)
class Confidence:
    """`ours`: probability that one of the first candidates is meant. `first`: that it is the first one."""

    ours: float
    first: float


@dataclass(frozen=True, slots=True)
class Judge:
    """Two logistic regressions on the signals: intercept, then one weight a signal.

    `ours`: is one of the candidates right? `of_ours`: given that, is it the first? (see docs/adr/0016)
    """

    ours: Sequence[float]
    of_ours: Sequence[float]

    def confidence(self, signals: Signals) -> Confidence:
        """The probabilities, 0–1."""
        row = signals.row()
        ours = _probability(self.ours, row)
        return Confidence(ours, ours * _probability(self.of_ours, row))


def _probability(weights: Sequence[float], row: Sequence[float]) -> float:
    score = weights[0] + sum(weight * value for weight, value in zip(weights[1:], row, strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
