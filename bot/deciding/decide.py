"""From ranked matches to an outcome: answer, ask back, not ours, not published, or decline with a way on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.deciding.confidence import Signals, confidence
from bot.deciding.near_miss import NearMiss
from bot.facets import Facet
from bot.knowledge import Knowledge
from bot.knowledge.entries import Entry, Information, Result, Unpublished
from bot.matching import Asked, Match
from bot.matching.facets import QUANTITY
from bot.outcomes import Outcome
from bot.reading import Reading

SURE = 0.6  # probability; from here on one entry is stated, unless a contrast speaks against it
ASK = 0.05  # probability; below this not even a question back is worth it
ASK_FACT = 0.15  # … about a fact, which few people mean and which puzzles those who do not
MOST_CANDIDATES = 3
CANDIDATE_SHARE = 0.6  # of the first entry's likeness that a candidate needs
TIE = 0.05  # likeness; nearer than this, two kindred entries are meant about as much

OUTCOME_BY_KIND = {"elsewhere": Outcome.NOT_OURS, "unpublished": Outcome.NO_PUBLISHED_FIGURE}


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that may be meant; `confidence`: probability that it is, 0–1."""

    entry: str
    name: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Decision:
    """An outcome with what the answer needs: an entry, or candidates, or the nearest fact, or neither."""

    outcome: Outcome
    entry: str | None = None
    facet: Facet | None = None
    confidence: float | None = None
    candidates: tuple[Candidate, ...] = ()
    nearest: str | None = None


class Decider:
    """Decides on one knowledge snapshot."""

    def __init__(self, knowledge: Knowledge, today: Callable[[], date]) -> None:
        self._knowledge = knowledge
        self._near_miss = NearMiss(knowledge, today)

    def decide(self, reading: Reading, matches: Sequence[Match], asked: Asked) -> Decision:
        """The outcome for a question whose matches are ranked best first."""
        facet = asked.facet
        if not matches:
            return Decision(Outcome.NO_MATCH, facet=facet)
        first = self.first(matches)
        signals = self.signals(first, matches)
        sure = confidence(signals)
        entry = self._knowledge.entries[first.entry]
        is_fact = isinstance(entry, Result | Unpublished | Information)
        if sure < (ASK_FACT if is_fact else ASK):
            return Decision(Outcome.NO_MATCH, facet=facet, confidence=sure)
        if is_fact:
            facet = None  # it has no parts
        elif asked.what == QUANTITY:
            return Decision(Outcome.NO_PUBLISHED_FIGURE, confidence=sure)
        is_sure = sure >= SURE and not signals.contrast
        nearest = self._near_missed(reading, matches, entry, is_sure=is_sure)
        if nearest is not None:
            return Decision(Outcome.NO_PUBLISHED_FIGURE, confidence=sure, nearest=nearest)
        if not is_sure:
            return Decision(Outcome.CLARIFIED, None, facet, sure, self._candidates(first, matches))
        return Decision(OUTCOME_BY_KIND.get(entry.kind, Outcome.ANSWERED), first.entry, facet, sure)

    def _near_missed(
        self, reading: Reading, matches: Sequence[Match], entry: Entry, *, is_sure: bool
    ) -> str | None:
        """The id of the published fact that a question about something else comes nearest to.

        An unpublished entry that is surely meant speaks for itself; one that is not may hide such a fact.
        """
        if isinstance(entry, Unpublished) and not is_sure:
            facts = [self._knowledge.entries[match.entry] for match in matches[:MOST_CANDIDATES]]
        else:
            facts = [entry]
        for fact in facts:
            if isinstance(fact, Result | Information) and self._near_miss.holds(reading, fact):
                return fact.id
        return None

    def confidence(self, first: Match, matches: Sequence[Match]) -> float:
        """The probability that `first` is the entry meant, rivals being those that are no kin."""
        return confidence(self.signals(first, matches))

    def signals(self, first: Match, matches: Sequence[Match]) -> Signals:
        """What the confidence is made of."""
        family = self._knowledge.family(first.entry)
        kin = self._knowledge.kin(first.entry)
        rival = next(
            (
                match.likeness
                for match in matches
                if match.entry not in family
                and (match.entry not in kin or match.likeness > first.likeness - TIE)
            ),
            0.0,
        )
        margin = max(0.0, first.likeness - rival)
        return Signals(first.coverage, first.phrase_coverage, margin, min(first.contrasts, 1))

    def first(self, matches: Sequence[Match]) -> Match:
        """The first match, or its family's head where both fit about as well: the head offers the member."""
        first = matches[0]
        head = self._knowledge.entries[first.entry].family
        if head is None:
            return first
        return next((m for m in matches if m.entry == head and first.likeness - m.likeness < TIE), first)

    def _candidates(self, first: Match, matches: Sequence[Match]) -> tuple[Candidate, ...]:
        near = [m for m in matches if m is not first and m.likeness >= CANDIDATE_SHARE * first.likeness]
        return tuple(
            Candidate(
                match.entry,
                self._knowledge.entries[match.entry].name,
                round(self.confidence(match, matches), 3),
            )
            for match in (first, *near[: MOST_CANDIDATES - 1])
        )
