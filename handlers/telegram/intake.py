"""The one place where updates come in: each once, each chat's in order, chats side by side."""

import asyncio
import hashlib
import logging
import time
from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import Any

from telegram import Update

from bot.report import describe

logger = logging.getLogger(__name__)

ALLOWED_UPDATES = (Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY)
GRACE_SECONDS = 5.0  # how long, once told to stop, updates in hand may still take
MOST_IN_HAND = 100  # updates; as many as Telegram gives in one batch
REMEMBERED = 10_000  # ids of updates that are done

Raw = Mapping[str, Any]


class Intake:
    """Hands each update to `handle` once; polling and webhook both end here.

    An update is in hand until it was handled: answered, or its answer put into the outbox. Only then may it
    be confirmed to Telegram.
    """

    def __init__(
        self,
        read: Callable[[Raw], Update | None],
        handle: Callable[[Update], Awaitable[None]],
        done: Collection[str] = frozenset(),
    ) -> None:
        """`read` makes an update of what came; `done`: names of updates handled before a restart."""
        self._read = read
        self._handle = handle
        self._done_before = done
        self._done: dict[int, None] = {}  # ids, oldest first
        self._last_of_chat: dict[int, asyncio.Task[None]] = {}
        self.in_hand: dict[int, asyncio.Task[None]] = {}
        self.last_handled: float | None = None  # time.monotonic()

    @property
    def is_full(self) -> bool:
        """Whether no more can be taken for now."""
        return len(self.in_hand) >= MOST_IN_HAND

    def take(self, raw: Raw) -> "asyncio.Task[None] | None":
        """Begin to handle an update; the task ends when it is handled. None: it was handled before."""
        number = int(raw["update_id"])
        if number in self.in_hand:
            return self.in_hand[number]
        if number in self._done:
            return None
        update = self._readable(raw)
        if update is not None and name_of(update) in self._done_before:
            self._remember(number)
            return None
        chat = _chat_of(update)
        before = self._last_of_chat.get(chat) if chat is not None else None
        task = asyncio.create_task(self._one(number, update, chat, before))
        self.in_hand[number] = task
        if chat is not None:
            self._last_of_chat[chat] = task
        return task

    def _readable(self, raw: Raw) -> Update | None:
        try:
            update = self._read(raw)
            if update is not None:
                name_of(update)
            return update
        except Exception as error:  # whatever it holds, it must not end the intake
            logger.error("Bỏ qua một cập nhật không đọc được (%s).", type(error).__name__)
            return None

    async def _one(
        self, number: int, update: Update | None, chat: int | None, before: "asyncio.Task[None] | None"
    ) -> None:
        try:
            if before is not None:
                await asyncio.wait({before})
            if update is not None:
                await self._handle(update)
        except Exception as error:
            logger.error("Lỗi %s", describe(error))
        finally:
            del self.in_hand[number]
            if chat is not None and self._last_of_chat.get(chat) is asyncio.current_task():
                del self._last_of_chat[chat]
        self._remember(number)
        self.last_handled = time.monotonic()

    def _remember(self, number: int) -> None:
        self._done[number] = None
        if len(self._done) > REMEMBERED:
            del self._done[next(iter(self._done))]


def name_of(update: Update) -> str:
    """What an update is remembered by: its id, and a short hash of what else tells it from others.

    Ids alone would do for years; but they count for one bot on one server, and after a quiet week Telegram
    begins them anew at a random number.
    """
    message, query = update.message or update.edited_message, update.callback_query
    told = [_server_of(update)]
    if message is not None:
        told += [str(message.message_id), str(message.date), str(message.edit_date)]
    if query is not None:
        told.append(query.id)
    return f"{update.update_id}-{hashlib.sha256(' '.join(told).encode()).hexdigest()[:12]}"


def _server_of(update: Update) -> str:
    try:
        return str(update.get_bot().base_url)
    except RuntimeError:  # an update that no bot fetched
        return ""


def _chat_of(update: Update | None) -> int | None:
    if update is None:
        return None
    if update.effective_chat is not None:
        return update.effective_chat.id
    return update.effective_user.id if update.effective_user else None
