"""From ranked matches to an outcome: answer, ask back, not ours, not published, or decline with a way on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.deciding.confidence import Confidence, Judge
from bot.deciding.near_miss import NearMiss
from bot.deciding.signals import CANDIDATES, signals
from bot.facets import Facet
from bot.knowledge import Knowledge
from bot.knowledge.dated import on
from bot.knowledge.deadlines import deadline_lines, tells_with_time
from bot.knowledge.entries import Elsewhere, Entry, Information, PersonalFile, Result, Unpublished
from bot.matching import Asked, Match, Ranking
from bot.matching.facets import BY_WHEN, QUANTITY
from bot.outcomes import Outcome
from bot.reading import Reading

# Probabilities (see docs/adr/0016).
STATE_OURS = 0.7  # that one of the candidates is meant: from here on one entry may be stated …
STATE_ELSEWHERE = 0.45  # … where nothing is claimed for the ward, or the message asks several things …
STATE_FIRST = 0.2  # … if it is the first with at least this
STATE_CHANGED = (
    0.6  # … or this, where a word of the question changes what is asked and the entry has it not …
)
STATE_LITTLE_CHANGED = 0.8  # … and this in a short question, where such a word is what is asked
CERTAIN = 0.9  # that the first is meant; below, the next ones stay within reach beside the answer
ASK = 0.09  # that one of the candidates is meant; below this not even a question back is worth it
ASK_FACT = 0.15  # … where the first is a fact, which few people mean and which puzzles those who do not
OTHERS = 2  # entries within reach beside an answer
SINGLED_OUT = 0.85  # that the first is meant; below, a short question may still be too vague to answer
NO_COUNT = 0.85  # … from which on what looks like a count may be none
LITTLE = 9  # features of a short question ("gia hạn", "xin giấy phép")
AS_WELL = 2  # other entries that fit it word for word; with so many it is vague …
NEAR = 3.2  # … if they are this near in score
EXACT = 0.99  # likeness; what is typed as a phrasing has it is meant so
LIKER = 0.3  # likeness; a head that is so much more like the question than its member is meant …
NEARLY = 0.05  # … if it covers hardly less of it
FAR = 3.0  # score; a head so far behind its member is not meant, however like the question it is
TIE = 0.5  # score; nearer than this, two kindred entries are meant about as much
NEAR_FACT = 0.4  # share of the question that a fact covers, though the question asks for another one
STATE_PLAINLY = 0.55  # that the first is meant; below, the answer says how the question was understood

OUTCOME_BY_KIND = {
    "elsewhere": Outcome.NOT_OURS,
    "unpublished": Outcome.NO_PUBLISHED_FIGURE,
    "personal": Outcome.PERSONAL_FILE,
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that may be meant; `confidence`: probability that it is, 0–1."""

    entry: str
    name: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Decision:
    """An outcome with what the answer needs: an entry, or candidates, or the nearest fact, or neither.

    Beside an entry, `candidates` are others that may have been meant. `by_when`: of the time the terms are
    asked for.
    """

    outcome: Outcome
    entry: str | None = None
    facet: Facet | None = None
    confidence: float | None = None
    candidates: tuple[Candidate, ...] = ()
    nearest: str | None = None
    by_when: bool = False


def itself(decision: Decision, knowledge: Knowledge) -> tuple[Candidate, ...]:
    """The entry of a decision as a candidate beside another; () when it has none."""
    if decision.entry is None:
        return ()
    name = knowledge.entries[decision.entry].name
    return (Candidate(decision.entry, name, round(decision.confidence or 0.0, 3)),)


