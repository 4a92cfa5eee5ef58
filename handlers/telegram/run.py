"""The Telegram process: start, serve by polling or webhook until told to stop, end in order."""

import asyncio
import fcntl
import logging
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from telegram import Update
from telegram.error import Conflict, Forbidden, InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder
from telegram.request import BaseRequest

from bot.errors import LogError
from bot.mailbox.sent import SentJournal
from bot.service import Service
from bot.staff.desk import Desk
from bot.storage import Storage
from bot.upkeep import Upkeep
from handlers.telegram.conversation import Conversation
from handlers.telegram.delivery import Delivery
from handlers.telegram.http import AiohttpRequest
from handlers.telegram.intake import Intake
from handlers.telegram.outbox import Outbox, Sleep
from handlers.telegram.patience import patiently, unless_stopped
from handlers.telegram.polling import poll
from handlers.telegram.poster import Poster
from handlers.telegram.profile import introduce, introduce_to_staff
from handlers.telegram.staff import StaffRoom, ticket_letters
from handlers.telegram.webhook import Webhook, listening, register

logger = logging.getLogger(__name__)

WRONG_TOKEN = "Telegram không nhận BOT_TOKEN này; lấy lại mã bot từ @BotFather."
SECOND_PROCESS = "Đã có một tiến trình khác chạy cùng BOT_TOKEN hoặc cùng DATABASE; tiến trình này dừng."
STARTED = "Đang trả lời trên Telegram với tên @{name}; nhấn Ctrl+C để dừng."
UNREACHABLE = "Máy chủ {url} không trả lời như máy chủ Bot API ({error})."
QUIETER = {
    "httpx": logging.WARNING,  # writes the address, and so the token, at INFO
    "httpcore": logging.WARNING,
    "telegram": logging.CRITICAL + 1,  # writes whole updates, and so the citizen's words
    "aiohttp": logging.CRITICAL + 1,  # writes whole requests when one fails
}
FAILED = 1  # exit status


@dataclass(frozen=True, slots=True)
class Office:
    """Where staff work: their desk, and the chat in which they are shown tickets (None: in none)."""

    desk: Desk
    chat: int | None


App = Application[Any, Any, Any, Any, Any, Any]


@dataclass(frozen=True, slots=True)
class Channel:
    """The parts of the Telegram channel, put together; nothing is sent yet."""

    application: App
    delivery: Delivery
    service: Service
    staff: StaffRoom | None = None

    async def intake(self) -> Intake:
        """The way in, knowing what was handled before a restart."""
        try:
            done = await asyncio.wrap_future(self.service.handled())
        except LogError as error:
            logger.error("%s", error)
            done = frozenset()
        bot = self.application.bot
        return Intake(lambda raw: Update.de_json(dict(raw), bot), self.application.process_update, done)


def build(
    token: str,
    api_url: str,
    service: Service,
    storage: Storage,
    *,
    request: BaseRequest | None = None,
    sleep: Sleep = asyncio.sleep,
    office: Office | None = None,
) -> Channel:
    """The channel with every handler registered.

    `storage` holds its mail; beside the file lies the journal of what was sent. `request` carries the calls
    (None: over HTTP). `office`: where staff work; None: there is no staff.
    """
    builder = (
        ApplicationBuilder()
        .token(token)
        .base_url(f"{api_url}/bot")
        .base_file_url(f"{api_url}/file/bot")
        .updater(None)
        .job_queue(None)
    )
    builder = builder.request(request or AiohttpRequest(api_url))
    builder = builder.get_updates_request(request or AiohttpRequest(api_url))
    application = builder.build()
    poster = Poster(application.bot, SentJournal(storage.path.with_name(storage.path.name + "-sent")))
    delivery = Delivery(poster, Outbox(poster, storage, service.now, sleep), service.now)
    chat = office.chat if office else None
    staff = StaffRoom(office.desk, service, delivery, application.bot, chat) if office else None
    if staff is not None:
        staff.register(application)
    Conversation(service, delivery, lambda ticket: ticket_letters(ticket, chat)).register(application)
    return Channel(application, delivery, service, staff)


