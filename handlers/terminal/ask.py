"""`ask`: one answer, or one JSON line a question; its log rows never count in figures."""

import json
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from typing import Any, BinaryIO, TextIO

from bot.answering import Open
from bot.errors import LogError
from bot.service import Served, Service
from handlers.terminal.explain import explain
from handlers.terminal.render import render, wants_colour

WAITING_ROWS = 1000  # rows queued for the log before we wait for the disk


def run(
    service: Service, question: str, *, as_json: bool, is_conversation: bool = False, why: bool = False
) -> int:
    """Answer `question`, or with `-` and JSON each line of standard input; returns the exit status.

    `is_conversation`: the lines are one conversation, an empty one begins the next. `why`: tell how the
    question was understood.
    """
    if question == "-" and as_json:
        _stream(service, sys.stdin.buffer, sys.stdout, is_conversation=is_conversation)
        return 0
    if question == "-":
        question = sys.stdin.buffer.read().decode("utf-8", errors="replace")
    served = service.ask(question)
    if as_json:
        print(_line(question, served))
    else:
        print(render(served.answer.message, coloured=wants_colour(sys.stdout)))
    if why:
        print("\n".join(("", *explain(service.assistant, question))))
    _tell(None, [service.record(served, None)])
    return 0


def _stream(service: Service, lines: BinaryIO, out: TextIO, *, is_conversation: bool) -> None:
    failure: LogError | None = None
    waiting: deque[Future[list[object]]] = deque()
    conversation = 1
    for line in split_lines(lines):
        question = line.decode("utf-8", errors="replace")
        if is_conversation and not question.strip():
            conversation += 1
            continue
        served = service.ask(question, chat=str(conversation) if is_conversation else None)
        print(_line(question, served), file=out, flush=True)
        waiting.append(service.record(served, None))
        if len(waiting) > WAITING_ROWS:
            failure = failure or _failure(waiting.popleft())
    _tell(failure, waiting)


def split_lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of a byte stream; only LF ends a line, and a last one without it counts."""
    for line in stream:
        yield line[:-1] if line.endswith(b"\n") else line


def _failure(future: "Future[list[object]]") -> LogError | None:
    try:
        future.result()
    except LogError as error:
        return error
    return None


def _tell(failure: LogError | None, waiting: Iterable["Future[list[object]]"]) -> None:
    """Say once that rows could not be kept; the answers stand all the same."""
    for future in waiting:
        failure = _failure(future) or failure
    if failure is not None:
        print(failure, file=sys.stderr)


def _line(question: str, served: Served) -> str:
    return json.dumps(describe(question, served), ensure_ascii=False)


def describe(question: str, served: Served) -> dict[str, Any]:
    """One answer as the JSON object that `ask --json` prints."""
    answer = served.answer
    return {
        "question": question,
        "outcome": answer.outcome.value,
        "entry": answer.entry,
        "entries": list(answer.entries),
        "facet": answer.facet.value if answer.facet else None,
        "confidence": None if answer.confidence is None else round(answer.confidence, 3),
        "candidates": [
            {"entry": c.entry, "name": c.name, "confidence": c.confidence} for c in answer.candidates
        ],
        "buttons": [
            {
                "text": b.text,
                "entry": b.action.entry,
                "facet": b.action.facet.value if b.action.facet else None,
            }
            for b in answer.message.buttons
            if isinstance(b.action, Open)
        ],
        "answer": answer.message.plain(),
        "parts": [
            {
                "entry": part.entry,
                "outcome": part.outcome.value,
                "facet": part.facet.value if part.facet else None,
            }
            for part in answer.parts
        ],
        "ms": round(served.milliseconds, 2),
    }
