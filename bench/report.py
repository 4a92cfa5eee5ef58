"""How a benchmark tells what it is doing and what it found."""

import sys
from collections.abc import Iterator, Sequence


def told(what: str, done: float) -> None:
    """Show how far something is (0–1)."""
    print(f"\r{what:52} {done:4.0%}", end="", file=sys.stderr, flush=True)


def head(names: Sequence[str]) -> Iterator[str]:
    """The first two lines of a table."""
    yield "| " + " | ".join(names) + " |"
    yield "|" + " --- |" * len(names)


def show(title: str, lines: Iterator[str]) -> None:
    """Print one part of the report, after the progress line is wiped."""
    text = "\n".join(lines)
    print(f"\r{'':60}\r", end="", file=sys.stderr, flush=True)
    print(f"\n## {title}\n\n{text}", flush=True)
