"""Lists of words that mean something by being there: padding, contrasts."""

from collections.abc import Iterable, Sequence

from bot.text.phrases import Found, Phrases
from bot.text.words import Word


class WordList:
    """Finds the words and phrases of a list in a run of words."""

    def __init__(self, always: Iterable[str], marked_only: Iterable[str] = ()) -> None:
        """`marked_only`: single words that, in a text without marks, may be another word."""
        self._always = Phrases(always)
        self._marked_only = Phrases(marked_only)

    def find(self, words: Sequence[Word]) -> list[Found]:
        """Every place where a word or phrase of the list stands."""
        is_marked = any(word.is_marked for word in words)
        marked = [
            found
            for found in self._marked_only.find(words)
            if words[at := found.positions[0]].is_marked or (is_marked and words[at].text == found.cue)
        ]
        return self._always.find(words) + marked

    def positions(self, words: Sequence[Word]) -> frozenset[int]:
        """Where words of the list stand."""
        return frozenset(at for found in self.find(words) for at in found.positions)
