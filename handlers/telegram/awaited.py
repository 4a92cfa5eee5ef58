"""Who was just asked something by us: their next plain message is the answer, for a while."""

from collections.abc import Callable
from datetime import datetime, timedelta

from telegram import Update
from telegram.ext import filters

from handlers.telegram.places import person_of

PATIENCE = timedelta(minutes=10)  # in memory only; after that, or a restart, only a reply is an answer


class Questions:
    """What each person was asked last, by the reference of the message that asks."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._asked: dict[str, tuple[datetime, str]] = {}

    def note(self, person: str | None, asked: str | None) -> None:
        """Somebody was shown a message: one that asks, or (None) another, which ends an earlier question."""
        self._asked.pop(person or "", None)
        if person is not None and asked is not None:
            self._asked[person] = (self._now(), asked.partition(" ")[2])

    def waits(self, person: str | None) -> bool:
        """Whether an answer of this person is waited for."""
        at, _ = self._asked.get(person or "", (None, ""))
        return at is not None and self._now() - at <= PATIENCE

    def taken(self, person: str | None) -> str | None:
        """The reference of what this person was asked; it is answered with that."""
        return self._asked.pop(person or "", (None, None))[1]


class Awaited(filters.UpdateFilter):
    """Messages of people whose answer is waited for."""

    def __init__(self, questions: Questions) -> None:
        super().__init__()
        self._questions = questions

    def filter(self, update: Update) -> bool:
        """Whether this update is one."""
        return self._questions.waits(person_of(update))
