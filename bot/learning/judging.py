"""How far signals can be trusted: learned from phrasings asked as if they were not known.

The phrasings are dealt into FOLDS; a share of each fold is asked of weights that were learned from the
others, and of an index without the phrasing itself. Some families are left out whole: what then comes first
is wrong, and the question counts as not ours. Background questions are dealt the same way.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from bot.deciding.confidence import Judge
from bot.deciding.halves import HALVES
from bot.deciding.signals import CANDIDATES, signals
from bot.knowledge import Knowledge
from bot.learning.told import Told
from bot.learning.train import learn
from bot.matching import BACKGROUND, Contrasts, FeatureReader, Index, Matcher, Ranking
from bot.text.words import Word

FOLDS = 4
GONE = 8  # one family in so many is left out
WITHOUT_MARKS = 3  # each third phrasing of a class is asked as who types no marks types it
ASKED = 1 / 3  # share of the phrasings that are asked; plenty for a few weights
NEVER = [-30.0] + [0.0] * len(HALVES)  # weights of who takes no two halves for two questions
RIDGE = 1e-3  # of each weight's square, on signals of unit variance; keeps them small where nothing is known


@dataclass(frozen=True, slots=True)
class Asked:
    """A ranking of a question, and the entry that was meant (None: none of ours).

    `left_out`: its whole family was unknown.
    """

    ranking: Ranking
    meant: str | None
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class Learner:
    """What questions are asked of."""

    knowledge: Knowledge
    index: Index
    features: FeatureReader
    contrasts: Contrasts
    facts: frozenset[str]

    def asked(self, told: Told = lambda _: None) -> Iterator[Asked]:
        """Phrasings asked as if they were not known, then some of families that are left out."""
        rng = np.random.default_rng(0)
        folds = rng.integers(0, FOLDS, len(self.index.owners))
        is_asked = rng.random(len(self.index.owners)) < ASKED
        parts = FOLDS + 1
        for fold in range(FOLDS):
            held = np.flatnonzero(folds == fold).tolist()
            matcher = self._matcher(held)
            for done, number in enumerate(held):
                if not is_asked[number]:
                    continue
                ranking = matcher.rank(self._typed(number), (number,))
                name = self._owner(number)
                yield Asked(ranking, None if name.startswith(BACKGROUND) else name)
                told((fold + done / len(held)) / parts)
        gone = self._left_out()
        matcher = self._matcher(gone)
        for done, number in enumerate(gone):
            if not is_asked[number]:
                continue
            yield Asked(matcher.rank(self._typed(number), gone), None, left_out=True)
            told((FOLDS + done / len(gone)) / parts)

    def _owner(self, number: int) -> str:
        return self.index.classes[int(self.index.owners[number])]

    def _typed(self, number: int) -> Sequence[Word]:
        """The words of a phrasing; each third one as who types no marks types it."""
        words = self.index.said(number)
        place = number - int(self.index.starts[self.index.owners[number]])
        is_unmarked = place % WITHOUT_MARKS == WITHOUT_MARKS - 1
        return [Word.of(word.folded) for word in words] if is_unmarked else words

    def _matcher(self, held: Collection[int]) -> Matcher:
        weights = learn(self.index, without=held)
        return Matcher(self.index, weights, self.features, self.contrasts, self.facts)

    def _left_out(self) -> list[int]:
        heads = sorted({entry.family or entry.id for entry in self.knowledge.entries.values()})
        gone = {member for head in heads[::GONE] for member in self.knowledge.family(head)}
        return [number for number in range(len(self.index.owners)) if self._owner(number) in gone]


def judge_of(learner: Learner, told: Told = lambda _: None) -> Judge:
    """The judge that fits what was right and what was not; it takes no message apart (see `parting`)."""
    asked = [one for one in learner.asked(told) if one.ranking.matches]
    rows, ours, first = [], [], []
    for one in asked:
        ranking = one.ranking
        kin = learner.knowledge.family(one.meant) if one.meant else frozenset[str]()
        rows.append(signals(ranking, learner.knowledge).row())
        ours.append(any(match.entry in kin for match in ranking.matches[:CANDIDATES]))
        first.append(ranking.matches[0].entry in kin)
    table, is_ours = np.array(rows), np.array(ours, bool)
    of_ours = logistic(table[is_ours], np.array(first, bool)[is_ours])
    return Judge(logistic(table, is_ours), of_ours, NEVER)


def logistic(rows: NDArray[np.float64], right: NDArray[np.bool_]) -> Sequence[float]:
    """Intercept, then one weight a column, that make `right` likeliest (L-BFGS)."""
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    scaled = np.hstack([np.ones((len(rows), 1)), (rows - mean) / spread])
    sign = np.where(right, 1.0, -1.0)

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margin = sign * (scaled @ weights)
        wrong = 1 / (1 + np.exp(np.clip(margin, -30, 30)))
        slope = -(scaled * (sign * wrong)[:, None]).mean(axis=0) + 2 * RIDGE * weights
        return float(np.logaddexp(0, -margin).mean() + RIDGE * (weights @ weights)), slope

    found = minimize(loss, np.zeros(rows.shape[1] + 1), jac=True, method="L-BFGS-B").x
    plain = found[1:] / spread
    return [round(float(each), 4) for each in (found[0] - plain @ mean, *plain)]
