"""A misspelt word read as the nearest word of the knowledge base."""

from collections import Counter
from collections.abc import Iterable, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.reading.expansion import Repair
from bot.text.frequency import is_syllable
from bot.text.words import Word

SHORTEST = 3  # letters; a shorter word has too many neighbours
MOST_EDITS = 1  # insertions, deletions, substitutions or swaps of neighbours


class Speller:
    """Knows the words of the knowledge base (with how often each occurs there)."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        counts = Counter(vocabulary)
        self._words = [word for word, _ in counts.most_common() if len(word) >= SHORTEST]
        self._known = frozenset(counts)

    def repair(self, words: Sequence[Word]) -> tuple[tuple[Word, ...], tuple[Repair, ...]]:
        """The words, each unknown one replaced by the nearest known word where one is near enough."""
        repairs = []
        result = []
        for word in words:
            near = self._nearest(word)
            if near is not None:
                repairs.append(Repair(word.text, near, "chính tả"))
            result.append(word if near is None else Word.of(near))
        return tuple(result), tuple(repairs)

    def _nearest(self, word: Word) -> str | None:
        folded = word.folded
        if len(folded) < SHORTEST or word.has_digit or folded in self._known or is_syllable(folded):
            return None
        found = process.extractOne(folded, self._words, scorer=OSA.distance, score_cutoff=MOST_EDITS)
        return None if found is None else found[0]
