"""Words that change what is asked: "xóa đăng ký tạm trú" is not "đăng ký tạm trú"."""

from collections.abc import Sequence

from bot.matching.features import Phrasings
from bot.text.word_lists import WordList
from bot.text.words import Word


class Contrasts:
    """Knows which contrast words each entry's phrasings have."""

    def __init__(self, cues: WordList, phrasings: Phrasings) -> None:
        """`phrasings`: entry id → its phrasings, each as words."""
        self._cues = cues
        self._known = {
            entry: frozenset(cue for words in _marked(phrases) for cue in self.read(words))
            for entry, phrases in phrasings.items()
        }

    def read(self, words: Sequence[Word]) -> frozenset[str]:
        """The contrast words of a question."""
        return frozenset(found.cue for found in self._cues.find(words))

    def missing(self, asked: frozenset[str], entry: str) -> int:
        """How many of the question's contrast words the entry does not have."""
        return len(asked - self._known[entry])


def _marked(phrasings: Sequence[Sequence[Word]]) -> Sequence[Sequence[Word]]:
    """The phrasings that are written with marks, if any: the others would fit any marks."""
    return [words for words in phrasings if any(word.is_marked for word in words)] or phrasings
