"""`evaluate`: how well questions are understood; logs nothing."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from bot.assistant import Assistant
from bot.errors import BotError
from bot.evaluation.cross import cross
from bot.evaluation.report import page, plain, reason
from bot.evaluation.run import Evaluation, evaluate, read_rows
from bot.knowledge import Knowledge
from handlers.terminal.progress import bar

SHOWN = 40  # missed questions in the terminal


def run(
    assistant: Assistant,
    file: Path,
    noise: str,
    at: datetime,
    kept_in: Path,
    *,
    as_json: bool,
    html: Path | None,
) -> int:
    """Ask the questions of `file`, print the figures, keep them in `kept_in`; returns the exit status."""
    rows = read_rows(file, assistant.knowledge)
    evaluation = evaluate(assistant, rows, noise, bar(file.name))
    settings = {"file": file.name, "noise": noise, "knowledge": assistant.knowledge.version}
    result = plain(evaluation, settings, at)
    _write(kept_in / f"{file.stem}-{noise}-{at:%Y%m%d-%H%M%S}.json", json.dumps(result, ensure_ascii=False))
    if html is not None:
        _write(html, page(evaluation, settings, at))
    if as_json:
        print(json.dumps(result, ensure_ascii=False))
    else:
        _tell(evaluation, settings)
    return 0


def run_cross(knowledge: Knowledge, *, as_json: bool) -> int:
    """Ask each phrasing of the knowledge base as if it were not known; returns the exit status."""
    found = cross(knowledge, bar("từng cách hỏi"))
    if as_json:
        print(json.dumps({name: getattr(found, name) for name in found.__slots__}, ensure_ascii=False))
        return 0
    print(
        f"{found.phrasings} cách hỏi, mỗi câu hỏi như chưa biết: đúng mục {found.first:.3f}, đúng nhóm"
        f" {found.family_first:.3f}, trong ba mục đầu {found.among_three:.3f}"
    )
    print("Mục khó nhận ra nhất:")
    for entry, share in found.worst:
        print(f"  {share:.2f}  {entry}")
    print("Hay nhầm nhất (mục đúng → mục máy chọn):")
    for right, stated, times in found.confused:
        print(f"  {times:3d}  {right} → {stated}")
    return 0


def _tell(evaluation: Evaluation, settings: Mapping[str, str]) -> None:
    print(", ".join(f"{name} {value}" for name, value in settings.items()))
    for name, value in evaluation.figures.items():
        print(f"  {name}: {'–' if value is None else value}")
    print(f"  calibration error: {evaluation.calibration_error()}")
    missed = evaluation.missed()
    print(f"Câu chưa đúng: {len(missed)}" + (f", {SHOWN} câu đầu:" if len(missed) > SHOWN else ""))
    for one in missed[:SHOWN]:
        print(f"  {one.row.question[:100]} | {', '.join(sorted(one.row.right))} | {reason(one)}")


def _write(file: Path, text: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BotError(f"{file}: không ghi được ({error.strerror})") from error
