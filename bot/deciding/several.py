"""Several questions in one message: where it falls into parts, each decided by itself."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from bot.deciding.confidence import Judge
from bot.deciding.decide import OTHERS, itself
from bot.deciding.halves import LEAST_LOG, Halves, log_odds
from bot.deciding.part import Decide, Part
from bot.facets import Facet
from bot.knowledge import Knowledge
from bot.knowledge.language import Conversation
from bot.matching import Ranking
from bot.outcomes import Outcome
from bot.reading import Reading
from bot.reading.parts import ASKS_BEFORE, joined_parts
from bot.text.phrases import Phrases
from bot.text.word_lists import WordList
from bot.text.words import Word

MOST = 3  # questions answered in one message
TWO = 0.4  # probability from which on two halves are two questions
MAYBE_TWO = 0.1  # … from which on the other half stays within reach beside the answer to the whole
MOST_WAYS = 8  # ways to take a message apart that are looked at
LONGEST = 80  # words; a longer message is a story and asks one thing
SURE_SENTENCE = 0.55  # probability that each of several sentences needs where no two halves are sure
MANY = 3  # sentences that ask
SHORTEST_HALF = 2  # words
LONGEST_SUBJECT = 14  # words of a half that asks nothing and shares the question: "khai sinh và nhập khẩu …"
NEGATES = frozenset({"khong", "chua"})  # ask at the end of a question …
LAST_WORDS = 4  # … but for a few words ("không vậy ad") …
SPAN = 8  # … and so many after "có", "được": "có phải … không thì …"
STATED = frozenset({Outcome.ANSWERED, Outcome.NOT_OURS, Outcome.NO_PUBLISHED_FIGURE, Outcome.PERSONAL_FILE})
Words = tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """One way to take a message apart: the two halves, the sentences of each, and what speaks for it."""

    parts: tuple[Part, Part]
    sentences: tuple[Sequence[Reading], Sequence[Reading]]
    halves: Halves

    @property
    def entries(self) -> tuple[str | None, str | None]:
        """The entries that answer the halves."""
        return self.parts[0].decision.entry, self.parts[1].decision.entry


class Several:
    """Finds the questions of a message."""

    def __init__(
        self,
        knowledge: Knowledge,
        conversation: Conversation,
        judge: Judge,
        rank: Callable[[Reading], Ranking],
        names_nothing: Callable[[Reading], bool],
        told: Callable[[Words], frozenset[int]],
    ) -> None:
        """`rank`: the entries that a reading may mean; `names_nothing`: whether it does not say which.

        `told`: the positions of words that look like asking and do not: "mấy năm rồi".
        """
        self._knowledge = knowledge
        self._judge = judge
        self._joins = Phrases(conversation.joins)
        self._asks = WordList(conversation.asks)
        self._rank = rank
        self._names_nothing = names_nothing
        self._told = told

    def parts(self, whole: Part, sentences: Sequence[Reading], decide: Decide) -> tuple[Part, ...]:
        """The questions in order, at most MOST; one when the message asks one thing.

        `sentences`: each sentence or part of one by itself.
        """
        likeliest, way = self._likeliest(whole, sentences, decide)
        if way is not None and likeliest >= TWO:
            return _distinct(self._taken(way, decide))[:MOST]
        asking = [one for one in sentences if self._asks_something(one.words)]
        found = self._each(asking, decide) if len(asking) > 1 else ()
        if len(found) > 1:
            return found
        return (self._with_other(whole, way) if way is not None and likeliest >= MAYBE_TWO else whole,)

    def ways(self, whole: Part, sentences: Sequence[Reading], decide: Decide) -> Iterator[Way]:
        """Every way to take a message apart into two matters that can be told."""
        logs: dict[str, float] = {}
        for left, right, at in islice(self._cuts(whole.reading.words, sentences), MOST_WAYS):
            one = decide(replace(whole.reading, words=left))
            two = decide(replace(whole.reading, words=right))
            if one.decision.entry == two.decision.entry or not (_is_stated(one) and _is_stated(two)):
                continue
            if len(left) > LONGEST_SUBJECT and self._is_asking(two) and not self._is_asking(one):
                continue  # the first half only leads up to the question
            logs = logs or {match.entry: match.log for match in self._rank(whole.reading).matches}
            apart = (sentences[:at], sentences[at:]) if at is not None else ((), ())
            yield Way((one, two), apart, self._halves(whole, one, two, logs))

    def _cuts(self, words: Words, sentences: Sequence[Reading]) -> Iterator[tuple[Words, Words, int | None]]:
        """The words in two, between sentences or at a joining word, each half of some words.

        With each how many sentences come before; None where it cuts one in two. Of more than two sentences
        each half must ask, and none that goes on with what stands before begins the second.
        """
        if len(words) > LONGEST:
            return
        said = [one.words for one in sentences]
        asks = [self._asks_something(run) for run in said]
        for at in range(1, len(said)):
            may_be_two = len(said) == 2 or (any(asks[:at]) and any(asks[at:]))
            goes_on = asks[at] and self._names_nothing(sentences[at])
            left, right = _run(said[:at]), _run(said[at:])
            if may_be_two and not goes_on and min(len(left), len(right)) >= SHORTEST_HALF:
                yield left, right, at
        for left, right in joined_parts(words, self._joins):
            if min(len(left), len(right)) >= SHORTEST_HALF:
                yield left, right, None

    def _halves(self, whole: Part, one: Part, two: Part, logs: Mapping[str, float]) -> Halves:
        """What speaks for two questions; `logs`: of each entry what was learned of the whole."""
        told = (one.decision.entry or "", two.decision.entry or "")
        weaker, stronger = sorted((log_odds(one.decision.confidence), log_odds(two.decision.confidence)))
        return Halves(
            weaker_odds=weaker,
            stronger_odds=stronger,
            whole_odds=log_odds(whole.decision.confidence),
            one_is_the_whole=float(whole.decision.entry in told),
            kin=float(told[1] in self._knowledge.kin(told[0])),
            first_asks=self._is_asking(one),
            second_asks=self._is_asking(two),
            one_names_nothing=float(self._names_nothing(one.reading) or self._names_nothing(two.reading)),
            least_log_in_whole=min(max(logs.get(entry, LEAST_LOG), LEAST_LOG) for entry in told),
        )

    def _is_asking(self, part: Part) -> float:
        return float(bool(part.facets) or self._asks_something(part.reading.words))

    def _asks_something(self, words: Words) -> bool:
        """Whether a word asks; "không" and "chưa" only at the end and after "có", else they deny."""
        for at in self._asks.positions(words) - self._told(words):
            is_open = words[at].folded not in NEGATES or len(words) - at <= LAST_WORDS
            if is_open or any(word.folded in ASKS_BEFORE for word in words[max(0, at - SPAN) : at]):
                return True
        return False

    def _likeliest(
        self, whole: Part, sentences: Sequence[Reading], decide: Decide
    ) -> tuple[float, Way | None]:
        """The way in which a message is likeliest two questions, with the probability."""
        ways = [(self._judge.are_two(way.halves), way) for way in self.ways(whole, sentences, decide)]
        return max(ways, key=lambda each: each[0], default=(0.0, None))

    def _taken(self, way: Way, decide: Decide) -> tuple[Part, ...]:
        """The questions of a message taken apart in this way, each half again where it asks two things."""
        parts: list[Part] = []
        for half, sentences in zip(_sharing(way), way.sentences, strict=True):
            likeliest, again = self._likeliest(half, sentences, decide)
            if again is None or likeliest < TWO:
                parts.append(half)
                continue
            for part in self._taken(again, decide):
                is_open = half.facets and not part.facets and not self._is_asking(part)
                parts.append(_asking_of(part, half) if is_open else part)
        return tuple(parts)

    def _with_other(self, whole: Part, way: Way) -> Part:
        """The part as one question, with what else may be asked within reach."""
        decision = whole.decision
        if decision.entry is None:
            return whole
        near = {decision.entry, *(candidate.entry for candidate in decision.candidates)}
        others = [part.decision for part in way.parts if part.decision.entry not in near]
        offered = [one for other in others for one in itself(other, self._knowledge)]
        beside = (*offered, *decision.candidates)[:OTHERS]
        return replace(whole, decision=replace(decision, candidates=beside))

    def _each(self, asking: Sequence[Reading], decide: Decide) -> tuple[Part, ...]:
        """One part a sentence that asks, each sure; none where one is not, or where two are of two matters.

        Of MANY sentences the judge of halves knows little, since a half still asks two things.
        """
        parts: list[Part] = []
        for reading in asking[:MOST]:
            part = decide(reading)
            if parts and self._names_nothing(reading):
                decision = replace(parts[-1].decision, facet=part.decision.facet)
                if parts[-1].decision.facet is None:
                    parts.pop()  # what was said before only led up to this
                parts.append(replace(part, decision=decision))
            elif _is_stated(part) and (part.decision.confidence or 0.0) >= SURE_SENTENCE:
                parts.append(part)
            else:
                return ()
        is_one_matter = len({part.decision.entry for part in parts}) == 1
        return _distinct(parts) if is_one_matter or len(asking) >= MANY else ()


def _run(words: Sequence[Words]) -> Words:
    return sum(words, ())


def _distinct(parts: Sequence[Part]) -> tuple[Part, ...]:
    """The parts without those that ask the same thing again, or only lead up to what is asked of it."""
    asked_of = {part.decision.entry for part in parts if part.decision.facet is not None}
    kept: dict[tuple[str | None, Facet | None], Part] = {}
    for part in parts:
        if part.decision.facet is not None or part.decision.entry not in asked_of:
            kept.setdefault((part.decision.entry, part.decision.facet), part)
    return tuple(kept.values())


def _is_stated(part: Part) -> bool:
    return part.decision.outcome in STATED and part.decision.entry is not None


def _sharing(way: Way) -> tuple[Part, Part]:
    """The halves; what is asked of one is asked of both, where only one asks."""
    left, right = way.parts
    if left.facets and not way.halves.second_asks:
        return left, _asking_of(right, left)
    if right.facets and not way.halves.first_asks:
        return _asking_of(left, right), right
    return left, right


def _asking_of(part: Part, other: Part) -> Part:
    """The part, asked what the other is asked."""
    return replace(part, facets=other.facets, decision=replace(part.decision, facet=other.decision.facet))
