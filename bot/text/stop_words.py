"""Words that carry no meaning of their own."""

from collections.abc import Iterable, Sequence

from bot.text.phrases import Phrases
from bot.text.words import Word


class StopWords:
    """Finds padding in a run of words."""

    def __init__(self, always: Iterable[str], marked_only: Iterable[str]) -> None:
        """`marked_only`: single words that, in a text without marks, may be another word."""
        self._always = Phrases(always)
        self._marked_only = Phrases(marked_only)

    def positions(self, words: Sequence[Word]) -> frozenset[int]:
        """Where the padding stands."""
        always = {at for found in self._always.find(words) for at in found.positions}
        is_marked = any(word.is_marked for word in words)
        marked = {
            at
            for found in self._marked_only.find(words)
            for at in found.positions
            if words[at].is_marked or (is_marked and words[at].text == found.cue)
        }
        return frozenset(always | marked)
