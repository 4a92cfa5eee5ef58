"""How common each syllable is in written Vietnamese.

`syllables.tsv` holds counts over 35.3 million syllables of public text (laws, national portal records,
encyclopaedia and news pages, legal questions), lower case, NFC; syllables seen fewer than 40 times are
left out.
"""

import math
from collections import Counter
from functools import lru_cache
from importlib import resources

from bot.text.syllables import fold

CORPUS_SYLLABLES = 35_300_000
UNSEEN_COUNT = 40  # what a syllable missing from the table is taken to have at most


@lru_cache(maxsize=1)
def _folded_counts() -> Counter[str]:
    counts: Counter[str] = Counter()
    table = resources.files(__package__).joinpath("syllables.tsv").read_text(encoding="utf-8")
    for line in table.splitlines()[1:]:
        syllable, count = line.split("\t")
        counts[fold(syllable)] += int(count)
    return counts


def is_syllable(folded: str) -> bool:
    """Whether these bare letters are a syllable of written Vietnamese, with any marks."""
    return folded in _folded_counts()


def rarity(folded: str) -> float:
    """-ln of the share of all syllables that have these bare letters (about 4 for "của", 13.7 for unseen)."""
    return math.log(CORPUS_SYLLABLES / max(_folded_counts().get(folded, 0), UNSEEN_COUNT))
