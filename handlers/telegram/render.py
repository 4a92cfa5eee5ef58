"""A message as Telegram HTML, and its buttons."""

from collections.abc import Iterator, Sequence
from html import escape

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.answering import Button, Message
from handlers.telegram.buttons import pack

SHORT = 16  # characters; two buttons that short share a row


def html(message: Message) -> str:
    """The message in Telegram's HTML; everything from knowledge or citizen is escaped."""
    title = f"<b>{escape(message.title, quote=False)}</b>\n" if message.title else ""
    blocks = [title + _lines(message.lead)]
    if message.details:
        sections = (f"<b>{escape(s.title, quote=False)}</b>\n{_lines(s.lines)}" for s in message.details)
        blocks.append("<blockquote expandable>" + "\n\n".join(sections) + "</blockquote>")
    if message.footer:
        blocks.append(f"<i>{_lines(message.footer)}</i>")
    return "\n\n".join(blocks)


def _lines(lines: Sequence[str]) -> str:
    return "\n".join(escape(line, quote=False) for line in lines)


def keyboard(message: Message) -> InlineKeyboardMarkup | None:
    """The buttons, short ones two a row; None without buttons."""
    if not message.buttons:
        return None
    rows = [
        [InlineKeyboardButton(b.text, callback_data=pack(b)) for b in row] for row in _rows(message.buttons)
    ]
    return InlineKeyboardMarkup(rows)


def _rows(buttons: Sequence[Button]) -> Iterator[list[Button]]:
    row: list[Button] = []
    for button in buttons:
        if row and (len(row) == 2 or len(row[0].text) > SHORT or len(button.text) > SHORT):
            yield row
            row = []
        row.append(button)
    if row:
        yield row
