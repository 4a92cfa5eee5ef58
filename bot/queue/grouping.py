"""Which questions are alike enough to be one row of the queue."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from bot.text.frequency import rarity

ALIKE = 0.6  # share of rarity that two questions' words have in common; from here on they are one group
LEAST_RARE = 0.01  # of a word, so that a question of common words has some weight too

MOST_COMPARED = 20  # questions of a group

Gist = frozenset[str]  # the words of a question that say something, bare
GistOf = Callable[[str], Gist]


def likeness(one: Gist, other: Gist) -> float:
    """The rarity of the shared words in that of all words of both (weighted Jaccard), 0–1."""
    shared, every = _weight(one & other), _weight(one | other)
    return shared / every if every else 0.0


def _weight(words: Iterable[str]) -> float:
    return sum(max(rarity(word), LEAST_RARE) for word in words)


class Groups:
    """The groups by the gists of their questions; says to which one a further question belongs."""

    def __init__(self) -> None:
        self._gists: dict[int, set[Gist]] = defaultdict(set)
        self._groups_of: Mapping[str, set[int]] = defaultdict(set)

    def add(self, group: int, gist: Gist) -> None:
        """A question of a group; the first MOST_COMPARED different ones are compared with others."""
        if len(self._gists[group]) >= MOST_COMPARED:
            return
        self._gists[group].add(gist)
        for word in gist:
            self._groups_of[word].add(group)

    def nearest(self, gist: Gist) -> int | None:
        """The group with the question most like this one; None when none is ALIKE."""
        best, nearest = ALIKE, None
        for group in sorted({group for word in gist for group in self._groups_of.get(word, ())}):
            for known in self._gists[group]:
                if (alike := likeness(gist, known)) > best or (alike == best and nearest is None):
                    best, nearest = alike, group
        return nearest
