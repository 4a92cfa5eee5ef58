"""When two halves of a message are two questions: learned from messages of which that is known."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np

from bot.deciding.several import Way
from bot.learning.judging import logistic
from bot.learning.store import SHIPPED

KNOWN = SHIPPED / "several.jsonl"  # each line: `question`, and of each of its `parts` the `entries`


@dataclass(frozen=True, slots=True)
class Message:
    """A message, and of each thing it asks the entries that answer it."""

    question: str
    parts: tuple[frozenset[str], ...]

    def asks_for(self, way: Way) -> bool:
        """Whether the halves are answered by what two different parts ask for, in their order."""
        one, two = way.entries
        return any(
            one in first and two in second for first, second in combinations(dict.fromkeys(self.parts), 2)
        )


def messages(file: Path = KNOWN) -> list[Message]:
    """The messages of which it is known. Raises OSError, and ValueError for a line that is none."""
    rows = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    try:
        return [
            Message(row["question"], tuple(frozenset(p["entries"]) for p in row["parts"])) for row in rows
        ]
    except (KeyError, TypeError) as error:
        raise ValueError(f"{file.name}: a line is no message with its parts") from error


def apart_of(known: Iterable[Message], ways: Callable[[str], Iterable[Way]]) -> Sequence[float]:
    """The weights by which halves that are two questions are told from those that are one.

    `ways`: how a message can be taken apart.
    """
    rows, right = [], []
    for message in known:
        for way in ways(message.question):
            rows.append(way.halves.row())
            right.append(message.asks_for(way))
    return logistic(np.array(rows), np.array(right, bool))
