"""What the two halves of a message say of whether each is a question of its own, as a row of numbers."""

import math
from dataclasses import dataclass, fields

LEAST_LOG = -14.0  # nats; an entry that the whole hardly speaks for at all
UNLIKELY = 0.01  # a probability nearer to 0 or to 1 says no more


@dataclass(frozen=True, slots=True)
class Halves:
    """Odds are logarithms of those that an entry is the one meant; what is or is not so is 1 or 0.

    `one_is_the_whole`: the entry of one half answers the whole too. `kin`: both entries are of one family.
    `first_asks`, `second_asks`: a word of the half asks. `one_names_nothing`: one does not say what it is
    about. `least_log_in_whole`: logarithm of the probability, learned and of the whole, of the entry that it
    speaks less for.
    """

    weaker_odds: float
    stronger_odds: float
    whole_odds: float
    one_is_the_whole: float
    kin: float
    first_asks: float
    second_asks: float
    one_names_nothing: float
    least_log_in_whole: float

    def row(self) -> list[float]:
        """The numbers, in the order of `HALVES`."""
        return [getattr(self, name) for name in HALVES]


HALVES = tuple(field.name for field in fields(Halves))


def log_odds(probability: float | None) -> float:
    """The logarithm of the odds; None: as unlikely as can be."""
    kept = min(max(probability or 0.0, UNLIKELY), 1 - UNLIKELY)
    return math.log(kept / (1 - kept))
