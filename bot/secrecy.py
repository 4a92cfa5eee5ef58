"""Secrets kept out of everything that is printed as an error or a log line."""

import io
import re
import sys
from collections.abc import Iterable
from typing import TextIO
from urllib.parse import quote

HIDDEN = "[đã che]"
SHORTEST = 8  # characters; hiding less would tear words apart


def forms(token: str) -> tuple[str, ...]:
    """Every form in which a token can turn up, the longest first: whole, URL-quoted, its secret half."""
    secret = token.partition(":")[2] or token
    return tuple(sorted({token, quote(token, safe=""), secret}, key=len, reverse=True))


class HidingStream(io.TextIOBase):
    """Passes text on to another stream with the secrets taken out."""

    def __init__(self, stream: TextIO, secrets: Iterable[str]) -> None:
        self._stream = stream
        self._secrets = re.compile("|".join(map(re.escape, secrets)), re.IGNORECASE)

    def write(self, text: str) -> int:
        """Write `text` without the secrets; returns the length of what was asked for."""
        self._stream.write(self._secrets.sub(HIDDEN, text))
        return len(text)

    def flush(self) -> None:
        """Flush the stream behind."""
        self._stream.flush()

    def isatty(self) -> bool:
        """Whether the stream behind is a terminal."""
        return self._stream.isatty()


def hide_in_stderr(token: str | None) -> None:
    """From now on nothing written to standard error (logs, tracebacks, warnings) shows the token."""
    if token and len(token) >= SHORTEST:
        sys.stderr = HidingStream(sys.stderr, forms(token))
