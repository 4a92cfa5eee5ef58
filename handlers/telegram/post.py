"""One letter to one chat, and what each thing that Telegram says to it means."""

import logging
from dataclasses import replace
from datetime import timedelta
from typing import Any

from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter

from handlers.telegram.api import call
from handlers.telegram.letter import Letter

logger = logging.getLogger(__name__)

HTML = "HTML"
NO_PREVIEW = {"is_disabled": True}
UNCHANGED = "message is not modified"
NOTHING_TO_EDIT = ("message to edit not found", "message can't be edited", "message_id_invalid")
NOBODY_THERE = (
    "chat not found",
    "user is deactivated",
    "peer_id_invalid",
    "have no rights",
    "not enough rights",
)


class UnreachableError(Exception):
    """Nobody can be reached in this chat: the bot was blocked or removed, or the chat is gone."""


async def post(bot: Bot, chat: int, letter: Letter) -> int | None:
    """Send or edit; returns the id of the message that now carries the letter, None where it is not told.

    Raises UnreachableError; the library's RetryAfter and NetworkError, after which another try can help; its
    BadRequest, where nothing can.
    """
    try:
        return await _first_accepted(bot, chat, letter)
    except Forbidden as error:
        raise UnreachableError from error
    except ChatMigrated as error:
        return await post(bot, error.new_chat_id, replace(letter, reply_to=None, edits=None))
    except RetryAfter:
        raise
    except BadRequest as error:
        told = str(error).lower()
        if any(words in told for words in NOBODY_THERE):
            raise UnreachableError from error
        raise


async def _first_accepted(bot: Bot, chat: int, letter: Letter) -> int | None:
    """As HTML; where that is refused as plain text, in the end without buttons."""
    bare = replace(letter, rows=())
    attempts = [(letter, HTML), (letter, None), (bare, None)]
    for number, (form, mode) in enumerate(attempts, 1):
        try:
            return await _once(bot, chat, form, mode)
        except BadRequest as error:
            told = str(error).lower()
            if letter.edits is not None and UNCHANGED in told:
                return letter.edits
            if letter.edits is not None and any(words in told for words in NOTHING_TO_EDIT):
                return await _first_accepted(bot, chat, replace(letter, edits=None))
            if any(words in told for words in NOBODY_THERE) or number == len(attempts):
                raise
            logger.warning("Telegram không nhận cách trình bày thứ %d, thử cách đơn giản hơn.", number)
    return None


async def _once(bot: Bot, chat: int, letter: Letter, mode: str | None) -> int | None:
    common: dict[str, Any] = {
        "chat_id": chat,
        "text": letter.html if mode else letter.plain,
        "parse_mode": mode,
        "reply_markup": letter.markup(),
        "link_preview_options": NO_PREVIEW,
    }
    if letter.edits is not None:
        await call(bot, "editMessageText", message_id=letter.edits, **common)
        return letter.edits
    reply = {"message_id": letter.reply_to, "allow_sending_without_reply": True} if letter.reply_to else None
    sent = await call(bot, "sendMessage", reply_parameters=reply, message_thread_id=letter.thread, **common)
    return int(sent["message_id"]) if isinstance(sent, dict) and "message_id" in sent else None


def seconds_told(error: RetryAfter) -> float:
    """How long Telegram told us to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
