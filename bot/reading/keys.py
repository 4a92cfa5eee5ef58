"""What the keyboard left over: Telex ("giaays", "ddawng") and VNI ("gia6y1") keys as the letters meant.

A word is read so only if it is no syllable as it stands and the keys make one that is common; a very short
one only beside a longer one that was read so. A key held down ("alooo") is one letter, whatever that makes.
"""

import re
import unicodedata
from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.reading.expansion import Repair
from bot.text.frequency import count_of, is_syllable
from bot.text.syllables import key
from bot.text.words import Word

TELEX_TONES = {"f": "\u0300", "s": "\u0301", "x": "\u0303", "r": "\u0309", "j": "\u0323"}
TONES = frozenset(TELEX_TONES.values())
VNI_TONES = {"2": "\u0300", "1": "\u0301", "4": "\u0303", "3": "\u0309", "5": "\u0323"}
DOUBLED = {"aa": "â", "ee": "ê", "oo": "ô", "dd": "đ"}  # Telex
HORNED = {"a": "ă", "o": "ơ", "u": "ư"}  # Telex: with w
VNI_LETTERS = {
    "6": {"a": "â", "e": "ê", "o": "ô"},
    "7": {"o": "ơ", "u": "ư"},
    "8": {"a": "ă"},
    "9": {"d": "đ"},
}
VOWELS = frozenset("aeiouyăâêôơư")
COMMON = 300  # times in the counted text; a rarer syllable is seldom meant
SURE_LENGTH = 4  # keys; fewer are read so only beside a longer one
LONGEST = 10  # keys; no syllable takes more
HELD = re.compile(r"([^\W\d_])\1{3,}|([^\W\d_bcdđfghjklmnpqrstvwxz])\2{2,}")  # "okkkk", "alooo"; not "cccd"
ROMAN = frozenset("ivxlcdm")  # letters of numerals: "XIII" is no key held down
# A tone key after the stop; begins where no letter stands before, so that no run is scanned twice.
LATE = re.compile(r"(?<![^\W_])([^\W\d_]{1,10})([.,!?]{1,3})([fsxrjFSXRJ])(?=\s|$)")
LATELY = 8192  # words that are remembered, each with what it was read as


def before_its_stop(text: str) -> str:
    """The text with each tone key that was hit after a stop put before it: "phong,f" → "phongf,"."""
    return LATE.sub(_moved, text)


def _moved(late: re.Match[str]) -> str:
    word, stop, tone = late.groups()
    is_toned = any(mark in TONES for mark in unicodedata.normalize("NFD", word))
    return late.group() if is_toned else word + tone + stop


def repair(
    words: Sequence[Word], foreign: Container[str] = frozenset(), known: Container[str] = frozenset()
) -> tuple[tuple[Word, ...], tuple[Repair, ...]]:
    """The words, each that is made of keys read as what they make.

    `foreign`: words left as they are. `known`: keys of words that are meant though few texts have them.
    """
    meant = {
        at: found.word
        for at, typed in enumerate(words)
        if typed.text not in foreign
        and (found := _meant(typed)) is not None
        and (found.is_common or found.word.key in known)
    }
    if not any(len(words[at].text) >= SURE_LENGTH for at in meant):
        return tuple(words), ()
    repairs = tuple(Repair(words[at].text, word.text, "phím gõ") for at, word in meant.items())
    return tuple(meant.get(at, word) for at, word in enumerate(words)), repairs


@dataclass(frozen=True, slots=True)
class _Meant:
    word: Word
    is_common: bool


@lru_cache(maxsize=LATELY)
def _meant(word: Word) -> _Meant | None:
    text = word.text
    released = (
        text if word.has_digit or ROMAN.issuperset(text) else HELD.sub(lambda held: held.group()[0], text)
    )
    if released != text and len(released) > 1:
        free = Word.of(released)
        made = _meant(free)
        return made if made and made.is_common else _Meant(free, is_common=True)
    if not 2 <= len(text) <= LONGEST or text.isnumeric():
        return None
    if word.has_digit:
        read = _vni(text) if len(text) > 2 else None  # a1 is a licence
    elif is_syllable(word.folded) and not _has_telex_pair(text):
        return None
    else:
        read = _telex(text)
    if read is None or read == text:
        return None
    return _Meant(Word.of(read), count_of(key(read)) >= COMMON)


def _has_telex_pair(text: str) -> bool:
    return any(pair in text for pair in DOUBLED) or "w" in text


def _telex(text: str) -> str | None:
    first = next((at for at, char in enumerate(text) if char in VOWELS or char == "w"), None)
    if first is None:
        return None
    tone = ""
    at = next((at for at in range(len(text) - 1, first, -1) if text[at] in TELEX_TONES), None)
    if at is not None:
        tone = TELEX_TONES[text[at]]
        text = text[:at] + text[at + 1 :]
    for pair, letter in DOUBLED.items():
        text = text.replace(pair, letter)
    if text.startswith("d") and text.endswith("d") and len(text) > 1:
        text = "đ" + text[1:-1]
    text = text.replace("uow", "ươ").replace("uwow", "ươ").replace("uwo", "ươ")
    for letter, horned in HORNED.items():
        text = text.replace(letter + "w", horned)
    if "w" in text:
        vowel = next((at for at in range(text.index("w"), -1, -1) if text[at] in HORNED), None)
        if vowel is None:
            text = text.replace("w", "ư", 1)
        else:
            text = text.replace("w", "", 1)
            text = text[:vowel] + HORNED[text[vowel]] + text[vowel + 1 :]
            text = text.replace("uơ", "ươ") if len(text) > vowel + 1 else text
    return _toned(text, tone)


def _vni(text: str) -> str | None:
    letters: list[str] = []
    tone = ""
    for char in text:
        if char in VNI_TONES:
            tone = VNI_TONES[char]
        elif char in VNI_LETTERS:
            changed = VNI_LETTERS[char]
            at = next((at for at in range(len(letters) - 1, -1, -1) if letters[at] in changed), None)
            if at is None:
                return None
            letters[at] = changed[letters[at]]
            if char == "7" and letters[at] == "ơ" and at and letters[at - 1] == "u":
                letters[at - 1] = "ư"
        elif char.isnumeric():
            return None
        else:
            letters.append(char)
    return _toned("".join(letters), tone)


def _toned(letters: str, tone: str) -> str | None:
    """The tone put on the first vowel that can bear it; None where there is none."""
    at = [at for at, char in enumerate(letters) if char in VOWELS]
    if not at:
        return None
    if letters[:2] in {"qu", "gi"} and len(at) > 1:
        at = at[1:]
    marked = next((place for place in at if letters[place] in "ăâêôơ"), at[0])
    return unicodedata.normalize("NFC", letters[: marked + 1] + tone + letters[marked + 1 :])
