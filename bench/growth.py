"""What more entries cost, made-up ones, and how long learning takes."""

import random
import statistics
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from time import perf_counter
from types import MappingProxyType

import numpy as np
from report import head, told

from bot.knowledge import Beside, Knowledge
from bot.learning import softmax
from bot.learning.questions import texts_of
from bot.learning.workshop import Workshop
from bot.reading import Reader

SIZE_QUESTIONS = 200
TELLING_SIZE = 1_000  # entries; with fewer, learning takes its time for other things than classes
PHRASINGS = 7  # of a made-up entry, beside its name
LONGEST_LEARNING = 180.0  # seconds, about, for one size
ONSETS = (
    "b", "c", "ch", "d", "đ", "g", "h", "kh", "l", "m", "n", "ng", "nh", "ph", "r", "s", "t", "th", "tr", "v",
    "x",
)  # fmt: skip
VOWELS = ("a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư")
ENDS = ("", "n", "ng", "m", "t", "c", "p", "nh")
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")

Timed = tuple[float, str | None]  # milliseconds of ranking, and the first entry


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
    yield from head(
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
