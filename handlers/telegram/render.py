"""A message as letters: Telegram HTML, split where one message cannot hold it, and rows of buttons."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby
from typing import NamedTuple

from bot.answering import Button, Message, Rate
from bot.text.units import units
from handlers.telegram.buttons import pack
from handlers.telegram.letter import Letter, Rows

MOST_UNITS = 4096  # UTF-16 code units of visible text in one message, set by Telegram
SHORT = 16  # characters; two buttons that short share a row
TAGS = {"": ("", ""), "quote": ("<blockquote expandable>", "</blockquote>"), "footer": ("<i>", "</i>")}


class _Line(NamedTuple):
    """One line of visible text; `block` is the key of the tags around it (see TAGS)."""

    text: str
    block: str = ""
    is_bold: bool = False


def letters(message: Message) -> tuple[Letter, ...]:
    """The letters that carry a message; the buttons are under the last."""
    lines = list(_lines(message))
    is_short = sum(len(line.text) + 1 for line in lines) * 2 <= MOST_UNITS  # at most two units a character
    parts = [lines] if is_short else list(_parts(lines))
    rows = button_rows(message.buttons)
    return tuple(
        Letter(
            _html(part),
            "\n".join(line.text for line in part),
            rows if at == len(parts) - 1 else (),
            asks=message.reference is not None and at == len(parts) - 1,
        )
        for at, part in enumerate(parts)
    )


def button_rows(buttons: Sequence[Button]) -> Rows:
    """The buttons, short ones of a kind two a row."""
    return tuple(tuple((b.text, pack(b.action)) for b in row) for row in _rows(buttons))


def _lines(message: Message) -> Iterator[_Line]:
    if message.announced:
        yield from (_Line(message.announced), _Line(""))
    if message.title:
        yield _Line(message.title, is_bold=True)
    yield from map(_Line, message.lead)
    for at, section in enumerate(message.details):
        yield _Line("", "quote" if at else "")
        yield _Line(section.title, "quote", is_bold=True)
        yield from (_Line(line, "quote") for line in section.lines)
    if message.footer:
        yield _Line("")
        yield from (_Line(line, "footer") for line in message.footer)
    if message.reference:
        yield _Line(message.reference)


def _parts(lines: Iterable[_Line]) -> Iterator[list[_Line]]:
    """Runs of lines that each fit into one message and neither begin nor end with an empty line."""
    part: list[_Line] = []
    room = MOST_UNITS
    for line in (piece for whole in lines for piece in _pieces(whole)):
        needed = units(line.text) + 1
        if part and needed > room:
            yield _trimmed(part)
            part, room = [], MOST_UNITS
        if part or line.text:
            part.append(line)
            room -= needed
    if part:
        yield _trimmed(part)


def _trimmed(part: list[_Line]) -> list[_Line]:
    while part and not part[-1].text:
        part.pop()
    return part


def _pieces(line: _Line) -> Iterator[_Line]:
    """The line, cut at spaces where it alone is longer than a message."""
    text = " ".join(line.text.split("\n"))
    while units(text) >= MOST_UNITS:
        cut = len(text.encode("utf-16-le")[: 2 * (MOST_UNITS - 2)].decode("utf-16-le", errors="ignore"))
        at = text.rfind(" ", 1, cut)
        cut = at if at > 0 else cut
        yield _Line(text[:cut], line.block, line.is_bold)
        text = text[cut:].lstrip(" ")
    yield _Line(text, line.block, line.is_bold)


def _html(part: Sequence[_Line]) -> str:
    blocks = []
    for block, lines in groupby(part, key=lambda line: line.block):
        start, end = TAGS[block]
        blocks.append(start + "\n".join(map(_html_line, lines)) + end)
    return "\n".join(blocks)


def _html_line(line: _Line) -> str:
    text = escape(line.text, quote=False)
    return f"<b>{text}</b>" if line.is_bold and text else text


def _rows(buttons: Sequence[Button]) -> Iterator[list[Button]]:
    row: list[Button] = []
    for button in buttons:
        if row and (len(row) == 2 or not _share(row[0], button)):
            yield row
            row = []
        row.append(button)
    if row:
        yield row


def _share(one: Button, other: Button) -> bool:
    """Whether two buttons may stand side by side."""
    of_a_kind = isinstance(one.action, Rate) == isinstance(other.action, Rate)
    return of_a_kind and max(len(one.text), len(other.text)) <= SHORT
