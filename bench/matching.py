"""Our matcher beside what one would take from a shelf: how often it is right, how quick, at what cost.

Every method gets the same phrasings (all of the knowledge base, background too) and the same questions (those
that an entry answers; of a long file some 200, evenly). Question by question the methods take turns, so that
whatever else the machine does slows all of them. No method may name background, since an entry is meant;
each has to carry it.

ours: read (repairs and all) and ranked by what Workshop.learn learned; "nothing repaired": abbreviations and
dialect are read out, typing errors stay. WRatio, token set: rapidfuzz (`process.cdist`, which is quicker
here than `extract`), the best phrasing counts. BM25 (k1 1.5, b 0.75) on folded words and pairs; TF-IDF and
cosine on runs of 2 to 4 characters; both of each phrasing (the best counts) and of an entry's phrasings as
one text. Logistic regression: scikit-learn's softmax on the TF-IDF of folded words and pairs, by SAGA, C 10,
stopped after 15 epochs. Folded: without marks; else plain lower case.

Then what more entries cost: made-up ones, seven phrasings and a name each. Each comes from a real entry; the
rarest word of every text gives way to two new syllables that only this entry has. The questions are the same
at every size: further phrasings of the first entries. Where learning would take over three minutes it is cut
short, and the table says to how many epochs: a rank takes as long whatever the weights are, but "right first"
then says little. It falls with the size in any case: entries made from the same one differ in two syllables.
Background is the same at every size, and counted among the phrasings.

    python bench/matching.py [questions.jsonl] [--quick] [--chart FILE]
"""

import argparse
import ctypes
import gc
import json
import multiprocessing
import os
import platform
import random
import statistics
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from growth import sizes_compared, training  # noqa: E402
from methods import BARE, BESIDE, METHODS, Ask, Base  # noqa: E402
from report import head, show, told  # noqa: E402

from bot.evaluation.noise import NOISES  # noqa: E402
from bot.evaluation.score import Row, rows_of  # noqa: E402
from bot.knowledge import Knowledge, load  # noqa: E402
from bot.matching import BACKGROUND  # noqa: E402

CHART = ROOT / "docs" / "matching.svg"
INSTALL = "pip install -r bench/requirements.txt"
WARM_UP = 3  # questions that are not counted
QUESTIONS, QUICK_QUESTIONS = 200, 100  # evenly from the file: WRatio alone takes a second each
SIZES, QUICK_SIZES = (300, 3_000, 10_000), (300, 3_000)  # entries
ROUNDS, QUICK_ROUNDS = 3, 1  # of learning, from scratch and after a change


@dataclass(frozen=True, slots=True)
class Cost:
    """Of building one method: seconds, resident megabytes added, and those its packages had added before."""

    seconds: float
    megabytes: float
    packages: float


@dataclass(slots=True)
class Seen:
    """What one method did: milliseconds of each question, and how many were right."""

    times: list[float] = field(default_factory=list)
    first: int = 0
    in_three: int = 0
    with_typos: int = 0

    def share(self, right: int) -> float:
        """A count as a share of the questions, 0–1."""
        return right / len(self.times)


def resident() -> float:
    """Resident megabytes of this process, after all that was freed was given back."""
    gc.collect()
    with suppress(OSError, AttributeError):  # only glibc can
        ctypes.CDLL(None).malloc_trim(0)
    return int(Path("/proc/self/status").read_text().split("VmRSS:")[1].split()[0]) / 1024


def weigh(number: int, plain: Mapping[str, Any], version_: str) -> Cost:
    """The cost of METHODS[number], in a process of its own."""
    base = Base(Knowledge.of_plain(plain, version_))
    needs = METHODS[number].needs
    bare = resident()
    if needs:
        __import__(f"{needs}.linear_model")
        __import__(f"{needs}.feature_extraction.text")
    before = resident()
    start = perf_counter()
    kept = METHODS[number].build(base)
    seconds = perf_counter() - start
    grown = resident() - before
    return Cost(seconds, grown if kept else 0.0, before - bare)


def costs(knowledge: Knowledge, numbers: Sequence[int]) -> dict[int, Cost]:
    """By number in METHODS what building it costs, one process after the other."""
    found = {}
    plain = knowledge.plain()
    for done, number in enumerate(numbers):
        told("memory", done / len(numbers))
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
            found[number] = pool.submit(weigh, number, plain, knowledge.version).result()
    return found


def compare(asks: Mapping[str, Ask], rows: Sequence[Row]) -> dict[str, Seen]:
    """Every question asked of every method, by chance in another order each time: some leave cold caches."""
    seen = {name: Seen() for name in asks}
    order, dice = list(asks), random.Random(0)
    typo = NOISES["typo"]
    for row in rows[:WARM_UP]:
        for ask in asks.values():
            ask(row.question)
    for done, row in enumerate(rows):
        told("questions", done / len(rows))
        dice.shuffle(order)
        spoilt = typo(row.question)
        for name in order:
            its = seen[name]
            start = perf_counter()
            found = asks[name](row.question)
            its.times.append((perf_counter() - start) * 1000)
            its.first += bool(found) and found[0] in row.right
            its.in_three += any(entry in row.right for entry in found)
            found = asks[name](spoilt)
            its.with_typos += bool(found) and found[0] in row.right
    return seen


