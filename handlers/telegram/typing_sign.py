"""“đang nhập…” in the chat while an answer takes longer than half a second."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram import Chat
from telegram.constants import ChatAction
from telegram.error import TelegramError

SLOW_SECONDS = 0.5
GAP_SECONDS = 0.1  # between any two signs: under a storm of questions answers go first
AGAIN_SECONDS = 4.5  # Telegram takes the sign away after five


class TypingSign:
    """Shows the sign in chats whose answer is slow; seldom enough never to hold up an answer."""

    def __init__(self) -> None:
        self._next = 0.0  # loop time before which no other sign is shown

    @asynccontextmanager
    async def over(self, chat: Chat) -> AsyncIterator[None]:
        """Show the sign once the block takes SLOW_SECONDS, until it ends."""
        showing = asyncio.create_task(self._show(chat))
        try:
            yield
        finally:
            showing.cancel()

    async def _show(self, chat: Chat) -> None:
        loop = asyncio.get_running_loop()
        await asyncio.sleep(SLOW_SECONDS)
        while True:
            now = loop.time()
            self._next = max(now, self._next + GAP_SECONDS)
            await asyncio.sleep(self._next - now)
            try:
                await chat.send_action(ChatAction.TYPING)
            except TelegramError:
                return  # only a sign; the answer comes all the same
            await asyncio.sleep(AGAIN_SECONDS)
