"""What was learned from all phrasings at once: how much each feature speaks for each class.

A softmax (multinomial logistic) regression on the features of a question, each weighed by its inverse
frequency, the whole scaled to one length. A weight exists only where some phrasing of the class has the
feature, which keeps the table small and quick at any number of classes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from bot.matching.features import Features, name_of
from bot.matching.index import Arrays, Index, Numbers, Shares, packed, unpacked
from bot.text.words import Word

SCALE = 8.0  # length of a question's vector; softmax weights stay near 1
MARKED = "="  # begins the name of a word as marked; a word typed without marks has no such feature


@dataclass(frozen=True, slots=True)
class Weights:
    """`rows`: feature → row; of each row its weights by class lie from `starts[row]` to `starts[row + 1]`.

    `rare`: of each row the inverse frequency of its feature; `bias`: by class.
    """

    classes: tuple[str, ...]
    rows: Mapping[str, int]
    rare: Shares
    starts: Numbers
    to: Numbers
    values: Shares
    bias: Shares

    def logs(self, names: Iterable[str]) -> Shares:
        """The logarithm of each class's probability, by class, for a question of these features."""
        score = self.bias.copy()
        known = sorted({self.rows[name] for name in names if name in self.rows})
        if known:
            shares = self.rare[known]
            shares = SCALE * shares / np.sqrt((shares * shares).sum())
            for row, share in zip(known, shares, strict=True):
                at = slice(self.starts[row], self.starts[row + 1])
                score[self.to[at]] += share * self.values[at]
        score -= score.max()
        logs: Shares = score - np.log(np.exp(score).sum())
        return logs

    def arrays(self, of: str) -> Arrays:
        """The weights as arrays of numbers and of bytes, each name beginning with `of`.

        Values are rounded to half precision.
        """
        return {
            f"{of}_classes": packed(self.classes),
            f"{of}_rows": packed(self.rows),
            f"{of}_rare": self.rare,
            f"{of}_starts": self.starts,
            f"{of}_to": self.to.astype(np.int16 if len(self.classes) < 2**15 else np.int32),
            f"{of}_values": self.values.astype(np.float16),
            f"{of}_bias": self.bias,
        }

    @classmethod
    def of_arrays(cls, arrays: Arrays, of: str) -> "Weights":
        """The weights that `arrays` came from. Raises KeyError or ValueError for anything else."""
        return cls(
            unpacked(arrays[f"{of}_classes"]),
            {name: number for number, name in enumerate(unpacked(arrays[f"{of}_rows"]))},
            arrays[f"{of}_rare"],
            arrays[f"{of}_starts"],
            arrays[f"{of}_to"].astype(np.int32),
            arrays[f"{of}_values"].astype(np.float32),
            arrays[f"{of}_bias"],
        )


def names(features: Features) -> frozenset[str]:
    """What of a question the weights look at: its features, and the words of these as marked."""
    marked = (f.words[0].key for f in features.items if len(f.words) == 1 and f.words[0].is_marked)
    return frozenset(feature.name for feature in features.items) | {MARKED + key for key in marked}


def without_marks(every: frozenset[str]) -> frozenset[str]:
    """The names of a question that is typed without marks."""
    return frozenset(name for name in every if not name.startswith(MARKED))


def names_in(index: Index, phrasing: int) -> frozenset[str]:
    """What the weights look at of a phrasing of an index, by its number."""
    found = set()
    for text in index.features(phrasing):
        words = tuple(map(Word.of, text.split(" ")))
        found.add(name_of(words))
        if len(words) == 1 and words[0].is_marked:
            found.add(MARKED + words[0].key)
    return frozenset(found)
