"""Fit the weights of bot/deciding/confidence.py on the knowledge base itself, and print them.

Each third phrasing is asked three times: of the whole index (as when a citizen uses our words), of an index
that lacks only this phrasing, and of one that lacks its whole family (then every first entry is wrong). So
the weights need no questions from outside. Logistic regression by gradient descent; takes a few minutes.

    python scripts/calibrate.py [knowledge folder]
"""

import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import astuple
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bot.assistant import Assistant, phrasings_of  # noqa: E402
from bot.clock import today  # noqa: E402
from bot.knowledge import Knowledge, load  # noqa: E402
from bot.matching import Matcher  # noqa: E402
from bot.reading import Reader  # noqa: E402
from bot.text.words import Word  # noqa: E402

EVERY = 3  # each third phrasing is asked; an index is built anew for it
STEPS, RATE = 4000, 1.0
NAMES = ("COVERAGE", "PHRASE_COVERAGE", "MARGIN", "CONTRAST")
Example = tuple[tuple[float, ...], bool]


def examples(knowledge: Knowledge) -> Iterator[Example]:
    """(signals, whether the first entry is right) for every phrasing, with and without its family."""
    assistant = Assistant(knowledge, today)
    phrasings = phrasings_of(knowledge, Reader(knowledge.language))
    whole = assistant.matcher_for(phrasings)
    for number, (entry, phrases) in enumerate(phrasings.items(), 1):
        family = knowledge.family(entry)
        others = {id_: known for id_, known in phrasings.items() if id_ not in family}
        strangers = assistant.matcher_for(others)
        for at in range(1, len(phrases), EVERY):
            words = phrases[at]
            rest = phrasings | {entry: [*phrases[:at], *phrases[at + 1 :]]}
            for matcher in (whole, assistant.matcher_for(rest), strangers):
                found = _first(assistant, matcher, words)
                if found is not None:
                    yield found[0], found[1] in family
        print(f"\r{number}/{len(phrasings)}", end="", file=sys.stderr)
    print(file=sys.stderr)


def _first(
    assistant: Assistant, matcher: Matcher, words: Sequence[Word]
) -> tuple[tuple[float, ...], str] | None:
    matches = matcher.rank(words)
    if not matches:
        return None
    first = assistant.decider.first(matches)
    return astuple(assistant.decider.signals(first, matches)), first.entry


def fit(rows: Sequence[Example]) -> list[float]:
    """Intercept, then one weight a signal, that make the rows likeliest."""
    weights = [0.0] * (len(NAMES) + 1)
    for _ in range(STEPS):
        slopes = [0.0] * len(weights)
        for signals, right in rows:
            values = (1.0, *signals)
            score = sum(w * v for w, v in zip(weights, values, strict=True))
            error = (1 / (1 + math.exp(-score)) - right) / len(rows)
            slopes = [s + error * v for s, v in zip(slopes, values, strict=True)]
        weights = [w - RATE * s for w, s in zip(weights, slopes, strict=True)]
    return weights


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
