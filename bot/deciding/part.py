"""One question of a message, and what was decided of it."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.deciding.decide import Decision
from bot.facets import Facet
from bot.reading import Reading


@dataclass(frozen=True, slots=True)
class Part:
    """One question: what was read, what was decided of it, and every facet it asks for."""

    reading: Reading
    decision: Decision
    facets: tuple[Facet, ...] = ()


Decide = Callable[[Reading], Part]
