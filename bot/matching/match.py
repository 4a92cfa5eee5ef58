"""Where the signals meet: what was learned and what is alike, for each entry that may be meant.

A further opinion (say, of a sentence encoder) would be one more array over the classes, and one more weight
in Mix.
"""

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass

import numpy as np

from bot.matching.contrast import Contrasts
from bot.matching.features import FeatureReader, Features
from bot.matching.index import Index, Shares
from bot.matching.likeness import Likeness, Likenesses
from bot.matching.weights import Weights, names
from bot.text.words import Word

BACKGROUND = "~"  # begins the name of a class that is no entry: a kind of question that is not ours
KEPT = 12  # entries; no decision looks further down
LEAST = 1e-6  # probability; below it one class is as unlikely as another


@dataclass(frozen=True, slots=True)
class Mix:
    """How much each signal of an entry counts in its rank (see docs/adr/0016)."""

    log: float = 1.0
    likeness: float = 6.0
    coverage: float = 1.0
    pairs: float = 1.0
    contrasts: float = -0.5

    def score(self, signals: Sequence[float]) -> float:
        """The rank's number for the signals of an entry, in the order above."""
        weights = (self.log, self.likeness, self.coverage, self.pairs, self.contrasts)
        return sum(weight * value for weight, value in zip(weights, signals, strict=True))


@dataclass(frozen=True, slots=True)
class Match:
    """How well one entry fits. `score` ranks; the rest are the signals it is made of.

    `log`: logarithm of the probability that was learned. `likeness`: to its best phrasing, 0–1. `coverage`:
    share of the question's words (by weight) that the entry has, 0–1; `pairs`: of its pairs of neighbours.
    `contrasts`: how many words that change what is asked the question has and the entry has not.
    """

    entry: str
    score: float
    log: float
    likeness: float
    coverage: float
    pairs: float
    contrasts: int


@dataclass(frozen=True, slots=True)
class Ranking:
    """The entries that may be meant, best first, and what speaks for none.

    `background`: probability (learned) of what is not ours. `like_background`: likeness to the nearest such
    question. `unknown`: share of the question in words that no phrasing has. `size`: features. `marked`:
    share of its words that are typed with a mark.
    """

    matches: tuple[Match, ...]
    background: float
    like_background: float
    unknown: float
    size: int
    marked: float = 1.0


Watch = Callable[[Sequence[Word], Features, Sequence[Match], Shares], None]


class Matcher:
    """Ranks the entries of an index; read-only."""

    def __init__(
        self,
        index: Index,
        weights: Weights,
        features: FeatureReader,
        contrasts: Contrasts,
        facts: Container[str] = frozenset(),
        mix: Mix | None = None,
    ) -> None:
        """`facts`: see Likeness."""
        self.index = index
        self.weights = weights
        self.watch: Watch | None = None  # is told of each run of words that is ranked
        self._features = features
        self._contrasts = contrasts
        self._likeness = Likeness(index, facts)
        self._mix = mix or Mix()
        place = {name: number for number, name in enumerate(weights.classes)}
        self._learned = np.array([place.get(name, -1) for name in index.classes], np.int32)
        self._is_ours = np.array([not name.startswith(BACKGROUND) for name in index.classes], bool)

    def rank(self, words: Sequence[Word], without: Sequence[int] = ()) -> Ranking:
        """The KEPT entries that fit a question best; none shares nothing with it.

        `without`: numbers of phrasings to do as if they were not there (their words weigh the same).
        """
        asked = self._features.read(words)
        alike = self._likeness.of(asked, without)
        logs = self._logs(self.weights.logs(names(words)))
        changing = self._contrasts.read(words)
        best = self._best(alike.likeness, logs)
        matches = [
            self._match(number, logs, alike, self._lacks(number, changing, without)) for number in best
        ]
        matches.sort(key=lambda match: (-match.score, match.entry))
        others = ~self._is_ours
        if self.watch is not None:
            self.watch(words, asked, matches, logs)
        return Ranking(
            tuple(matches),
            float(np.exp(logs[others]).sum()),
            float(alike.likeness[others].max(initial=0.0)),
            alike.unknown,
            len(asked.items),
            sum(word.is_marked for word in words) / max(1, len(words)),
        )

    def _logs(self, learned: Shares) -> Shares:
        """By class of the index; one that nothing was learned of is as unlikely as any."""
        logs = np.where(self._learned >= 0, learned[self._learned], np.log(LEAST))
        clipped: Shares = np.maximum(logs, np.log(LEAST)).astype(np.float32)
        return clipped

    def _best(self, likeness: Shares, logs: Shares) -> list[int]:
        mix = self._mix
        score = np.where(self._is_ours & (likeness > 0), mix.log * logs + mix.likeness * likeness, -np.inf)
        most = min(KEPT, int(np.isfinite(score).sum()))
        return [int(number) for number in np.argsort(-score, kind="stable")[:most]]

    def _lacks(self, number: int, changing: frozenset[str], without: Sequence[int]) -> int:
        """How many of these words a class has in none of its phrasings, but for those left out."""
        if not changing:
            return 0
        has = dict(self.index.contrasts[number])
        for phrasing in without:
            if self.index.owners[phrasing] == number:
                words = self.index.said(phrasing)
                if any(word.is_marked for word in words) or not self.index.is_marked(number):
                    for cue in self._contrasts.read(words):
                        has[cue] = has.get(cue, 0) - 1
        return sum(has.get(cue, 0) <= 0 for cue in changing)

    def _match(self, number: int, logs: Shares, alike: Likenesses, contrasts: int) -> Match:
        signals = (
            float(logs[number]),
            float(alike.likeness[number]),
            float(alike.coverage[number]),
            float(alike.pairs[number]),
        )
        score = self._mix.score((*signals, contrasts))
        return Match(self.index.classes[number], score, *signals, contrasts)
