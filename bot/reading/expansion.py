"""Abbreviations and dialect read as what they stand for, ambiguous ones only where their rule holds."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.knowledge.language import Condition, Row
from bot.text.frequency import is_syllable
from bot.text.phrases import stands_at
from bot.text.words import Word, split


@dataclass(frozen=True, slots=True)
class Repair:
    """One thing read as another: what was typed, what it was read as, and why."""

    typed: str
    read: str
    why: str


Phrase = tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class _Condition:
    after: tuple[Phrase, ...]
    not_after: tuple[Phrase, ...]
    before: tuple[Phrase, ...]
    not_before: tuple[Phrase, ...]
    near: tuple[Phrase, ...]
    not_near: tuple[Phrase, ...]
    at: str | None
    after_number: str | None

    @classmethod
    def of(cls, condition: Condition) -> "_Condition":
        def phrases(texts: tuple[str, ...]) -> tuple[Phrase, ...]:
            return tuple(split(text) for text in texts)

        return cls(
            phrases(condition.after),
            phrases(condition.not_after),
            phrases(condition.before),
            phrases(condition.not_before),
            phrases(condition.near),
            phrases(condition.not_near),
            condition.at,
            condition.after_number,
        )

    def holds(self, text: "_Text", start: int, end: int) -> bool:
        words = text.words

        left = words[start - 1].folded if start else ""
        right = words[end].folded if end < len(words) else ""

        def after(phrases: tuple[Phrase, ...]) -> bool:
            return any(p[-1].folded == left and stands_at(words, start - len(p), p) for p in phrases)

        def before(phrases: tuple[Phrase, ...]) -> bool:
            return any(p[0].folded == right and stands_at(words, end, p) for p in phrases)

        def near(phrases: tuple[Phrase, ...]) -> bool:
            return any(at + len(p) <= start or at >= end for p in phrases for at in text.starts(p))

        number_before = start > 0 and words[start - 1].text.isnumeric()
        return (
            (not self.after or after(self.after))
            and not after(self.not_after)
            and (not self.before or before(self.before))
            and not before(self.not_before)
            and (not self.near or near(self.near))
            and not near(self.not_near)
            and (self.at is None or (start == 0 if self.at == "start" else end == len(words)))
            and (self.after_number is None or number_before == (self.after_number == "yes"))
        )


class _Text:
    """The words of one question, with each phrase looked for in them once."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = words
        self._starts: dict[Phrase, tuple[int, ...]] = {}
        self._positions: dict[str, list[int]] = defaultdict(list)
        for at, word in enumerate(words):
            self._positions[word.folded].append(at)

    def starts(self, phrase: Phrase) -> tuple[int, ...]:
        """Where a phrase stands."""
        if phrase not in self._starts:
            possible = self._positions.get(phrase[0].folded, ()) if phrase else ()
            self._starts[phrase] = tuple(at for at in possible if stands_at(self.words, at, phrase))
        return self._starts[phrase]


@dataclass(frozen=True, slots=True)
class _Row:
    from_: Phrase
    readings: tuple[tuple[Phrase, _Condition | None], ...]
    needs_marks: bool

    def matches(self, words: Sequence[Word], start: int) -> bool:
        if start + len(self.from_) > len(words):
            return False
        return all(
            typed.key == word.key
            or (not self.needs_marks and not typed.is_marked and typed.folded == word.folded)
            for typed, word in zip(words[start : start + len(self.from_)], self.from_, strict=True)
        )

    def read(self, text: _Text, start: int) -> Phrase | None:
        end = start + len(self.from_)
        for to, condition in self.readings:
            if condition is None or condition.holds(text, start, end):
                return to
        return None


class Expander:
    """Applies one list of rows: longest first, left to right, each word once."""

    def __init__(self, rows: Iterable[Row], why: str, *, single_words_need_marks: bool) -> None:
        """`why` names the list in each Repair.

        With `single_words_need_marks`, a one-word row that has marks is taken only when typed with them
        (unmarked "mo" is more often mở than mô); without, only where its bare letters are a syllable ("gòi"
        for rồi, but "goi" is gọi).
        """
        self._why = why
        self._by_first: dict[str, list[_Row]] = defaultdict(list)
        for row in rows:
            from_ = split(row.from_)
            readings: list[tuple[Phrase, _Condition | None]] = [
                (split(reading.to), _Condition.of(reading.when)) for reading in row.readings
            ]
            if row.to is not None:
                readings.append((split(row.to), None))
            if from_ and readings:
                may_need = single_words_need_marks or is_syllable(from_[0].folded)
                needs = may_need and len(from_) == 1 and from_[0].is_marked
                self._by_first[from_[0].folded].append(_Row(from_, tuple(readings), needs))
        for found in self._by_first.values():
            found.sort(key=lambda row: -len(row.from_))

    def expand(self, words: Sequence[Word]) -> tuple[tuple[Word, ...], tuple[Repair, ...]]:
        """The words with every row applied, and what was changed."""
        text = _Text(words)
        result: list[Word] = []
        repairs: list[Repair] = []
        at = 0
        while at < len(words):
            size, read = self._read(text, at)
            if read is None:
                result.append(words[at])
                at += 1
                continue
            typed = " ".join(word.text for word in words[at : at + size])
            meant = " ".join(word.text for word in read)
            if typed != meant:
                repairs.append(Repair(typed, meant, self._why))
            result.extend(read)
            at += size
        return tuple(result), tuple(repairs)

    def _read(self, text: _Text, at: int) -> tuple[int, Phrase | None]:
        for row in self._by_first.get(text.words[at].folded, ()):
            if row.matches(text.words, at):
                read = row.read(text, at)
                if read is not None:
                    return len(row.from_), read
        return 1, None
