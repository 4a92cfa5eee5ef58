"""The walk from a typed question to its words."""

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass

from bot.knowledge.language import Language
from bot.reading.expansion import Expander, Repair
from bot.reading.spelling import Ear, Pair, Speller
from bot.text.words import MOST_CHARACTERS, Word, split

LONGEST = MOST_CHARACTERS  # Telegram sends no longer message, and no more of one is read


@dataclass(frozen=True, slots=True)
class Reading:
    """What a question says: its words after every repair, and the repairs.

    `typed` are the words before any repair (for cues that a repair could hide).
    """

    question: str
    words: tuple[Word, ...]
    typed: tuple[Word, ...]
    repairs: tuple[Repair, ...]

    @property
    def is_too_long(self) -> bool:
        """Whether the question has more characters than are read."""
        return len(self.question) > LONGEST


class Reader:
    """Reads questions and, the same way but without spelling repair, the phrasings of entries."""

    def __init__(self, language: Language) -> None:
        self._abbreviations = Expander(language.abbreviations, "viết tắt", single_words_need_marks=False)
        self._dialect = Expander(language.dialect, "tiếng địa phương", single_words_need_marks=True)
        self._rules = language.spelling
        self._ear = Ear((), (), (), {})
        self._speller = Speller({})

    def with_vocabulary(
        self, vocabulary: Mapping[str, int], known: Iterable[Word] = (), pairs: Iterable[Pair] = ()
    ) -> "Reader":
        """A reader that takes a misspelt word for the nearest of these bare words (word → how often).

        `known`: the same words as they are marked; `pairs`: which stand side by side. A word that is not
        known and spelt by ear is read as what makes such a pair.
        """
        reader = copy(self)
        reader._ear = Ear(self._rules, known, pairs, vocabulary)
        reader._speller = Speller(vocabulary)
        return reader

    def phrase(self, text: str) -> tuple[Word, ...]:
        """The words of a phrasing, abbreviations and dialect read out."""
        return self._expand(split(text[:LONGEST]))[0]

    def read(self, question: str, bare: str | None = None) -> Reading:
        """Read the first LONGEST characters of a question, whatever they are.

        `bare`: what of it is to be understood, where personal data was taken out.
        """
        typed = split((question if bare is None else bare)[:LONGEST])
        expanded, expansions = self._expand(typed)
        heard, by_ear = self._ear.repair(expanded)
        words, spellings = self._speller.repair(heard)
        return Reading(question, words, typed, expansions + by_ear + spellings)

    def _expand(self, words: tuple[Word, ...]) -> tuple[tuple[Word, ...], tuple[Repair, ...]]:
        words, short = self._abbreviations.expand(words)
        words, local = self._dialect.expand(words)
        return words, short + local
