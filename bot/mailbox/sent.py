"""What was sent, noted the moment it is known: a line appended to a small file, long before the disk has it.

A kill loses nothing that was appended (a power cut may). So the time in which a sent message is not known as
sent is that of one append, not that of a transaction.
"""

import os
from collections import deque
from pathlib import Path

from bot.errors import LogError

KEPT = 2_000  # newest lines that a restart looks at
LONGEST = 200_000  # lines in the file before it is cut to KEPT


class SentJournal:
    """A set of names of things that were sent; survives a kill."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._names: set[str] = set()
        self._lines = 0
        self._handle: int | None = None

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def open(self) -> None:
        """Read what was noted before a restart. Raises LogError."""
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._cut()
        except OSError as error:
            raise LogError(f"Không mở được {self._file}: {error}") from error

    def add(self, name: str) -> None:
        """Note that something was sent. Raises LogError."""
        self._names.add(name)
        if self._handle is None:
            return  # told when it was opened
        try:
            os.write(self._handle, f"{name}\n".encode())
            self._lines += 1
            if self._lines > LONGEST:
                self._cut()
        except OSError as error:
            raise LogError(f"Không ghi được {self._file}: {error}") from error

    def close(self) -> None:
        """Close the file."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _cut(self) -> None:
        """Keep the newest lines only, in a new file that takes the old one's place whole."""
        text = self._file.read_text(encoding="ascii", errors="replace") if self._file.exists() else ""
        whole = text[: text.rfind("\n") + 1]  # the last line may be torn
        newest = list(deque(whole.splitlines(), maxlen=KEPT))
        draft = self._file.with_name(self._file.name + ".new")
        draft.unlink(missing_ok=True)
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
        os.write(handle, "".join(f"{name}\n" for name in newest).encode())
        os.replace(draft, self._file)
        self.close()
        self._handle, self._lines, self._names = handle, len(newest), set(newest)
