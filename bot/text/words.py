"""A text as words, each with what was typed and what can be compared."""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

from bot.text.syllables import HOOK_AND_TILDE, fold, key, tone_of

MOST_CHARACTERS = 4096  # of a text are looked at
INVISIBLE = frozenset({"Cf", "Cs", "Co", "Cn"})  # format, surrogate, private, unassigned
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Word:
    """One word, lower case: as typed, its key (tone taken out of its place), its bare letters.

    `is_marked`: whether any mark or tone was typed. `has_digit`: whether any character is a number. All of it
    follows from the text, so that alone tells two words apart.
    """

    text: str
    key: str = field(compare=False)
    folded: str = field(compare=False)
    is_marked: bool = field(compare=False, repr=False)
    has_digit: bool = field(compare=False, repr=False)

    @classmethod
    def of(cls, text: str) -> "Word":
        """The word for one lower-case run of letters and digits."""
        return _word(text)


@lru_cache(maxsize=65536)
def _word(text: str) -> Word:
    marked, bare = key(text), fold(text)
    return Word(text, marked, bare, marked != bare, any(map(str.isnumeric, text)))


def clean(text: str) -> str:
    """NFKC, lower case, no invisible characters; at most MOST_CHARACTERS (NFKC can make a text longer)."""
    composed = unicodedata.normalize("NFKC", text)[:MOST_CHARACTERS]
    if not composed.isprintable():
        categories = ((char, unicodedata.category(char)) for char in composed)
        composed = "".join(
            " " if category == "Cc" else char for char, category in categories if category not in INVISIBLE
        )
    return unicodedata.normalize("NFC", composed.lower())


def split(text: str) -> tuple[Word, ...]:
    """The words of a text, in order; punctuation and emoji are no words."""
    return tuple(map(_word, _WORD.findall(clean(text))))


def is_latin(text: str) -> bool:
    """Whether any letter of a text is of the Latin script, as Vietnamese is written."""
    return any("LATIN" in unicodedata.name(char, "") for char in text)


SAME_SOUND = 0.8  # hỏi for ngã: a spelling of Huế, seldom another word
OTHER_MARKS = 0.25  # a mark the citizen typed counts: khai tự is not khai tử


def agreement(typed: Word, known: Word) -> float:
    """How well a typed word fits a known one: 1 when equal or typed without marks, 0 for other letters."""
    if typed.folded != known.folded:
        return 0.0
    if typed.key == known.key or not typed.is_marked:
        return 1.0
    same_letters = typed.key.rstrip("12345") == known.key.rstrip("12345")
    if same_letters and {tone_of(typed.key), tone_of(known.key)} == HOOK_AND_TILDE:
        return SAME_SOUND
    return OTHER_MARKS
