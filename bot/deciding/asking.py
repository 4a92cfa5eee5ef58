"""Questions about no procedure: is the ward open, what does a word mean, when is it ready."""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import Enum, auto

from bot.facets import Facet
from bot.knowledge.language import Asking, Term
from bot.matching import Asked
from bot.reading.moments import Moment
from bot.text.phrases import Phrases, longest
from bot.text.word_lists import WordList
from bot.text.words import Word

DATE_WORDS = frozenset({"ngay", "vao", "hom", "bua", "luc"})  # stand before a date, without marks
MOST_TERMS = 2  # asked for in one question
LONGEST_DEFINED = 60  # words; who asks for a meaning asks no longer


class About(Enum):
    """What a question asks of the ward's hours."""

    NOTHING = auto()
    OPENING = auto()  # this and nothing else
    OPENING_FOR = auto()  # it, for something that is left to be matched
    HOURS = auto()  # from when to when


class Asker:
    """Tells these questions from those about procedures: nothing else may be left in them."""

    def __init__(self, asking: Asking, terms: Iterable[Term], stop_words: WordList) -> None:
        self._opening = Phrases(asking.opening)
        self._opening_then = Phrases(asking.opening_then)
        self._going = Phrases(asking.going)
        self._address = Phrases(asking.address)
        self._hours = Phrases(asking.hours)
        self._ward = Phrases(asking.ward)
        self._other_desks = Phrases(asking.other_desks)
        self._holiday = Phrases(asking.holiday)
        self._definition = Phrases(asking.definition)
        self._difference = Phrases(asking.difference)
        self._word_for = Phrases(asking.word_for)
        self._why = Phrases(asking.why)
        self._events = Phrases(asking.events)
        self._due = Phrases(asking.due)
        self._handed_in = Phrases(asking.handed_in)
        self._terms = {name: term for term in terms for name in term.names}
        self._names = Phrases(self._terms)
        self._stop = stop_words

    def about(self, words: Sequence[Word], moment: Moment) -> About:
        """Whether the question is about being open, or about hours."""
        hours, opening = _covered(self._hours, words), _covered(self._opening, words)
        if moment.day is not None or moment.is_unclear:
            opening |= _covered(self._opening_then, words)
        if not hours and not opening:
            return About.NOTHING
        known = hours | opening | _covered(self._ward, words) | moment.positions | self._padding(words)
        if moment.day is not None:
            known |= _covered(self._holiday, words)
        if len(known) == len(words) and not self._other_desks.find(words):
            return About.HOURS if hours and not (opening and moment.day) else About.OPENING
        is_asked = bool(_covered(self._opening, words) or _covered(self._going, words))
        is_of_result = bool(_covered(self._due, words))
        return About.OPENING_FOR if is_asked and not is_of_result and moment.day else About.NOTHING

    def is_due(self, words: Sequence[Word], moment: Moment) -> bool:
        """Whether it asks when the result is there, without saying of what."""
        due = _covered(self._due, words)
        known = due | _covered(self._handed_in, words) | moment.positions | self._padding(words)
        return bool(due) and moment.day is not None and len(known) == len(words)

    def goes_on(self, words: Sequence[Word], moment: Moment, today: date) -> date | None:
        """The day on which one means to go; None for today, for a day that is past or that of an event."""
        if moment.day is None or moment.day <= today:
            return None
        first = min((at for at in moment.positions if words[at].has_digit), default=0)
        while first > 0 and words[first - 1].folded in DATE_WORDS:
            first -= 1
        is_event = any(found.positions[-1] == first - 1 for found in self._events.find(words[:first]))
        return None if is_event else moment.day

    def subject(self, words: Sequence[Word], asked: Asked) -> tuple[Word, ...]:
        """The words that name what it is about, where those that ask why a file came back name nothing."""
        if asked.facet is not Facet.RETURNED:
            return tuple(words)
        padding = asked.positions | _covered(self._why, words)
        return tuple(word for at, word in enumerate(words) if at not in padding)

    def defined(self, words: Sequence[Word]) -> tuple[Term, ...]:
        """The terms whose meaning or difference is asked for, when nothing else is; in their order."""
        if len(words) > LONGEST_DEFINED:
            return ()
        compares = _covered(self._difference, words)
        asks = compares or _covered(self._definition, words)
        if not asks:
            return ()
        padding = asks | self._padding(words) | _covered(self._word_for, words)
        terms = [found for found in longest(self._names.find(words)) if not asks.issuperset(found.positions)]
        if not terms or len(terms) > MOST_TERMS or (len(terms) > 1 and not compares):
            return ()
        named = {at for found in terms for at in found.positions}
        if len(named | padding) < len(words):
            return ()
        return tuple(dict.fromkeys(self._terms[found.cue] for found in terms))

    def _padding(self, words: Sequence[Word]) -> frozenset[int]:
        """The words that mean nothing here: stop words, and how one is spoken to at the end."""
        starts: dict[int, int] = {}  # by the place after a form of address
        for found in self._address.find(words):
            after = found.positions[-1] + 1
            starts[after] = min(starts.get(after, after), found.positions[0])
        end = len(words)
        while end in starts:
            end = starts[end]
        return self._stop.positions(words) | frozenset(range(end, len(words)))


def _covered(phrases: Phrases, words: Sequence[Word]) -> frozenset[int]:
    return frozenset(at for found in phrases.find(words) for at in found.positions)
