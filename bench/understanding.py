"""How well questions are understood, on questions that no part of the bot was made from.

`tests/golden/questions.jsonl` holds questions written for this project, one in ten of a set whose others
are phrasings. One none of whose `entries` is known counts as out of scope, and the right thing is not to
answer it.

right first: its entry was stated. one tap: stated, or among the buttons. sure and wrong: another entry was
stated and none of its own is among the buttons. refused: in scope, and neither. answered as ours: out of
scope, yet an entry was stated. asked back: candidates were shown.

    python bench/understanding.py [file.jsonl]
"""

import json
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bot.answering import Answer  # noqa: E402
from bot.assistant import Assistant  # noqa: E402
from bot.clock import now  # noqa: E402
from bot.knowledge import load  # noqa: E402
from bot.outcomes import Outcome  # noqa: E402

COLUMNS = (
    "in scope",
    "right first",
    "one tap",
    "sure and wrong",
    "refused",
    "out of scope",
    "answered as ours",
    "asked back",
)
STATED = (Outcome.ANSWERED, Outcome.NOT_OURS, Outcome.NO_PUBLISHED_FIGURE)


def without_marks(text: str) -> str:
    """The text as someone types it who types no marks."""
    bare = unicodedata.normalize("NFD", text).replace("đ", "d").replace("Đ", "D")
    return "".join(char for char in bare if not unicodedata.combining(char))


def verdict(answer: Answer, right: frozenset[str]) -> str:
    """Which of the words above fits an answer, given the entries that are right (none: out of scope)."""
    tapped = right & {offer.entry for offer in answer.message.offers}
    if answer.outcome is Outcome.CLARIFIED:
        return "one tap" if tapped else "asked back"
    if answer.outcome in STATED and answer.entry is not None:
        if answer.entry in right:
            return "right first"
        if tapped:
            return "one tap"
        return "sure and wrong" if right else "answered as ours"
    return "refused" if right else "kept quiet"


def measure(
    assistant: Assistant, rows: Iterable[dict[str, object]], change: Callable[[str], str]
) -> dict[bool, Counter[str]]:
    """Verdicts counted, in scope (True) and out of scope (False)."""
    counts: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    for row in rows:
        known = (assistant.knowledge.find(str(entry)) for entry in row["entries"])  # type: ignore[attr-defined]
        right = frozenset(entry.id for entry in known if entry is not None)
        answer = assistant.ask(change(str(row["question"])))
        counts[bool(right)][verdict(answer, right)] += 1
    return counts


def main() -> None:
    """Print one line for each way of typing."""
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "tests" / "golden" / "questions.jsonl"
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assistant = Assistant(load(ROOT / "knowledge").use(), now)
    print("| " + " | ".join(("typed", *COLUMNS)) + " |")
    print("|" + " --- |" * (len(COLUMNS) + 1))
    for name, change in (("with marks", str), ("without marks", without_marks)):
        start = perf_counter()
        counts = measure(assistant, rows, change)
        print(line(name, counts))
        print(f"{name}: {(perf_counter() - start) / len(rows) * 1000:.1f} ms a question", file=sys.stderr)


def line(name: str, counts: dict[bool, Counter[str]]) -> str:
    """One row of the table; "one tap" includes right first, as everywhere."""
    inside, outside = counts[True], counts[False]
    all_in, all_out = inside.total() or 1, outside.total() or 1
    figures = (
        str(inside.total()),
        f"{inside['right first'] / all_in:.2f}",
        f"{(inside['right first'] + inside['one tap']) / all_in:.2f}",
        f"{inside['sure and wrong'] / all_in:.3f}",
        f"{(inside['refused'] + inside['asked back']) / all_in:.2f}",
        str(outside.total()),
        f"{outside['answered as ours'] / all_out:.3f}",
        f"{outside['asked back'] / all_out:.2f}",
    )
    return f"| {name} | " + " | ".join(figures) + " |"


if __name__ == "__main__":
    main()
