"""How well questions are understood, on questions that nothing was learned from; and is that as before?

The questions stand in tests/golden; none of them is a phrasing. Those called independent were written last,
by someone who saw the entries' names and no phrasing. `--gate` compares with what was accepted last
(tests/golden/accepted.json), measure by measure, and ends with status 1 where one is worse; `--accept` makes
today's figures the accepted ones.

    python bench/understanding.py [--gate | --accept]
"""

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bot.assistant import Assistant  # noqa: E402
from bot.clock import ZONE  # noqa: E402
from bot.evaluation import classes  # noqa: E402
from bot.evaluation.run import evaluate, read_rows  # noqa: E402
from bot.knowledge import load  # noqa: E402
from bot.outcomes import Outcome  # noqa: E402

GOLDEN = ROOT / "tests" / "golden"
ACCEPTED = GOLDEN / "accepted.json"
AT = datetime(2026, 11, 26, 9, 0, tzinfo=ZONE)  # the day the questions were written for
LESS_IS_BETTER = frozenset({"sure and wrong", "refused", "answered as ours", "out of scope asked back"})
TOLD = ("right first", "one tap", "sure and wrong", "refused", "facet right")
TOLD_OUTSIDE = ("answered as ours", "out of scope asked back", "routed")
NOISES = ("none", "nomarks", "halfmarks", "telex", "typo")
LEEWAY = 0.005  # of a share: machines differ in the last digit of a weight, and one question may turn
Figures = dict[str, float]


def measured(assistant: Assistant) -> Iterator[tuple[str, float]]:
    """(measure, share 0–1), one after the other."""
    rows = read_rows(GOLDEN / "questions.jsonl", assistant.knowledge)
    inside = [row for row in rows if row.in_scope]
    for noise in NOISES:
        found = evaluate(assistant, rows if noise in {"none", "nomarks"} else inside, noise)
        for name in TOLD + (TOLD_OUTSIDE if noise in {"none", "nomarks"} else ()):
            value = found.figures[name]
            if value is not None:
                yield f"{noise}: {name}", float(value)
        if noise == "none":
            yield "none: calibration error", found.calibration_error() or 0.0
            for style in ("situation", "story"):
                by = found.by[f"origin {style}"]
                yield f"{style}: right first", float(by["right first"] or 0)
                yield f"{style}: one tap", float(by["one tap"] or 0)
    independent = evaluate(assistant, read_rows(GOLDEN / "independent.jsonl", assistant.knowledge), "none")
    for name in (*TOLD, "answered as ours", "out of scope asked back"):
        value = independent.figures[name]
        if value is not None:
            yield f"independent: {name}", float(value)
    for shares in (
        classes.facets(assistant, _rows("facets")),
        classes.twins(assistant, _rows("dialect")),
        classes.negations(assistant, _rows("negation")),
        classes.conversations(assistant, _rows("conversations")),
        classes.several(assistant, _rows("several")),
        classes.figures(assistant, _rows("figures")),
        classes.outcomes(assistant, _rows("danger"), Outcome.EMERGENCY, "emergency"),
        classes.outcomes(assistant, _rows("personal"), Outcome.PERSONAL_FILE, "personal file"),
        classes.outcomes(assistant, _rows("small_talk"), Outcome.GREETING, "greeting"),
    ):
        for name, share in shares.items():
            yield name, share.value


def worse(now: Figures, before: Figures) -> list[str]:
    """What is worse than it was accepted, each in one line."""
    lines = []
    for name, accepted in before.items():
        value = now.get(name)
        if value is None:
            lines.append(f"{name}: không còn được đo")
            continue
        is_cost = name.split(": ")[-1] in LESS_IS_BETTER or name.endswith("calibration error")
        loss = value - accepted if is_cost else accepted - value
        if loss > LEEWAY:
            lines.append(f"{name}: {value:.3f}, đã nhận {accepted:.3f}")
    return lines


def main() -> int:
    """Print each measure as it comes; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gate", action="store_true", help="status 1 where a measure is worse than accepted")
    parser.add_argument("--accept", action="store_true", help="accept today's figures")
    options = parser.parse_args()
    assistant = Assistant(load(ROOT / "knowledge").use(), lambda: AT)
    now: Figures = {}
    for name, value in measured(assistant):
        now[name] = round(value, 4)
        print(f"{name}: {value:.3f}", flush=True)
    if options.accept:
        ACCEPTED.write_text(json.dumps(now, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if options.gate:
        lines = worse(now, json.loads(ACCEPTED.read_text(encoding="utf-8")))
        print("\n".join(("worse than accepted:", *lines) if lines else ("nothing is worse than accepted",)))
        return int(bool(lines))
    return 0


def _rows(name: str) -> classes.Rows:
    text = (GOLDEN / f"{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


if __name__ == "__main__":
    sys.exit(main())
