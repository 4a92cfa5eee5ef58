"""Softmax (multinomial logistic) regression on sparse features, trained in seconds.

Mini-batches with AdaGrad, one step size a feature. A weight is kept only for a feature and a class that a
phrasing of the class has, so that the table grows with the phrasings and not with features times classes.
(J. Duchi, E. Hazan, Y. Singer, "Adaptive subgradient methods", JMLR 12, 2011.) The same rows, labels and
numpy give the same bytes.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from bot.learning.told import Told
from bot.matching.index import Numbers, Shares
from bot.matching.weights import SCALE, Weights

EPOCHS, WARM_EPOCHS = 6, 2
BATCH = 512  # rows
STEP, BIAS_STEP = 3.0, 0.3
START = 1e-3  # of the sum of squared slopes, so that the first step is not too long
LEAST_ROWS = 2  # phrasings; a feature that only one has says nothing of others


@dataclass(frozen=True, slots=True)
class Rows:
    """Questions as sets of feature names, each with the number of its class."""

    names: Sequence[frozenset[str]]
    labels: Numbers
    classes: tuple[str, ...]


def fit(rows: Rows, told: Told = lambda _: None) -> Weights:
    """The weights that make the labels likeliest, from scratch."""
    counts = Counter(name for each in rows.names for name in each)
    table = {name: at for at, name in enumerate(sorted(n for n, c in counts.items() if c >= LEAST_ROWS))}
    rare = _rarity(counts, table, len(rows.names))
    vectors = _vectors(rows, table, rare)
    support = _support(vectors, rows)
    start = Weights(rows.classes, table, rare, *_zeros(support, len(rows.classes)))
    return _trained(vectors, rows, start, EPOCHS, told)


def update(rows: Rows, before: Weights, told: Told = lambda _: None) -> Weights:
    """The weights after more steps from those of `before`, on `rows`; what these do not have stays."""
    counts = Counter(name for each in rows.names for name in each)
    new = sorted(name for name, times in counts.items() if name not in before.rows and times >= LEAST_ROWS)
    table = {name: at for at, name in enumerate((*before.rows, *new))}
    rare = np.concatenate([before.rare, _rarity(counts, dict.fromkeys(new, 0), len(rows.names))])
    vectors = _vectors(rows, table, rare)
    support = _support(vectors, rows) + _kept(before, rows.classes, len(table))
    support.sort_indices()
    start = _carried(before, table, rare, support, rows.classes)
    return _trained(vectors, rows, start, WARM_EPOCHS, told)


def _trained(vectors: sparse.csr_matrix, rows: Rows, start: Weights, epochs: int, told: Told) -> Weights:
    values, bias = start.values.copy(), start.bias.copy()
    squares = np.full(len(start.rows), START, np.float32)
    rng = np.random.default_rng(0)
    batches = -(-len(rows.labels) // BATCH)
    for epoch in range(epochs):
        order = rng.permutation(len(rows.labels))
        for number in range(batches):
            chosen = order[number * BATCH : (number + 1) * BATCH]
            _step(vectors[chosen], rows.labels[chosen], start.starts, start.to, values, squares, bias)
            told((epoch + (number + 1) / batches) / epochs)
    return replace(start, values=values, bias=bias)


def _zeros(support: sparse.csr_matrix, classes: int) -> tuple[Numbers, Numbers, Shares, Shares]:
    starts, to = support.indptr.astype(np.int32), support.indices.astype(np.int32)
    return starts, to, np.zeros(support.nnz, np.float32), np.zeros(classes, np.float32)


def _vectors(rows: Rows, table: Mapping[str, int], rare: Shares) -> sparse.csr_matrix:
    """Each row as a vector of length SCALE, a feature weighed by its rarity."""
    indices: list[int] = []
    ends = [0]
    for each in rows.names:
        indices += sorted(table[name] for name in each if name in table)
        ends.append(len(indices))
    columns = np.array(indices, np.int32)
    row = np.repeat(np.arange(len(rows.names)), np.diff(ends))
    shares = rare[columns]
    length = np.sqrt(np.bincount(row, shares * shares, minlength=len(rows.names)))
    shares = (SCALE * shares / np.maximum(length[row], 1e-9)).astype(np.float32)
    return sparse.csr_matrix((shares, columns, np.array(ends)), shape=(len(rows.names), len(table)))


def _rarity(counts: Counter[str], table: Mapping[str, int], rows: int) -> Shares:
    """Of each feature its inverse frequency: 1 + ln((rows + 1) / (rows that have it + 1))."""
    frequency = np.array([counts[name] for name in table], np.float32)
    rare: Shares = (np.log((rows + 1) / (frequency + 1)) + 1).astype(np.float32)
    return rare


def _support(vectors: sparse.csr_matrix, rows: Rows) -> sparse.csr_matrix:
    """Where a weight may be: features by classes."""
    ones = np.ones(len(rows.labels), np.float32)
    shape = (len(rows.labels), len(rows.classes))
    belongs = sparse.csr_matrix((ones, (np.arange(len(rows.labels)), rows.labels)), shape=shape)
    support = (vectors.T.tocsr() @ belongs).tocsr()
    support.sort_indices()
    return support


def _step(
    batch: sparse.csr_matrix,
    labels: Numbers,
    starts: Numbers,
    to: Numbers,
    values: Shares,
    squares: Shares,
    bias: Shares,
) -> None:
    """One step on one batch; changes `values`, `squares` and `bias`."""
    touched, columns = np.unique(batch.indices, return_inverse=True)
    lengths = starts[touched + 1] - starts[touched]
    row = np.repeat(np.arange(len(touched)), lengths)
    at = np.repeat(starts[touched] - np.cumsum(lengths) + lengths, lengths) + np.arange(lengths.sum())
    dense = np.zeros((len(touched), len(bias)), np.float32)
    dense[row, to[at]] = values[at]
    small = sparse.csr_matrix((batch.data, columns, batch.indptr), shape=(batch.shape[0], len(touched)))
    wrong = _softmax(small @ dense + bias)
    wrong[np.arange(len(labels)), labels] -= 1
    wrong /= len(labels)
    slope = (small.T @ wrong)[row, to[at]]
    squares[touched] += np.bincount(row, slope * slope, minlength=len(touched)) * len(bias) / 10
    values[at] -= STEP * slope / np.sqrt(squares[touched])[row]
    bias -= BIAS_STEP * wrong.sum(axis=0)


def _softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    scores -= scores.max(axis=1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=1, keepdims=True)
    return scores


def _kept(before: Weights, classes: tuple[str, ...], features: int) -> sparse.csr_matrix:
    """Where `before` has weights, of the classes that are left."""
    place = {name: at for at, name in enumerate(classes)}
    columns = np.array([place.get(name, -1) for name in before.classes])[before.to]
    row = np.repeat(np.arange(len(before.rows)), np.diff(before.starts))
    left = columns >= 0
    ones = np.ones(int(left.sum()), np.float32)
    return sparse.csr_matrix((ones, (row[left], columns[left])), shape=(features, len(classes)))


def _carried(
    before: Weights,
    table: Mapping[str, int],
    rare: Shares,
    support: sparse.csr_matrix,
    classes: tuple[str, ...],
) -> Weights:
    """The weights of `before`, put where the same feature and class are now."""
    old = sparse.csr_matrix(
        (before.values, before.to, before.starts), shape=(len(before.rows), len(before.classes))
    )
    place = {name: at for at, name in enumerate(before.classes)}
    columns = np.array([place.get(name, -1) for name in classes])
    row = np.repeat(np.arange(len(table)), np.diff(support.indptr))
    known = (row < len(before.rows)) & (columns[support.indices] >= 0)
    starts, to, values, bias = _zeros(support, len(classes))
    values[known] = np.asarray(old[row[known], columns[support.indices[known]]]).ravel()
    bias[columns >= 0] = before.bias[columns[columns >= 0]]
    return Weights(classes, dict(table), rare, starts, to, values, bias)
