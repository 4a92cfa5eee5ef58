"""What a citizen does in Telegram → one call of the service → one message and one log row."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from telegram import CallbackQuery, Update
from telegram.error import TelegramError
from telegram.ext import (
    Application,
    CallbackContext,
    CallbackQueryHandler,
    CommandHandler,
    ExtBot,
    MessageHandler,
    filters,
)

from bot.answering import Answer
from bot.assistant import Assistant
from bot.errors import LogError
from bot.outcomes import Outcome
from bot.report import describe
from bot.service import Service
from handlers.telegram.buttons import unpack
from handlers.telegram.send import send

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
        new = filters.UpdateType.MESSAGE  # no edits, no channel posts
        application.add_handler(CommandHandler("start", self.start, filters=new))
        application.add_handler(CommandHandler("help", self.help, filters=new))
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
            await self._acknowledge(query)
        entry, facet = (tap.entry, tap.facet) if tap else ("", None)
        await self._serve(update, lambda a: a.open(entry, facet))

    async def failed(self, update: object, context: Context) -> None:
        """An error in a handler: one apology to the citizen; type, place and a code to the operator."""
        if context.error is not None:
            logger.error("Lỗi %s", describe(context.error))
        if isinstance(update, Update) and update.effective_chat:
            await self._serve(update, lambda a: a.say(Outcome.ERROR))

    async def _serve(self, update: Update, make: Make) -> None:
        """Answer, then record; a failed send or a failed record is told and stops neither."""
        served = await asyncio.to_thread(self._service.serve, make)
        if update.effective_chat is not None:
            try:
                await send(update.effective_chat, served.answer.message)
            except TelegramError as error:
                logger.error("Không gửi được câu trả lời (%s).", type(error).__name__)
        person = str(update.effective_user.id) if update.effective_user else None
        future = await asyncio.to_thread(self._service.record, served, person)
        try:
            await asyncio.wrap_future(future)
        except LogError as error:
            logger.error("%s", error)

    async def _acknowledge(self, query: CallbackQuery) -> None:
        """Stop the button's spinner; where that fails, the answer comes all the same."""
        try:
            await query.answer()
        except TelegramError as error:
            logger.info("Không xác nhận được nút bấm (%s).", type(error).__name__)
