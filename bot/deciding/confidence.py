"""From signals to probabilities: is it ours, is the first entry meant, are two halves two questions?"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bot.deciding.halves import Halves
from bot.deciding.signals import Signals


@dataclass(frozen=True, slots=True)
class Confidence:
    """`ours`: probability that one of the first candidates is meant. `first`: that it is the first one."""

    ours: float
    first: float


@dataclass(frozen=True, slots=True)
class Judge:
    """Three logistic regressions: intercept, then one weight a signal (see docs/adr/0016).

    `ours`: is one of the candidates right? `of_ours`: given that, is it the first? `apart`: are two halves of
    a message two questions?
    """

    ours: Sequence[float]
    of_ours: Sequence[float]
    apart: Sequence[float]

    def confidence(self, signals: Signals) -> Confidence:
        """The probabilities, 0–1."""
        row = signals.row()
        ours = _probability(self.ours, row)
        return Confidence(ours, ours * _probability(self.of_ours, row))

    def are_two(self, halves: Halves) -> float:
        """The probability, 0–1, that each half is a question of its own."""
        return _probability(self.apart, halves.row())


def _probability(weights: Sequence[float], row: Sequence[float]) -> float:
    score = weights[0] + sum(weight * value for weight, value in zip(weights[1:], row, strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
