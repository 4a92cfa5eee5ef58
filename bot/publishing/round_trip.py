"""Changes of a clerk's file that leave every other line as it is, comments and quotes too.

A change takes out the lines of one field or value and puts others in. What is written in brackets goes
through ruamel.yaml, which keeps comments and quotes but may wrap anew; only that one field goes there. Every
change is read again and compared: it gives what was asked for and nothing else, or an EditError.
"""

import copy
import io
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.errors import EditError
from bot.knowledge.problems import Path
from bot.knowledge.yaml_text import parse
from bot.publishing import scalars
from bot.publishing.pieces import Sheet, Span

WIDTH = 110  # characters in a line that ruamel writes
STEP = 2  # columns from a field to the dashes of its list, where the entry has no list to go by
ORDER = (
    *("id", "kind", "name", "topic", "also", "family", "summary", "code", "statement", "value", "unit"),
    *(
        "qualifier",
        "period",
        "occasion",
        "together",
        "missing",
        "nearest",
        "look_up",
        "text",
        "phrasings",
        "who",
    ),
    *(
        "audience",
        "documents",
        "forms",
        "fee",
        "time",
        "where",
        "how",
        "online",
        "steps",
        "result",
        "returned",
    ),
    *("legal", "notes", "sources", "verified", "review_by", "confidence", "unverified"),
)  # in which a field that was missing finds its place
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_COMMENT = re.compile(r"(?:^|(?<=\s))#")


def set_field(sheet: Sheet, at: int, name: str, value: Any) -> bytes:
    """The file with another value in a field of item `at`: a text, or a list of texts and dated lines.

    Values of the list that were there before keep their very lines; comments in the field are kept as well.
    """
    span = sheet.region((at, name)) if name in sheet.value[at] else None
    if span is None and name in sheet.value[at]:
        raise EditError(_by_hand(sheet, at))
    start, end, text = (
        _inserted(sheet, at, name, value) if span is None else _put(sheet, at, name, value, span)
    )

    def change(items: Any) -> None:
        items[at][name] = value

    return _changed(sheet, start, end, text, change)


def drop(sheet: Sheet, path: Path) -> bytes:
    """The file without the item, the field or the value at a path; comments in an item are kept."""
    span = sheet.region(path)

    def change(value: Any) -> None:
        for part in path[:-1]:
            value = value[part]
        del value[path[-1]]

    if span is None or sheet.lines[span.own][: span.column].strip():
        return _through_ruamel(sheet, path[:2], change, lambda field: _delete(field, path[2:]))
    start = span.start if len(path) == 1 else span.own  # the comments above an item are about that item
    kept = "" if len(path) == 1 else _as_lines(_comments(sheet, span, ()), span.column)
    return _changed(sheet, start, span.end, kept, change)


def append(sheet: Sheet, path: Path, value: Any) -> bytes:
    """The file with one more value in the list of a field, at its end."""
    spans = list(sheet.spans(path).values())

    def change(items: Any) -> None:
        for part in path:
            items = items[part]
        items.append(value)

    if not spans:
        return _through_ruamel(sheet, path, change, lambda field: field.append(scalars.for_ruamel(value)))
    last = spans[-1]
    return _changed(sheet, last.end, last.end, scalars.item(value, last.column), change)


def append_item(sheet: Sheet, text: str, value: Any) -> bytes:
    """The file with one more item, given as its text and as what that text must be read as."""
    end = len(sheet.lines)
    gap = "\n" if sheet.lines and sheet.lines[-1].strip() else ""

    def change(items: Any) -> None:
        items.append(value)

    return _changed(sheet, end, end, gap + text, change)


def _inserted(sheet: Sheet, at: int, name: str, value: Any) -> tuple[int, int, str]:
    """Where a field that was missing goes: (start, end, text)."""
    spans = sheet.spans((at,))
    before = ORDER[: ORDER.index(name)]
    earlier = [span for field, span in spans.items() if field in before]
    if not earlier:
        raise EditError(_by_hand(sheet, at))
    last, column = earlier[-1], next(reversed(spans.values())).column
    return last.end, last.end, scalars.field(name, value, column, _step(sheet, at))


def _put(sheet: Sheet, at: int, name: str, value: Any, span: Span) -> tuple[int, int, str]:
    """What comes in the place of a field's lines: (start, end, text)."""
    prefix = sheet.lines[span.own][: span.column]
    if isinstance(value, list):
        text, kept = _list(sheet, at, name, value, span)
    else:
        text, kept = f"{name}: {_like(sheet.lines[span.own], value)}\n", []
    comments = _as_lines(_comments(sheet, span, kept), span.column)
    whole = prefix + text
    return span.own, span.end, whole + comments if prefix.strip() else comments + whole


