"""A question near a published result that yet asks for something else: another year, another place."""

import re
from collections.abc import Iterable

from bot.knowledge.entries import Result
from bot.reading import Reading
from bot.text.phrases import Phrases
from bot.text.stop_words import StopWords
from bot.text.words import split

_YEAR = re.compile(r"(?:19|20)\d{2}")
PLACES = Phrases(("thành phố", "tỉnh", "cả nước", "toàn quốc", "việt nam", "quận", "huyện"))
UNITS = frozenset({"phuong", "xa"})  # what stands before the name of a ward or commune
NAME_WORDS = 2  # syllables; the name of a ward has at least so many


class NearMiss:
    """Knows padding and the ward's own name, so that they are not taken for another place."""

    def __init__(self, stop_words: StopWords, ours: Iterable[str]) -> None:
        """`ours`: the names of the ward and its city."""
        self._stop = stop_words
        self._ours = " ".join(ours)

    def holds(self, reading: Reading, entry: Result) -> bool:
        """Whether the question names a year or a place that the result does not speak of."""
        told = " ".join((entry.name, entry.statement, entry.period or "", *entry.phrasings))
        return self._other_year(reading, told) or self._other_place(reading, told)

    def _other_year(self, reading: Reading, told: str) -> bool:
        asked = {word.text for word in reading.typed if _YEAR.fullmatch(word.text)}
        return bool(asked) and not asked & set(_YEAR.findall(told))

    def _other_place(self, reading: Reading, told: str) -> bool:
        words, known = reading.words, split(f"{told} {self._ours}")
        wide = {found.cue for found in PLACES.find(words)}
        if wide - {found.cue for found in PLACES.find(known)}:
            return True
        stop = self._stop.positions(words)
        told_words = {word.folded for word in known}
        new = [at not in stop and word.folded not in told_words for at, word in enumerate(words)]
        return any(
            word.folded in UNITS and new[at + 1 : at + 1 + NAME_WORDS] == [True] * NAME_WORDS
            for at, word in enumerate(words)
        )
