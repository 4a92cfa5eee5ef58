"""Looking for cue phrases in a run of words."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.text.words import SAME_SOUND, Word, agreement, split

GAP = "..."  # in a cue: up to GAP_WORDS other words may stand here
GAP_WORDS = 3  # words


Parts = tuple[tuple[Word, ...], ...]
_Cue = tuple[str, Parts, frozenset[str]]  # as written, its parts between gaps, its bare words


@dataclass(frozen=True, slots=True)
class Found:
    """A cue that was found: the cue as the clerk wrote it and the positions of its words."""

    cue: str
    positions: tuple[int, ...]


class Phrases:
    """A set of cue phrases, ready to be looked for.

    A word typed without marks fits by its bare letters; a word typed with marks must have the cue's marks
    (hỏi and ngã are taken for each other).
    """

    def __init__(self, cues: Iterable[str]) -> None:
        self._by_start: dict[str, dict[str | None, list[_Cue]]] = {}  # by first word, then by second
        for cue in cues:
            parts = tuple(words for part in cue.split(GAP) if (words := split(part)))
            if parts:
                first = parts[0]
                second = first[1].folded if len(first) > 1 else None
                bare = frozenset(word.folded for part in parts for word in part)
                by_second = self._by_start.setdefault(first[0].folded, {})
                by_second.setdefault(second, []).append((cue, parts, bare))

    def find(self, words: Sequence[Word]) -> list[Found]:
        """Every place where a cue stands, in the order of the words."""
        folded = [word.folded for word in words]
        by_start = self._by_start
        if by_start.keys().isdisjoint(folded):
            return []
        found = []
        present = set(folded)
        for start in [at for at, bare in enumerate(folded) if bare in by_start]:
            by_second = by_start[folded[start]]
            for second in (None, *folded[start + 1 : start + 2]):
                for cue, parts, needed in by_second.get(second, ()):
                    positions = _match(words, start, parts) if needed <= present else None
                    if positions is not None:
                        found.append(Found(cue, positions))
        return found


Label = TypeVar("Label")


class PhraseLists(Generic[Label]):
    """Several sets of cue phrases, looked for in one walk through the words."""

    def __init__(self, lists: Mapping[Label, Iterable[str]]) -> None:
        self._of: dict[str, list[Label]] = defaultdict(list)  # cue → the lists it is in
        for label, cues in lists.items():
            for cue in dict.fromkeys(cues):
                self._of[cue].append(label)
        self._phrases = Phrases(self._of)

    def find(self, words: Sequence[Word]) -> dict[Label, list[Found]]:
        """The lists of which a cue stands somewhere, each with every place."""
        by_list: dict[Label, list[Found]] = defaultdict(list)
        for found in self._phrases.find(words):
            for label in self._of[found.cue]:
                by_list[label].append(found)
        return by_list


def longest(found: Iterable[Found]) -> list[Found]:
    """Of overlapping finds the longest, in the order of the words."""
    taken: set[int] = set()
    kept = []
    for each in sorted(found, key=lambda each: (-len(each.positions), each.positions)):
        if taken.isdisjoint(each.positions):
            taken.update(each.positions)
            kept.append(each)
    return sorted(kept, key=lambda each: each.positions)


def fits(typed: Word, cue: Word) -> bool:
    """Whether a typed word counts as the cue's word."""
    return agreement(typed, cue) >= SAME_SOUND


def stands_at(words: Sequence[Word], start: int, run: Sequence[Word]) -> bool:
    """Whether `run` stands in `words` from `start` on."""
    if start < 0 or start + len(run) > len(words):
        return False
    for at, word in enumerate(run, start):
        typed = words[at]
        if typed.key != word.key and not fits(typed, word):
            return False
    return True


def _match(words: Sequence[Word], start: int, parts: Parts) -> tuple[int, ...] | None:
    if not stands_at(words, start, parts[0]):
        return None
    here = tuple(range(start, start + len(parts[0])))
    if len(parts) == 1:
        return here
    end = start + len(parts[0])
    for gap in range(GAP_WORDS + 1):
        rest = _match(words, end + gap, parts[1:])
        if rest is not None:
            return here + rest
    return None
