"""An evaluation for people: a table, a miss list, a page with pictures; and for programs: JSON."""

import html
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from bot.evaluation.run import Evaluation
from bot.evaluation.score import Judged, Verdict

SHOWN = 200  # missed questions on the page
STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:70em;margin:2em auto;padding:0 1em}"
    "table{border-collapse:collapse;margin:1em 0}"
    "td,th{border:1px solid #bbb;padding:.2em .6em;text-align:left}"
    "figure{display:inline-block;width:32em;max-width:100%;margin:0 1em 0 0}svg{width:100%;height:auto}"
)


def plain(evaluation: Evaluation, settings: Mapping[str, str], at: datetime) -> dict[str, Any]:
    """What is kept of an evaluation: version and settings, every figure, every question with its verdict."""
    return {
        "time": at.isoformat(timespec="seconds"),
        "settings": dict(settings),
        "figures": dict(evaluation.figures),
        "boundary": dict(evaluation.boundary),
        "by": {name: dict(figures) for name, figures in evaluation.by.items()},
        "calibration error": evaluation.calibration_error(),
        "reliability": [[each.count, each.confidence, each.right] for each in evaluation.reliability()],
        "milliseconds": _median([one.milliseconds for one in evaluation.judged]),
        "confusions": [list(pair) for pair in evaluation.confusions()[:50]],
        "questions": [
            {
                "question": one.row.question,
                "entries": sorted(one.row.right),
                "verdict": one.verdict.value,
                "outcome": one.answer.outcome.value,
                "entry": one.answer.entry,
                "facet": one.answer.facet.value if one.answer.facet else None,
                "confidence": one.answer.confidence and round(one.answer.confidence, 3),
                "candidates": [candidate.entry for candidate in one.answer.candidates],
            }
            for one in evaluation.judged
        ],
    }


def reason(one: Judged) -> str:
    """Why a question went wrong, in one phrase."""
    stated = one.answer.entry or "–"
    match one.verdict:
        case Verdict.WRONG | Verdict.AS_OURS:
            return f"trả lời bằng {stated}"
        case Verdict.ASKED_BACK:
            return "hỏi lại: " + ", ".join(candidate.entry for candidate in one.answer.candidates)
    return f"không trả lời ({one.answer.outcome.value})"


def page(evaluation: Evaluation, settings: Mapping[str, str], at: datetime) -> str:
    """The evaluation as one HTML page that needs nothing else."""
    named = ", ".join(f"{name} {value}" for name, value in settings.items())
    parts = [
        "<!doctype html><html lang='vi'><meta charset='utf-8'><title>Đánh giá</title>",
        f"<style>{STYLE}</style><h1>Máy hiểu câu hỏi đến đâu</h1>",
        f"<p>{html.escape(named)}; {at:%d/%m/%Y %H:%M}. Số mục hiểu mơ hồ tính riêng.</p>",
        _table(("thước đo", "giá trị"), evaluation.figures.items()),
        "<figure>" + _reliability(evaluation) + "</figure><figure>" + _risk(evaluation) + "</figure>",
        "<h2>Theo nguồn câu hỏi và phần được hỏi</h2>",
        _table(("nhóm", *evaluation.figures), ((name, *by.values()) for name, by in evaluation.by.items())),
        "<h2>Nhầm mục này với mục kia</h2>",
        _table(("mục đúng", "máy trả lời", "lần"), evaluation.confusions()[:50]),
        "<h2>Câu trả lời chưa đúng</h2>",
        _table(
            ("câu hỏi", "mục đúng", "vì sao", "tin"),
            (
                (
                    one.row.question,
                    ", ".join(sorted(one.row.right)),
                    reason(one),
                    "–" if one.answer.confidence is None else f"{one.answer.confidence:.2f}",
                )
                for one in evaluation.missed()[:SHOWN]
            ),
        ),
    ]
    return "\n".join(parts)


def _table(head: Iterable[object], rows: Iterable[Iterable[object]]) -> str:
    def cells(row: Iterable[object], tag: str) -> str:
        shown = ("–" if cell is None else html.escape(str(cell)) for cell in row)
        return "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in shown) + "</tr>"

    return "<table>" + cells(head, "th") + "".join(cells(row, "td") for row in rows) + "</table>"


def _reliability(evaluation: Evaluation) -> str:
    """Confidence against the share that was right; the diagonal is what the number promises."""
    points = [(each.confidence, each.right) for each in evaluation.reliability()]
    title = f"Con số tin và tỉ lệ đúng (lệch {evaluation.calibration_error() or 0:.3f})"
    return _chart(title, "tin", "đúng", {"đo được": points, "đúng như lời": [(0.0, 0.0), (1.0, 1.0)]})


def _risk(evaluation: Evaluation) -> str:
    """Share answered against the share of these that is wrong, the surest first."""
    every = evaluation.risk_coverage()
    points = every[:: max(1, len(every) // 200)]
    return _chart("Càng trả lời nhiều càng dễ sai", "phần được trả lời", "phần sai", {"đo được": points})


def _chart(title: str, across: str, up: str, lines: Mapping[str, list[tuple[float, float]]]) -> str:
    import pygal  # type: ignore[import-untyped]

    chart = pygal.XY(
        title=title,
        x_title=across,
        y_title=up,
        range=(0, 1),
        xrange=(0, 1),
        js=[],
        dots_size=2,
        disable_xml_declaration=True,
        legend_at_bottom=True,
    )
    for name, points in lines.items():
        chart.add(name, points)
    return str(chart.render(is_unicode=True))


def _median(values: list[float]) -> float | None:
    return round(sorted(values)[len(values) // 2], 2) if values else None
