"""Many questions asked at once, in processes of their own.

They are forked, so that they share the memory of the assistants: the process that asks may have no threads.
"""

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from multiprocessing.sharedctypes import Synchronized

from bot.assistant import Assistant
from bot.errors import BotError
from bot.outcomes import Outcome
from bot.publishing.difference import Difference
from bot.publishing.replay import Told, told

CHUNK = 16  # questions that a process takes at a time; a tenth of a second
OFTEN = 0.4  # seconds; progress is told at least as often
DIED = "Một tiến trình hỏi thử đã dừng giữa chừng (có thể do thiếu bộ nhớ); xin thử lại."

_FORK = multiprocessing.get_context("fork")
Both = tuple[Told, Told] | None  # what the versions told; None: the same
Found = dict[int, Both]  # by the question's place


class Pair:
    """The version before and the version after, asked the same."""

    def __init__(self, before: Assistant, after: Assistant) -> None:
        self._before = before
        self._after = after
        self._difference = Difference(before, after)

    def ask(self, question: str) -> Both:
        """What both tell; None where the answer cannot have changed."""
        self._difference.begin()
        try:
            answer = self._after.ask(question)
        except Exception:  # whatever it is, this question has another answer than before
            return _told(self._before, question), told(self._after.say(Outcome.ERROR))
        if not self._difference.may_be_felt(question, answer):
            return None
        return _told(self._before, question), told(answer)


def _told(assistant: Assistant, question: str) -> Told:
    """What is told; an apology, where the answer fails, as the citizen gets one."""
    try:
        return told(assistant.ask(question))
    except Exception:
        return told(assistant.say(Outcome.ERROR))


class Askers:
    """Processes that go through the questions, chunk by chunk, each taking what no other has begun."""

    def __init__(self, pair: Pair, questions: Sequence[str]) -> None:
        self._pair = pair
        self._questions = questions
        self._next: Synchronized[int] = _FORK.Value("L", 0)
        self._open: dict[Connection, BaseProcess] = {}

    def found(self, processes: int | None = None) -> Iterator[Found]:
        """What is found, as it is (at times nothing); `processes` None: one a core. Raises BotError."""
        try:
            for _ in range(processes or os.cpu_count() or 1):
                self._start()
            while self._open:
                ready = wait(list(self._open), OFTEN)
                yield {at: one for ours in ready for at, one in self._received(ours).items()}
        finally:
            self._stop()

    def _start(self) -> None:
        ours, theirs = _FORK.Pipe(duplex=False)
        process = _FORK.Process(target=self._go, args=(theirs,), daemon=True)
        process.start()
        theirs.close()
        self._open[ours] = process

    def _go(self, theirs: Connection) -> None:
        """The work of a process: what it finds, None at the end."""
        with suppress(BrokenPipeError, KeyboardInterrupt):  # who started it is gone
            while (start := self._taken()) < len(self._questions):
                stop = min(start + CHUNK, len(self._questions))
                theirs.send({at: self._pair.ask(self._questions[at]) for at in range(start, stop)})
            theirs.send(None)

    def _taken(self) -> int:
        with self._next.get_lock():
            start = self._next.value
            self._next.value = min(start + CHUNK, len(self._questions))
        return start

    def _received(self, ours: object) -> Found:
        assert isinstance(ours, Connection)
        process = self._open[ours]
        try:
            found: Found | None = ours.recv()
        except (EOFError, OSError) as error:
            raise BotError(DIED) from error
        if found is None:
            del self._open[ours]
            ours.close()
            process.join()
        return found or {}

    def _stop(self) -> None:
        for ours, process in self._open.items():
            process.kill()
            process.join()
            ours.close()
        self._open.clear()
