"""Questions spoilt the way typing spoils them: without marks, half of them, a slip, leftovers of Telex.

Each is the same for the same question, whatever else is asked.
"""

import random
import unicodedata
from collections.abc import Callable, Mapping

from bot.text.syllables import TONES

CHARACTERS_A_TYPO = 60  # one slip in so many, at least one
TONE_KEYS = {"\u0300": "f", "\u0301": "s", "\u0303": "x", "\u0309": "r", "\u0323": "j"}  # Telex
LETTER_KEYS = {"ă": "aw", "â": "aa", "đ": "dd", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw"}  # Telex
NEIGHBOURS = {
    "a": "sqz", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "g": "fh", "h": "gj", "i": "uo", "k": "jl",
    "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "w", "r": "et", "s": "ad", "t": "ry",
    "u": "yi", "v": "cb",
    "x": "zc", "y": "tu",
}  # fmt: skip
HALF = 0.5  # of the words lose their marks; of the marked words become Telex keys


def without_marks(text: str) -> str:
    """The text as someone types it who types no marks."""
    bare = unicodedata.normalize("NFD", text).replace("đ", "d").replace("Đ", "D")
    return "".join(char for char in bare if not unicodedata.combining(char))


def half_marks(text: str) -> str:
    """Each second word (by chance) without its marks."""
    dice = _dice(text)
    return " ".join(without_marks(word) if dice.random() < HALF else word for word in text.split(" "))


def typo(text: str) -> str:
    """A neighbouring key, a doubled, a dropped or a swapped letter, once in CHARACTERS_A_TYPO."""
    dice = _dice(text)
    letters = list(unicodedata.normalize("NFC", text))
    for _ in range(max(1, len(letters) // CHARACTERS_A_TYPO)):
        places = [
            at for at in range(1, len(letters) - 1) if letters[at].isalpha() and letters[at - 1].isalpha()
        ]
        if not places:
            break
        _slip(letters, dice.choice(places), dice)
    return "".join(letters)


def telex(text: str) -> str:
    """Each second marked word (by chance) as the keys of Telex, as when the keyboard did not join them."""
    dice = _dice(text)
    words = text.split(" ")
    return " ".join(
        _keys(word) if without_marks(word) != word and dice.random() < HALF else word for word in words
    )


NOISES: Mapping[str, Callable[[str], str]] = {
    "none": str,
    "nomarks": without_marks,
    "halfmarks": half_marks,
    "typo": typo,
    "telex": telex,
}


def _dice(text: str) -> random.Random:
    return random.Random(text)  # noqa: S311  # nothing secret is made with it


def _slip(letters: list[str], at: int, dice: random.Random) -> None:
    bare = without_marks(letters[at]).lower()
    match dice.randrange(4):
        case 0 if bare in NEIGHBOURS:
            letters[at] = dice.choice(NEIGHBOURS[bare])
        case 1:
            letters.insert(at, letters[at])
        case 2:
            letters[at], letters[at - 1] = letters[at - 1], letters[at]
        case _:
            del letters[at]


def _keys(word: str) -> str:
    """The keys that make a word, the tone last."""
    typed, tone = [], ""
    for char in unicodedata.normalize("NFC", word):
        parts = unicodedata.normalize("NFD", char)
        tone = next((TONE_KEYS[part] for part in parts if part in TONES), tone)
        plain = unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES))
        keys = LETTER_KEYS.get(plain.lower(), plain)
        typed.append(keys.capitalize() if plain.isupper() else keys)
    return "".join(typed) + tone
