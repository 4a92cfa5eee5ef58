"""An entry together with the place it was read from."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.knowledge.entries import Entry
from bot.knowledge.phrasings import Phrasing, phrasings_at
from bot.knowledge.problems import Path, Problem, Severity


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry and where it stands: file, index in the file, line of each of its nodes."""

    entry: Entry
    file: str
    index: int
    lines: Mapping[Path, int]

    def phrasings(self) -> list[Phrasing]:
        """The entry's own phrasings, each with its line."""
        return phrasings_at(self.entry.id, self.entry.phrasings, self.file, self.lines, self.index)

    def problem(
        self, field: str, what: str, advice: str, severity: Severity = "error", at: int | str | None = None
    ) -> Problem:
        """A problem at `field` of this entry (at item `at` of it, where given)."""
        path: Path = (self.index, field) if at is None else (self.index, field, at)
        line = self.lines.get(path) or self.lines.get(path[:2]) or self.lines[(self.index,)]
        return Problem(self.file, line, field, f"{self.entry.id}: {what}", advice, severity)
