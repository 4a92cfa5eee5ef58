"""How common each syllable is in written Vietnamese.

`syllables.tsv` holds counts over 35.3 million syllables of public text (laws, national portal records,
encyclopaedia and news pages, legal questions), lower case, NFC; syllables seen fewer than 40 times are
left out.
"""

import math
from collections import Counter
from functools import lru_cache
from importlib import resources

from bot.text.syllables import fold, key

CORPUS_SYLLABLES = 35_300_000
UNSEEN_COUNT = 40  # what a syllable missing from the table is taken to have at most


def _table() -> list[tuple[str, int]]:
    table = resources.files(__package__).joinpath("syllables.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines()[1:])
    return [(syllable, int(count)) for syllable, count in rows]


@lru_cache(maxsize=1)
def _folded_counts() -> Counter[str]:
    counts: Counter[str] = Counter()
    for syllable, count in _table():
        counts[fold(syllable)] += count
    return counts


@lru_cache(maxsize=1)
def _marked_counts() -> Counter[str]:
    counts: Counter[str] = Counter()
    for syllable, count in _table():
        counts[key(syllable)] += count
    return counts


def count_of(key_: str) -> int:
    """How often a syllable with these marks (its key) stands in the counted text."""
    return _marked_counts().get(key_, 0)


def is_syllable(folded: str) -> bool:
    """Whether these bare letters are a syllable of written Vietnamese, with any marks."""
    return folded in _folded_counts()


def rarity(folded: str) -> float:
    """-ln of the share of all syllables that have these bare letters (about 4 for "của", 13.7 for unseen)."""
    return math.log(CORPUS_SYLLABLES / max(_folded_counts().get(folded, 0), UNSEEN_COUNT))
