"""An assistant with its log: what a channel calls for each thing a citizen does."""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime
from time import perf_counter
from typing import Any

from sqlite_utils import Database

from bot import sentences
from bot.answering import Action, Answer, Erase, Message, NoneFits, Open, Rate
from bot.answering.actions import Leave, Staff
from bot.answering.keyed import keyed, new_key
from bot.assistant import Assistant
from bot.clock import ZONE
from bot.deciding import fallback
from bot.errors import LogError
from bot.leaving import Leaving, Left
from bot.log import Rating, Row, query_log, ratings
from bot.mailbox import mailbox
from bot.outcomes import Outcome
from bot.pace import Admission, Pace
from bot.privacy import Pseudonyms, mask
from bot.queue import Why, queue
from bot.recent import Recent
from bot.report import describe
from bot.rights import Rights
from bot.storage import Job, Storage
from bot.switches import Switches
from bot.tickets import Kind, Ticket
from bot.upkeep import Upkeep
from bot.verdicts import Verdict

logger = logging.getLogger(__name__)

Make = Callable[[Assistant], Answer]
LOOK_BACK_SECONDS = 0.5  # how long an answer waits for what the log knows of the conversation


@dataclass(frozen=True, slots=True)
class Served:
    """An answer, how long it took to make, and what is to be kept of it.

    `rating`: kept instead of a row of the query log. `is_anonymous`: kept without the person. `is_silent`:
    nothing is to be sent, the person was told already. `key`: names the question. `jobs`: done in the same
    transaction. `ticket`: a new one that staff are to be shown.
    """

    answer: Answer
    milliseconds: float
    rating: Rating | None = None
    is_anonymous: bool = False
    is_silent: bool = False
    key: str | None = None
    jobs: tuple[Job[Any], ...] = ()
    ticket: Ticket | None = None


