"""The nightly job: what is past its time goes, from the file, its write-ahead log and the keys."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.errors import LogError
from bot.privacy import Pseudonyms, retention
from bot.privacy.retention import Swept
from bot.storage import Storage

HOUR = time(3)  # when it runs, in the ward's time
WAIT_SECONDS = 60  # for the disk


@dataclass(frozen=True, slots=True)
class Report:
    """What went, or with a dry run would go: rows by kind, and the months whose keys go."""

    swept: Swept
    keys: tuple[str, ...]


class Upkeep:
    """Ends what is past its time; without it nothing else changes."""

    def __init__(self, storage: Storage, pseudonyms: Pseudonyms, now: Callable[[], datetime]) -> None:
        self._storage = storage
        self._pseudonyms = pseudonyms
        self._now = now

    def run(self, *, dry_run: bool = False) -> Report:
        """Sweep once. Raises LogError, also when another process held the file too long."""
        now = self._now()
        job = self._storage.maintain(lambda db: retention.sweep(db, now, dry_run=dry_run))
        try:
            swept = job.result(WAIT_SECONDS)
        except TimeoutError as error:
            raise LogError(f"Nhật ký bận quá {WAIT_SECONDS} giây; chạy lại sau.") from error
        return Report(swept, self._pseudonyms.forget(now.date(), dry_run=dry_run))

    def seconds_to_next(self) -> float:
        """How long until the next night's run."""
        now = self._now()
        at = now.replace(hour=HOUR.hour, minute=HOUR.minute, second=0, microsecond=0)
        return ((at if at > now else at + timedelta(days=1)) - now).total_seconds()
