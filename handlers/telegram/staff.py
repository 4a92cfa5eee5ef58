"""What staff do in Telegram → one call of the desk → one reply, and messages to others."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from telegram import Bot, Update
from telegram.error import TelegramError
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.answering import Message
from bot.answering.actions import Staff
from bot.service import Service
from bot.staff import sentences
from bot.staff.desk import COMMAND_ROLES, Desk
from bot.staff.reply import Post, Reply, says
from bot.staff.ticket_work import shown
from bot.tickets import Kind, Ticket
from handlers.telegram.addressed import About, Here, reference_of
from handlers.telegram.awaited import Awaited, Questions
from handlers.telegram.buttons import STAFF_DATA, unpack
from handlers.telegram.conversation import Context, Data, Handler
from handlers.telegram.delivery import Delivery, Parcel, Posted
from handlers.telegram.intake import name_of
from handlers.telegram.letter import Letter
from handlers.telegram.places import addressed, is_private, person_of
from handlers.telegram.post import UnreachableError, post
from handlers.telegram.render import letters

logger = logging.getLogger(__name__)

PROGRESS_SECONDS = 1.5  # between two tellings of how far some work got; Telegram takes one message a second
WORKS = 2  # pieces of work that go on at once; further ones wait
PURGE_SECONDS = 30.0  # how long it is waited until who is told was told
SHOWN = frozenset({Kind.ASK})  # tickets that staff are shown
Act = Callable[[], Reply]


class StaffRoom:
    """The handlers of staff; they hold the desk and the way to send."""

    def __init__(self, desk: Desk, service: Service, delivery: Delivery, bot: Bot, chat: int | None) -> None:
        """`chat`: the staff chat; None: there is none."""
        self._desk = desk
        self._service = service
        self._delivery = delivery
        self._bot = bot
        self._chat = chat
        self._works: set[asyncio.Task[None]] = set()
        self._asked = Questions(service.now)
        self._threads = ThreadPoolExecutor(WORKS, "staff")  # of its own: citizens wait for none of it

    def register(self, application: Application[Any, Context, Data, Data, Data, Any]) -> None:
        """Register every handler of staff; they come before those of citizens."""
        here, about = Here(self._chat), About()
        for name in COMMAND_ROLES:
            application.add_handler(CommandHandler(name, self._command(name), filters=here))
        application.add_handler(CallbackQueryHandler(self.tap, pattern=STAFF_DATA))
        application.add_handler(MessageHandler(filters.UpdateType.MESSAGE & about, self.reply))
        plain = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE & filters.TEXT & ~filters.COMMAND
        application.add_handler(MessageHandler(plain & Awaited(self._asked), self.plain))
        application.add_handler(MessageHandler(filters.UpdateType.EDITED_MESSAGE & about, self.edited))

    async def stop(self) -> None:
        """Give up the work that goes on; what it tried is not published."""
        self._desk.stop()
        await self.settled()
        self._threads.shutdown(wait=False)

    async def greet(self) -> None:
        """Tell the staff chat what waits for staff, where something does."""
        waiting = await asyncio.to_thread(self._desk.waiting)
        if waiting is not None and self._chat is not None:
            await self._begin(self._chat, letters(waiting)[0])

    async def settled(self) -> None:
        """Wait until no work goes on any more."""
        while self._works:
            await asyncio.wait(self._works)

    def _command(self, name: str) -> Handler:
        async def handle(update: Update, _: Context) -> None:
            __, *words = (update.message.text or "" if update.message else "").split(maxsplit=1)
            argument = words[0] if words else ""
            await self._serve(update, lambda: self._desk.command(name, argument, person_of(update)))

        return handle

    async def tap(self, update: Update, context: Context) -> None:
        """A tapped button of staff; everything it needs is in its data."""
        query = update.callback_query
        action = unpack(query.data or "") if query else None
        if query is None or not isinstance(action, Staff):
            return
        acknowledging = asyncio.create_task(_acknowledge(update))
        at = [query.message.message_id] if query.message else []
        person = person_of(update)
        await self._serve(update, lambda: self._desk.tap(action.step, action.argument, person), at)
        await acknowledging

    async def reply(self, update: Update, context: Context) -> None:
        """A reply to a message of ours that says what a reply to it means."""
        message = update.message
        if message is not None:
            reference, text = reference_of(message) or "", message.text or ""
            await self._serve(update, lambda: self._desk.take(reference, text, person_of(update)))

    async def plain(self, update: Update, context: Context) -> None:
        """A message of who was just asked something, though it is no reply: it is meant as one."""
        message, person = update.message, person_of(update)
        reference = self._asked.taken(person)
        if message is not None and reference is not None:
            await self._serve(update, lambda: self._desk.take(reference, message.text or "", person))

    async def edited(self, update: Update, context: Context) -> None:
        """A reply that was changed afterwards: what it did is done."""
        await self._serve(update, lambda: says(sentences.EDITED))

    async def _serve(self, update: Update, act: Act, at: Sequence[int] = ()) -> None:
        """Make the reply off the event loop and send it; `at`: the message whose button was tapped."""
        chat = update.effective_chat
        if chat is None:
            return
        if not self._is_heard(update):
            await self._deliver(chat.id, name_of(update), Reply(Message(())), ())
            return
        is_here = chat.type == chat.PRIVATE or chat.id == self._chat
        reply = await asyncio.to_thread(act) if is_here else says(sentences.NOT_HERE)
        self._asked.note(person_of(update), reply.message.reference if is_private(update) else None)
        sent = addressed(letters(reply.message), update, at if reply.replaces else ())
        name = name_of(update)
        if reply.work is None:
            await self._deliver(chat.id, name, reply, sent)
            return
        message = await self._begin(chat.id, sent[0])
        await self._deliver(chat.id, name, reply, ())
        work = asyncio.create_task(self._work(chat.id, f"{name}-done", reply, message))
        self._works.add(work)
        work.add_done_callback(self._works.discard)

    def _is_heard(self, update: Update) -> bool:
        """Whether there is an answer; a stranger's many attempts get none."""
        person = person_of(update)
        return person is None or self._desk.knows(person) or self._service.admits(person)

    async def _deliver(self, chat: int, name: str, reply: Reply, sent: Sequence[Letter]) -> None:
        await self._delivery.deliver(
            Parcel(
                chat=chat,
                letters=sent,
                keep=lambda jobs: self._service.keep([*reply.jobs, *jobs]),
                update=name,
                posts=[each for one in reply.posts for each in self._posted(one)],
            )
        )

    def _posted(self, one: Post) -> list[Posted]:
        chat = self._chat if one.to is None else int(one.to)
        return [] if chat is None else [Posted(chat, letter, one.person) for letter in letters(one.message)]

    async def _work(self, chat: int, name: str, reply: Reply, message: int | None) -> None:
        """Do the work off the event loop, tell how far it got, then what came of it."""
        lines = [""]
        loop = asyncio.get_running_loop()
        working = loop.run_in_executor(self._threads, self._desk.work, reply, lines.append)
        told = ""
        while not working.done():
            await asyncio.wait({working}, timeout=PROGRESS_SECONDS)
            if lines[-1] != told and not working.done() and message is not None:
                told = lines[-1]
                await self._begin(chat, Letter(told, told, edits=message))
        done = working.result()
        first, *rest = letters(done.message)
        if message is not None:  # a new message rings, an edited one does not
            await self._begin(chat, Letter(sentences.PROGRESS_DONE, sentences.PROGRESS_DONE, edits=message))
        await self._deliver(chat, name, done, [first, *rest])
        if done.purges:
            await self._purge([int(one.to) for one in done.posts if one.to is not None])
        await loop.run_in_executor(self._threads, self._desk.tidy)

    async def _purge(self, chats: Sequence[int]) -> None:
        """Once these chats were told, take out of the files what linked them to anything."""
        emptied = [asyncio.ensure_future(self._delivery.outbox.emptied(chat)) for chat in chats]
        if emptied:
            await asyncio.wait(emptied, timeout=PURGE_SECONDS)
        await asyncio.get_running_loop().run_in_executor(self._threads, self._desk.purge)

    async def _begin(self, chat: int, letter: Letter) -> int | None:
        """Say that work begins, or how far it got; returns the message that says so, None where none does."""
        try:
            return await post(self._bot, chat, letter)
        except (TelegramError, UnreachableError) as error:
            logger.warning("Chưa báo được việc đang làm (%s).", type(error).__name__)
            return None


def ticket_letters(ticket: Ticket | None, chat: int | None) -> list[Posted]:
    """The letters that show a new ticket in the staff chat."""
    if ticket is None or chat is None or ticket.kind not in SHOWN:
        return []
    return [Posted(chat, letter) for letter in letters(shown(ticket))]


async def _acknowledge(update: Update) -> None:
    """Stop the button's spinner; where that fails, the reply comes all the same."""
    try:
        if update.callback_query is not None:
            await update.callback_query.answer()
    except TelegramError as error:
        logger.info("Không xác nhận được nút bấm (%s).", type(error).__name__)
