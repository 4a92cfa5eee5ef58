"""What a citizen does in Telegram → one call of the service → one message and one log row."""

import asyncio
import logging
import secrets
import traceback
from collections.abc import Callable
from typing import Any

from telegram import LinkPreviewOptions, Update
from telegram.constants import ParseMode
from telegram.error import BadRequest
from telegram.ext import (
    Application,
    CallbackContext,
    CallbackQueryHandler,
    CommandHandler,
    ExtBot,
    MessageHandler,
    filters,
)

from bot.answering import Answer, Message
from bot.assistant import Assistant
from bot.errors import LogError
from bot.outcomes import Outcome
from bot.service import Service
from handlers.telegram.buttons import unpack
from handlers.telegram.render import html, keyboard

logger = logging.getLogger(__name__)

Data = dict[Any, Any]
Context = CallbackContext[ExtBot[None], Data, Data, Data]
Make = Callable[[Assistant], Answer]

PRIVATE_MESSAGE = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE


class Conversation:
    """The handlers; they hold nothing but the service."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def register(self, application: Application[Any, Context, Data, Data, Data, Any]) -> None:
        """Register every handler; order matters, the first that fits takes the update."""
        is_command = filters.UpdateType.MESSAGE
        application.add_handler(CommandHandler("start", self.start, filters=is_command))
        application.add_handler(CommandHandler("help", self.help, filters=is_command))
        application.add_handler(CallbackQueryHandler(self.tap))
        application.add_handler(MessageHandler(PRIVATE_MESSAGE & filters.COMMAND, self.help))
        application.add_handler(MessageHandler(PRIVATE_MESSAGE & filters.TEXT, self.text))
        application.add_handler(MessageHandler(PRIVATE_MESSAGE & ~filters.StatusUpdate.ALL, self.unsupported))
        application.add_error_handler(self.failed)

    async def start(self, update: Update, context: Context) -> None:
        """/start, with the id of an entry where it came through a link."""
        link = context.args[0] if context.args else None
        await self._serve(update, lambda a: a.open(link) if link else a.welcome())

    async def help(self, update: Update, context: Context) -> None:
        """/help, and any command we do not have."""
        await self._serve(update, lambda a: a.help())

    async def text(self, update: Update, context: Context) -> None:
        """A question in the citizen's own words."""
        message = update.effective_message
        question = message.text if message and message.text else ""
        await self._serve(update, lambda a: a.ask(question))

    async def unsupported(self, update: Update, context: Context) -> None:
        """A photo, a voice message, a sticker: say what to do instead."""
        await self._serve(update, lambda a: a.say(Outcome.UNSUPPORTED))

    async def tap(self, update: Update, context: Context) -> None:
        """A tapped button; everything it needs is in its data."""
        query = update.callback_query
        tap = unpack(query.data or "") if query else None
        if query:
            await self._acknowledge(update)
        entry, facet = (tap.entry, tap.facet) if tap else ("", None)
        await self._serve(update, lambda a: a.open(entry, facet))

    async def failed(self, update: object, context: Context) -> None:
        """An error in a handler: one apology to the citizen; type, place and a code to the operator."""
        error = context.error
        if error is None:
            return
        frames = traceback.extract_tb(error.__traceback__)
        place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "?"
        code = secrets.token_hex(3)
        logger.error("Lỗi %s tại %s (mã %s)", type(error).__name__, place, code)
        if isinstance(update, Update) and update.effective_chat:
            await self._serve(update, lambda a: a.say(Outcome.ERROR))

    async def _serve(self, update: Update, make: Make) -> None:
        served = self._service.serve(make)
        await _send(update, served.answer.message)
        person = str(update.effective_user.id) if update.effective_user else None
        try:
            await asyncio.wrap_future(self._service.record(served, person))
        except LogError as error:
            logger.error("%s", error)

    async def _acknowledge(self, update: Update) -> None:
        """Stop the button's spinner; when it is too late for that, the answer comes all the same."""
        try:
            await update.callback_query.answer()  # type: ignore[union-attr]
        except BadRequest:
            logger.debug("Nút bấm đã quá lâu để xác nhận.")


async def _send(update: Update, message: Message) -> None:
    chat = update.effective_chat
    if chat is None:
        return
    buttons = keyboard(message)
    try:
        await chat.send_message(
            html(message),
            parse_mode=ParseMode.HTML,
            reply_markup=buttons,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )
    except BadRequest:  # markup refused: the words matter more
        await chat.send_message(message.plain(), reply_markup=buttons)
