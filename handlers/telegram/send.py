"""One message to one chat, whatever Telegram says to the first try."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

from telegram import Chat, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import BadRequest, RetryAfter

from bot.answering import Message
from handlers.telegram.render import html, keyboard

LONGEST_WAIT = 60.0  # seconds we wait when told to slow down

Try = Callable[[], Awaitable[object]]


async def send(chat: Chat, message: Message) -> None:
    """Send as HTML; where that is refused as plain text, in the end without buttons.

    Raises the library's TelegramError when nothing got through.
    """
    buttons = keyboard(message)
    no_preview = LinkPreviewOptions(is_disabled=True)

    async def as_html() -> object:
        return await chat.send_message(
            html(message),
            parse_mode=ParseMode.HTML,
            reply_markup=buttons,
            link_preview_options=no_preview,
        )

    async def as_text() -> object:
        return await chat.send_message(message.plain(), reply_markup=buttons, link_preview_options=no_preview)

    async def bare() -> object:
        return await chat.send_message(message.plain())

    try:
        await _patiently(as_html)
    except BadRequest:
        try:
            await _patiently(as_text)
        except BadRequest:
            await _patiently(bare)


async def _patiently(attempt: Try) -> None:
    """Try; when told to wait, wait that long once and try again."""
    try:
        await attempt()
    except RetryAfter as error:
        await asyncio.sleep(min(seconds_told(error), LONGEST_WAIT))
        await attempt()


def seconds_told(error: RetryAfter) -> float:
    """How long Telegram told us to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
