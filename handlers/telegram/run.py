"""The Telegram process: start, poll until told to stop, end in order."""

import asyncio
import logging
import signal
import sys
from typing import Any

from telegram import BotCommand
from telegram.error import Conflict, Forbidden, InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder
from telegram.request import BaseRequest

from bot import sentences
from bot.service import Service
from handlers.telegram.conversation import Conversation
from handlers.telegram.intake import Intake, patiently, poll, unless_stopped

logger = logging.getLogger(__name__)

WRONG_TOKEN = "Telegram không nhận BOT_TOKEN này; lấy lại mã bot từ @BotFather."
SECOND_PROCESS = "Đã có một tiến trình khác chạy cùng BOT_TOKEN; tiến trình này dừng."
STARTED = "Đang trả lời trên Telegram với tên @{name}; nhấn Ctrl+C để dừng."
UNREACHABLE = "Máy chủ {url} không trả lời như máy chủ Bot API ({error})."
QUIETER = {
    "httpx": logging.WARNING,  # writes the address, and so the token, at INFO
    "httpcore": logging.WARNING,
    "telegram": logging.CRITICAL + 1,  # writes whole updates, and so the citizen's words
}
FAILED = 1  # exit status


def build(
    token: str, api_url: str, service: Service, request: BaseRequest | None = None
) -> Application[Any, Any, Any, Any, Any, Any]:
    """The application with every handler registered; nothing is sent yet.

    `request` carries the calls; the library's own, over HTTP, where None.
    """
    builder = (
        ApplicationBuilder()
        .token(token)
        .base_url(f"{api_url}/bot")
        .base_file_url(f"{api_url}/file/bot")
        .updater(None)
        .job_queue(None)
    )
    if request is not None:
        builder = builder.request(request).get_updates_request(request)
    application = builder.build()
    Conversation(service).register(application)
    return application


def run(service: Service, token: str, api_url: str) -> int:
    """Serve Telegram until SIGINT or SIGTERM; returns the exit status."""
    quieten()
    application = build(token, api_url, service)
    try:
        asyncio.run(_serve(application))
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


async def _serve(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    try:
        await unless_stopped(patiently(application.initialize), stop)
        if stop.is_set():
            return
        print(STARTED.format(name=application.bot.username), flush=True)
        await _introduce(application)
        await poll(application.bot, Intake(application.process_update), stop)
    finally:
        await application.shutdown()


async def _introduce(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
    """Set the commands that Telegram shows; without them the bot answers all the same."""
    commands = [
        BotCommand("start", sentences.START_COMMAND),
        BotCommand("help", sentences.HELP_COMMAND),
    ]
    try:
        await application.bot.set_my_commands(commands)
    except TelegramError as error:
        logger.warning("Chưa đặt được danh sách lệnh (%s).", type(error).__name__)
