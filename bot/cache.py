"""What is costly to work out and stays the same while its sources do, kept as JSON files in one folder.

A cache may always be deleted, and a folder that cannot be written to only costs time.
"""

import hashlib
import json
import logging
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import pydantic

from bot.files import newest_first, write_whole

logger = logging.getLogger(__name__)

ROOM = Path(__file__).resolve().parent
KEPT = 4  # files of one name; the last few states of the sources, as when one is tried and taken back
T = TypeVar("T")


class Cache:
    """Values by name and by a hash of all they were made from; our own code is part of that by itself."""

    def __init__(self, folder: Path | None) -> None:
        """`folder` None: nothing is kept."""
        self._folder = folder

    def remember(
        self,
        name: str,
        made_from: str,
        make: Callable[[], T],
        plain: Callable[[T], Any],
        of: Callable[[Any], T],
    ) -> T:
        """The value kept under `name` for `made_from`, or a new one, which is then kept.

        `plain` turns a value into what JSON can hold, `of` turns it back; what `of` refuses is made anew.
        """
        kept = self.recall(name, made_from, of)
        if kept is None:
            kept = make()
            self.keep(name, made_from, lambda: plain(kept))
        return kept

    def recall(self, name: str, made_from: str, of: Callable[[Any], T]) -> T | None:
        """The value kept under `name` for `made_from`; None when there is none, or none that `of` takes."""
        if self._folder is None:
            return None
        file = self._file(name, made_from)
        with suppress(OSError):
            text = file.read_bytes()
            try:
                return of(json.loads(text))
            except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
                logger.info("cache: %s cannot be used (%s)", file.name, type(error).__name__)
        return None

    def keep(self, name: str, made_from: str, plain: Callable[[], Any]) -> None:
        """Keep what `plain` gives; where that cannot be written, nothing is kept."""
        if self._folder is None:
            return
        try:
            text = json.dumps(plain(), ensure_ascii=False, separators=(",", ":"))
            write_whole(self._file(name, made_from), text.encode())
            for old in sorted(self._folder.glob(f"{name}-*.json"), key=newest_first)[KEPT:]:
                old.unlink(missing_ok=True)
        except OSError as error:
            logger.info("cache: %s", error)

    def _file(self, name: str, made_from: str) -> Path:
        assert self._folder is not None
        return self._folder / f"{name}-{made_from}{_code()}.json"


@lru_cache(maxsize=1)
def _code() -> str:
    """A hash of what turns sources into values: our own code and tables, Python, pydantic (12 hex digits)."""
    digest = hashlib.sha256(f"{sys.version} {pydantic.VERSION}".encode())
    for file in sorted(ROOM.rglob("*")):
        if file.suffix in {".py", ".tsv"}:
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


NO_CACHE = Cache(None)
