"""A person's rights over what is stored about them: to see it, to have it erased."""

import logging
from collections.abc import Callable

from bot import sentences
from bot.answering import Answer
from bot.assistant import Assistant
from bot.errors import LogError
from bot.outcomes import Outcome
from bot.privacy import rights
from bot.storage import Storage

logger = logging.getLogger(__name__)

WAIT_SECONDS = 30  # how long we wait for the disk before we say that something was not erased or read
Names = Callable[[str], tuple[str, ...]]


class Rights:
    """Answers /dulieu and does what [Xóa] asks, also when the disk or the keys fail."""

    def __init__(self, storage: Storage, names: Names) -> None:
        """`names` gives every pseudonym of a person that can still be made."""
        self._storage = storage
        self._names = names

    def stored(self, assistant: Assistant, person: str | None) -> Answer:
        """What is stored about a person now."""
        if person is None:
            return assistant.say(Outcome.GREETING, sentences.NOTHING_STORED)
        try:
            people = self._names(person)
            (things, count), waiting = self._storage.submit(
                lambda db: (rights.stored(db, people), rights.waiting(db, people))
            ).result(WAIT_SECONDS)
        except (LogError, TimeoutError) as error:
            logger.error("%s", error)
            return assistant.say(Outcome.ERROR, sentences.NOT_SHOWN)
        return Answer(Outcome.GREETING, assistant.pages.stored(things, count, waiting))

    def erase(self, assistant: Assistant, person: str | None) -> Answer:
        """Erase everything stored about a person, and say whether that is done."""
        if person is None:
            return assistant.say(Outcome.GREETING, sentences.NOTHING_STORED)
        try:
            people = self._names(person)
            self._storage.maintain(lambda db: rights.erase(db, people)).result(WAIT_SECONDS)
        except (LogError, TimeoutError) as error:
            logger.error("%s", error)
            return Answer(Outcome.ERROR, assistant.ways_on.with_reception(sentences.NOT_ERASED))
        return assistant.say(Outcome.GREETING, sentences.ERASED)
