"""Letters that wait, chat by chat and in order; they lie in the file, so that they outlive the process."""

import asyncio
import logging
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from telegram.error import BadRequest, RetryAfter

from bot.errors import LogError
from bot.mailbox import mailbox
from bot.mailbox.mailbox import Waiting
from bot.privacy.retention import OUTBOX_HOURS
from bot.storage import Job, Storage
from handlers.telegram.letter import Letter
from handlers.telegram.post import UnreachableError, seconds_told
from handlers.telegram.poster import STOP_SECONDS, Poster

logger = logging.getLogger(__name__)

FIRST_WAIT, LONGEST_WAIT = 0.5, 60.0  # seconds between tries at one letter
LONGEST_LIFE = timedelta(hours=OUTBOX_HOURS)

Sleep = Callable[[float], Awaitable[None]]


@dataclass(slots=True)
class Item:
    """A letter that waits; `posting`: the send that is already going on."""

    waiting: Waiting
    letter: Letter
    posting: "asyncio.Task[int | None] | None" = None


class Outbox:
    """Sends what waits, however long it takes; a chat that must wait holds back no other."""

    def __init__(
        self, poster: Poster, storage: Storage, now: Callable[[], datetime], sleep: Sleep = asyncio.sleep
    ) -> None:
        self._poster = poster
        self._storage = storage
        self._now = now
        self._sleep = sleep
        self._lanes: dict[int, deque[Item]] = {}  # chats in which something waits
        self._drains: dict[int, asyncio.Task[None]] = {}
        self._asleep: set[int] = set()  # chats whose drain waits for its time
        self._loading: asyncio.Task[None] | None = None
        self._stopping = False

    @property
    def waiting(self) -> int:
        """How many letters wait."""
        return sum(map(len, self._lanes.values()))

    def holds(self, chat: int) -> bool:
        """Whether something waits for a chat."""
        return chat in self._lanes

    async def start(self) -> None:
        """Go on with what waited when the process last ended; a file that is busy is asked again."""
        try:
            await self._load()
        except LogError as error:
            logger.error("%s", error)
            self._loading = asyncio.create_task(self._load_later())

    async def stop(self) -> None:
        """Begin no more sends, let those in flight end; what waits stays in the file."""
        self._stopping = True
        for chat in self._asleep:
            self._drains[chat].cancel()
        if self._loading is not None:
            self._loading.cancel()
        drains = list(self._drains.values())
        if drains:
            _, hanging = await asyncio.wait(drains, timeout=STOP_SECONDS)
            for drain in hanging:
                drain.cancel()
            await asyncio.gather(*drains, return_exceptions=True)

    async def emptied(self, chat: int) -> None:
        """Wait until nothing waits for a chat any more."""
        while (drain := self._drains.get(chat)) is not None:
            await asyncio.wait({drain})

    async def settled(self) -> None:
        """Wait until nothing waits any more."""
        while self._drains:
            await asyncio.wait(list(self._drains.values()))

    def forget(self, chat: int) -> None:
        """Send nothing more of what waits for a chat (its rows are deleted already)."""
        self._lanes.pop(chat, None)
        drain = self._drains.pop(chat, None)
        if drain is not None:
            drain.cancel()

    def add(self, chat: int, items: Sequence[Item], wait: float = 0.0) -> None:
        """Send these after what waits for the chat already; the first try comes after `wait` seconds."""
        lane = self._lanes.setdefault(chat, deque())
        lane.extend(items)
        if chat not in self._drains:
            self._drains[chat] = asyncio.create_task(self._drain(chat, lane, wait))

    async def _load(self) -> None:
        rows = await asyncio.wrap_future(self._storage.submit(mailbox.waiting))
        chats: dict[int, list[Item]] = defaultdict(list)
        done = [row.name for row in rows if self._poster.was_sent(row.name) or self._is_too_old(row)]
        await self._remove(done)
        for row in rows:
            if row.name not in done:
                chats[row.chat].append(Item(row, Letter.from_json(row.letter)))
        for chat, items in chats.items():
            self.add(chat, items)

    async def _load_later(self) -> None:
        wait = FIRST_WAIT
        while True:
            await self._sleep(wait)
            try:
                await self._load()
            except LogError:
                wait = min(wait * 2, LONGEST_WAIT)
            else:
                return

    def _is_too_old(self, waiting: Waiting) -> bool:
        return self._now() - waiting.time >= LONGEST_LIFE

    async def _drain(self, chat: int, lane: "deque[Item]", wait: float) -> None:
        """Send what waits for a chat, one after another."""
        backoff = FIRST_WAIT
        try:
            while lane and not self._stopping:
                if wait:
                    await self._rest(chat, wait)
                wait = await self._try(chat, lane, backoff)
                backoff = min(backoff * 2, LONGEST_WAIT) if wait else FIRST_WAIT
        finally:
            if self._lanes.get(chat) is lane:
                del self._lanes[chat], self._drains[chat]

    async def _rest(self, chat: int, seconds: float) -> None:
        self._asleep.add(chat)
        try:
            await self._sleep(seconds)
        finally:
            self._asleep.discard(chat)

    async def _try(self, chat: int, lane: "deque[Item]", backoff: float) -> float:
        """Try the first letter of a lane; returns the seconds to wait before the next try, 0 for none."""
        item = lane[0]
        try:
            message = await (item.posting or self._poster.post(chat, item.letter, item.waiting.name))
        except UnreachableError:
            logger.warning("Một người không nhận tin của máy nữa; bỏ %d câu trả lời đang chờ.", len(lane))
            await self._remove([one.waiting.name for one in lane])
            lane.clear()
        except BadRequest as error:
            logger.error("Không gửi được câu trả lời (%s).", type(error).__name__)
            await self._remove([lane.popleft().waiting.name])
        except Exception as error:  # the network, Telegram, or something unforeseen: try again, not for ever
            item.posting = None
            if not self._is_too_old(item.waiting):
                return seconds_told(error) if isinstance(error, RetryAfter) else backoff
            told = type(error).__name__
            logger.error("Bỏ một câu trả lời không gửi được sau %d giờ (%s).", OUTBOX_HOURS, told)
            await self._remove([lane.popleft().waiting.name])
        else:
            row = item.waiting
            await self._remove([row.name], noting(row.question, message, row.time, row.person))
            if lane and lane[0] is item:
                lane.popleft()
        return 0.0

    async def _remove(self, names: Sequence[str], then: Job[Any] | None = None) -> None:
        """Take rows out of the file; `then` is done with it where any was there."""
        if not names:
            return

        def remove(db: Any) -> None:
            if mailbox.remove(db, names) and then is not None:
                then(db)

        try:
            await asyncio.wrap_future(self._storage.submit(remove))
        except LogError as error:
            logger.error("%s", error)


def noting(question: str | None, message: int | None, time: datetime, person: str | None) -> Job[Any] | None:
    """What remembers that a message answers a question; None where there is nothing to remember."""
    if question is None or message is None:
        return None
    return lambda db: mailbox.note_answer(db, question, [message], time, person)
