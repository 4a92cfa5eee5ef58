"""What of a run of words tells one entry from another: content words and neighbouring pairs, weighted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.matching.facets import FacetReader
from bot.text.phrases import Phrases
from bot.text.words import Word

STOP_SHARE = 0.0  # of its weight that a stop word keeps
FACET_SHARE = 0.25  # of its weight that a word of a facet cue keeps: it asks, it seldom names
PAIR_SHARE = 0.6  # weight of a neighbouring pair, as a share of the mean weight of its words


@dataclass(frozen=True, slots=True)
class Feature:
    """One word or one pair of neighbours, with the share of its weight that it keeps."""

    words: tuple[Word, ...]
    share: float

    @property
    def name(self) -> str:
        """What is looked up: the bare letters, joined."""
        return " ".join(word.folded for word in self.words)


class FeatureReader:
    """Takes words apart into features; questions and phrasings the same way."""

    def __init__(self, stop_words: Iterable[str], facets: FacetReader) -> None:
        self._stop = Phrases(stop_words)
        self._facets = facets

    def read(self, words: Sequence[Word]) -> list[Feature]:
        """Each content word once, then each pair of neighbouring content words once."""
        stop = {at for found in self._stop.find(words) for at in found.positions}
        asked = self._facets.read(words).positions
        content = [
            (word, FACET_SHARE if at in asked else 1.0) for at, word in enumerate(words) if at not in stop
        ]
        singles = {word.folded: Feature((word,), share) for word, share in content}
        pairs = {
            (left.folded, right.folded): Feature((left, right), PAIR_SHARE * min(ls, rs))
            for (left, ls), (right, rs) in pairwise(content)
        }
        return [*singles.values(), *pairs.values()]