def run(
    service: Service,
    storage: Storage,
    token: str,
    api_url: str,
    webhook: Webhook | None,
    office: Office | None = None,
) -> int:
    """Serve Telegram until SIGINT or SIGTERM; returns the exit status."""
    quieten()
    with _alone(storage.path) as is_alone:
        if not is_alone:
            print(SECOND_PROCESS, file=sys.stderr)
            return FAILED
        return _run(service, storage, token, api_url, webhook, office)


@contextmanager
def _alone(database: Path) -> Iterator[bool]:
    """Whether no other process serves Telegram on this database; until the block ends none can begin."""
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        lock = os.open(database.with_name(database.name + "-lock"), os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        logger.error("Không mở được tệp khóa cạnh %s: %s", database, error)  # as with a bad disk: go on
        yield True
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield True
    except BlockingIOError:
        yield False
    finally:
        os.close(lock)


def _run(
    service: Service,
    storage: Storage,
    token: str,
    api_url: str,
    webhook: Webhook | None,
    office: Office | None,
) -> int:
    channel = build(token, api_url, service, storage, office=office)
    try:
        asyncio.run(_serve(channel, webhook, office))
    except (InvalidToken, Forbidden):
        print(WRONG_TOKEN, file=sys.stderr)
        return FAILED
    except Conflict:
        print(SECOND_PROCESS, file=sys.stderr)
        return FAILED
    except TelegramError as error:
        print(UNREACHABLE.format(url=api_url, error=type(error).__name__), file=sys.stderr)
        return FAILED
    return 0


def quieten() -> None:
    """Keep the libraries from logging the token or a citizen's words, whatever LOG_LEVEL is."""
    for name, level in QUIETER.items():
        logging.getLogger(name).setLevel(max(level, logging.getLogger().level))


async def _serve(channel: Channel, webhook: Webhook | None, office: Office | None) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    application = channel.application
    nightly = asyncio.create_task(_nightly(channel.service.upkeep(), office))
    introducing: asyncio.Task[None] | None = None
    try:
        await unless_stopped(patiently(application.initialize), stop)
        if stop.is_set():
            return
        intake = await channel.intake()
        await channel.delivery.start()
        print(STARTED.format(name=application.bot.username), flush=True)
        introducing = asyncio.create_task(_introduce(channel, office))
        await _take_updates(channel, intake, webhook, stop)
    finally:
        nightly.cancel()
        if introducing is not None:
            introducing.cancel()
        if channel.staff is not None:
            await channel.staff.stop()
        await channel.delivery.stop()
        await application.shutdown()
        await application.bot.shutdown()  # where the start failed half-way, the line before does nothing


async def _introduce(channel: Channel, office: Office | None) -> None:
    """Say who the bot is and, to staff, what they can do and what waits for them."""
    bot = channel.application.bot
    await introduce(bot, channel.service.assistant.knowledge.ward)
    if office is not None:
        await introduce_to_staff(bot, office.desk.roster, office.chat)
        if channel.staff is not None:
            await channel.staff.greet()


async def _take_updates(
    channel: Channel, intake: Intake, webhook: Webhook | None, stop: asyncio.Event
) -> None:
    bot = channel.application.bot
    if webhook is None:
        await unless_stopped(patiently(partial(bot.delete_webhook, drop_pending_updates=False)), stop)
        await poll(bot, intake, stop)
        return
    async with listening(webhook, intake, channel.delivery):
        await unless_stopped(patiently(partial(register, bot, webhook)), stop)
        await stop.wait()


async def _nightly(upkeep: Upkeep, office: Office | None) -> None:
    """Sweep at the start, for the nights the process was down, and every night, when attempts end too."""
    while True:
        try:
            await asyncio.to_thread(upkeep.run)
        except LogError as error:
            logger.error("Chưa dọn được dữ liệu quá hạn: %s", error)
        await asyncio.sleep(upkeep.seconds_to_next())
        if office is not None:
            await asyncio.to_thread(office.desk.nightly)
