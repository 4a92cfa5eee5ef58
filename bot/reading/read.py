"""The walk from a typed question to its words."""

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, replace

from bot.knowledge.language import Language
from bot.reading import keys
from bot.reading.expansion import Expander, Repair
from bot.reading.joints import Joints
from bot.reading.spelling import NOBODY, Ear, Neighbours, Pair, Speller
from bot.text.frequency import is_syllable
from bot.text.words import MOST_CHARACTERS, Word, split

LEAST_TIMES = 3  # a word that is no syllable and stands in fewer places is a typing error that was learned
SETTLED = 50  # a word that stands in fewer places may be a spelling by ear
FIRST_WORDS, LAST_WORDS = 50, 100  # of a long story are looked at: what it is about, and what it asks
LONGEST = MOST_CHARACTERS  # Telegram sends no longer message, and no more of one is read


@dataclass(frozen=True, slots=True)
class Reading:
    """What a question says: its words after every repair, and the repairs.

    `typed` are the words before any repair but that of leftover keys (for cues that a repair could hide).
    """

    question: str
    words: tuple[Word, ...]
    typed: tuple[Word, ...]
    repairs: tuple[Repair, ...]

    @property
    def is_too_long(self) -> bool:
        """Whether the question has more characters than are read."""
        return len(self.question) > LONGEST

    def shortened(self) -> "Reading":
        """The same without the middle of a long story, which names neither the matter nor the question."""
        if len(self.words) <= FIRST_WORDS + LAST_WORDS:
            return self
        return replace(self, words=(*self.words[:FIRST_WORDS], *self.words[-LAST_WORDS:]))


class Reader:
    """Reads questions and, the same way but without spelling repair, the phrasings of entries."""

    def __init__(self, language: Language) -> None:
        self._abbreviations = Expander(language.abbreviations, "viết tắt", single_words_need_marks=False)
        self._dialect = Expander(language.dialect, "tiếng địa phương", single_words_need_marks=True)
        self._rules = language.spelling
        self._foreign = frozenset((*language.english.words, *language.english.neutral))
        self._keys: frozenset[str] = frozenset()  # of words that may be meant by leftover keys
        self._ear = Ear((), (), (), {})
        self._speller = Speller({})
        self._joints = Joints({}, ())

    def with_vocabulary(
        self,
        vocabulary: Mapping[str, int],
        known: Iterable[Word] = (),
        pairs: Iterable[Pair] = (),
        neighbours: Neighbours = NOBODY,
    ) -> "Reader":
        """A reader that takes a misspelt word for the nearest of these bare words (word → how often).

        `neighbours`: which of them stand side by side. `known`, `pairs`: the same as they are marked, pairs
        from OFTEN on. A word that is not known and spelt by ear is read as what makes such a pair.
        """
        reader = copy(self)
        vocabulary = {
            word: times for word, times in vocabulary.items() if times >= LEAST_TIMES or is_syllable(word)
        }
        settled = [word for word in known if vocabulary.get(word.folded, 0) >= SETTLED]
        reader._keys = frozenset(word.key for word in settled if word.is_marked)
        reader._ear = Ear(self._rules, settled, pairs, vocabulary)
        reader._speller = Speller(vocabulary, neighbours)
        reader._joints = Joints(vocabulary, neighbours)
        return reader

    def phrase(self, text: str) -> tuple[Word, ...]:
        """The words of a phrasing, abbreviations and dialect read out."""
        return self._expand(split(text[:LONGEST]))[0]

    def read(self, question: str, bare: str | None = None) -> Reading:
        """Read the first LONGEST characters of a question, whatever they are.

        `bare`: what of it is to be understood, where personal data was taken out.
        """
        typed = split(keys.before_its_stop((question if bare is None else bare)[:LONGEST]))
        unkeyed, by_key = keys.repair(typed, self._foreign, self._keys)
        whole, joined = self._joints.repair(unkeyed)
        expanded, expansions = self._expand(whole)
        heard, by_ear = self._ear.repair(expanded)
        words, spellings = self._speller.repair(heard)
        return Reading(question, words, unkeyed, by_key + joined + expansions + by_ear + spellings)

    def _expand(self, words: tuple[Word, ...]) -> tuple[tuple[Word, ...], tuple[Repair, ...]]:
        words, short = self._abbreviations.expand(words)
        words, local = self._dialect.expand(words)
        return words, short + local
