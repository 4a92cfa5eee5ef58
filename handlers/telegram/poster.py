"""Posting letters one after another, each noted in the journal the moment Telegram has said yes."""

import asyncio
import logging

from telegram import Bot
from telegram.error import NetworkError

from bot.errors import LogError
from bot.mailbox.sent import SentJournal
from handlers.telegram.letter import Letter
from handlers.telegram.post import post
from handlers.telegram.turns import Turns

logger = logging.getLogger(__name__)

STOP_SECONDS = 5.0  # how long, once told to stop, sends in flight may still take


class Poster:
    """Sends in turn and knows what was sent, also before a kill."""

    def __init__(self, bot: Bot, journal: SentJournal) -> None:
        self._bot = bot
        self._journal = journal
        self._turns = Turns()
        self._in_flight: set[asyncio.Task[int | None]] = set()
        self._stopping = False

    def start(self) -> None:
        """Read what was sent before a restart; without a journal it goes on, and says so."""
        try:
            self._journal.open()
        except LogError as error:
            logger.error("%s", error)

    async def stop(self) -> None:
        """Begin no more sends; wait for those in flight, so that none has to be sent again."""
        self._stopping = True
        if self._in_flight:
            await asyncio.wait(self._in_flight, timeout=STOP_SECONDS)
        self._journal.close()

    def was_sent(self, name: str) -> bool:
        """Whether something of this name was sent."""
        return name in self._journal

    async def post(self, chat: int, letter: Letter, name: str) -> int | None:
        """Send in turn and note it under `name`; see post.post for the result and the errors.

        A send that has begun goes on when the caller is cancelled.
        """
        async with self._turns.turn():
            if self._stopping:
                raise NetworkError("stopping")
            sending = asyncio.create_task(self._send(chat, letter, name))
            self._in_flight.add(sending)
            sending.add_done_callback(self._in_flight.discard)
            return await asyncio.shield(sending)

    async def _send(self, chat: int, letter: Letter, name: str) -> int | None:
        message = await post(self._bot, chat, letter)
        try:
            self._journal.add(name)
        except LogError as error:
            logger.error("%s", error)
        return message
