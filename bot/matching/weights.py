"""What was learned from all phrasings at once: how near a question comes to each class.

A softmax (multinomial logistic) regression of low rank on sparse features, as fastText has it (A. Joulin et
al., "Bag of Tricks for Efficient Text Classification", EACL 2017): each feature has a point in a space of few
dimensions, a question lies at the sum of its features' points, weighed by inverse frequency (the weights as a
vector of length 1), and each class has a direction in that space. So a word speaks against classes too of
which no phrasing has it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bot.matching.index import Arrays, Shares, packed, unpacked
from bot.text.words import Word

MARKED = "="  # begins the name of a word as marked; a word typed without marks has no such feature
FINEST = 6  # steps on either side of zero, in which a point is kept
LEAST_SIZE = 1e-3  # of a point's largest number; a smaller one is as good as none
Points = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Weights:
    """`rows`: feature → row of `rare` (its inverse frequency), `points` and `sizes`.

    A feature's point is its row of `points` times its size. `directions`: dimensions × classes; `bias`: by
    class.
    """

    classes: tuple[str, ...]
    rows: Mapping[str, int]
    rare: Shares
    points: Points
    sizes: Shares
    directions: Shares
    bias: Shares

    @classmethod
    def of(
        cls,
        classes: tuple[str, ...],
        rows: Mapping[str, int],
        rare: Shares,
        points: Shares,
        directions: Shares,
        bias: Shares,
    ) -> "Weights":
        """The weights with these points, rounded to what is kept of them."""
        largest = np.abs(points).max(axis=1, initial=0.0)
        sizes = _halved(np.maximum(largest, LEAST_SIZE) / FINEST)
        steps = np.rint(points / sizes[:, None]).astype(np.int8)
        return cls(classes, rows, rare, steps, sizes, _halved(directions), bias)

    def logs(self, names: Iterable[str]) -> Shares:
        """The logarithm of each class's probability, by class, for a question of these features."""
        score = self.bias.copy()
        known = sorted(row for row in {*map(self.rows.get, names)} if row is not None)
        if known:
            shares = self.rare[known]
            shares = shares * self.sizes[known] / np.sqrt((shares * shares).sum())
            score += (shares @ self.points[known]) @ self.directions
        score -= score.max(initial=-np.inf)
        logs: Shares = score - np.log(np.exp(score).sum())
        return logs

    def is_same(self, other: "Weights") -> bool:
        """Whether these are the same numbers for the same names."""
        return (
            self.classes == other.classes
            and self.has_same_points(other)
            and np.array_equal(self.directions, other.directions)
            and np.array_equal(self.bias, other.bias)
        )

    def has_same_points(self, other: "Weights") -> bool:
        """Whether every question lies at the same place."""
        return (
            self.rows == other.rows
            and np.array_equal(self.rare, other.rare)
            and np.array_equal(self.points, other.points)
            and np.array_equal(self.sizes, other.sizes)
        )

    def plain_points(self) -> Shares:
        """The points themselves, feature × dimension."""
        plain: Shares = self.points * self.sizes[:, None]
        return plain

    def arrays(self, of: str) -> Arrays:
        """The weights as arrays of numbers and of bytes, each name beginning with `of`."""
        return {
            f"{of}_classes": packed(self.classes),
            f"{of}_rows": packed(self.rows),
            f"{of}_rare": self.rare,
            f"{of}_points": self.points,
            f"{of}_sizes": self.sizes.astype(np.float16),
            f"{of}_directions": self.directions.astype(np.float16),
            f"{of}_bias": self.bias,
        }

    @classmethod
    def of_arrays(cls, arrays: Arrays, of: str) -> "Weights":
        """The weights that `arrays` came from. Raises KeyError or ValueError for anything else."""
        return cls(
            unpacked(arrays[f"{of}_classes"]),
            {name: number for number, name in enumerate(unpacked(arrays[f"{of}_rows"]))},
            arrays[f"{of}_rare"],
            arrays[f"{of}_points"],
            arrays[f"{of}_sizes"].astype(np.float32),
            arrays[f"{of}_directions"].astype(np.float32),
            arrays[f"{of}_bias"],
        )


def names(words: Sequence[Word]) -> frozenset[str]:
    """What of a question the weights look at: words, pairs of neighbours, and words as they are marked."""
    bare = [word.folded for word in words]
    marked = (MARKED + word.key for word in words if word.is_marked)
    return frozenset((*bare, *map(" ".join, pairwise(bare)), *marked))


def _halved(values: Shares) -> Shares:
    """The values as half precision keeps them."""
    kept: Shares = values.astype(np.float16).astype(np.float32)
    return kept
