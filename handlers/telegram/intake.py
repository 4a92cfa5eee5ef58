"""The one place where updates come in: each chat's in order, chats side by side, confirmed after handling."""

import asyncio
import logging
import warnings
from collections import defaultdict
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any, TypeVar

from telegram import Bot, Update
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, RetryAfter, TelegramError

from handlers.telegram.send import seconds_told

logger = logging.getLogger(__name__)

ALLOWED_UPDATES = (Update.MESSAGE, Update.CALLBACK_QUERY)
POLL_SECONDS = 30  # how long Telegram may hold a call that has nothing to tell
GRACE_SECONDS = 5.0  # how long, once told to stop, updates in hand may still take
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0  # seconds between tries when Telegram cannot be reached

T = TypeVar("T")
Handle = Callable[[Update], Awaitable[None]]


class Intake:
    """Hands updates to `handle`; polling and, later, a webhook both end here."""

    def __init__(self, handle: Handle) -> None:
        self._handle = handle

    async def take(self, updates: Sequence[Update]) -> None:
        """Handle updates and return when all are handled; an error in one stops no other."""
        chats: dict[int | None, list[Update]] = defaultdict(list)
        for update in updates:
            chats[update.effective_chat.id if update.effective_chat else None].append(update)
        await asyncio.gather(*(self._one_chat(chat) for chat in chats.values()))

    async def _one_chat(self, updates: Sequence[Update]) -> None:
        for update in updates:
            try:
                await self._handle(update)
            except Exception as error:
                logger.error("Lỗi ngoài dự kiến khi xử lý một cập nhật: %s", type(error).__name__)


async def poll(bot: Bot, intake: Intake, stop: asyncio.Event) -> None:
    """Fetch and hand over updates until `stop`; a batch is confirmed only after it was handled.

    Raises the library's error when trying again cannot help (wrong token, a second poller).
    """
    offset: int | None = None
    while not stop.is_set():
        updates = await unless_stopped(_fetch(bot, offset), stop)
        if updates:
            if not await _handled(intake, updates, stop):
                return  # not confirmed: after a restart they come again
            offset = updates[-1].update_id + 1
    if offset is not None:
        await _confirm(bot, offset)


async def _handled(intake: Intake, updates: Sequence[Update], stop: asyncio.Event) -> bool:
    """Whether all updates were handled; told to stop, only GRACE_SECONDS more are given to them."""
    handling, stopping = asyncio.create_task(intake.take(updates)), asyncio.create_task(stop.wait())
    await asyncio.wait((handling, stopping), return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    await asyncio.wait((handling,), timeout=GRACE_SECONDS)
    if handling.done():
        return True
    handling.cancel()
    await asyncio.wait((handling,))
    return False


async def _fetch(bot: Bot, offset: int | None) -> Sequence[Update]:
    async def once() -> Sequence[Update]:
        try:
            return await bot.get_updates(offset=offset, timeout=POLL_SECONDS, allowed_updates=ALLOWED_UPDATES)
        except (KeyError, TypeError, ValueError):  # one update that the library cannot read spoils its batch
            return await _fetch_readable(bot, offset)

    return await patiently(once)


async def _fetch_readable(bot: Bot, offset: int | None) -> Sequence[Update]:
    """The waiting updates one by one; one that cannot be read becomes an empty one and is passed over."""
    wanted = {"timeout": 0, "allowed_updates": list(ALLOWED_UPDATES)} | ({"offset": offset} if offset else {})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library would rather have us use what has just failed
        raw: Any = await bot.do_api_request("getUpdates", api_kwargs=wanted)
    updates = []
    for one in raw:
        try:
            updates.append(Update.de_json(one, bot))
        except (KeyError, TypeError, ValueError) as error:
            logger.error("Bỏ qua một cập nhật không đọc được (%s).", type(error).__name__)
            updates.append(Update(one["update_id"]))
    return updates


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


async def _confirm(bot: Bot, offset: int) -> None:
    """Tell Telegram that everything before `offset` is done, so that a restart does not get it again."""
    try:
        await bot.get_updates(offset=offset, timeout=0, limit=1, allowed_updates=ALLOWED_UPDATES)
    except TelegramError as error:
        logger.warning("Không xác nhận được lần cuối (%s); có thể trả lời lại.", type(error).__name__)
