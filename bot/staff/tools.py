"""What every part of staff's work needs: the file, the clock, who answers now, the audit trail."""

import logging
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from bot.assistant import Assistant
from bot.deciding import Candidate
from bot.errors import LogError
from bot.knowledge.entries import Entry
from bot.privacy.rights import empty_log
from bot.queue.grouping import Gist
from bot.roles import Staffer
from bot.staff import audit
from bot.staff.audit import Act
from bot.storage import Job, Storage

logger = logging.getLogger(__name__)

WAIT_SECONDS = 20  # for the disk, before that is told
PURGE_SECONDS = 60  # for the file to be rewritten
NEAREST = 3  # entries offered …
WORTH = 0.01  # … of at least this probability
T = TypeVar("T")


@dataclass(slots=True)
class Tools:
    """`assistant` gives the one that answers now, which a publication changes; `folder` its files.

    `reason_off`: why an entry is off, None where it is not.
    """

    storage: Storage
    now: Callable[[], datetime]
    assistant: Callable[[], Assistant]
    folder: Callable[[], Path]
    reason_off: Callable[[str], str | None]
    sleep: Callable[[float], None] = time.sleep
    _gists: dict[str, Gist] = field(default_factory=dict)

    def do(self, *jobs: Job[object]) -> None:
        """Do some jobs, all or none. Raises LogError."""
        self.done(lambda db: [job(db) for job in jobs])

    def done(self, job: Job[T]) -> T:
        """The result of a job once it is on disk. Raises LogError."""
        try:
            return self.storage.submit(job).result(WAIT_SECONDS)
        except TimeoutError as error:
            raise LogError(f"Nhật ký bận quá {WAIT_SECONDS} giây.") from error

    def purge(self) -> bool:
        """Rewrite the file without what was deleted; false where that must wait for the night."""
        try:
            self.storage.maintain(empty_log).result(PURGE_SECONDS)
        except (LogError, TimeoutError) as error:
            logger.error("%s", error)
            return False
        return True

    def noted(self, staff: Staffer, act: Act) -> Job[None]:
        """The job that puts an act into the audit trail."""
        now = self.now()
        return lambda db: audit.note(db, staff.name, act, now)

    def note(self, staff: Staffer, act: Act) -> None:
        """Put an act into the audit trail. Raises LogError."""
        self.done(self.noted(staff, act))

    def entry(self, id_: str) -> Entry | None:
        """The entry of this id that answers now."""
        return self.assistant().knowledge.find(id_)

    def nearest(self, text: str, kinds: tuple[type, ...] = ()) -> list[Candidate]:
        """The entries that a text may mean, best first; `kinds`: only of these."""
        assistant = self.assistant()
        entries = assistant.knowledge.entries
        found = assistant.nearest(text)
        return [one for one in found if not kinds or isinstance(entries[one.entry], kinds)]

    def gists(self, texts: Iterable[str]) -> Mapping[str, Gist]:
        """The words of each text that say something; those of last time are remembered."""
        assistant, known = self.assistant(), self._gists
        self._gists = found = {text: known[text] if text in known else assistant.gist(text) for text in texts}
        return found
