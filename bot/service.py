"""An assistant with its log: what a channel calls for each thing a citizen does."""

import logging
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from time import perf_counter

from bot.answering import Answer
from bot.assistant import Assistant
from bot.errors import LogError
from bot.log import QueryLog, Row
from bot.outcomes import Outcome
from bot.privacy import Pseudonyms
from bot.report import describe

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Served:
    """An answer and how long it took to make."""

    answer: Answer
    milliseconds: float


class Service:
    """Measures, pseudonymises and records; the same for every channel."""

    def __init__(
        self,
        assistant: Assistant,
        log: QueryLog,
        pseudonyms: Pseudonyms,
        now: Callable[[], datetime],
        *,
        channel: str,
        counts: bool = True,
    ) -> None:
        """`counts` false: no figure may count the rows of this channel (the command `ask`)."""
        self.assistant = assistant
        self._log = log
        self._pseudonyms = pseudonyms
        self._now = now
        self._channel = channel
        self._counts = counts

    def serve(self, make: Callable[[Assistant], Answer]) -> Served:
        """Let the assistant make an answer; when it fails, an apology, and a line for the operator."""
        start = perf_counter()
        try:
            answer = make(self.assistant)
        except Exception as error:
            logger.error("Lỗi %s", describe(error))
            answer = self.assistant.say(Outcome.ERROR)
        return Served(answer, (perf_counter() - start) * 1000)

    def record(self, served: Served, person: str | None) -> "Future[None]":
        """Queue the row of an answer; the future carries a LogError when it cannot be kept."""
        answer, now = served.answer, self._now()
        try:
            pseudonym = self._pseudonyms.of(self._channel, person, now.date()) if person else None
        except LogError as error:
            failed: Future[None] = Future()
            failed.set_exception(error)
            return failed
        row = Row(
            time=now,
            outcome=answer.outcome,
            entry=answer.entry,
            facet=answer.facet,
            confidence=answer.confidence,
            candidates=tuple(candidate.entry for candidate in answer.candidates),
            milliseconds=round(served.milliseconds, 2),
            channel=self._channel,
            text=answer.masked,
            person=pseudonym,
            counts=self._counts,
        )
        return self._log.record(row)

    def close(self) -> None:
        """Write what is queued."""
        self._log.close()
