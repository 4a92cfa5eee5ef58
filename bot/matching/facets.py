"""Which part of an answer a question asks for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.facets import Facet
from bot.text.phrases import Phrases
from bot.text.words import Word

QUANTITY = "quantity"  # asks for a published figure, which is no facet of an entry but an entry of its own
DEADLINE = "deadline"  # asks by when, how long it is valid, what fine: no facet either, told in the overview
NO_FACETS = frozenset({QUANTITY, DEADLINE})
# On equal length the earlier wins: what is concrete before what is vague.
PRECEDENCE: tuple[str, ...] = (
    QUANTITY,
    DEADLINE,
    Facet.DOCUMENTS,
    Facet.FEE,
    Facet.TIME,
    Facet.WHERE,
    Facet.ONLINE,
    Facet.LEGAL,
    Facet.RESULT,
    Facet.ELIGIBILITY,
    Facet.HOW,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks for: a facet's name, QUANTITY, DEADLINE, or nothing in particular (None).

    `positions`: the words of every facet cue, those of shorter cues included.
    """

    what: str | None
    positions: frozenset[int]

    @property
    def facet(self) -> Facet | None:
        """The facet asked for, if it is one."""
        return None if self.what is None or self.what in NO_FACETS else Facet(self.what)


class FacetReader:
    """Finds the longest facet cue of a question."""

    def __init__(self, cues: Mapping[str, Sequence[str]]) -> None:
        self._cues = {what: Phrases(cues.get(what, ())) for what in PRECEDENCE}

    def read(self, words: Sequence[Word]) -> Asked:
        """What is asked for by the longest cue."""
        longest, what = 0, None
        positions: set[int] = set()
        for name, phrases in self._cues.items():
            for found in phrases.find(words):
                if name != QUANTITY:  # its cues name what is counted, and that word matters
                    positions.update(found.positions)
                if len(found.positions) > longest:
                    longest, what = len(found.positions), name
        return Asked(what, frozenset(positions))
