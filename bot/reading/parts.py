"""A message taken apart where it may ask several things, and freed of what it says it does not ask."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.text.phrases import GAP, Phrases, stands_at
from bot.text.word_lists import WordList
from bot.text.words import Word, split

MOST_DENIED = 8  # words that one denial takes away
OPENING = 2  # words; a greeting begins among the first: "dạ chào", "em chào"
LEAST_LEFT = 2  # words behind a greeting that say something
NO_WORDS = WordList(())
ASKS_BEFORE = frozenset({"co", "duoc", "hay"})  # "có … không" asks
FRAGMENT_END = re.compile(r"[?!;\n]+|\.(?=\s|$)|,(?=\s)|(?<=\s)\+(?=\s)")


@dataclass(frozen=True, slots=True)
class _Denial:
    """Cue words before what is denied, and after it (none: all that follows is)."""

    before: tuple[Word, ...]
    after: tuple[Word, ...]


class Denials:
    """Finds what a question says that it is not about: "không phải khai sinh mà khai tử"."""

    def __init__(
        self, cues: Iterable[str], negates: Iterable[str] = (), padding: WordList = NO_WORDS
    ) -> None:
        """`cues`: words with `...` where the denied words stand; `negates`: what begins what is not so.

        `padding`: words that say nothing.
        """
        self._negates = Phrases(negates)
        self._padding = padding
        halves = (cue.split(GAP) for cue in cues)
        found = [_Denial(split(before), split(after)) for before, after in halves]
        found.sort(key=lambda denial: (-len(denial.after), -len(denial.before)))
        self._by_first: dict[str, list[_Denial]] = defaultdict(list)
        for denial in found:
            self._by_first[denial.before[0].folded].append(denial)

    def denied(self, words: Sequence[Word]) -> frozenset[int]:
        """The positions of the words that are denied, cue words included; never all of them."""
        for start, word in enumerate(words):
            for denial in self._by_first.get(word.folded, ()):
                if not stands_at(words, start, denial.before):
                    continue
                positions = _span(words, start, denial)
                if positions and len(positions) < len(words):
                    return positions
        return frozenset()

    def negated(self, words: Sequence[Word]) -> int | None:
        """Where in a part of a sentence it begins to say what is not so; None where it does not, or asks.

        "không" at the end asks, and so it does after "có".
        """
        padding = self._padding.positions(words)
        for found in self._negates.find(words):
            first, last = found.positions[0], found.positions[-1]
            asks = any(word.folded in ASKS_BEFORE for word in words[:first])
            if not asks and any(at not in padding for at in range(last + 1, len(words))):
                return first
        return None


def _span(words: Sequence[Word], start: int, denial: _Denial) -> frozenset[int]:
    first = start + len(denial.before)
    last = min(len(words), first + MOST_DENIED)
    if not denial.after:
        is_last_part = start > 0 and len(words) <= last
        return frozenset(range(start, len(words))) if is_last_part and first < len(words) else frozenset()
    for end in range(first + 1, last + 1):
        if stands_at(words, end, denial.after) and end + len(denial.after) < len(words):
            return frozenset(range(start, end + len(denial.after)))
    return frozenset()


def after_greeting(words: Sequence[Word], hello: Phrases) -> tuple[Word, ...]:
    """The words behind the greeting that opens them; all of them where hardly anything else is said."""
    ends = [found.positions[-1] + 1 for found in hello.find(words) if found.positions[0] < OPENING]
    left = tuple(words[max(ends, default=0) :])
    return left if len(left) >= LEAST_LEFT else tuple(words)


def fragments_of(text: str) -> list[str]:
    """The parts of a text between the marks that end a sentence or part it."""
    return [part for part in FRAGMENT_END.split(text) if any(map(str.isalnum, part))]


def joined_parts(words: Sequence[Word], joins: Phrases) -> list[tuple[tuple[Word, ...], tuple[Word, ...]]]:
    """Every way to take words apart in two at a joining word, which belongs to neither."""
    ways = []
    for found in joins.find(words):
        first, last = found.positions[0], found.positions[-1]
        if first > 0 and last + 1 < len(words):
            ways.append((tuple(words[:first]), tuple(words[last + 1 :])))
    return ways
