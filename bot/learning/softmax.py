"""Softmax (multinomial logistic) regression of low rank on sparse features, trained in a minute.

Mini-batches with AdaGrad, one step size a number (J. Duchi, E. Hazan, Y. Singer, "Adaptive subgradient
methods", JMLR 12, 2011), with dropout of dimensions and of features (N. Srivastava et al., "Dropout",
JMLR 15, 2014): a question is to be understood though a word of it is misspelt. In each round a third of the
rows are seen as who types no marks types them. Several are trained from different beginnings, and the mean of
their scores counts: what one has learned by chance the others have not (L. K. Hansen, P. Salamon, "Neural
network ensembles", IEEE PAMI 12, 1990). Side by side they are one of more dimensions. The same rows, labels
and numpy give the same bytes on one machine.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from bot.learning.told import Told
from bot.matching.index import Numbers, Shares
from bot.matching.weights import MARKED, Weights

DIMENSIONS = 120  # of each …
VOICES = 2  # … of so many, whose mean counts
EPOCHS, WARM_EPOCHS = 8, 2
BATCH = 256  # rows
STEP = 0.05
FRESH = 1e-8  # of the sum of squared slopes, for what nothing is known of …
SETTLED = 1e-4  # … and for what was learned before, so that the first steps from it are short
SPREAD, CLASS_SPREAD = 0.1, 0.05  # deviation of points and directions before anything is learned
LEFT_OUT = 0.3  # share of the dimensions that a row does without, in one round …
WORDS_LEFT_OUT = 0.1  # … and of its features
UNMARKED = 1 / 3  # share of the rows that are seen without marks, in one round
LEAST_ROWS = 4  # phrasings; a feature that fewer have says little of others


@dataclass(frozen=True, slots=True)
class Rows:
    """Questions as sets of feature names, each with the number of its class."""

    names: Sequence[frozenset[str]]
    labels: Numbers
    classes: tuple[str, ...]


@dataclass(slots=True)
class _Learning:
    """What changes while learning, and of each number of it the sum of squared slopes."""

    points: Shares
    directions: Shares
    bias: Shares
    squares: tuple[Shares, Shares, Shares]


def fit(rows: Rows, told: Told = lambda _: None, dimensions: int = DIMENSIONS) -> Weights:
    """The weights that make the labels likeliest, from scratch."""
    counts = Counter(name for each in rows.names for name in each)
    table = {name: at for at, name in enumerate(sorted(n for n, c in counts.items() if c >= LEAST_ROWS))}
    rare = _rarity(counts, table, len(rows.names))
    voices = []
    for voice in range(VOICES):

        def one(done: float, before: int = voice) -> None:
            told((before + done) / VOICES)

        learning = _begun(len(table), dimensions, len(rows.classes), voice)
        _train(rows, table, rare, learning, EPOCHS, one)
        voices.append(learning)
    points = np.hstack([each.points for each in voices])
    directions = np.vstack([each.directions for each in voices]) / np.float32(VOICES)
    bias = np.vstack([each.bias for each in voices]).sum(axis=0) / np.float32(VOICES)
    return Weights.of(rows.classes, table, rare, points, directions, bias)


def _begun(features: int, dimensions: int, classes: int, seed: int) -> _Learning:
    """What is known before anything is learned."""
    rng = np.random.default_rng(seed)
    return _Learning(
        _drawn(rng, (features, dimensions), SPREAD),
        _drawn(rng, (dimensions, classes), CLASS_SPREAD),
        np.zeros(classes, np.float32),
        (
            np.full((features, dimensions), FRESH, np.float32),
            np.full((dimensions, classes), FRESH, np.float32),
            np.full(classes, FRESH, np.float32),
        ),
    )


def update(rows: Rows, before: Weights, told: Told = lambda _: None) -> Weights:
    """The weights after more steps from those of `before`, on `rows`; what these do not have stays."""
    counts = Counter(name for each in rows.names for name in each)
    new = sorted(name for name, times in counts.items() if name not in before.rows and times >= LEAST_ROWS)
    table = {name: at for at, name in enumerate((*before.rows, *new))}
    rare = np.concatenate([before.rare, _rarity(counts, dict.fromkeys(new, 0), len(rows.names))])
    learning = _carried(before, len(new), rows.classes)
    _train(rows, table, rare, learning, WARM_EPOCHS, told)
    return Weights.of(rows.classes, table, rare, learning.points, learning.directions, learning.bias)


def _carried(before: Weights, features: int, classes: tuple[str, ...]) -> _Learning:
    """What was learned before, with so many new features and with these classes."""
    rng = np.random.default_rng(0)
    dimensions = before.directions.shape[0]
    points = np.concatenate([before.plain_points(), _drawn(rng, (features, dimensions), SPREAD)])
    of_points = np.full(points.shape, SETTLED, np.float32)
    of_points[len(before.rows) :] = FRESH
    directions, bias = begun_directions(before, classes, rng)
    known = frozenset(before.classes)
    of_classes = np.where([name in known for name in classes], SETTLED, FRESH).astype(np.float32)
    of_directions = np.repeat(of_classes[None, :], dimensions, axis=0)
    return _Learning(points, directions, bias, (of_points, of_directions, of_classes))


def begun_directions(
    before: Weights, classes: tuple[str, ...], rng: np.random.Generator | None = None
) -> tuple[Shares, Shares]:
    """The directions and biases of classes as they were; a new class has its as nothing was learned of it."""
    place = {name: at for at, name in enumerate(before.classes)}
    column = np.array([place.get(name, -1) for name in classes], np.int64)
    is_old = column >= 0
    shape = (before.directions.shape[0], len(classes))
    directions = _drawn(rng or np.random.default_rng(0), shape, CLASS_SPREAD)
    directions[:, is_old] = before.directions[:, column[is_old]]
    bias = np.zeros(len(classes), np.float32)
    bias[is_old] = before.bias[column[is_old]]
    return directions, bias


def as_typed(rows: Rows, table: Mapping[str, int], rare: Shares) -> sparse.csr_matrix:
    """Each row as a vector of length 1, as it is typed with marks; then each as without."""
    marked = np.array([name.startswith(MARKED) for name in table], bool)
    vectors = _vectors(rows, table, rare)
    return sparse.vstack([_scaled(vectors), _scaled(_without(vectors, marked))]).tocsr()


def _train(
    rows: Rows, table: Mapping[str, int], rare: Shares, learning: _Learning, epochs: int, told: Told
) -> None:
    """So many rounds over the rows, which change `learning`."""
    rng = np.random.default_rng(1)
    size = len(rows.names)
    both = as_typed(rows, table, rare)
    batches = -(-size // BATCH)
    for epoch in range(epochs):
        order = rng.permutation(size)
        as_seen = order + size * (rng.random(size) < UNMARKED)
        for number in range(batches):
            chosen = slice(number * BATCH, (number + 1) * BATCH)
            _step(both[as_seen[chosen]], rows.labels[order[chosen]], learning, rng)
            told((epoch + (number + 1) / batches) / epochs)


def _step(batch: sparse.csr_matrix, labels: Numbers, learning: _Learning, rng: np.random.Generator) -> None:
    """One step on one batch."""
    seen = rng.random(batch.nnz, np.float32) >= WORDS_LEFT_OUT
    touched, columns = np.unique(batch.indices, return_inverse=True)
    small = sparse.csr_matrix(
        (batch.data * seen / np.float32(1 - WORDS_LEFT_OUT), columns, batch.indptr),
        shape=(batch.shape[0], len(touched)),
    )
    kept = (rng.random((len(labels), learning.points.shape[1]), np.float32) >= LEFT_OUT) / np.float32(
        1 - LEFT_OUT
    )
    places = (small @ learning.points[touched]) * kept
    wrong = _softmax(places @ learning.directions + learning.bias)
    wrong[np.arange(len(labels)), labels] -= 1
    wrong /= len(labels)
    of_points = small.T @ ((wrong @ learning.directions.T) * kept)
    of_directions, of_bias = places.T @ wrong, wrong.sum(axis=0)
    points, directions, bias = learning.squares
    points[touched] += of_points**2
    directions += of_directions**2
    bias += of_bias**2
    learning.points[touched] -= STEP * of_points / np.sqrt(points[touched])
    learning.directions -= STEP * of_directions / np.sqrt(directions)
    learning.bias -= STEP * of_bias / np.sqrt(bias)


def _drawn(rng: np.random.Generator, shape: tuple[int, int], spread: float) -> Shares:
    drawn: Shares = rng.standard_normal(shape, np.float32) * np.float32(spread)
    return drawn


def _vectors(rows: Rows, table: Mapping[str, int], rare: Shares) -> sparse.csr_matrix:
    """Each row as a vector, a feature weighed by its rarity."""
    indices: list[int] = []
    ends = [0]
    for each in rows.names:
        indices += sorted(table[name] for name in each if name in table)
        ends.append(len(indices))
    columns = np.array(indices, np.int32)
    shares = rare[columns] if len(columns) else np.zeros(0, np.float32)
    return sparse.csr_matrix((shares, columns, np.array(ends)), shape=(len(rows.names), len(table)))


def _without(vectors: sparse.csr_matrix, marked: NDArray[np.bool_]) -> sparse.csr_matrix:
    """The vectors as of questions that are typed without marks."""
    bare = vectors.copy()
    bare.data[marked[bare.indices]] = 0
    bare.eliminate_zeros()
    return bare


def _scaled(vectors: sparse.csr_matrix) -> sparse.csr_matrix:
    """The vectors, each of length 1."""
    row = np.repeat(np.arange(vectors.shape[0]), np.diff(vectors.indptr))
    length = np.sqrt(np.bincount(row, vectors.data**2, minlength=vectors.shape[0]))
    shares = (vectors.data / np.maximum(length[row], 1e-9)).astype(np.float32)
    return sparse.csr_matrix((shares, vectors.indices, vectors.indptr), shape=vectors.shape)


def _rarity(counts: Counter[str], table: Mapping[str, int], rows: int) -> Shares:
    """Of each feature its inverse frequency: 1 + ln((rows + 1) / (rows that have it + 1))."""
    frequency = np.array([counts[name] for name in table], np.float32)
    rare: Shares = (np.log((rows + 1) / (frequency + 1)) + 1).astype(np.float32)
    return rare


def _softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    scores -= scores.max(axis=1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=1, keepdims=True)
    return scores