class Service:
    """Measures, limits, pseudonymises and records; the same for every channel."""

    def __init__(
        self,
        assistant: Assistant,
        storage: Storage,
        pseudonyms: Pseudonyms,
        now: Callable[[], datetime],
        *,
        channel: str,
        counts: bool = True,
        pace: Pace | None = None,
        switches: Switches | None = None,
        leaves: frozenset[Kind] = frozenset(),
    ) -> None:
        """`counts` false: no figure may count the rows of this channel. `pace` None: no limit a person.

        `switches` None: nothing is ever paused or announced. Which entries are off, the assistant knows.
        `leaves`: in which ways a question can be left for staff.
        """
        self.assistant = assistant
        self._storage = storage
        self.now = now
        self._pseudonyms = pseudonyms
        self._channel = channel
        self._counts = counts
        self._pace = pace
        self._switches = switches
        self._recent = Recent(now)
        self._rights = Rights(storage, self.pseudonyms)
        self._leaving = Leaving(storage, self.pseudonyms, now, channel, leaves)

    def ask(
        self,
        question: str,
        person: str | None = None,
        at: datetime | None = None,
        chat: str | None = None,
    ) -> Served:
        """Answer a typed question; `at`: when it was sent, where that is known.

        `chat`: names the conversation, where it is not the person that does.
        """
        chat = chat or person
        served = self._serve(
            lambda a: self._led_on(a, a.ask(question, self._recent.entry(chat)), person),
            person,
            at,
            question,
        )
        self._note(served.answer, chat)
        return self._keyed(served, new_key(), is_question=True)

    def show(
        self,
        make: Make,
        person: str | None = None,
        at: datetime | None = None,
        *,
        despite_pause: bool = False,
    ) -> Served:
        """Answer what is no question: a command, a picture; `despite_pause`: a person's right."""
        return self._serve(make, person, at, despite_pause=despite_pause)

    def act(self, action: Action, person: str | None = None, at: datetime | None = None) -> Served:
        """Answer a tapped button."""
        match action:
            case Rate():
                return self._rate(action, person, at)
            case Leave():
                return self._leave(action, person, at)
            case Staff():
                return self._serve(Assistant.gone, person, at)
            case Erase():
                self._recent.forget(person)
                erased = self._serve(lambda a: self._rights.erase(a, person), person, at, despite_pause=True)
                return replace(erased, is_anonymous=True)
        served = self._serve(lambda a: self._led_on(a, a.act(action), person), person, at)
        self._note(served.answer, person)
        key = action.key if isinstance(action, Open | NoneFits) else None
        if isinstance(action, NoneFits) and key is not None and served.answer.outcome is Outcome.NO_MATCH:
            served = replace(served, jobs=(self._waiting(key, Why.NONE_FITS),))
        return self._keyed(served, key)

    def _keyed(self, served: Served, key: str | None, *, is_question: bool = False) -> Served:
        """The same with the question's key in its buttons; `is_question`: the key is the row's own."""
        message = keyed(served.answer.message, key, self._leaving.kinds)
        answer = replace(served.answer, message=message)
        return replace(served, answer=answer, key=key if is_question else None)

    def _waiting(self, key: str, why: Why) -> Job[None]:
        """The job that lets a question wait for staff."""
        now = self.now()
        return lambda db: queue.put(db, key, why, now)

    def _leave(self, action: Leave, person: str | None, at: datetime | None) -> Served:
        """Leave a question for staff, where the person agreed."""
        made: list[Left] = []

        def make(assistant: Assistant) -> Answer:
            made.append(self._leaving.leave(assistant, action, person))
            return made[0].answer

        served = self._serve(make, person, at)
        if not made:
            return served
        return replace(served, jobs=made[0].jobs, ticket=made[0].ticket)

    def _note(self, answer: Answer, chat: str | None) -> None:
        """Remember what the chat is about."""
        topic = answer.topic(self._recent.entry(chat))
        if topic is None:
            self._recent.forget(chat)
        elif answer.entry is not None:
            self._recent.remember(chat, topic)

    def stored(self, person: str | None, at: datetime | None = None) -> Served:
        """Show a person what is stored about them now."""
        return self._serve(lambda a: self._rights.stored(a, person), person, at, despite_pause=True)

    def record(
        self, served: Served, person: str | None, also: Sequence[Job[object]] = ()
    ) -> "Future[list[object]]":
        """Queue what is kept of an answer, and in the same transaction what the channel keeps of it.

        The future has the results of `also`, or carries a LogError when nothing could be kept.
        """
        pseudonym = None if served.is_anonymous else self._pseudonym_or_none(person)

        def keep(db: Database) -> list[object]:
            self._row(served, pseudonym)(db)
            for job in served.jobs:
                job(db)
            return [job(db) for job in also]

        return self._storage.submit(keep)

    def admits(self, person: str) -> bool:
        """Count a message of a person; whether it is not one too many."""
        admission = self._admit(person, self.now())
        return admission is None or admission.allowed

    def keep(self, jobs: Sequence[Job[object]]) -> "Future[list[object]]":
        """Queue what a channel keeps of what is no answer, in one transaction."""
        return self._storage.submit(lambda db: [job(db) for job in jobs])

    def _pseudonym_or_none(self, person: str | None) -> str | None:
        """The person's pseudonym; where the keys cannot be had that is told, and the row has no person."""
        try:
            return self.pseudonym(person)
        except LogError as error:
            logger.error("%s", error)
            return None

    def pseudonym(self, person: str | None) -> str | None:
        """The person's pseudonym today. Raises LogError."""
        return self._pseudonyms.of(self._channel, person, self.now().date()) if person else None

    def place_name(self, chat: int, message: int) -> str:
        """The keyed hash of a message's place in its chat, today's. Raises LogError."""
        return self._pseudonyms.of(self._channel, f"{chat}/{message}", self.now().date())

    def answers_of(self, chat: int, message: int) -> "Future[list[int]]":
        """The ids of our messages that answer a message; empty when none is known. Raises LogError."""
        places = self._pseudonyms.living(self._channel, f"{chat}/{message}", self.now().date())
        return self._storage.submit(
            lambda db: next((ids for place in places if (ids := mailbox.answers(db, place))), [])
        )

    def handled(self) -> "Future[frozenset[str]]":
        """The names of the channel's updates that were handled."""
        return self._storage.submit(mailbox.handled)

    def pseudonyms(self, person: str) -> tuple[str, ...]:
        """Every pseudonym of a person that can still be made, today's first. Raises LogError."""
        return self._pseudonyms.living(self._channel, person, self.now().date())

    def upkeep(self) -> Upkeep:
        """The nightly job on the same file and the same keys."""
        return Upkeep(self._storage, self._pseudonyms, self.now)

    def close(self) -> None:
        """Write what is queued."""
        self._storage.close()

    def _serve(
        self,
        make: Make,
        person: str | None,
        at: datetime | None,
        question: str | None = None,
        *,
        despite_pause: bool = False,
    ) -> Served:
        """Let the assistant make an answer; when it fails, an apology, and a line for the operator."""
        start = perf_counter()
        assistant = self.assistant  # one and the same, whatever is published meanwhile
        is_silent = False
        try:
            admission = self._admit(person, at or self.now())
            if admission is None or admission.allowed:
                paused = None if despite_pause else self._paused(assistant, question)
                answer = paused or make(assistant)
                if admission and admission.missed:
                    answer = _with_footer(answer, sentences.MISSED.format(count=admission.missed))
            else:
                answer = self._refused(assistant, question)
                is_silent = answer.outcome is Outcome.RATE_LIMITED and not admission.is_first
                if answer.outcome is not Outcome.RATE_LIMITED:
                    self._excuse(person)
        except Exception as error:
            logger.error("Lỗi %s", describe(error))
            answer = assistant.say(Outcome.ERROR)
        return Served(self._announced(answer), (perf_counter() - start) * 1000, is_silent=is_silent)

    def _admit(self, person: str | None, at: datetime) -> Admission | None:
        return None if self._pace is None or person is None else self._pace.admit(person, at)

    def _excuse(self, person: str | None) -> None:
        if self._pace is not None and person is not None:
            self._pace.excuse(person)

    def _refused(self, assistant: Assistant, question: str | None) -> Answer:
        """Too many messages: one notice; but a cry for help is always heard."""
        return _unless_urgent(assistant, question, assistant.say(Outcome.RATE_LIMITED))

    def _paused(self, assistant: Assistant, question: str | None) -> Answer | None:
        """While staff have paused the bot: why, and whom to ask; but a cry for help is always heard."""
        reason = self._switches.paused if self._switches else None
        if reason is None:
            return None
        answer = Answer(Outcome.PAUSED, assistant.ways_on.paused(reason))
        return _unless_urgent(assistant, question, answer)

    def _announced(self, answer: Answer) -> Answer:
        """The answer under the notice of the day, where there is one; who is in danger has no time for it."""
        if self._switches is None or answer.outcome is Outcome.EMERGENCY:
            return answer
        return _with_notice(answer, self._switches.notice(self.now().astimezone(ZONE).date()))

    def _led_on(self, assistant: Assistant, answer: Answer, person: str | None) -> Answer:
        """The same answer, unless it was not understood: then what the conversation so far makes of it."""
        if answer.outcome not in fallback.NOT_UNDERSTOOD or person is None:
            return answer
        return assistant.not_understood(answer, fallback.step(answer.outcome, self._before(person)))

    def _before(self, person: str) -> Sequence[Outcome]:
        """How the person's last questions ended, newest first; nothing where the log cannot tell."""
        since = self.now() - fallback.REMEMBERED
        try:
            people = self.pseudonyms(person)
            past = self._storage.submit(lambda db: query_log.outcomes(db, people, since, fallback.LOOK_BACK))
            return past.result(LOOK_BACK_SECONDS)
        except (LogError, TimeoutError) as error:
            logger.error("%s", error)
            return ()

    def _rate(self, action: Rate, person: str | None, at: datetime | None) -> Served:
        def make(assistant: Assistant) -> Answer:
            if assistant.knowledge.find(action.entry) is None:
                return assistant.gone()
            if action.verdict is Verdict.BAD:
                return Answer(Outcome.GREETING, assistant.pages.reasons(action.entry, action.facet))
            thanks = sentences.THANKS[action.verdict]
            if action.verdict is Verdict.GOOD:
                return assistant.say(Outcome.GREETING, thanks)
            return Answer(Outcome.GREETING, assistant.ways_on.with_reception(thanks))

        served = self._serve(make, person, at)
        if served.answer.outcome is not Outcome.GREETING:
            return served
        pseudonym = self._pseudonym_or_none(person)
        now = self.now()
        entry = self.assistant.knowledge.find(action.entry)
        rating = Rating(
            now, self._channel, entry.id if entry else action.entry, action.facet, action.verdict, pseudonym
        )
        if action.verdict is Verdict.GOOD:
            served = replace(served, answer=_with_notice(served.answer, None))  # thanks are a word in passing
        jobs = (
            (self._waiting(action.key, Why.BAD),) if action.key and action.verdict is not Verdict.GOOD else ()
        )
        return self._keyed(replace(served, rating=rating, jobs=jobs), action.key)

    def _row(self, served: Served, pseudonym: str | None) -> Job[object]:
        if served.rating is not None:
            rating = served.rating
            return lambda db: ratings.keep(db, rating)
        answer = served.answer
        row = Row(
            time=self.now(),
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
            key=served.key,
        )
        return lambda db: query_log.insert(db, row)


def _unless_urgent(assistant: Assistant, question: str | None, otherwise: Answer) -> Answer:
    """The answer to a cry for help; to any other question `otherwise`, with the question masked."""
    urgent = assistant.urgent(question) if question else None
    if urgent is not None:
        return urgent
    return replace(otherwise, masked=mask(question).text if question else None)


def _with_notice(answer: Answer, notice: str | None) -> Answer:
    return replace(answer, message=replace(answer.message, notice=notice))


def _with_footer(answer: Answer, line: str) -> Answer:
    message: Message = answer.message.with_footer(line)
    return replace(answer, message=message)
