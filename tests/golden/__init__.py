"""Golden questions: what must be answered how, as data."""

from pathlib import Path


def read_lines(name: str) -> list[str]:
    """The lines of one golden file."""
    return (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
