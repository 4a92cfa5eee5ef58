"""Our matcher beside what one would take from a shelf: how often it is right, how quick, at what cost.

Every method gets the same phrasings (all of the knowledge base, background too) and the same questions (those
that an entry answers). Question by question the methods take turns, so that whatever else the machine does
slows all of them. No method may name background, since an entry is meant; each has to carry it.

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
import unicodedata
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from itertools import chain, pairwise
from pathlib import Path
from time import perf_counter
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from scipy import sparse

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bot.evaluation.noise import NOISES, without_marks  # noqa: E402
from bot.evaluation.score import Row, rows_of  # noqa: E402
from bot.knowledge import Beside, Knowledge, load  # noqa: E402
from bot.learning import softmax  # noqa: E402
from bot.learning.questions import texts_of  # noqa: E402
from bot.learning.workshop import Workshop  # noqa: E402
from bot.matching import BACKGROUND  # noqa: E402
from bot.reading import Reader  # noqa: E402

CHART = ROOT / "docs" / "matching.svg"
INSTALL = "pip install -r bench/requirements.txt"
WARM_UP = 3  # questions that are not counted
QUICK_QUESTIONS = 100
SIZES, QUICK_SIZES = (300, 3_000, 10_000), (300, 3_000)  # entries
SIZE_QUESTIONS = 200
TELLING_SIZE = 1_000  # entries; with fewer, learning takes its time for other things than classes
PHRASINGS = 7  # of a made-up entry, beside its name
LONGEST_LEARNING = 180.0  # seconds, about, for one size
ROUNDS, QUICK_ROUNDS = 3, 1  # of learning, from scratch and after a change
K1, B = 1.5, 0.75  # as usual (S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework", 2009)
EPOCHS, SOFTNESS = 15, 10.0  # of SAGA; C. From here on more of either gains less than a hundredth
ONSETS = (
    "b", "c", "ch", "d", "đ", "g", "h", "kh", "l", "m", "n", "ng", "nh", "ph", "r", "s", "t", "th", "tr", "v",
    "x",
)  # fmt: skip
VOWELS = ("a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư")
ENDS = ("", "n", "ng", "m", "t", "c", "p", "nh")
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")

Scores = NDArray[np.float32]
Timed = tuple[float, str | None]  # milliseconds of ranking, and the first entry
Ask = Callable[[str], Sequence[str]]  # question → ids of the likeliest three entries, best first


@dataclass(frozen=True)
class Base:
    """What every method is made from: the knowledge, and its phrasings as plain text."""

    knowledge: Knowledge

    @cached_property
    def runs(self) -> Mapping[str, Sequence[str]]:
        """Class → its phrasings in lower case."""
        return {name: [text.lower() for text in run] for name, run in texts_of(self.knowledge).items()}

    @cached_property
    def texts(self) -> list[str]:
        """All phrasings, those of one class side by side."""
        return list(chain.from_iterable(self.runs.values()))

    @cached_property
    def owners(self) -> NDArray[np.intp]:
        """Of each phrasing the number of its class."""
        return np.repeat(np.arange(len(self.runs)), [len(run) for run in self.runs.values()])

    @cached_property
    def _starts(self) -> NDArray[np.intp]:
        return np.searchsorted(self.owners, np.arange(len(self.runs)))

    @cached_property
    def _classes(self) -> tuple[str, ...]:
        return tuple(self.runs)

    @cached_property
    def _shut(self) -> Scores:
        """Takes background out of a ranking."""
        return np.array([-np.inf if name.startswith(BACKGROUND) else 0.0 for name in self.runs], np.float32)

    def best(self, scores: Scores) -> list[str]:
        """The likeliest three entries, given a score for each class or for each phrasing."""
        by_class = scores if len(scores) == len(self.runs) else np.maximum.reduceat(scores, self._starts)
        return [self._classes[at] for at in np.argsort(-(by_class + self._shut), kind="stable")[:3]]


def ours(base: Base) -> dict[str, Ask]:
    """Our own, all of it and without repairs."""
    workshop = Workshop(base.knowledge)
    learned = workshop.learn()
    matcher = workshop.matcher(learned.index, learned.weights)
    index = learned.index
    plain = Reader(base.knowledge.language)
    reader = plain.with_vocabulary(index.counts, index.words, index.pairs(), index.neighbours())
    return {
        "ours": lambda question: [m.entry for m in matcher.rank(reader.read(question).words).matches[:3]],
        BARE: lambda question: [m.entry for m in matcher.rank(plain.phrase(question)).matches[:3]],
    }


def fuzzy(name: str, scorer: Callable[..., float], base: Base) -> dict[str, Ask]:
    """A scorer of rapidfuzz over all phrasings."""
    texts = base.texts

    def ask(question: str) -> Sequence[str]:
        return base.best(process.cdist([question.lower()], texts, scorer=scorer, dtype=np.float32)[0])

    return {name: ask}


def bm25(name: str, whole: bool, base: Base) -> dict[str, Ask]:
    """BM25 over phrasings, or over all phrasings of a class as one text (`whole`)."""
    places: dict[str, int] = {}
    rows: list[int] = []
    columns: list[int] = []
    for number, text in zip(base.owners if whole else range(len(base.texts)), base.texts, strict=True):
        found = [places.setdefault(gram, len(places)) for gram in grams(text)]
        rows += found
        columns += [int(number)] * len(found)
    table = sparse.coo_matrix((np.ones(len(rows), np.float32), (rows, columns))).tocsr()
    size = table.shape[1]
    having = np.diff(table.indptr)
    rare = np.log(1 + (size - having + 0.5) / (having + 0.5))
    length = np.bincount(columns, minlength=size)
    norm = K1 * (1 - B + B * length / length.mean())
    table.data *= np.repeat(rare, having) * (K1 + 1) / (table.data + norm[table.indices])

    def ask(question: str) -> Sequence[str]:
        scores = np.zeros(size, np.float32)
        for gram in grams(question):
            if (at := places.get(gram)) is not None:
                part = slice(table.indptr[at], table.indptr[at + 1])
                scores[table.indices[part]] += table.data[part]
        return base.best(scores)

    return {name: ask}


def grams(text: str) -> Iterator[str]:
    """The folded words of a text and its pairs of neighbours."""
    words = "".join(char if char.isalnum() else " " for char in fold(text)).split()
    yield from words
    yield from (f"{left} {right}" for left, right in pairwise(words))


def fold(text: str) -> str:
    """The text in lower case, without marks."""
    return without_marks(text.lower())


def tfidf(name: str, whole: bool, base: Base) -> dict[str, Ask]:
    """TF-IDF of runs of characters and cosine, over phrasings or over all of a class as one text."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    reader = TfidfVectorizer(analyzer="char", ngram_range=(2, 4), sublinear_tf=True, dtype=np.float32)
    texts = [" ".join(run) for run in base.runs.values()] if whole else base.texts
    table = reader.fit_transform(texts).T.tocsr()
    return {name: lambda question: base.best((reader.transform([question]) @ table).toarray().ravel())}


