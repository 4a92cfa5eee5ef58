"""What a message says that is not so: no question of its own, and no reason for an entry."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import chain

from bot.deciding.decide import OTHERS, itself
from bot.deciding.part import Decide, Part
from bot.deciding.signals import CANDIDATES
from bot.knowledge import Knowledge
from bot.matching import Ranking
from bot.reading import Reading
from bot.reading.parts import Denials
from bot.text.words import Word

DENIED, MORE_DENIED = 0.6, 0.2  # coverage of denied words by an entry, and over that of another
SURE_INSTEAD = 0.6  # probability that what is left must have, where it leads to another entry

Rank = Callable[[Reading], Ranking]


class Denied:
    """Takes out of a message what it is not about."""

    def __init__(self, knowledge: Knowledge, denials: Denials, rank: Rank, decide: Decide) -> None:
        """`rank`, `decide`: of a reading as one question by itself."""
        self._knowledge = knowledge
        self._denials = denials
        self._rank = rank
        self._decide = decide

    def left(self, reading: Reading, fragments: Sequence[Reading]) -> tuple[Reading, Sequence[Reading]]:
        """The reading without what it says it is not about, in a fragment or from one to the next.

        Its fragments too; none are left where the denial went from one to the next.
        """
        denied = self._denials.denied(reading.words)
        if denied:
            return replace(reading, words=_without(reading.words, denied)), ()
        left = [replace(one, words=_without(one.words, self._denials.denied(one.words))) for one in fragments]
        words = tuple(chain.from_iterable(one.words for one in left))
        if 0 < len(words) < len(reading.words):
            return replace(reading, words=words), left
        return reading, fragments

    def asking(self, fragments: Sequence[Reading]) -> list[Reading]:
        """The fragments that say nothing that is not so."""
        return [one for one in fragments if self._denials.negated(one.words) is None]

    def instead(self, whole: Part, fragments: Sequence[Reading]) -> Part:
        """The part, or what is decided without words that say what is not so, where these led to its entry.

        "Thẻ không mất, chỉ hết hạn": who has lost none wants no new one.
        """
        entry = whole.decision.entry
        if entry is None or len(fragments) < 2:
            return whole
        for number, one in enumerate(fragments):
            at = self._denials.negated(one.words)
            if at is None:
                continue
            left = [part.words for part in fragments]
            left[number] = one.words[:at]
            other = self._decide(replace(whole.reading, words=tuple(chain.from_iterable(left))))
            meant = other.decision.entry
            if meant is not None and (other.decision.confidence or 0.0) < SURE_INSTEAD:
                continue
            if meant != entry and self._leads_to(one, at, entry, meant):
                return self._within_reach(other, whole)
        return whole

    def _leads_to(self, part: Reading, at: int, entry: str, meant: str | None) -> bool:
        """Whether a part that denies something from a place on speaks for an entry, not for the one meant."""
        first = self._rank(part).matches[:1]
        if first and first[0].entry == entry:
            return True
        denied = self._rank(replace(part, words=part.words[at:])).matches
        covered = {match.entry: match.coverage for match in denied}
        return covered.get(entry, 0.0) >= max(DENIED, covered.get(meant or "", 0.0) + MORE_DENIED)

    def _within_reach(self, other: Part, whole: Part) -> Part:
        """The other part, with the entry of the whole as its last candidate."""
        decision = other.decision
        others = [one for one in decision.candidates if one.entry != whole.decision.entry]
        if decision.entry is None and not others:
            return whole
        most = OTHERS if decision.entry is not None else CANDIDATES
        candidates = (*others[: most - 1], *itself(whole.decision, self._knowledge))
        return replace(other, decision=replace(decision, candidates=candidates))


def _without(words: Sequence[Word], positions: frozenset[int]) -> tuple[Word, ...]:
    return tuple(word for at, word in enumerate(words) if at not in positions)
