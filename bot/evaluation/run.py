"""Asking labelled questions of an assistant, and what came of it."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from bot.assistant import Assistant
from bot.errors import BotError
from bot.evaluation.noise import NOISES
from bot.evaluation.score import Judged, Row, Tally, Verdict, rows_of, verdict
from bot.knowledge import Knowledge

MISSED = frozenset({Verdict.WRONG, Verdict.REFUSED, Verdict.ASKED_BACK, Verdict.AS_OURS})
BINS = 10  # of the reliability curve


@dataclass(frozen=True, slots=True)
class Bin:
    """Questions whose confidence lies between two bounds: how many, its mean, the share that was right."""

    count: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Every question with its answer, and the figures over them.

    `by`: figures by origin and by facet. Boundary rows (a fair reader could disagree) are counted apart.
    """

    judged: tuple[Judged, ...]
    figures: Mapping[str, float | int | None]
    boundary: Mapping[str, float | int | None]
    by: Mapping[str, Mapping[str, float | int | None]] = field(default_factory=dict)

    def confusions(self) -> list[tuple[str, str, int]]:
        """(right entry, entry stated instead, how often), the most frequent first."""
        pairs = Counter(
            ("/".join(sorted(one.row.right)), one.answer.entry or "")
            for one in self.judged
            if one.verdict in {Verdict.WRONG, Verdict.AS_OURS} and one.answer.entry
        )
        return [(right, stated, times) for (right, stated), times in pairs.most_common()]

    def missed(self) -> list[Judged]:
        """The questions that went wrong, sure ones first."""
        found = [one for one in self.judged if one.verdict in MISSED and _counts_as_miss(one)]
        return sorted(found, key=lambda one: -(one.answer.confidence or 0.0))

    def reliability(self) -> list[Bin]:
        """How often the entry matched first was right, by what confidence said; in and out of scope."""
        bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
        for confidence, right in self._sure():
            bins[min(BINS - 1, int(confidence * BINS))].append((confidence, right))
        return [
            Bin(len(each), sum(c for c, _ in each) / len(each), sum(r for _, r in each) / len(each))
            for each in bins
            if each
        ]

    def calibration_error(self) -> float | None:
        """Mean distance of confidence and share right, over the bins of `reliability` (0–1)."""
        bins = self.reliability()
        total = sum(each.count for each in bins)
        if not total:
            return None
        return round(sum(each.count * abs(each.confidence - each.right) for each in bins) / total, 4)

    def risk_coverage(self) -> list[tuple[float, float]]:
        """(share of questions answered, share of these that is wrong), if the surest were answered first."""
        ranked = sorted(self._sure(), key=lambda pair: -pair[0])
        points, wrong = [], 0
        for count, (_, right) in enumerate(ranked, 1):
            wrong += not right
            points.append((count / len(ranked), wrong / count))
        return points

    def _sure(self) -> list[tuple[float, bool]]:
        return [
            (one.answer.confidence, _first_is_right(one))
            for one in self.judged
            if one.answer.confidence is not None
        ]


def read_rows(file: Path, knowledge: Knowledge) -> list[Row]:
    """The labelled questions of a JSONL file. Raises BotError where it cannot be read."""
    try:
        lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
        return rows_of([json.loads(line) for line in lines], knowledge)
    except (OSError, UnicodeDecodeError) as error:
        raise BotError(f"{file}: không đọc được tệp ({type(error).__name__})") from error
    except (ValueError, KeyError, TypeError, AttributeError, AssertionError) as error:
        message = f"{file}: mỗi dòng phải là một JSON có `question` và `entries` ({type(error).__name__})"
        raise BotError(message) from error


def evaluate(
    assistant: Assistant,
    rows: Sequence[Row],
    noise: str = "none",
    told: Callable[[float], None] = lambda _: None,
) -> Evaluation:
    """Ask every question, typed with this noise (a name of NOISES); `told` hears the share that is done."""
    spoil = NOISES[noise]
    judged = []
    for done, row in enumerate(rows, 1):
        start = perf_counter()
        answer = assistant.ask(spoil(row.question))
        took = (perf_counter() - start) * 1000
        judged.append(Judged(row, answer, verdict(answer, row), took))
        told(done / len(rows))
    clear = [one for one in judged if not one.row.is_boundary]
    by = {f"origin {name}": _figures(each) for name, each in _grouped(clear, lambda one: one.row.origin)}
    by |= {f"facet {name}": _figures(each) for name, each in _grouped(clear, lambda one: one.row.facet or "")}
    return Evaluation(
        tuple(judged), _figures(clear), _figures([one for one in judged if one.row.is_boundary]), by
    )


def _figures(judged: Iterable[Judged]) -> dict[str, float | int | None]:
    tally = Tally()
    for one in judged:
        tally.add(one)
    return tally.figures()


def _grouped(judged: Iterable[Judged], name: Callable[[Judged], str]) -> Iterator[tuple[str, list[Judged]]]:
    groups: dict[str, list[Judged]] = {}
    for one in judged:
        groups.setdefault(name(one), []).append(one)
    yield from ((key, groups[key]) for key in sorted(groups) if key)


def _first_is_right(one: Judged) -> bool:
    answer = one.answer
    first = answer.entry or (answer.candidates[0].entry if answer.candidates else None)
    return first in one.row.right


def _counts_as_miss(one: Judged) -> bool:
    """Asking back out of scope is no miss: it was not answered as ours."""
    return one.row.in_scope or one.verdict is Verdict.AS_OURS
