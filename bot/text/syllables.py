"""One syllable taken apart: its letters, its marks, its tone."""

import re
import unicodedata
from functools import lru_cache

TONES = {"\u0300": "1", "\u0301": "2", "\u0303": "3", "\u0309": "4", "\u0323": "5"}
# ngang (no tone) has no digit; huyền 1, sắc 2, ngã 3, hỏi 4, nặng 5
HOOK_AND_TILDE = frozenset("34")  # hỏi and ngã sound alike in Huế and are mistyped for each other
_FINAL_Y = re.compile(r"^([bcdđghklmnpqrstvx]+)y$")  # kỹ = kĩ, lý = lí; not quy, thủy, y


@lru_cache(maxsize=65536)
def key(word: str) -> str:
    """The letters with their marks, then the tone as a digit, wherever it was typed: hoà = hòa = "hoa1".

    Takes one lower-case word; a final i is written y as i ("kỹ" = "kĩ" = "ki3").
    """
    letters, tone = [], ""
    for char in unicodedata.normalize("NFD", word):
        if char in TONES:
            tone = TONES[char]
        else:
            letters.append(char)
    base = unicodedata.normalize("NFC", "".join(letters))
    return _FINAL_Y.sub(lambda m: m.group(1) + "i" if m.group(1) != "q" else m.group(0), base) + tone


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """The bare letters of one lower-case word: no tone, no marks, đ as d ("đường" → "duong")."""
    bare = "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))
    bare = bare.replace("đ", "d")
    return _FINAL_Y.sub(lambda m: m.group(1) + "i" if m.group(1) != "q" else m.group(0), bare)


def tone_of(key_: str) -> str:
    """The tone digit of a key, "" for none."""
    return key_[-1] if key_[-1:].isdigit() and not key_.isdigit() else ""
