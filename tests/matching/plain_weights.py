"""Weights written down as a table, for tests."""

from collections.abc import Mapping, Sequence

import numpy as np

from bot.matching import Weights

Table = Mapping[str, Mapping[str, float]]  # feature → class → weight


def weights_of(
    table: Table,
    classes: Sequence[str],
    rare: Mapping[str, float] | None = None,
    bias: Sequence[float] | None = None,
) -> Weights:
    """The weights of a table: as many dimensions as classes, each class in the direction of its own."""
    points = [[of.get(name, 0.0) for name in classes] for of in table.values()]
    return Weights.of(
        tuple(classes),
        {name: number for number, name in enumerate(table)},
        np.array([(rare or {}).get(name, 1.0) for name in table], np.float32),
        np.array(points, np.float32).reshape(len(table), len(classes)),
        np.eye(len(classes), dtype=np.float32),
        np.array(bias or [0.0] * len(classes), np.float32),
    )
