"""Words that change what is asked: "xóa đăng ký tạm trú" is not "đăng ký tạm trú"."""

from collections.abc import Iterable, Sequence

from bot.matching.features import Phrasings
from bot.text.phrases import Phrases
from bot.text.words import Word


class Contrasts:
    """Knows which contrast words each entry's phrasings have."""

    def __init__(self, cues: Iterable[str], phrasings: Phrasings) -> None:
        """`phrasings`: entry id → its phrasings, each as words."""
        self._cues = Phrases(cues)
        self._known = {
            entry: frozenset(cue for words in phrases for cue in self.read(words))
            for entry, phrases in phrasings.items()
        }

    def read(self, words: Sequence[Word]) -> frozenset[str]:
        """The contrast words of a question."""
        return frozenset(found.cue for found in self._cues.find(words))

    def missing(self, asked: frozenset[str], entry: str) -> int:
        """How many of the question's contrast words the entry does not have."""
        return len(asked - self._known[entry])
