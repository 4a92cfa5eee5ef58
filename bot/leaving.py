"""Leaving a question for staff: consent first, then a ticket with the address for the answer."""

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from bot import sentences
from bot.answering import Answer, Button, Message
from bot.answering.actions import Leave
from bot.assistant import Assistant
from bot.errors import LogError
from bot.log import query_log
from bot.outcomes import OUTCOMES, Outcome
from bot.queue import Why, queue
from bot.storage import Job, Storage
from bot.tickets import Kind, Ticket, code_of, tickets

logger = logging.getLogger(__name__)

WAIT_SECONDS = 10  # for the disk
MOST_OPEN, MOST_A_DAY = 5, 10  # tickets of one person at once; on one day
Names = Callable[[str], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Left:
    """What a citizen is told, and what is kept. `ticket`: the new one that staff are to be shown."""

    answer: Answer
    jobs: tuple[Job[Any], ...] = ()
    ticket: Ticket | None = None


class Leaving:
    """Answers the buttons that leave a question for staff."""

    def __init__(
        self,
        storage: Storage,
        names: Names,
        now: Callable[[], datetime],
        channel: str,
        kinds: frozenset[Kind],
    ) -> None:
        """`names`: every pseudonym of a person that can still be made. `kinds`: what can be asked for."""
        self._storage = storage
        self._names = names
        self._now = now
        self._channel = channel
        self.kinds = kinds
        self._day: date | None = None
        self._today: Counter[str] = Counter()

    def leave(self, assistant: Assistant, action: Leave, person: str | None) -> Left:
        """Ask for consent, or open the ticket that was agreed to."""
        if person is None or action.kind not in self.kinds:
            return Left(assistant.gone())
        if not action.agreed:
            agreed = Button(sentences.LEAVE_AGREE[action.kind], Leave(action.kind, action.key, agreed=True))
            return Left(
                Answer(Outcome.GREETING, Message((sentences.LEAVE_CONSENT[action.kind],), buttons=(agreed,)))
            )
        try:
            return self._opened(assistant, action, person)
        except (LogError, TimeoutError) as error:
            logger.error("%s", error)
            return Left(assistant.say(Outcome.ERROR))

    def _opened(self, assistant: Assistant, action: Leave, person: str) -> Left:
        people = self._names(person)

        def look(db: Database) -> tuple[query_log.Asked | None, list[Ticket]]:
            return query_log.asked(db, action.key, people), tickets.of_people(db, people)

        asked, open_ = self._storage.submit(look).result(WAIT_SECONDS)
        if asked is None or not OUTCOMES[asked.outcome].has_question:
            return Left(assistant.say(Outcome.GREETING, sentences.LEAVE_GONE))
        known = next((one for one in open_ if (one.kind, one.text) == (action.kind, asked.text)), None)
        if known is not None:
            return Left(self._told(assistant, known))
        if len(open_) >= MOST_OPEN or self._are_many(person):
            line = sentences.LEAVE_TOO_MANY.format(count=len(open_))
            return Left(Answer(Outcome.GREETING, assistant.ways_on.with_reception(line)))
        now = self._now()
        ticket = Ticket(
            code_of(action.key, action.kind), action.kind, now, self._channel, person, people[0], asked.text
        )
        jobs: tuple[Job[Any], ...] = (
            lambda db: tickets.open_(db, ticket),
            lambda db: queue.put(db, action.key, Why.ASKED, now),
        )
        return Left(self._told(assistant, ticket), jobs, ticket)

    def _are_many(self, person: str) -> bool:
        """Whether a person left many today already; in memory only, and erasing does not reset it."""
        today = self._now().date()
        if today != self._day:
            self._day, self._today = today, Counter()
        self._today[person] += 1
        return self._today[person] > MOST_A_DAY

    def _told(self, assistant: Assistant, ticket: Ticket) -> Answer:
        """That it is with staff now, and when somebody is there."""
        lines = [sentences.LEFT[ticket.kind].format(code=ticket.code)]
        if ticket.kind is Kind.ASK:
            lines += assistant.when_somebody_is_there()
        return Answer(Outcome.GREETING, assistant.ways_on.plain(*lines))
