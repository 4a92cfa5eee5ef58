"""Fetching updates with getUpdates; nothing is confirmed (by the next offset) before it was handled."""

import asyncio
import logging
from collections.abc import Sequence
from typing import Any

from telegram import Bot
from telegram.error import TelegramError

from handlers.telegram.api import call
from handlers.telegram.intake import ALLOWED_UPDATES, GRACE_SECONDS, MOST_IN_HAND, Intake, Raw
from handlers.telegram.patience import patiently, unless_stopped

logger = logging.getLogger(__name__)

POLL_SECONDS = 30  # how long Telegram may hold a call that has nothing to tell
READ_SECONDS = POLL_SECONDS + 10.0  # how long we wait for its answer
PAUSE, LONGEST_PAUSE = 0.02, 0.25  # seconds between looks for more while updates are in hand
BUSY_PAUSE = 0.002  # seconds more for each of them: all come again with every look


async def poll(bot: Bot, intake: Intake, stop: asyncio.Event) -> None:
    """Fetch updates and hand them over until `stop`.

    The offset is the lowest update in hand: what comes after it is fetched again and recognised, so that a
    slow one holds back no other. Raises the library's error when trying again cannot help (wrong token, a
    second poller).
    """
    after: int | None = None  # one more than the highest id seen; None: Telegram has nothing unconfirmed
    pause = PAUSE
    while not stop.is_set():
        batch = await unless_stopped(_fetch(bot, _offset(intake, after), wait=not intake.in_hand), stop)
        if batch is None:
            break
        fresh = [raw for raw in batch if raw["update_id"] not in intake.in_hand]
        for raw in sorted(fresh, key=lambda raw: int(raw["update_id"])):
            after = max(after or 0, int(raw["update_id"]) + 1)
            intake.take(raw)
        if not batch and not intake.in_hand:
            after = None  # all is confirmed; after a quiet week ids begin anew, perhaps lower
        pause = PAUSE + BUSY_PAUSE * len(intake.in_hand) if fresh else min(pause * 1.5, LONGEST_PAUSE)
        if intake.in_hand:
            await unless_stopped(_some_time(intake, pause), stop)
    if intake.in_hand:
        await asyncio.wait(list(intake.in_hand.values()), timeout=GRACE_SECONDS)
    offset = _offset(intake, after)
    if offset is not None:
        await _confirm(bot, offset)


def _offset(intake: Intake, after: int | None) -> int | None:
    """The lowest id that may not be confirmed yet."""
    return min(intake.in_hand, default=after)


async def _some_time(intake: Intake, pause: float) -> None:
    """Wait until nothing is in hand, but no longer than `pause` while there is room for more."""
    if not intake.in_hand:
        return
    timeout = None if intake.is_full else pause
    when = asyncio.FIRST_COMPLETED if intake.is_full else asyncio.ALL_COMPLETED
    await asyncio.wait(list(intake.in_hand.values()), timeout=timeout, return_when=when)


async def _fetch(bot: Bot, offset: int | None, *, wait: bool) -> Sequence[Raw]:
    """The updates from `offset` on as they came, so that one that cannot be read spoils no other."""
    wanted: dict[str, Any] = {
        "timeout": POLL_SECONDS if wait else 0,
        "limit": MOST_IN_HAND,
        "allowed_updates": list(ALLOWED_UPDATES),
    }
    if offset is not None:
        wanted["offset"] = offset

    async def once() -> Sequence[Raw]:
        batch: Any = await call(bot, "getUpdates", read_seconds=READ_SECONDS, **wanted)
        if not isinstance(batch, list) or not all(
            isinstance(one, dict) and isinstance(one.get("update_id"), int) for one in batch
        ):
            raise TelegramError("no list of updates")
        return batch

    return await patiently(once)


async def _confirm(bot: Bot, offset: int) -> None:
    """Tell Telegram that everything before `offset` is done, so that a restart does not get it again."""
    try:
        await call(
            bot, "getUpdates", offset=offset, timeout=0, limit=1, allowed_updates=list(ALLOWED_UPDATES)
        )
    except TelegramError as error:
        logger.warning("Không xác nhận được lần cuối (%s); có thể trả lời lại.", type(error).__name__)
