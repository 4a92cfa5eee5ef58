"""Words that change what is asked: "xóa đăng ký tạm trú" is not "đăng ký tạm trú"."""

from collections.abc import Sequence

from bot.text.word_lists import WordList
from bot.text.words import Word


class Contrasts:
    """Finds the contrast words of questions and phrasings."""

    def __init__(self, cues: WordList) -> None:
        self._cues = cues

    def read(self, words: Sequence[Word]) -> frozenset[str]:
        """The contrast words of a run of words."""
        return frozenset(found.cue for found in self._cues.find(words))