class Decider:
    """Decides on one knowledge snapshot."""

    def __init__(self, knowledge: Knowledge, judge: Judge, today: Callable[[], date]) -> None:
        self._knowledge = knowledge
        self._judge = judge
        self._today = today
        self._near_miss = NearMiss(knowledge, today)

    def decide(self, reading: Reading, ranking: Ranking, asked: Asked, *, is_part: bool = False) -> Decision:
        """The outcome for a question; `is_part`: others stand beside it, so it may say little by itself."""
        if not ranking.matches:
            return Decision(Outcome.NO_MATCH, facet=asked.facet)
        sure = self.confidence(ranking)
        if asked.what == QUANTITY and not self._is_count(asked, reading, sure):
            asked = replace(asked, what=asked.cued[0].value if asked.cued else None)
        facet = asked.facet
        first = self.first(ranking.matches)
        entry = self._knowledge.entries[first.entry]
        is_fact = isinstance(entry, Result | Unpublished | Information)
        if sure.ours < (ASK_FACT if is_fact else ASK):
            return self._declined(reading, ranking.matches, asked, sure)
        if not is_fact and asked.what == QUANTITY:
            return Decision(Outcome.NO_PUBLISHED_FIGURE, confidence=sure.first)
        claims_nothing = isinstance(entry, Elsewhere | PersonalFile) or (
            isinstance(entry, Unpublished) and asked.what == QUANTITY
        )
        least = STATE_ELSEWHERE if claims_nothing or is_part else STATE_OURS
        is_sure = sure.ours >= least and sure.first >= _least_first(first, ranking)
        if sure.first < SINGLED_OUT and ranking.size <= LITTLE and not is_part:
            is_sure = is_sure and not self._is_vague(first, ranking.matches)
        nearest = self._near_missed(reading, ranking.matches, entry, is_sure=is_sure)
        if nearest is not None:
            return Decision(Outcome.NO_PUBLISHED_FIGURE, confidence=sure.first, nearest=nearest)
        others = self._others(first, ranking.matches, sure)
        if not is_sure:
            likeliest = Candidate(first.entry, entry.name, round(sure.first, 3))
            return Decision(Outcome.CLARIFIED, None, facet, sure.first, (likeliest, *others)[:CANDIDATES])
        outcome = OUTCOME_BY_KIND.get(entry.kind, Outcome.ANSWERED)
        beside = () if sure.first >= CERTAIN else others[:OTHERS]
        decision = Decision(outcome, first.entry, facet, sure.first, beside)
        return self.with_term(decision, entry, asked)

    def with_term(self, decision: Decision, entry: Entry, asked: Asked) -> Decision:
        """The decision; where a term is asked for that the entry names, that is what is answered."""
        if asked.what != BY_WHEN:
            return decision
        today = on(entry, self._today())
        tells = deadline_lines(today) or tells_with_time(today)
        return replace(decision, facet=Facet.TIME, by_when=True) if tells else decision

    def _declined(
        self, reading: Reading, matches: Sequence[Match], asked: Asked, sure: Confidence
    ) -> Decision:
        """Nothing fits; no published figure, where one is asked for of the ward, another place or year."""
        for match in matches:
            fact = self._knowledge.entries[match.entry]
            is_near = isinstance(fact, Result | Information) and match.coverage >= NEAR_FACT
            if is_near and self._near_miss.holds(reading, fact):  # type: ignore[arg-type]
                return Decision(Outcome.NO_PUBLISHED_FIGURE, confidence=sure.first, nearest=fact.id)
        if asked.what == QUANTITY and self._near_miss.names_ward(reading):
            return Decision(Outcome.NO_PUBLISHED_FIGURE, confidence=sure.first)
        return Decision(Outcome.NO_MATCH, facet=asked.facet, confidence=sure.first)

    def _is_count(self, asked: Asked, reading: Reading, sure: Confidence) -> bool:
        """Whether what looks like a count is one: "lệ phí trước bạ bao nhiêu", "sang ten xe may cu" are none.

        It may be none where it is typed without marks, or a fee is spoken of too, and one entry is certain.
        """
        is_open = Facet.FEE in asked.cued or not any(word.is_marked for word in reading.typed)
        return not is_open or sure.first < NO_COUNT or self._near_miss.names_ward_or_year(reading)

    def _is_vague(self, first: Match, matches: Sequence[Match]) -> bool:
        """Whether the words of the question single out no entry: "gia hạn", "xin giấy phép"."""
        kin = self._knowledge.kin(first.entry)
        near = [m for m in matches if m.entry not in kin and m.score > first.score - NEAR]
        as_well = sum(m.coverage >= first.coverage and m.pairs >= first.pairs for m in near)
        return as_well >= AS_WELL

    def confidence(self, ranking: Ranking) -> Confidence:
        """How likely the question is ours, and the first match the entry meant."""
        return self._judge.confidence(signals(ranking, self._knowledge))

    def candidates(self, ranking: Ranking) -> tuple[Candidate, ...]:
        """The entries that may be meant, whatever is decided, the likeliest first."""
        if not ranking.matches:
            return ()
        sure, first = self.confidence(ranking), self.first(ranking.matches)
        likeliest = Candidate(first.entry, self._knowledge.entries[first.entry].name, round(sure.first, 3))
        return (likeliest, *self._others(first, ranking.matches, sure))

    def first(self, matches: Sequence[Match]) -> Match:
        """The first match, or one that knows the very words; and of a family the head, if it fits as well.

        A head is not meant where it is FAR behind, or has fewer of the words that change what is asked.
        """
        first = max(matches[:CANDIDATES], key=lambda match: (match.likeness >= EXACT, match.score))
        head = self._knowledge.entries[first.entry].family
        if head is None:
            return first
        found = next((match for match in matches if match.entry == head), None)
        if found is None:
            return first
        behind = first.score - found.score
        if behind >= FAR or found.contrasts > first.contrasts:
            return first
        fits = found.coverage >= first.coverage and found.likeness >= first.likeness
        is_liker = found.likeness >= first.likeness + LIKER and found.coverage >= first.coverage - NEARLY
        return found if fits or is_liker or behind < TIE else first

    def _near_missed(
        self, reading: Reading, matches: Sequence[Match], entry: Entry, *, is_sure: bool
    ) -> str | None:
        """The id of the published fact that a question about something else comes nearest to.

        An unpublished entry that is surely meant speaks for itself; one that is not may hide such a fact.
        """
        if isinstance(entry, Unpublished) and not is_sure:
            facts = [self._knowledge.entries[match.entry] for match in matches[:CANDIDATES]]
        else:
            facts = [entry]
        for fact in facts:
            if isinstance(fact, Result | Information) and self._near_miss.holds(reading, fact):
                return fact.id
        return None

    def _others(self, first: Match, matches: Sequence[Match], sure: Confidence) -> tuple[Candidate, ...]:
        """The next matches; what probability the first leaves is shared out as their scores are."""
        others = [match for match in matches if match is not first][:CANDIDATES]
        shares = [2.0 ** (match.score - others[0].score) for match in others]
        left = max(0.0, sure.ours - sure.first)
        return tuple(
            Candidate(
                match.entry, self._knowledge.entries[match.entry].name, round(left * share / sum(shares), 3)
            )
            for match, share in zip(others, shares, strict=True)
        )


def _least_first(first: Match, ranking: Ranking) -> float:
    """The probability that the first match must have, to be stated."""
    if not first.contrasts:
        return STATE_FIRST
    return STATE_LITTLE_CHANGED if ranking.size <= LITTLE else STATE_CHANGED
