"""What a message does: ask, tell of danger, make small talk, or ask after the writer's own file.

Learned like the weights of the entries, and from what stands at the edges and from runs of three words:
"của tôi xong chưa" is padding to the one and all that counts to the other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from bot.matching.weights import Weights, names
from bot.text.words import Word

QUESTION = "question"  # the act of whatever is none of the others
FOLLOW, PERSONAL = "follow", "personal"  # groups: what goes on with the last answer; after one's own file …
GREETING = "greeting"  # … and small talk
EDGE = "|"  # stands before the first word and after the last
REMEMBERED = 64  # runs of words; those of one message are asked for several times


@dataclass(frozen=True, slots=True)
class Act:
    """The likeliest act of the likeliest group ("greeting-thanks": greeting); probabilities 0–1.

    `groups`: the probability of every group. `known`: share of the message's words that were learned from.
    """

    name: str
    probability: float
    group: str
    groups: Mapping[str, float]
    known: float = 1.0

    @property
    def of_group(self) -> float:
        """The probability of the group."""
        return self.of(self.group)

    def of(self, group: str) -> float:
        """The probability of a group."""
        return self.groups.get(group, 0.0)


class Acts:
    """Tells acts apart; read-only."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self._groups = tuple(map(group_of, weights.classes))
        self._remembered = lru_cache(REMEMBERED)(self._of)

    def of(self, words: Sequence[Word]) -> Act:
        """The act of a message."""
        return self._remembered(tuple(words))

    def _of(self, words: Sequence[Word]) -> Act:
        shares = np.exp(self.weights.logs(act_names(words))).tolist()
        groups: dict[str, float] = {}
        for each, share in zip(self._groups, shares, strict=True):
            groups[each] = groups.get(each, 0.0) + share
        group = max(groups, key=groups.__getitem__)
        inside = [at for at, each in enumerate(self._groups) if each == group]
        best = max(inside, key=shares.__getitem__)
        known = sum(word.folded in self.weights.rows for word in words) / max(1, len(words))
        return Act(self.weights.classes[best], shares[best], group, groups, known)


def group_of(name: str) -> str:
    """The group of an act: what stands before the first hyphen."""
    return name.split("-", maxsplit=1)[0]


def act_names(words: Sequence[Word]) -> frozenset[str]:
    """What of a message tells its act: what tells entries, its edges, and neighbours of three."""
    bare = [EDGE, *(word.folded for word in words), EDGE]
    edges = (" ".join(bare[:2]), " ".join(bare[-2:]))
    threes = map(" ".join, zip(bare, bare[1:], bare[2:], strict=False))
    return names(words) | {*edges, *threes}
