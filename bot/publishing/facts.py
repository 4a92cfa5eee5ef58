"""What was tried and may still be published, also after a restart: a few facts of each attempt, as a file."""

import json
import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from threading import Lock

from bot.files import write_whole

logger = logging.getLogger(__name__)

FILE = "attempts.json"


@dataclass(frozen=True, slots=True)
class Facts:
    """Of an attempt: what it is called, how it is noted, which states of edited folders are in it."""

    what: str
    noted: str
    taken: Mapping[str, str] = field(default_factory=dict)


class KeptFacts:
    """The facts of attempts by version; where they cannot be written, they are lost with the process."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE
        self._facts = _read(self._file)
        self._turn = Lock()

    def of(self, version: str) -> Facts | None:
        """The facts of an attempt; None when there is none."""
        return self._facts.get(version)

    def versions(self) -> list[str]:
        """Every version that was tried and not dropped, and what was taken in for it."""
        taken = (version for facts in self._facts.values() for version in facts.taken.values())
        return [*self._facts, *taken]

    def keep(self, version: str, facts: Facts) -> None:
        """Remember an attempt."""
        with self._turn:
            self._write(self._facts | {version: facts})

    def drop(self, *versions: str) -> None:
        """Forget attempts."""
        with self._turn:
            self._write({name: facts for name, facts in self._facts.items() if name not in versions})

    def _write(self, facts: dict[str, Facts]) -> None:
        self._facts = facts
        try:
            plain = {version: asdict(each) for version, each in facts.items()}
            write_whole(self._file, json.dumps(plain, ensure_ascii=False, indent=1).encode())
        except OSError as error:
            logger.warning("%s: %s", self._file, error.strerror)


def _read(file: Path) -> dict[str, Facts]:
    try:
        plain = json.loads(file.read_text(encoding="utf-8"))
        return {version: Facts(**each) for version, each in plain.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        logger.warning("%s: %s", file, type(error).__name__)
        return {}
