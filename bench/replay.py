"""How long it takes to see which answers a new version of the knowledge base changes.

Rehearses, in a process of its own, copies of `knowledge/` with a small change each: phrasings more for an
entry (which have to be learned), a fee; on 5,000 made-up questions of the log (phrasings with typing noise),
with the golden questions and without; last a change that may be felt everywhere (the name of the city), where
both versions are asked everything. Prints the seconds of each stage and the peak memory of the process.

    python bench/replay.py [questions] [--seed N]
"""

import argparse
import random
import resource
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from report import head, show, told  # noqa: E402

from bot.evaluation.noise import NOISES  # noqa: E402
from bot.knowledge import Knowledge, load  # noqa: E402
from bot.knowledge.contents import read_files  # noqa: E402
from bot.publishing.edits import SetLines  # noqa: E402
from bot.publishing.rehearsal import Rehearsal, Rehearser, Stage  # noqa: E402

ENTRY = "dang-ky-ket-hon"
MORE = (
    ("cưới nhau xong ra phường ghi tên", "hai đứa em muốn vào sổ vợ chồng", "lên phường ký giấy lấy nhau"),
    ("tụi em tính góp gạo thổi cơm chung", "xin cái giấy hồng làm vợ chồng", "giấy cưới phường cấp răng"),
)
Took = dict[Stage, float]  # seconds


def questions(knowledge: Knowledge, count: int, seed: int) -> list[str]:
    """So many distinct questions: phrasings as people type them."""
    dice = random.Random(seed)
    texts = [text for entry in knowledge.entries for text in knowledge.phrasings(entry)]
    texts += [text for run in knowledge.background.values() for text in run]
    dice.shuffle(texts)
    noises = list(NOISES.values())
    found = dict.fromkeys(noises[dice.randrange(len(noises))](text) for text in texts)
    return list(found)[:count]


def candidate(folder: Path, more: tuple[str, ...]) -> Path:
    """A copy of the knowledge base in which an entry has further phrasings."""
    shutil.copytree(ROOT / "knowledge", folder)
    lines = "".join(f"    - {text}\n" for text in more)
    (folder / "phrasings" / "bench.yaml").write_text(
        f"- entry: {ENTRY}\n  phrasings:\n{lines}", encoding="utf-8"
    )
    return folder


def with_fee(folder: Path) -> Path:
    """A copy of the knowledge base in which an entry has another fee."""
    files = SetLines(ENTRY, "fee", ("Miễn lệ phí.",)).apply(read_files(ROOT / "knowledge"))
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return folder


def with_desk(folder: Path) -> Path:
    """A copy of the knowledge base in which the ward has another city line."""
    shutil.copytree(ROOT / "knowledge", folder)
    ward = folder / "ward.yaml"
    ward.write_text(ward.read_text(encoding="utf-8").replace("city:", "city: TP.", 1), encoding="utf-8")
    return folder


def timed(rehearser: Rehearser, after: Path, asked: list[str]) -> tuple[Rehearsal, Took]:
    """What came of it, and the seconds of each stage."""
    took: Took = {}
    last = [perf_counter()]

    def heard(stage: Stage, done: float) -> None:
        now = perf_counter()
        took[stage] = took.get(stage, 0.0) + now - last[0]
        last[0] = now
        told(f"{after.name}: {stage}", done)

    return rehearser.run(ROOT / "knowledge", after, asked, heard), took


def lines(asked: list[str]) -> Iterator[str]:
    """Both rehearsals, as lines of the report."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rehearser = Rehearser(folder / "cache")
        yield from head(("", *Stage, "all, s", "asked", "changed", "peak MB of the largest process"))
        plain = Rehearser(folder / "cache", with_golden=False)
        runs = (
            ("phrasings, with golden", rehearser, candidate(folder / "one", MORE[0])),
            ("phrasings", plain, candidate(folder / "two", MORE[1])),
            ("a fee, with golden", rehearser, with_fee(folder / "three")),
            ("everything may change", plain, with_desk(folder / "four")),
        )
        for what, one, after in runs:
            start = perf_counter()
            rehearsal, took = timed(one, after, asked)
            seconds = perf_counter() - start
            peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            stages = (f"{took.get(stage, 0.0):.1f}" for stage in Stage)
            counts = (str(rehearsal.asked), str(len(rehearsal.changes)))
            yield "| " + " | ".join((what, *stages, f"{seconds:.1f}", *counts, f"{peak:.0f}")) + " |"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("questions", nargs="?", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    asked = questions(load(ROOT / "knowledge").use(), options.questions, options.seed)
    show("Rehearsal, seconds", lines(asked))


if __name__ == "__main__":
    main()
