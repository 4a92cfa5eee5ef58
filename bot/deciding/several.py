"""Several questions in one message: which parts of it ask for something, each decided by itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.deciding.decide import Decision
from bot.facets import Facet
from bot.knowledge import Knowledge
from bot.knowledge.language import Conversation
from bot.outcomes import Outcome
from bot.reading import Reading
from bot.reading.parts import joined_parts
from bot.text.phrases import Phrases
from bot.text.word_lists import WordList

MOST = 3  # questions answered in one message
SURE_PART = 0.7  # probability that a part needs to be a question of its own
SURE_SENTENCE = 0.55  # … the same of a sentence that asks
SURE_WHOLE = 0.97  # probability of the whole from which on a part needs to be …
SURER_PART = 0.93  # … surer than that
LONGEST_JOINED = 30  # words; a longer sentence is a story, its "và" joins no questions
SHORTEST_PART = 2  # words
STATED = frozenset({Outcome.ANSWERED, Outcome.NOT_OURS, Outcome.NO_PUBLISHED_FIGURE, Outcome.PERSONAL_FILE})
ASKING = WordList(("không", "gì", "nào", "sao", "đâu", "ai", "bao", "mấy", "chi", "răng", "chưa"))


@dataclass(frozen=True, slots=True)
class Part:
    """One question: what was read, what was decided of it, and every facet it asks for."""

    reading: Reading
    decision: Decision
    facets: tuple[Facet, ...] = ()


Decide = Callable[[Reading], Part]


class Several:
    """Finds the questions of a message."""

    def __init__(self, knowledge: Knowledge, conversation: Conversation) -> None:
        self._knowledge = knowledge
        self._joins = Phrases(conversation.joins)

    def parts(
        self,
        whole: Part,
        sentences: Sequence[Reading],
        decide: Decide,
        names_nothing: Callable[[Reading], bool],
    ) -> tuple[Part, ...]:
        """The questions in order, at most MOST; one when the message asks one thing.

        `sentences`: each sentence by itself; `names_nothing`: whether one says nothing of what it is about,
        and so goes on with what stands before.
        """
        is_sure = (whole.decision.confidence or 0.0) >= SURE_WHOLE
        least = SURER_PART if is_sure else SURE_PART
        asking = [one for one in sentences if ASKING.positions(one.words)]
        found: tuple[Part, ...] = ()
        if len(asking) > 1:
            found = self._each(asking, decide, names_nothing, least if is_sure else SURE_SENTENCE)
        if len({part.decision.entry for part in found}) < 2:
            found = self._joined(whole, sentences, decide, least) or found
        return found if len(found) > 1 else (whole,)

    def _each(
        self,
        asking: Sequence[Reading],
        decide: Decide,
        names_nothing: Callable[[Reading], bool],
        least: float,
    ) -> tuple[Part, ...]:
        """One part a sentence; none when a sentence is not understood by itself."""
        parts: list[Part] = []
        for reading in asking[:MOST]:
            part = decide(reading)
            if parts and names_nothing(reading):
                decision = replace(parts[-1].decision, facet=part.decision.facet)
                if parts[-1].decision.facet is None:
                    parts.pop()  # what was said before only led up to this
                parts.append(replace(part, decision=decision))
            elif _is_sure(part, least):
                parts.append(part)
            else:
                return ()
        return self._distinct(parts)

    def _joined(
        self, whole: Part, fragments: Sequence[Reading], decide: Decide, least: float
    ) -> tuple[Part, ...]:
        """Two parts at a joining word or between fragments, where each is sure of another matter."""
        if len(whole.reading.words) > LONGEST_JOINED:
            return ()
        best: tuple[Part, ...] = ()
        ways = joined_parts(whole.reading.words, self._joins)
        if len(fragments) <= MOST:
            said = [one.words for one in fragments]
            ways += [(sum(said[:at], ()), sum(said[at:], ())) for at in range(1, len(said))]
        for left, right in ways:
            if min(len(left), len(right)) < SHORTEST_PART:
                continue
            parts = (decide(replace(whole.reading, words=left)), decide(replace(whole.reading, words=right)))
            if not all(_is_sure(part, least) for part in parts):
                continue
            weakest = min(part.decision.confidence or 0.0 for part in parts)
            needed = max(least, SURER_PART) if self._are_kin(*parts) else least
            if weakest >= needed and len({part.decision.entry for part in parts}) > 1:
                best, least = _sharing(*parts), weakest
        return best

    def _distinct(self, parts: Sequence[Part]) -> tuple[Part, ...]:
        kept: dict[tuple[str | None, Facet | None], Part] = {}
        for part in parts:
            kept.setdefault((part.decision.entry, part.decision.facet), part)
        return tuple(kept.values())

    def _are_kin(self, one: Part, two: Part) -> bool:
        return bool(one.decision.entry and two.decision.entry in self._knowledge.kin(one.decision.entry))


def _is_sure(part: Part, least: float) -> bool:
    decision = part.decision
    return (
        decision.outcome in STATED
        and decision.entry is not None
        and decision.confidence is not None
        and decision.confidence >= least
    )


def _sharing(left: Part, right: Part) -> tuple[Part, Part]:
    """What is asked of one is asked of both, where only one part says what."""
    if left.facets and not right.facets:
        return left, _asking_of(right, left)
    if right.facets and not left.facets:
        return _asking_of(left, right), right
    return left, right


def _asking_of(part: Part, other: Part) -> Part:
    """The part, asked what the other is asked."""
    return replace(part, facets=other.facets, decision=replace(part.decision, facet=other.decision.facet))
