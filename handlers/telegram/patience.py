"""Waiting for Telegram: trying again while it cannot be reached, giving up when told to stop."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, RetryAfter

from handlers.telegram.post import seconds_told

logger = logging.getLogger(__name__)

FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0  # seconds between tries

T = TypeVar("T")


async def patiently(call: Callable[[], Awaitable[T]]) -> T:
    """The result of `call`, tried again with growing waits while the network or Telegram is down."""
    wait, told = FIRST_WAIT, False
    while True:
        try:
            return await call()
        except (BadRequest, Forbidden, InvalidToken, Conflict):
            raise  # trying again cannot help
        except Exception as error:  # the network, Telegram, or something between that answers in its place
            if not told:
                logger.warning("Chưa nối được với Telegram (%s), đang thử lại.", type(error).__name__)
            told = True
            await asyncio.sleep(seconds_told(error) if isinstance(error, RetryAfter) else wait)
            wait = min(wait * 2, LONGEST_WAIT)


async def unless_stopped(call: Coroutine[Any, Any, T], stop: asyncio.Event) -> T | None:
    """The result of `call`, or None when `stop` came first (the call is then given up)."""
    calling, stopping = asyncio.create_task(call), asyncio.create_task(stop.wait())
    await asyncio.wait((calling, stopping), return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if calling.done():
        return calling.result()
    calling.cancel()
    await asyncio.wait((calling,))
    return None