def logistic(name: str, base: Base) -> dict[str, Ask]:
    """Softmax regression on folded words and pairs of neighbours."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    reader = TfidfVectorizer(
        analyzer=lambda text: list(grams(text)), sublinear_tf=True, min_df=2, dtype=np.float32
    )
    model = LogisticRegression(solver="saga", C=SOFTNESS, max_iter=EPOCHS, random_state=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # it is stopped on purpose
        model.fit(reader.fit_transform(base.texts), base.owners)
    return {name: lambda question: base.best(model.decision_function(reader.transform([question]))[0])}


@dataclass(frozen=True, slots=True)
class Method:
    """How one or two rows of the table are made; `needs`: a module that may be missing."""

    build: Callable[[Base], dict[str, Ask]]
    needs: str | None = None


BARE = "ours, nothing repaired"
BESIDE = "rapidfuzz WRatio"  # what times are compared with
METHODS = (
    Method(ours),
    Method(partial(fuzzy, BESIDE, fuzz.WRatio)),
    Method(partial(fuzzy, "rapidfuzz token_set_ratio", fuzz.token_set_ratio)),
    Method(partial(bm25, "BM25, each phrasing", False)),
    Method(partial(bm25, "BM25, an entry's as one text", True)),
    Method(partial(tfidf, "TF-IDF of characters, each phrasing", False), "sklearn"),
    Method(partial(tfidf, "TF-IDF of characters, an entry's as one text", True), "sklearn"),
    Method(partial(logistic, "logistic regression"), "sklearn"),
)


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


def told(what: str, done: float) -> None:
    """Show how far something is (0–1)."""
    print(f"\r{what:52} {done:4.0%}", end="", file=sys.stderr, flush=True)


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
    yield from _head(
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


def made_up(knowledge: Knowledge, size: int) -> tuple[Knowledge, list[tuple[str, str]]]:
    """A knowledge base of `size` entries, and (entry, question) of the first; the same at any size."""
    real = [e for e in knowledge.entries.values() if len(set(knowledge.phrasings(e.id))) > PHRASINGS]
    spread = Counter(w for e in real for w in {w for t in _texts(knowledge, e.id) for w in _words(t)})
    entries, questions, taken = [], [], set()
    for number in range(size):
        like = real[number % len(real)]
        dice = random.Random(number)
        name = _new_words(dice)
        while name in taken:
            name = _new_words(dice)
        taken.add(name)
        chosen = dice.sample(sorted(set(knowledge.phrasings(like.id))), PHRASINGS + 1)
        texts = [_renamed(text, name, spread) for text in (like.name, *chosen)]
        news = {"id": f"made-up-{number}", "name": texts[0], "phrasings": tuple(texts[1:-1])}
        entries.append(like.model_copy(update=news | {"family": None, "also": ()}))
        questions.append((f"made-up-{number}", texts[-1]))
    beside = Beside(background=knowledge.background)
    base = Knowledge.of(
        knowledge.ward, knowledge.calendar, entries, knowledge.language, str(size), lambda: beside
    )
    return base, questions[:SIZE_QUESTIONS]


def _texts(knowledge: Knowledge, id_: str) -> tuple[str, ...]:
    return (knowledge.entries[id_].name, *knowledge.phrasings(id_))


def _words(text: str) -> list[str]:
    return text.lower().split()


def _new_words(dice: random.Random) -> str:
    """Two syllables that could be Vietnamese."""
    made = (
        dice.choice(ONSETS) + dice.choice(VOWELS) + dice.choice(TONES) + dice.choice(ENDS) for _ in range(2)
    )
    return unicodedata.normalize("NFC", " ".join(made))


def _renamed(text: str, name: str, spread: Mapping[str, int]) -> str:
    """The text with `name` for the word that fewest entries have."""
    words = _words(text)
    rarest = min(range(len(words)), key=lambda at: spread[words[at]])
    return " ".join((*words[:rarest], name, *words[rarest + 1 :]))


@contextmanager
def at_most(epochs: int) -> Iterator[None]:
    """Inside, learning from scratch goes over the phrasings so many times."""
    usual = softmax.EPOCHS
    softmax.EPOCHS = epochs
    try:
        yield
    finally:
        softmax.EPOCHS = usual


def learned(base: Knowledge, epochs: int) -> tuple[Callable[[str], Timed], float]:
    """What ranks a question of these entries and says how long that took; and the seconds of learning."""
    workshop = Workshop(base)
    start = perf_counter()
    with at_most(epochs):
        found = workshop.learn(partial(told, f"learning {len(base.entries)} entries"))
    seconds = perf_counter() - start
    matcher = workshop.matcher(found.index, found.weights)
    reader = Reader(base.language)

    def ask(question: str) -> Timed:
        words = reader.phrase(question)
        start = perf_counter()
        matches = matcher.rank(words).matches
        return (perf_counter() - start) * 1000, matches[0].entry if matches else None

    return ask, seconds


def sizes_compared(knowledge: Knowledge, sizes: Sequence[int]) -> Iterator[str]:
    """What ranking costs at each size: lines of the report."""
    asks: list[Callable[[str], Timed]] = []
    how: list[tuple[str, ...]] = []
    epochs, cost = softmax.EPOCHS, 0.0  # cost: seconds for a phrasing, a class and an epoch
    for size in sizes:
        base, questions = made_up(knowledge, size)
        work = size * sum(map(len, texts_of(base).values()))
        if cost:
            epochs = min(softmax.EPOCHS, int(LONGEST_LEARNING / (cost * work)))
        ask, seconds = learned(base, epochs)
        if size >= TELLING_SIZE:
            cost = seconds / (work * max(epochs, 1))
        asks.append(ask)
        how.append((f"{size:,}", f"{work // size:,}", f"{seconds:.0f}", f"{epochs} of {softmax.EPOCHS}"))
    times: list[list[float]] = [[] for _ in sizes]
    right = Counter[int]()
    for done, (entry, question) in enumerate(questions):
        told("sizes", done / len(questions))
        for turn in range(len(sizes)):
            at = (turn + done) % len(sizes)
            milliseconds, first = asks[at](question)
            times[at].append(milliseconds)
            right[at] += first == entry
    yield from _head(
        ("entries", "phrasings", "s to learn", "epochs", "median ms", "p99 ms",
         f"times {sizes[0]} entries", "right first")
    )  # fmt: skip
    for at, cells in enumerate(how):
        middle, late = statistics.median(times[at]), float(np.percentile(times[at], 99))
        beside = statistics.median(a / b for a, b in zip(times[at], times[0], strict=True))
        figures = (f"{middle:.2f}", f"{late:.1f}", f"{beside:.2f}", f"{right[at] / len(questions):.2f}")
        yield "| " + " | ".join((*cells, *figures)) + " |"


def changed(knowledge: Knowledge) -> Knowledge:
    """The same with one phrasing more, of the entry in the middle."""
    entry = list(knowledge.entries.values())[len(knowledge.entries) // 2]
    more = entry.model_copy(update={"phrasings": (*entry.phrasings, f"cho tui hỏi {entry.name} thì răng")})
    return replace(knowledge, entries=MappingProxyType({**knowledge.entries, entry.id: more}))


def training(knowledge: Knowledge, rounds: int) -> Iterator[str]:
    """How long learning takes: lines of the report."""
    scratch, after = [], []
    other = changed(knowledge)
    for number in range(rounds):
        what = f"round {number + 1} of {rounds}"
        start = perf_counter()
        before = Workshop(knowledge).learn(partial(told, f"{what}, learning from scratch"))
        scratch.append(perf_counter() - start)
        start = perf_counter()
        Workshop(other).learn(partial(told, f"{what}, learning a change"), before)
        after.append(perf_counter() - start)
    yield f"Workshop.learn, seconds, median of {rounds}: from scratch {statistics.median(scratch):.1f},"
    yield f"after one phrasing was added to one entry {statistics.median(after):.1f}."


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


def _head(names: Sequence[str]) -> Iterator[str]:
    yield "| " + " | ".join(names) + " |"
    yield "|" + " --- |" * len(names)


def options() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", nargs="?", type=Path, default=ROOT / "tests" / "golden" / "questions.jsonl")
    parser.add_argument(
        "--quick", action="store_true", help="100 questions, at most 3,000 entries, learning timed once"
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
    if chosen.quick:
        rows = rows[:: max(1, len(rows) // QUICK_QUESTIONS)][:QUICK_QUESTIONS]
    print(machine())
    seen, lines = compared(knowledge, rows)
    show("Beside other methods", lines)
    if chart and find_spec("matplotlib"):
        draw(seen, chart)
    show("What more entries cost", sizes_compared(knowledge, QUICK_SIZES if chosen.quick else SIZES))
    show("Learning", training(knowledge, QUICK_ROUNDS if chosen.quick else ROUNDS))


def show(title: str, lines: Iterator[str]) -> None:
    """Print one part of the report, after the progress line is wiped."""
    text = "\n".join(lines)
    print(f"\r{'':60}\r", end="", file=sys.stderr, flush=True)
    print(f"\n## {title}\n\n{text}", flush=True)


if __name__ == "__main__":
    main()
