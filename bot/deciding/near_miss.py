"""A question near a published fact that yet asks for something else: another time, place or number."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date

from bot.knowledge import Knowledge
from bot.knowledge.entries import Information, Result
from bot.reading import Reading
from bot.text.phrases import Found, Phrases
from bot.text.words import Word, split

_YEAR = re.compile(r"(?:19|20)\d{2}")
_NAMED = re.compile(r"\b(?:[Pp]hường|[Xx]ã)\s+([A-ZĐÀ-Ỹ][a-zđà-ỹ]+\s+[A-ZĐÀ-Ỹ][a-zđà-ỹ]+)")
PLACES = Phrases(("thành phố", "tỉnh", "cả nước", "toàn quốc", "việt nam", "quận", "huyện"))
ALL_OF = {  # all of a place → the place, of which the fact must tell
    "cả thành phố": "thành phố",
    "toàn thành phố": "thành phố",
    "cả huế": "thành phố",
    "toàn huế": "thành phố",
    "cả tỉnh": "tỉnh",
    "toàn tỉnh": "tỉnh",
}
WIDE = Phrases(ALL_OF)
SPANS = Phrases(
    ("quý 1", "quý 2", "quý 3", "quý 4", "quý i", "quý ii", "quý iii", "quý iv", "quý một", "quý hai",
     "quý ba", "quý tư", "nửa đầu năm", "nửa cuối năm", "6 tháng đầu", "sáu tháng đầu", "6 tháng cuối",
     "sáu tháng cuối")
)  # fmt: skip
RECENT = Phrases(
    ("tháng trước", "tháng này", "tháng qua", "tuần trước", "tuần này", "tuần qua", "quý này", "quý trước")
)
_DATE = re.compile(r"\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b")
_LONG_NUMBER = re.compile(r"\d(?:[ .-]?\d){6,}")  # seven digits and more
_NOT_DIGIT = re.compile(r"\D")
OUR_WARD = Phrases(("phường", "an cựu", "trên địa bàn", "địa bàn"))
UNITS = frozenset({"phuong", "xa"})  # what stands before the name of a ward or commune
RELATIVE_YEARS = {  # years back → how people say it
    0: Phrases(("năm nay", "năm ni")),
    1: Phrases(("năm ngoái", "năm trước", "năm qua", "năm vừa rồi", "năm rồi")),
    2: Phrases(("năm kia", "năm tê")),
}
NAME_WORDS = 2  # syllables; the name of a ward has at least so many


class NearMiss:
    """Knows every word of the knowledge base: what is none of them may be the name of another ward."""

    def __init__(self, knowledge: Knowledge, today: Callable[[], date]) -> None:
        """`today` says which year "năm ngoái" is."""
        self._today = today
        self._ours = f"{knowledge.ward.name} {knowledge.ward.city}"
        self._words = {
            word.folded
            for entry in knowledge.entries.values()
            for text in (entry.name, self._ours, *entry.phrasings)
            for word in split(text)
        }

    def names_ward(self, reading: Reading) -> bool:
        """Whether the question speaks of the ward."""
        return bool(OUR_WARD.find(reading.words))

    def names_ward_or_year(self, reading: Reading) -> bool:
        """Whether the question speaks of the ward or a year, as one who asks for a count does."""
        return self.names_ward(reading) or any(_YEAR.fullmatch(word.text) for word in reading.typed)

    def holds(self, reading: Reading, entry: Result | Information) -> bool:
        """Whether the question names a time, a place or a number that the fact does not speak of."""
        fact = (entry.statement, entry.period or "") if isinstance(entry, Result) else entry.text
        told = " ".join((entry.name, *fact, *entry.phrasings))
        return (
            self._other_year(reading, told)
            or _other_span(reading, entry, told)
            or self._other_place(reading, told)
            or _other_number(reading.question, told)
        )

    def _other_year(self, reading: Reading, told: str) -> bool:
        asked = {word.text for word in reading.typed if _YEAR.fullmatch(word.text)}
        for back, phrases in RELATIVE_YEARS.items():
            if phrases.find(reading.words):
                asked.add(str(self._today().year - back))
        return bool(asked) and not asked & set(_YEAR.findall(told))

    def _other_place(self, reading: Reading, told: str) -> bool:
        words = reading.words
        wide = {found.cue for found in PLACES.find(words) if _is_place(words, found)}
        if wide - {found.cue for found in PLACES.find(split(f"{told} {self._ours}"))}:
            return True
        whole = {ALL_OF[found.cue] for found in WIDE.find(words)}
        if whole - {found.cue for found in PLACES.find(split(told))}:
            return True
        if self._names_another_ward(reading.question, told):
            return True
        new = [word.folded not in self._words for word in words]
        return any(
            word.folded in UNITS and new[at + 1 : at + 1 + NAME_WORDS] == [True] * NAME_WORDS
            for at, word in enumerate(words)
        )

    def _names_another_ward(self, question: str, told: str) -> bool:
        """Whether capital letters give the name of a ward away."""
        ours = [word.key for word in split(f"{told} {self._ours}")]
        for name in _NAMED.findall(unicodedata.normalize("NFC", question)):
            keys = [word.key for word in split(name)]
            if not any(ours[at : at + len(keys)] == keys for at in range(len(ours))):
                return True
        return False


def _is_place(words: Sequence[Word], found: Found) -> bool:
    """Not so "tinh", "quan" without marks: rather tính, quán."""
    return len(found.positions) > 1 or words[found.positions[0]].is_marked


def _other_span(reading: Reading, entry: Result | Information, told: str) -> bool:
    """Whether the question asks for a part of a year that the fact does not tell; a result is of no month."""
    spans = (SPANS, RECENT) if isinstance(entry, Result) else (SPANS,)
    asked = {found.cue for phrases in spans for found in phrases.find(reading.words)}
    return bool(asked - {found.cue for phrases in spans for found in phrases.find(split(told))})


def _other_number(question: str, told: str) -> bool:
    """Whether the question holds a long number, as of a telephone, that the fact does not tell."""
    return not _long_numbers(question) <= _long_numbers(told)


def _long_numbers(text: str) -> frozenset[str]:
    """The numbers of seven digits and more, as one dials them here; dates are none."""
    found = _LONG_NUMBER.finditer(_DATE.sub(" ", text))
    digits = (_NOT_DIGIT.sub("", number.group()) for number in found)
    return frozenset("0" + number[2:] if number.startswith("84") else number for number in digits)
