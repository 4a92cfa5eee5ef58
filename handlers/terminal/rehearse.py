"""`rehearse`: what a new version of the knowledge base would change; logs nothing."""

import json
import sys
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from bot.errors import BotError
from bot.learning import TrainedStore
from bot.publishing.rehearsal import Rehearsal, Stage, lines_of, rehearse
from bot.publishing.replay import Asked, Change, Told, golden
from bot.settings import ROOT
from handlers.terminal.progress import bar

GOLDEN = ROOT / "tests" / "golden"
FAILED = 1  # exit status
SHOWN = 40  # changes in the terminal
STAGES = {Stage.CHECK: "kiểm tra", Stage.LEARN: "học cách hỏi", Stage.REPLAY: "hỏi lại"}
KINDS = {
    "lost_right": "đang đúng, nay sai",
    "lost": "đang trả lời, nay không",
    "other": "mục khác trả lời",
    "text": "lời khác",
    "offers": "gợi ý khác",
    "asked_back": "đang từ chối, nay hỏi lại",
    "found": "nay trả lời được",
    "right": "đang sai, nay đúng",
}
NOT_QUESTIONS = 'Mỗi dòng đầu vào phải là một JSON như {"question": "…"}.'


def run(
    before: Path,
    after: Path,
    now: datetime,
    cache_dir: Path,
    *,
    with_golden: bool,
    typed: IO[bytes],
) -> int:
    """Rehearse with the questions that are typed, as JSON lines; returns the exit status.

    A program that reads along gets JSON lines, a person a bar and a list.
    """
    is_person = sys.stdout.isatty()
    tell = _Bars() if is_person else _told
    try:
        asked = [*(golden(GOLDEN) if with_golden else ()), *_questions(() if typed.isatty() else typed)]
        rehearsal = rehearse(before, after, asked, now, TrainedStore(cache_dir), cache_dir, tell)
    except BotError as error:
        if is_person:
            raise
        _say({"error": str(error)})
        return FAILED
    if is_person:
        _show(rehearsal)
    else:
        _say({"result": rehearsal.plain()})
    return FAILED if rehearsal.problems else 0


def _questions(typed: Iterable[bytes]) -> list[Asked]:
    try:
        return [Asked(str(line["question"])) for line in lines_of(typed)]
    except (ValueError, KeyError) as error:
        raise BotError(NOT_QUESTIONS) from error


def _told(stage: Stage, done: float) -> None:
    _say({"stage": stage, "done": round(done, 4)})


def _say(value: Mapping[str, Any]) -> None:
    print(json.dumps(value, ensure_ascii=False), flush=True)


class _Bars:
    """A bar for each stage."""

    def __init__(self) -> None:
        self._bars = {stage: bar(name) for stage, name in STAGES.items()}

    def __call__(self, stage: Stage, done: float) -> None:
        self._bars[stage](done)


def _show(rehearsal: Rehearsal) -> None:
    for problem in (*rehearsal.problems, *rehearsal.warnings):
        print(problem)
    if rehearsal.problems:
        print(f"Bản {rehearsal.version} có {len(rehearsal.problems)} lỗi; chưa dùng được.")
        return
    print(
        f"Bản {rehearsal.version}: {len(rehearsal.changes)} trong {rehearsal.asked} câu được trả lời khác,"
        f" {len(rehearsal.warnings)} lưu ý mới ({rehearsal.seconds:.0f} giây)."
    )
    for change in rehearsal.changes[:SHOWN]:
        print(f"  {KINDS[change.kind]}: {change.question[:100]} | {_what(change)}")
    if len(rehearsal.changes) > SHOWN:
        print(f"  … và {len(rehearsal.changes) - SHOWN} câu nữa")


def _what(change: Change) -> str:
    return f"{_one(change.before)} → {_one(change.after)}"


def _one(told: Told) -> str:
    return told.entry or (f"hỏi lại {', '.join(told.candidates)}" if told.candidates else told.outcome.value)
