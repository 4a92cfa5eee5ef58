"""What of a run of words tells one entry from another: content words and neighbouring pairs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.matching.facets import FacetReader
from bot.text.word_lists import WordList
from bot.text.words import Word

Phrasings = Mapping[str, Sequence[Sequence[Word]]]  # entry id → its phrasings, each as words

FACET_SHARE = 0.25  # of its weight that a word of a facet cue keeps: it asks, it seldom names
PAIR_SHARE = 0.6  # weight of a neighbouring pair, as a share of the mean weight of its words


@dataclass(frozen=True, slots=True)
class Feature:
    """One word or one pair of neighbours, with the share of its weight that it keeps."""

    name: str  # what is looked up: the bare letters, joined
    words: tuple[Word, ...]
    share: float


@dataclass(frozen=True, slots=True)
class Features:
    """A run of words taken apart; `asks` is what it asks for (see Asked)."""

    items: tuple[Feature, ...]
    asks: str | None


def name_of(words: Sequence[Word]) -> str:
    """What a word or a pair of words is looked up by: their bare letters."""
    return " ".join(word.folded for word in words)


class FeatureReader:
    """Takes words apart into features; questions and phrasings the same way."""

    def __init__(self, stop_words: WordList, facets: FacetReader) -> None:
        self._stop = stop_words
        self._facets = facets

    def read(self, words: Sequence[Word]) -> Features:
        """Each content word once, then each pair of neighbouring content words once."""
        stop = self._stop.positions(words)
        asked = self._facets.read(words)
        content = [
            (word, FACET_SHARE if at in asked.positions else 1.0)
            for at, word in enumerate(words)
            if at not in stop
        ]
        singles = {name_of((word,)): Feature(name_of((word,)), (word,), share) for word, share in content}
        pairs: dict[str, Feature] = {}
        for (left, left_share), (right, right_share) in pairwise(content):
            name = name_of((left, right))
            pairs[name] = Feature(name, (left, right), PAIR_SHARE * min(left_share, right_share))
        return Features((*singles.values(), *pairs.values()), asked.what)
