"""Names of places and offices that are no more, where a question speaks of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.knowledge.language import FormerName
from bot.text.phrases import Phrases, longest
from bot.text.words import Word


@dataclass(frozen=True, slots=True)
class Former:
    """The names found: what is said of each, the entries that tell more, the words they stand in."""

    names: tuple[FormerName, ...]
    positions: frozenset[int]

    def said_beside(self, entries: Iterable[str]) -> tuple[str, ...]:
        """What is to be said beside an answer from these entries, which may say it all themselves."""
        told = frozenset(entries)
        return tuple(name.says for name in self.names if name.entry not in told)


class FormerNames:
    """Finds them; of overlapping names the longest."""

    def __init__(self, rows: Iterable[FormerName]) -> None:
        self._rows = {name: row for row in rows for name in row.names}
        self._names = Phrases(self._rows)
        self._before = {row.names: Phrases(row.not_after) for row in self._rows.values()}

    def read(self, words: Sequence[Word]) -> Former:
        """The former names in a question."""
        names: dict[tuple[str, ...], FormerName] = {}
        positions: set[int] = set()
        for found in longest(self._names.find(words)):
            row = self._rows[found.cue]
            start = found.positions[0]
            is_marked = any(words[at].is_marked for at in found.positions)
            other = any(before.positions[-1] == start - 1 for before in self._before[row.names].find(words))
            if not other and (is_marked or row.marked is None):
                names.setdefault(row.names, row)
                positions.update(found.positions)
        return Former(tuple(names.values()), frozenset(positions))
