"""Getting an answer to its chat: at once, or by the outbox; with it, what is kept of it."""

import asyncio
import logging
import secrets
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from telegram.error import BadRequest, RetryAfter

from bot.errors import LogError
from bot.mailbox import mailbox
from bot.mailbox.mailbox import Waiting
from bot.storage import Job
from handlers.telegram.letter import Letter
from handlers.telegram.outbox import FIRST_WAIT, Item, Outbox, noting
from handlers.telegram.post import UnreachableError, seconds_told
from handlers.telegram.poster import Poster

logger = logging.getLogger(__name__)

IN_FLIGHT_SECONDS = 1.0  # a send that takes longer is put into the outbox while it goes on
KEEP_SECONDS = 10.0  # how long an update may wait for the disk; then that is told, and the update is done
NAME_BYTES = 8

Keep = Callable[[Sequence[Job[Any]]], "Future[list[Any]]"]


@dataclass(frozen=True, slots=True)
class Posted:
    """A letter to another chat than the one that is answered; `person`: pseudonym of whose chat it is."""

    chat: int
    letter: Letter
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Parcel:
    """The answer to one update.

    `keep` stores what is to be kept of the answer together with further jobs. `update`: the update's name.
    `question`: the keyed hash of the question that is answered; `person`: the pseudonym of who asked.
    `stand_in`: what is kept in the outbox in place of letters that hold the citizen's own words. `posts`:
    letters to other chats, put into the outbox in the same transaction.
    """

    chat: int
    letters: Sequence[Letter]
    keep: Keep
    update: str
    question: str | None = None
    person: str | None = None
    stand_in: Letter | None = None
    posts: Sequence[Posted] = ()


class Delivery:
    """Delivers parcels: when `deliver` returns, one was sent or lies in the outbox, and its row is kept."""

    def __init__(self, poster: Poster, outbox: Outbox, now: Callable[[], datetime]) -> None:
        self._poster = poster
        self.outbox = outbox
        self._now = now

    async def start(self) -> None:
        """Go on with what waited when the process last ended."""
        self._poster.start()
        await self.outbox.start()

    async def stop(self) -> None:
        """Finish the sends in flight; what waits stays in the outbox."""
        await self.outbox.stop()
        await self._poster.stop()

    async def deliver(self, parcel: Parcel) -> None:
        """Send a parcel and keep its row, or put into the outbox what must wait."""
        if not parcel.letters:
            await self._keep(parcel, [])
        elif self._poster.was_sent(parcel.update):  # before a kill, and not kept
            await self._stash(parcel, parcel.letters[1:])
        elif self.outbox.holds(parcel.chat):
            await self._stash(parcel, parcel.letters)
        else:
            await self._send_first(parcel)

    async def _send_first(self, parcel: Parcel) -> None:
        first, *rest = parcel.letters
        posting = asyncio.create_task(self._poster.post(parcel.chat, first, parcel.update))
        done, _ = await asyncio.wait({posting}, timeout=IN_FLIGHT_SECONDS)
        if not done:
            await self._stash(parcel, parcel.letters, posting=posting)
            return
        try:
            message = posting.result()
        except UnreachableError:
            logger.warning("Một người không nhận tin của máy nữa.")
            await self._keep(parcel, [])
        except BadRequest as error:
            logger.error("Không gửi được câu trả lời (%s).", type(error).__name__)
            await self._stash(parcel, rest)
        except Exception as error:  # the network, Telegram, or something unforeseen
            wait = seconds_told(error) if isinstance(error, RetryAfter) else FIRST_WAIT
            logger.warning("Câu trả lời phải chờ (%s).", type(error).__name__)
            await self._stash(parcel, parcel.letters, wait=wait)
        else:
            await self._stash(parcel, rest, sent=message)

    async def _stash(
        self,
        parcel: Parcel,
        letters: Sequence[Letter],
        *,
        wait: float = 0.0,
        posting: "asyncio.Task[int | None] | None" = None,
        sent: int | None = None,
    ) -> None:
        """Keep the row; put `letters` into the outbox in the same transaction, and begin with them.

        Where that cannot be written they are sent from memory, and this returns when they were.
        """
        items = [Item(self._waiting(parcel, letter), letter) for letter in letters]
        rows = [item.waiting for item in items]
        if parcel.stand_in is not None and rows:  # one for all; it goes when the last of them was sent
            rows = [replace(rows[-1], letter=parcel.stand_in.to_json())]
        note = noting(parcel.question, sent, self._now(), parcel.person)
        is_kept = await self._keep(parcel, [*([note] if note else []), *map(_putting, rows)])
        if not items:
            return
        items[0].posting = posting
        self.outbox.add(parcel.chat, items, wait)
        if not is_kept:
            await self.outbox.emptied(parcel.chat)

    def _waiting(self, parcel: Parcel, letter: Letter) -> Waiting:
        """The row of a letter; the first bears its update's name, under which its send is noted."""
        is_first = letter is parcel.letters[0]
        name = parcel.update if is_first else secrets.token_hex(NAME_BYTES)
        return Waiting(name, self._now(), parcel.chat, letter.to_json(), parcel.question, parcel.person)

    async def _keep(self, parcel: Parcel, jobs: Sequence[Job[Any]]) -> bool:
        """Keep what is kept of the parcel, its posts too; a failure is told and stops nothing.

        Returns whether it is on disk.
        """
        now = self._now()
        posts = [Item(self._post(one), one.letter) for one in parcel.posts]
        putting = (_putting(item.waiting) for item in posts)
        is_kept = await self._kept(
            parcel.keep([lambda db: mailbox.mark_handled(db, parcel.update, now), *jobs, *putting])
        )
        for item in posts if is_kept else ():  # what is not known to the file must reach nobody
            self.outbox.add(item.waiting.chat, [item])
        return is_kept

    def _post(self, one: Posted) -> Waiting:
        name = secrets.token_hex(NAME_BYTES)
        return Waiting(name, self._now(), one.chat, one.letter.to_json(), None, one.person)

    async def _kept(self, future: "Future[list[Any]]") -> bool:
        try:
            await asyncio.wait_for(asyncio.shield(asyncio.wrap_future(future)), KEEP_SECONDS)
        except LogError as error:
            logger.error("%s", error)
        except TimeoutError:
            logger.error("Nhật ký chưa ghi xong sau %d giây.", KEEP_SECONDS)
        else:
            return True
        return False


def _putting(row: Waiting) -> Job[Any]:
    return lambda db: mailbox.put(db, row)