def compared(knowledge: Knowledge, rows: Sequence[Row]) -> tuple[dict[str, Seen], Iterator[str]]:
    """What every method did, and the lines of the report."""
    numbers = [n for n, method in enumerate(METHODS) if method.needs is None or find_spec(method.needs)]
    cost = costs(knowledge, numbers)
    base = Base(knowledge)
    asks: dict[str, Ask] = {}
    spent: dict[str, tuple[str, str]] = {}
    for done, number in enumerate(numbers):
        told("building", done / len(numbers))
        start = perf_counter()
        built = METHODS[number].build(base)
        seconds = min(perf_counter() - start, cost[number].seconds)
        asks |= built
        cells = (f"{cost[number].megabytes:.0f}", f"{seconds:.1f}")
        spent |= {name: ("as above", "as above") if at else cells for at, name in enumerate(built)}
    packages = max((cost[n].packages for n in numbers if METHODS[n].needs), default=0.0)
    seen = compare(asks, rows)
    return seen, _table(seen, spent, base, packages)


def _table(
    seen: Mapping[str, Seen], spent: Mapping[str, tuple[str, str]], base: Base, packages: float
) -> Iterator[str]:
    count = len(next(iter(seen.values())).times)
    background = sum(len(run) for name, run in base.runs.items() if name.startswith(BACKGROUND))
    yield f"{count} questions; {len(base.knowledge.entries)} entries, {len(base.texts)} phrasings"
    yield f"({background} of them background).\n"
    yield from head(
        ("method", "right first", "right in three", "right first, typos", "median ms", "p99 ms",
         "p99 / median", "times WRatio", "MB", "s to build")
    )  # fmt: skip
    for name, its in seen.items():
        middle, late = statistics.median(its.times), float(np.percentile(its.times, 99))
        beside = statistics.median(a / b for a, b in zip(its.times, seen[BESIDE].times, strict=True))
        shares = (its.share(each) for each in (its.first, its.in_three, its.with_typos))
        cells = (
            *(f"{share:.3f}" for share in shares),
            *(f"{middle:.2f}", f"{late:.1f}", f"{late / middle:.1f}", f"{beside:.4f}"),
            *spent[name],
        )
        yield f"| {name} | " + " | ".join(cells) + " |"
    its_own = f" (scikit-learn itself: {packages:.0f} MB)" if packages else ""
    yield f"\nMB: resident, added by building, in a process of its own; libraries not counted{its_own}."
    yield "s to build: the quicker of two."


def draw(seen: Mapping[str, Seen], file: Path) -> None:
    """Write the chart: right first against milliseconds a question."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    mpl.rcParams |= {"svg.fonttype": "none", "svg.hashsalt": "", "font.size": 10}
    figure = Figure(figsize=(8, 5), layout="constrained")
    axes = figure.subplots()
    others = iter(mpl.colormaps["Dark2"].colors)
    for name, its in seen.items():
        time, right, spoilt = statistics.median(its.times), its.share(its.first), its.share(its.with_typos)
        colour = {"ours": "black", BARE: "grey"}.get(name) or next(others)
        axes.plot([time, time], [right, spoilt], color=colour, linewidth=1)
        axes.plot(time, spoilt, "o", color=colour, markerfacecolor="white", markersize=9)
        axes.plot(time, right, "o", color=colour, markersize=5, label=f"{name} ({right:.2f})")
    axes.set(xscale="log", xlabel="median milliseconds a question", ylabel="right first", ylim=(0, 1))
    axes.set_title("Full: as typed. Hollow: with typing errors.", fontsize=10, loc="left")
    axes.legend(loc="lower left", frameon=False)
    axes.xaxis.set_major_formatter("{x:g}")
    axes.grid(alpha=0.3)
    axes.spines[["top", "right"]].set_visible(False)
    file.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(file, metadata={"Date": None})


def machine() -> str:
    """What it ran on, in one line."""
    names = [name for name in ("numpy", "rapidfuzz", "scikit-learn") if _is_installed(name)]
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    cores = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at first"
    return f"Python {platform.python_version()}, {versions}; {cores}."


def _is_installed(name: str) -> bool:
    try:
        return bool(version(name))
    except PackageNotFoundError:
        return False


def options() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", nargs="?", type=Path, default=ROOT / "tests" / "golden" / "questions.jsonl")
    parser.add_argument(
        "--quick", action="store_true", help="fewer questions, at most 3,000 entries, learning timed once"
    )
    parser.add_argument(
        "--chart", type=Path, help="where the chart goes (docs/matching.svg; with --quick only where named)"
    )
    return parser.parse_args()


def questions_of(file: Path, knowledge: Knowledge) -> list[Row]:
    """The questions of a file that an entry answers."""
    plain = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [row for row in rows_of(plain, knowledge) if row.in_scope and row.right]


def main() -> None:
    """Measure and print, a part at a time."""
    chosen = options()
    if not find_spec("sklearn"):
        print(f"scikit-learn is missing, so TF-IDF and logistic regression are left out: {INSTALL}")
    chart = chosen.chart or (None if chosen.quick else CHART)
    if chart and not find_spec("matplotlib"):
        print(f"matplotlib is missing, so no chart is drawn: {INSTALL}")
    knowledge = load(ROOT / "knowledge").use()
    rows = questions_of(chosen.file, knowledge)
    if not rows:
        raise SystemExit(f"{chosen.file}: no question that an entry answers")
    most = QUICK_QUESTIONS if chosen.quick else QUESTIONS
    rows = [rows[at * len(rows) // most] for at in range(most)] if len(rows) > most else rows
    print(machine())
    seen, lines = compared(knowledge, rows)
    show("Beside other methods", lines)
    if chart and find_spec("matplotlib"):
        draw(seen, chart)
    show("What more entries cost", sizes_compared(knowledge, QUICK_SIZES if chosen.quick else SIZES))
    show("Learning", training(knowledge, QUICK_ROUNDS if chosen.quick else ROUNDS))


if __name__ == "__main__":
    main()
