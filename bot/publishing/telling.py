"""Texts in a line of the audit trail."""

from collections.abc import Sequence

LONGEST_TOLD = 80  # characters of a text
DAY_FORM = "%d/%m/%Y"


def told_all(texts: Sequence[str]) -> str:
    """Several texts, each in quotes, on one line."""
    return "; ".join(f"“{told(text)}”" for text in texts)


def told(text: str) -> str:
    """A text on one line, not too long."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_TOLD else line[: LONGEST_TOLD - 1] + "…"
