"""Fit the weights of bot/deciding/confidence.py on the knowledge base itself, and print them.

Each third phrasing is asked three times: of the whole index (as when a citizen uses our words), without this
phrasing, and without all phrasings of its family (then every first entry is wrong). So the weights need no
questions from outside. Logistic regression; takes some five minutes.

    python scripts/calibrate.py [knowledge folder]
"""

import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import astuple
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bot.assistant import Assistant  # noqa: E402
from bot.clock import now  # noqa: E402
from bot.knowledge import Knowledge, load  # noqa: E402
from bot.reading import Reader  # noqa: E402
from bot.text.words import Word  # noqa: E402

EVERY = 3  # each third phrasing is asked
STEPS = 12  # of Newton's method; it converges in fewer
RIDGE = 1e-6  # keeps the equations solvable where a signal never varies
NAMES = ("COVERAGE", "PHRASE_COVERAGE", "MARGIN", "CONTRAST")
Example = tuple[tuple[float, ...], bool]


def examples(knowledge: Knowledge) -> Iterator[Example]:
    """(signals, whether the first entry is right) for each third phrasing, asked the three ways."""
    assistant, reader = Assistant(knowledge, now), Reader(knowledge.language)
    index = assistant.matcher.index
    numbers = {entry: index.numbers(entry) for entry in index.entries}
    for done, entry in enumerate(index.entries, 1):
        family = knowledge.family(entry)
        kindred = frozenset(number for member in family for number in numbers[member])
        texts = (knowledge.entries[entry].name, *knowledge.phrasings(entry))
        for number, text in list(zip(numbers[entry], texts, strict=True))[1::EVERY]:
            words = reader.phrase(text)
            for without in (frozenset(), frozenset({number}), kindred):
                found = _first(assistant, words, without)
                if found is not None:
                    yield found[0], found[1] in family
        print(f"\r{done}/{len(index.entries)}", end="", file=sys.stderr)
    print(file=sys.stderr)


def _first(
    assistant: Assistant, words: Sequence[Word], without: frozenset[int]
) -> tuple[tuple[float, ...], str] | None:
    matches = assistant.matcher.rank(words, without)
    if not matches:
        return None
    first = assistant.decider.first(matches)
    return astuple(assistant.decider.signals(first, matches)), first.entry


def fit(rows: Sequence[Example]) -> list[float]:
    """Intercept, then one weight a signal, that make the rows likeliest (Newton's method)."""
    size = len(NAMES) + 1
    weights = [0.0] * size
    for _ in range(STEPS):
        slope = [0.0] * size
        curve = [[RIDGE * (row == column) for column in range(size)] for row in range(size)]
        for signals, right in rows:
            values = (1.0, *signals)
            sure = _confidence(weights, signals)
            for row in range(size):
                slope[row] += (right - sure) * values[row]
                for column in range(size):
                    curve[row][column] += sure * (1 - sure) * values[row] * values[column]
        weights = [w + s for w, s in zip(weights, _solve(curve, slope), strict=True)]
    return weights


def _solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    """The x with matrix x = right, by elimination with pivots."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for at in range(len(rows)):
        pivot = max(range(at, len(rows)), key=lambda row: abs(rows[row][at]))
        rows[at], rows[pivot] = rows[pivot], rows[at]
        rows[at] = [value / rows[at][at] for value in rows[at]]
        for other in range(len(rows)):
            if other != at:
                rows[other] = [
                    value - rows[other][at] * known
                    for value, known in zip(rows[other], rows[at], strict=True)
                ]
    return [row[-1] for row in rows]


def main() -> None:
    """Print the weights, how many examples they come from, and what they say on those."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "knowledge"
    rows = list(examples(load(folder).use()))
    weights = fit(rows)
    print(f"# {len(rows)} examples, {sum(right for _, right in rows)} right")
    for name, weight in zip(("INTERCEPT", *NAMES), weights, strict=True):
        print(f"{name} = {weight:.2f}")
    print("# confidence: share right (examples)")
    for low in range(10):
        inside = [r for signals, r in rows if low / 10 <= _confidence(weights, signals) < (low + 1) / 10]
        if inside:
            print(f"# {low / 10:.1f}–{(low + 1) / 10:.1f}: {sum(inside) / len(inside):.2f} ({len(inside)})")


def _confidence(weights: Sequence[float], signals: Sequence[float]) -> float:
    return 1 / (1 + math.exp(-sum(w * v for w, v in zip(weights, (1.0, *signals), strict=True))))


if __name__ == "__main__":
    main()
