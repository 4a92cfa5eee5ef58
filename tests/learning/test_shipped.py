"""What is shipped in trained/ was learned from knowledge/ as it is, by this code."""

import numpy as np

from bot.knowledge import Knowledge
from bot.learning.questions import fingerprint
from bot.learning.store import SHIPPED, TrainedStore
from bot.learning.workshop import Workshop

MOST_BYTES = 15_000_000


def test_it_is_there_under_the_fingerprint_and_small(knowledge: Knowledge) -> None:
    assert [file.name for file in SHIPPED.glob("*.npz")] == [f"{fingerprint(knowledge)}.npz"], (
        "python run_bot.py train"
    )
    assert sum(file.stat().st_size for file in SHIPPED.iterdir()) < MOST_BYTES
    assert TrainedStore(None).checked() == knowledge.version, "python run_bot.py train"
    assert TrainedStore(None).fingerprint(knowledge.version) == fingerprint(knowledge)
    assert TrainedStore(None).fingerprint("another") is None


def test_learning_anew_from_scratch_gives_the_same_bytes(knowledge: Knowledge) -> None:
    shipped = TrainedStore(None).load(fingerprint(knowledge))
    assert shipped is not None
    told: list[float] = []
    anew = Workshop(knowledge).learn(told.append)
    assert told == sorted(told)
    assert told[-1] == 1
    for mine, theirs in (
        (anew.index.arrays(), shipped.index.arrays()),
        (anew.weights.arrays("entry"), shipped.weights.arrays("entry")),
        (anew.acts.arrays("act"), shipped.acts.arrays("act")),
        (anew.asks.arrays("part"), shipped.asks.arrays("part")),
    ):
        assert mine.keys() == theirs.keys()
        for name, array in mine.items():
            np.testing.assert_allclose(
                array.astype(np.float64), theirs[name].astype(np.float64), rtol=2e-3, atol=2e-3, err_msg=name
            )
