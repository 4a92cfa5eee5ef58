"""The text of a YAML file taken apart: which lines belong to which item, field or value of a list.

Only block style can be taken apart so: each child begins on a line of its own, all in the same column. What
is written in brackets, or in a way that the lines do not show, has no spans.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from bot.knowledge.problems import Path
from bot.knowledge.yaml_text import Parsed, parse

Child = str | int  # a field's name, or a place in a list
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True, slots=True)
class Span:
    """The lines of one child, counted from 0: [start, own) are the comments above it, [own, end) is it.

    `column`: where it begins in line `own` (its name, or the dash of a value in a list).
    """

    start: int
    own: int
    end: int
    column: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file: its name, its lines (each with its line end), what was read from them."""

    file: str
    lines: tuple[str, ...]
    parsed: Parsed

    @classmethod
    def of(cls, data: bytes, file: str) -> "Sheet":
        """The file taken apart; where it cannot be read, `is_sound` is false."""
        text = data.decode("utf-8", errors="replace")
        return cls(file, tuple(_LINE.findall(text)), parse(data, file))

    @property
    def is_sound(self) -> bool:
        """Whether the file could be read without an error."""
        return not any(problem.severity == "error" for problem in self.parsed.problems)

    @property
    def data(self) -> bytes:
        """The whole file again."""
        return self.text().encode()

    @property
    def value(self) -> Any:
        """All that was read."""
        return self.parsed.value

    def at(self, path: Path) -> Any:
        """What stands at a path."""
        found = self.value
        for part in path:
            found = found[part]
        return found

    def region(self, path: Path) -> Span | None:
        """The lines of what stands at a path; None where they cannot be told from others."""
        if not path:
            return Span(0, 0, len(self.lines), 0)
        return self.spans(path[:-1]).get(path[-1])

    def spans(self, path: Path = ()) -> dict[Child, Span]:
        """The lines of each child of a list or mapping, in order; empty where they cannot be told apart."""
        children, region = _children(self.at(path)), self.region(path)
        if not children or region is None:
            return {}
        owns = [self.parsed.lines[(*path, child)] - 1 for child in children]
        if any(second <= first for first, second in pairwise(owns)):
            return {}
        beside = {region.own: region.column + 1} if path else {}  # the first may stand in its parent's line
        columns = {
            _column(self.lines[own], child, beside.get(own, 0)) if own < len(self.lines) else -1
            for own, child in zip(owns, children, strict=True)
        }
        column = columns.pop()
        return {} if columns or column < 0 else self._spans(children, owns, column, region, not path)

    def texts(self, path: Path = ()) -> tuple[str, dict[Child, str]]:
        """(what stands before the first child, each child's text): joined they are the whole."""
        spans, region = self.spans(path), self.region(path)
        if region is None or not spans:
            return "", {}
        starts = [span.start for span in spans.values()]
        ends = [*starts[1:], region.end]
        pairs = zip(spans, starts, ends, strict=True)
        return self.text(region.own, starts[0]), {child: self.text(one, two) for child, one, two in pairs}

    def text(self, start: int = 0, end: int | None = None) -> str:
        """The text of some lines."""
        return "".join(self.lines[start:end])

    def _spans(
        self, children: Sequence[Child], owns: Sequence[int], column: int, region: Span, is_root: bool
    ) -> dict[Child, Span]:
        first = self._after_header(owns[0]) if is_root else owns[0]
        starts = [first, *(self._above(own, column) for own in owns[1:])]
        ends = [*starts[1:], self._above(region.end, column)]
        return {
            child: Span(start, own, max(end, own + 1), column)
            for child, start, own, end in zip(children, starts, owns, ends, strict=True)
        }

    def _above(self, line: int, column: int) -> int:
        """The first of the blank lines and comments right above a line; a deeper comment ends them."""
        while line > 0 and _is_beside(self.lines[line - 1], column):
            line -= 1
        return line

    def _after_header(self, own: int) -> int:
        """Where the comments of the first child begin: after the blank line that ends the file's header."""
        above = own
        while above > 0 and self.lines[above - 1].startswith("#"):
            above -= 1
        return above if above > 0 and not self.lines[above - 1].strip() else own


def _children(value: Any) -> list[Child]:
    if isinstance(value, dict):
        return list(value)
    return list(range(len(value))) if isinstance(value, list) else []


def _column(line: str, child: Child, after: int) -> int:
    """Where a child begins in its line; -1 where it is not the first thing there."""
    rest = line[after:].lstrip("\ufeff")
    text = rest.lstrip(" ")
    pattern = r"-(?=\s|$)" if isinstance(child, int) else rf"(?P<q>[\"']?){re.escape(child)}(?P=q)\s*:"
    return len(line) - len(text) if re.match(pattern, text) else -1


def _is_beside(line: str, column: int) -> bool:
    text = line.lstrip(" ")
    return not line.strip() or (text.startswith("#") and len(line) - len(text) <= column)
