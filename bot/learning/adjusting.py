"""Taking in a few changed classes so quietly that what was not changed is answered as before.

The points of all features stay, and the directions of all classes that did not change. A class that has
further phrasings gets a direction that makes these likely and moves its score of everybody else's phrasings
as little as may be (the mean square of how far they move is the penalty). A new class gets the direction that
makes its phrasings likeliest among everybody's. Both minima are found by L-BFGS (D. Liu, J. Nocedal, "On the
limited memory BFGS method for large scale optimization", Mathematical Programming 45, 1989).
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from bot.learning.softmax import Rows, as_typed, begun_directions
from bot.learning.told import Told
from bot.matching.weights import Weights

STILL = 0.3  # weight of the mean square of the moved scores, beside the mean loss of the further phrasings
SMALL = 2e-5  # weight of the squared direction of a new class
STEPS = 200  # of L-BFGS at most
BLOCK = 4096  # rows whose scores are held at once

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Loss = Callable[[Floats], tuple[float, Floats]]  # the loss of a direction, and its slope


@dataclass(frozen=True, slots=True)
class _Seen:
    """Rows, each as typed with marks and again without: where it lies (a one behind it), and its class.

    `every`: the logarithm of the summed exponentiated scores of all known classes. `is_new`: no such
    phrasing was learned before.
    """

    places: Floats
    labels: NDArray[np.int64]
    every: Floats
    is_new: Flags


def adjust(
    rows: Rows, is_new: Flags, before: Weights, changed: Collection[str], told: Told = lambda _: None
) -> Weights:
    """The weights with new directions for the classes that `changed`; a class that is gone is left out.

    `rows`: the phrasings of these classes, and enough of the others; `is_new`: which were not learned before.
    """
    directions, bias = begun_directions(before, rows.classes)
    both = np.vstack([directions, bias]).astype(np.float64)
    known = frozenset(before.classes)
    seen = _seen(rows, is_new, before, both, known, told)
    for at, name in enumerate(rows.classes):
        if name in changed and name in known:
            both[:, at] += _shift(seen, at, both[:, at])
        elif name in changed:
            both[:, at] = _fresh(seen, at)
    told(1)
    kept = both[:-1].astype(np.float16).astype(np.float32)
    return replace(before, classes=rows.classes, directions=kept, bias=both[-1].astype(np.float32))


def _seen(
    rows: Rows, is_new: Flags, before: Weights, both: Floats, known: Collection[str], told: Told
) -> _Seen:
    places = np.asarray(as_typed(rows, before.rows, before.rare) @ before.plain_points(), np.float64)
    places = np.hstack([places, np.ones((len(places), 1))])
    learned = both[:, [name in known for name in rows.classes]]
    every = np.empty(len(places))
    for start in range(0, len(places), BLOCK):
        every[start : start + BLOCK] = _summed(places[start : start + BLOCK] @ learned)
        told(0.8 * start / len(places))
    labels = np.concatenate([rows.labels, rows.labels]).astype(np.int64)
    return _Seen(places, labels, every, np.concatenate([is_new, is_new]))


def _shift(seen: _Seen, number: int, direction: Floats) -> Floats:
    """How the direction of a class moves for its further phrasings."""
    own = seen.is_new & (seen.labels == number)
    if not own.any():
        return np.zeros_like(direction)
    further, rest = seen.places[own], seen.places[~own]
    score = further @ direction
    others = _without(seen.every[own], score)
    moved = rest.T @ rest / len(rest)

    def loss(shift: Floats) -> tuple[float, Floats]:
        now = score + further @ shift
        every = np.logaddexp(now, others)
        slope = further.T @ (np.exp(now - every) - 1) / len(now) + 2 * STILL * (moved @ shift)
        return float((every - now).mean() + STILL * shift @ moved @ shift), slope

    return _least(loss, np.zeros_like(direction))


def _fresh(seen: _Seen, number: int) -> Floats:
    """The direction of a class that was not known."""
    own = (seen.labels == number).astype(np.float64)

    def loss(direction: Floats) -> tuple[float, Floats]:
        score = seen.places @ direction
        every = np.logaddexp(score, seen.every)
        right = np.where(own > 0, score, seen.every)
        slope = seen.places.T @ (np.exp(score - every) - own) / len(own) + 2 * SMALL * direction
        return float((every - right).mean() + SMALL * direction @ direction), slope

    return _least(loss, np.zeros(seen.places.shape[1]))


def _least(loss: Loss, start: Floats) -> Floats:
    found: Floats = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS}).x
    return found


def _summed(scores: Floats) -> Floats:
    """The logarithm of the summed exponentials, by row."""
    top = scores.max(axis=1, initial=-1e9)
    summed: Floats = top + np.log(np.exp(scores - top[:, None]).sum(axis=1) + 1e-300)
    return summed


def _without(every: Floats, score: Floats) -> Floats:
    """The sum without one of its scores."""
    left: Floats = every + np.log(np.maximum(-np.expm1(np.minimum(score - every, 0.0)), 1e-12))
    return left
