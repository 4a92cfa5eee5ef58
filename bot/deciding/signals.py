"""What a ranking says of how sure one can be, as a row of numbers."""

from dataclasses import dataclass, fields

import numpy as np

from bot.knowledge import Knowledge
from bot.matching import Match, Ranking

CANDIDATES = 3  # matches, of which one may be the right one
FARTHEST = 8.0  # of score; a wider margin says no more
FEW = 1e-4  # probability, added before a logarithm


@dataclass(frozen=True, slots=True)
class Signals:
    """Each is explained by its name; `first` is the first match, `rival` the next that is no kin of it."""

    log_of_family: float
    margin_to_rival: float
    likeness: float
    coverage: float
    pairs: float
    contrast: float
    log_of_background: float
    unknown: float
    log_of_size: float
    likeness_over_rival: float
    log_of_candidates: float
    best_likeness: float
    likeness_over_background: float
    without_marks: float
    marked: float

    def row(self) -> list[float]:
        """The numbers, in the order of `NAMES`."""
        return [getattr(self, name) for name in NAMES]


NAMES = tuple(field.name for field in fields(Signals))


def signals(ranking: Ranking, knowledge: Knowledge) -> Signals:
    """The signals of a ranking that has a match."""
    first = ranking.matches[0]
    rival = rival_of(first, ranking, knowledge)
    family = knowledge.family(first.entry)
    of_family = sum(np.exp(match.log) for match in ranking.matches if match.entry in family)
    of_candidates = sum(np.exp(match.log) for match in ranking.matches[:CANDIDATES])
    return Signals(
        log_of_family=float(np.log(of_family + FEW)),
        margin_to_rival=min(first.score - rival.score, FARTHEST) if rival else FARTHEST,
        likeness=first.likeness,
        coverage=first.coverage,
        pairs=first.pairs,
        contrast=float(first.contrasts > 0),
        log_of_background=float(np.log(ranking.background + FEW)),
        unknown=ranking.unknown,
        log_of_size=float(np.log1p(ranking.size)),
        likeness_over_rival=first.likeness - (rival.likeness if rival else 0.0),
        log_of_candidates=float(np.log(of_candidates + FEW)),
        best_likeness=max(match.likeness for match in ranking.matches),
        likeness_over_background=first.likeness - ranking.like_background,
        without_marks=float(ranking.marked == 0),
        marked=ranking.marked,
    )


def rival_of(first: Match, ranking: Ranking, knowledge: Knowledge) -> Match | None:
    """The best match that is no kin of the first."""
    kin = knowledge.kin(first.entry)
    return next((match for match in ranking.matches if match.entry not in kin), None)
