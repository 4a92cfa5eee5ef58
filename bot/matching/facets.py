"""Which part of an answer a question asks for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.facets import Facet
from bot.text.phrases import Phrases
from bot.text.words import Word

# On equal length the earlier wins: what is concrete before what is vague.
PRECEDENCE = (
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
class FacetReading:
    """The facet asked for (None: none in particular) and which words of the question say so."""

    facet: Facet | None
    positions: frozenset[int]


class FacetReader:
    """Finds the longest facet cue of a question."""

    def __init__(self, cues: Mapping[Facet, Sequence[str]]) -> None:
        self._cues = {facet: Phrases(cues.get(facet, ())) for facet in PRECEDENCE}

    def read(self, words: Sequence[Word]) -> FacetReading:
        """The facet of the longest cue; all cue words of all facets are reported."""
        best: tuple[int, Facet | None] = (0, None)
        positions: set[int] = set()
        for facet, phrases in self._cues.items():
            for found in phrases.find(words):
                positions.update(found.positions)
                if len(found.positions) > best[0]:
                    best = (len(found.positions), facet)
        return FacetReading(best[1], frozenset(positions))