def _list(sheet: Sheet, at: int, name: str, value: Sequence[Any], span: Span) -> tuple[str, list[Span]]:
    """(a field's text without what stands before its name, the lines of it that stay)."""
    step, old = _step(sheet, at), sheet.at((at, name))
    spans = dict(sheet.spans((at, name))) if isinstance(old, list) else {}
    first = next(iter(spans.values()), None)
    column = span.column + step if first is None else first.column
    head = [] if first is None else [Span(span.own, span.own, first.start, span.column)]
    texts, kept = [], head
    for each in value:
        number = next((i for i in spans if old[int(i)] == each), None)
        if number is None:
            texts.append(scalars.item(each, column))
        else:
            stays = spans.pop(number)
            kept = [*kept, stays]
            texts.append(sheet.text(stays.start, stays.end))
    begin = f"{name}:\n" if first is None else sheet.text(span.own, first.start)[span.column :]
    return begin + "".join(text if text.endswith("\n") else text + "\n" for text in texts), kept


def _like(line: str, value: str) -> str:
    """A value as text, a day quoted or not as the line that it replaces."""
    is_bare = _DAY.fullmatch(value) and not re.search(r":\s+[\"']", line)
    return value if is_bare else scalars.scalar(value)


def _step(sheet: Sheet, at: int) -> int:
    """Columns from a field to the dashes of its list, as this item is written."""
    for name, span in sheet.spans((at,)).items():
        if isinstance(sheet.at((at, name)), list):
            for inner in sheet.spans((at, name)).values():
                return inner.column - span.column
    return STEP


def _comments(sheet: Sheet, span: Span, kept: Sequence[Span]) -> list[str]:
    """The comments in the lines of a field that are not among those kept."""
    lines = [" " * span.column + sheet.lines[span.own][span.column :], *sheet.lines[span.own + 1 : span.end]]
    found = []
    for number, line in enumerate(lines):
        is_kept = any(each.start <= span.own + number < each.end for each in kept)
        for place in () if is_kept else _COMMENT.finditer(line):
            without = [*lines[:number], line[: place.start()] + "\n", *lines[number + 1 :]]
            if _read("".join(without)) == _read("".join(lines)):
                found.append(line[place.start() :].strip())
                break
    return found


def _as_lines(comments: Sequence[str], column: int) -> str:
    return "".join(f"{' ' * column}{comment}\n" for comment in comments)


def _read(text: str) -> Any:
    parsed = parse(text.encode(), "")
    return parsed.value, [problem for problem in parsed.problems if problem.severity == "error"]


def _delete(field: Any, path: Path) -> None:
    if len(path) != 1:
        raise KeyError(path)
    del field[path[0]]


def _through_ruamel(
    sheet: Sheet, path: Path, change: Callable[[Any], None], inner: Callable[[Any], None]
) -> bytes:
    """The file with one field loaded, changed by `inner` and written again."""
    span = sheet.region(path) if len(path) == 2 else None
    if span is None:
        raise EditError(_by_hand(sheet, path[0]))
    lines = [
        sheet.lines[span.own][span.column :],
        *_dedented(sheet.lines[span.own + 1 : span.end], span.column),
    ]
    writer, stream = YAML(), io.StringIO()
    writer.preserve_quotes, writer.width = True, WIDTH
    writer.indent(mapping=2, sequence=STEP + 2, offset=STEP)
    try:
        loaded = writer.load("".join(lines))
        inner(loaded[path[1]])
        writer.dump(loaded, stream)
    except (YAMLError, KeyError, ValueError, AttributeError, IndexError) as error:
        raise EditError(_by_hand(sheet, path[0])) from error
    first, *others = stream.getvalue().splitlines(keepends=True)
    indented = "".join(" " * span.column + line if line.strip() else line for line in others)
    return _changed(
        sheet, span.own, span.end, sheet.lines[span.own][: span.column] + first + indented, change
    )


def _dedented(lines: Sequence[str], column: int) -> Iterator[str]:
    return (line[min(column, len(line) - len(line.lstrip(" "))) :] for line in lines)


def _changed(sheet: Sheet, start: int, end: int, text: str, change: Callable[[Any], None]) -> bytes:
    """The file with other text for some lines; raises EditError unless it reads as `change` makes it."""
    before = sheet.text(0, start)
    if before and not before.endswith("\n"):
        before += "\n"
    if sheet.lines and sheet.lines[0].endswith("\r\n"):
        text = re.sub(r"\r?\n", "\r\n", text)
    expected = copy.deepcopy(sheet.value if sheet.value is not None else [])
    change(expected)
    data = (before + text + sheet.text(end)).encode()
    after = Sheet.of(data, sheet.file)
    if not after.is_sound or after.value not in (expected, expected or None):
        raise EditError(_by_hand(sheet, None))
    return data


def _by_hand(sheet: Sheet, at: Any) -> str:
    """What a clerk is told where a file is written in a way that cannot be changed safely."""
    line = sheet.parsed.lines.get((at,))
    place = f"{sheet.file}, dòng {line}" if line else sheet.file
    return f"Chỗ cần sửa ở {place} được viết theo kiểu máy chưa sửa an toàn được; xin sửa thẳng trong tệp."
