"""What a citizen does in Telegram → one call of the service → one answer and one log row."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import replace
from html import escape
from typing import Any

from telegram import Chat, Message, Update
from telegram.ext import (
    Application,
    CallbackContext,
    CallbackQueryHandler,
    CommandHandler,
    ExtBot,
    MessageHandler,
    filters,
)

from bot import sentences
from bot.answering import Action, Answer, Browse, Erase, Rate
from bot.answering.actions import Leave
from bot.assistant import Assistant
from bot.commands import COMMANDS, Command
from bot.errors import LogError
from bot.outcomes import Outcome
from bot.report import describe
from bot.service import LOOK_BACK_SECONDS, Make, Served, Service
from bot.tickets import Ticket
from bot.verdicts import Verdict
from handlers.telegram.addressed import ForUs, question_of, speaks_to_us
from handlers.telegram.buttons import unpack
from handlers.telegram.delivery import Delivery, Parcel, Posted
from handlers.telegram.intake import name_of
from handlers.telegram.letter import Letter
from handlers.telegram.places import addressed, is_private, person_of
from handlers.telegram.render import letters
from handlers.telegram.typing_sign import TypingSign

logger = logging.getLogger(__name__)

Data = dict[Any, Any]
Context = CallbackContext[ExtBot[None], Data, Data, Data]
Handler = Callable[[Update, Context], Coroutine[Any, Any, None]]
Serve = Callable[[], Served]

BESIDE_SECONDS = 1.0  # how long an update waits for an acknowledgement or a deletion
ALBUMS = 100  # albums remembered, so that ten pictures get one sentence
INSTEAD_OF_TEXT: tuple[tuple[filters.BaseFilter, str], ...] = (
    (filters.PHOTO | filters.VIDEO | filters.Document.ALL, sentences.PICTURE),
    (filters.VOICE | filters.AUDIO | filters.VIDEO_NOTE, sentences.VOICE),
    (filters.Sticker.ALL | filters.ANIMATION | filters.Dice.ALL, sentences.STICKER),
    (filters.LOCATION | filters.VENUE, sentences.LOCATION),
    (filters.CONTACT, sentences.CONTACT),
)


class Conversation:
    """The handlers; they hold the service, the way to send, and no word of anybody."""

    def __init__(
        self,
        service: Service,
        delivery: Delivery,
        posts: Callable[[Ticket | None], Sequence[Posted]] = lambda _: (),
    ) -> None:
        """`posts`: the letters that show a new ticket to staff."""
        self._service = service
        self._posts = posts
        self._delivery = delivery
        self._typing = TypingSign()
        self._beside_tasks: set[asyncio.Future[None]] = set()
        self._albums: deque[str] = deque(maxlen=ALBUMS)

    def register(self, application: Application[Any, Context, Data, Data, Data, Any]) -> None:
        """Register every handler; order matters, the first that fits takes the update."""
        ours = ForUs()
        add = application.add_handler
        add(MessageHandler(ours & filters.TEXT & ~filters.COMMAND, self.text))
        for command in COMMANDS.values():
            add(CommandHandler(command.name, self._command(command), filters=ours))
        add(CallbackQueryHandler(self.tap))
        add(MessageHandler(ours & filters.COMMAND, self.unknown_command))
        add(MessageHandler(ours & filters.CAPTION, self.captioned))
        for kind, sentence in INSTEAD_OF_TEXT:
            add(MessageHandler(ours & kind, self._instead_of_text(sentence)))
        add(MessageHandler(ours & ~filters.StatusUpdate.ALL, self._instead_of_text(sentences.UNSUPPORTED)))
        words = (filters.TEXT & ~filters.COMMAND) | filters.CAPTION
        add(MessageHandler(filters.UpdateType.EDITED_MESSAGE & words, self.edited))
        application.add_error_handler(self.failed)

    async def text(self, update: Update, context: Context) -> None:
        """A question in the citizen's own words; nothing but our name is a greeting."""
        message = update.message
        if message is None:
            return
        question = question_of(message)
        if question:
            await self._serve(update, lambda: self._service.ask(question, person_of(update), message.date))
        else:
            await self._show(update, Assistant.welcome)

    async def unknown_command(self, update: Update, context: Context) -> None:
        """A command we do not have: with words behind it a question, else how to ask."""
        message = update.message
        command, _, words = question_of(message).partition(" ") if message else ("", "", "")
        if message is not None and words.strip():
            question = f"{command.lstrip('/')} {words}"
            await self._serve(update, lambda: self._service.ask(question, person_of(update), message.date))
        else:
            await self._show(update, Assistant.help)

    async def captioned(self, update: Update, context: Context) -> None:
        """A question under a picture: its words are answered, the picture is not looked at."""
        message = update.message
        self._is_more_of_an_album(update)  # the other pictures need no sentence any more
        if message is not None:
            question = question_of(message)
            await self._serve(
                update, lambda: _words_only(self._service.ask(question, person_of(update), message.date))
            )

    async def edited(self, update: Update, context: Context) -> None:
        """An edited question: its answer is edited."""
        message = update.edited_message
        if message is None or not speaks_to_us(message):
            return
        question = question_of(message)
        answered = await self._answers_of(message)
        await self._serve(
            update, lambda: self._service.ask(question, person_of(update), message.edit_date), edits=answered
        )

    async def tap(self, update: Update, context: Context) -> None:
        """A tapped button; everything it needs is in its data."""
        query = update.callback_query
        if query is None:
            return
        action = unpack(query.data or "")
        if isinstance(action, Rate) and action.verdict is Verdict.GOOD:
            await self._thank(update, action)
            return
        acknowledging = asyncio.create_task(self._acknowledge(update, None))
        if action is None:
            await self._show(update, Assistant.gone)
        elif isinstance(action, Erase | Leave) and not is_private(update):
            await self._show(update, _private_only, despite_pause=True)
        else:
            await self._act(update, action)
        await self._beside(acknowledging)

    async def _thank(self, update: Update, action: Rate) -> None:
        """A word in passing, that takes no place in the chat; that the bot is paused takes more words."""
        served = await asyncio.to_thread(self._service.act, action, person_of(update))
        message = served.answer.message
        is_paused = served.answer.outcome is Outcome.PAUSED
        await self._deliver(update, served, addressed(letters(message), update, ()) if is_paused else ())
        thanks = None if served.is_silent or is_paused else message.lead[0]
        await self._beside(self._acknowledge(update, thanks))

    async def _act(self, update: Update, action: Action) -> None:
        query = update.callback_query
        edits = [query.message.message_id] if query and query.message and isinstance(action, Browse) else []
        await self._serve(
            update,
            lambda: self._service.act(action, person_of(update)),
            edits=edits,
            only_pages=isinstance(action, Browse),
            forgets=isinstance(action, Erase),
        )

    async def _beside(self, work: Awaitable[None]) -> None:
        """Let something of no great weight end by itself; what hangs keeps no update in hand."""
        task = asyncio.ensure_future(work)
        self._beside_tasks.add(task)
        task.add_done_callback(self._beside_tasks.discard)
        await asyncio.wait({task}, timeout=BESIDE_SECONDS)

    async def failed(self, update: object, context: Context) -> None:
        """An error in a handler: one apology to the citizen; type, place and a code to the operator."""
        if context.error is not None:
            logger.error("Lỗi %s", describe(context.error))
        if isinstance(update, Update) and update.effective_chat:
            await self._show(update, lambda a: a.say(Outcome.ERROR))

    def _command(self, command: Command) -> Handler:
        async def handle(update: Update, context: Context) -> None:
            if command.is_private and not is_private(update):
                await self._show(update, _private_only, despite_pause=True)
                return
            argument = context.args[0] if context.args else ""
            at = update.message.date if update.message else None
            await self._serve(update, lambda: command.serve(self._service, person_of(update), argument, at))

        return handle

    def _instead_of_text(self, sentence: str) -> Handler:
        async def handle(update: Update, _: Context) -> None:
            if not self._is_more_of_an_album(update):
                await self._show(update, lambda a: a.say(Outcome.UNSUPPORTED, sentence))

        return handle

    def _is_more_of_an_album(self, update: Update) -> bool:
        """Whether pictures sent together with this one were spoken of already."""
        album = update.message.media_group_id if update.message else None
        if album is None:
            return False
        seen = album in self._albums
        self._albums.append(album)
        return seen

    async def _show(self, update: Update, make: Make, *, despite_pause: bool = False) -> None:
        at = update.message.date if update.message else None
        await self._serve(
            update, lambda: self._service.show(make, person_of(update), at, despite_pause=despite_pause)
        )

    async def _serve(
        self,
        update: Update,
        serve: Serve,
        edits: Sequence[int] = (),
        *,
        only_pages: bool = False,
        forgets: bool = False,
    ) -> None:
        """Make the answer off the event loop, send it, keep its row.

        `edits`: our messages whose place the answer takes; with `only_pages` only a page of the menu does.
        `forgets`: what waits for the chat is not sent.
        """
        chat = update.effective_chat
        if chat is None:
            return
        async with self._typing.over(chat):
            served = await asyncio.to_thread(serve)
            if forgets:
                self._delivery.outbox.forget(chat.id)
            outcome = served.answer.outcome
            if outcome is Outcome.RATE_LIMITED or (only_pages and outcome is not Outcome.GREETING):
                edits = ()  # what stands there is worth more than this answer
            sent = () if served.is_silent else addressed(letters(served.answer.message), update, edits)
            await self._deliver(update, served, sent)
        await self._beside(self._delete(chat, edits[len(sent) :]))

    async def _deliver(self, update: Update, served: Served, sent: Sequence[Letter]) -> None:
        chat, person = update.effective_chat, person_of(update)
        if chat is None:
            return
        pseudonym, question = self._names(update, person, served)
        instead = served.answer.message.instead
        await self._delivery.deliver(
            Parcel(
                chat=chat.id,
                letters=sent,
                keep=lambda jobs: self._service.record(served, person, jobs),
                update=name_of(update),
                question=question,
                person=pseudonym,
                stand_in=Letter(escape(instead, quote=False), instead) if instead else None,
                posts=self._posts(served.ticket),
            )
        )

    def _names(self, update: Update, person: str | None, served: Served) -> tuple[str | None, str | None]:
        """The pseudonyms of the person and of the question's place; None where there is none to be kept."""
        message = update.message or update.edited_message
        if served.is_anonymous:
            return None, None
        try:
            has_words = message is not None and bool(message.text or message.caption)
            place = (
                self._service.place_name(message.chat.id, message.message_id)
                if message and has_words
                else None
            )
            return self._service.pseudonym(person), place
        except LogError:
            return None, None  # told when the row is kept

    async def _answers_of(self, message: Message) -> list[int]:
        """The ids of our messages that answer a message; empty when none is known, or the disk is slow."""
        try:
            known = self._service.answers_of(message.chat.id, message.message_id)
            return await asyncio.wait_for(asyncio.wrap_future(known), LOOK_BACK_SECONDS)
        except (LogError, TimeoutError) as error:
            logger.error("Chưa tìm được câu trả lời cũ để sửa (%s).", type(error).__name__)
            return []

    async def _acknowledge(self, update: Update, text: str | None) -> None:
        """Stop the button's spinner; where that fails, the answer comes all the same."""
        query = update.callback_query
        try:
            if query is not None:
                await query.answer(text)
        except Exception as error:  # the answer comes all the same
            logger.info("Không xác nhận được nút bấm (%s).", type(error).__name__)

    async def _delete(self, chat: Chat, messages: Sequence[int]) -> None:
        """Take back the rest of a long answer whose question was edited."""
        for message in messages:
            try:
                await chat.delete_message(message)
            except Exception as error:  # it only stays where it is
                logger.info("Không xóa được phần cũ của câu trả lời (%s).", type(error).__name__)


def _words_only(served: Served) -> Served:
    """The same, with a line that says that the picture was not looked at."""
    message = served.answer.message.with_footer(sentences.CAPTION_ONLY)
    return replace(served, answer=replace(served.answer, message=message))


def _private_only(assistant: Assistant) -> Answer:
    return assistant.say(Outcome.UNSUPPORTED, sentences.PRIVATE_ONLY)
