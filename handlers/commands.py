"""The commands of run_bot.py: what may be typed after it, and what each one starts."""

import argparse
import gc
import logging
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from dotenv import dotenv_values

from bot import clock, sentences
from bot.assistant import Assistant
from bot.errors import BotError, SettingsError
from bot.knowledge import load
from bot.log import QueryLog
from bot.privacy import Pseudonyms
from bot.secrecy import hide_in_stderr
from bot.service import Service
from bot.settings import ROOT, Settings, describe, read_settings
from handlers.terminal import ask, chat, check
from handlers.terminal.render import quiet_pipe

NO_TOKEN = (
    "Chưa có BOT_TOKEN. Nhắn @BotFather trên Telegram, gửi /newbot để nhận mã bot,"
    " rồi ghi BOT_TOKEN=… vào tệp .env."
)
FAILED, NEEDS_TOKEN = 1, 2  # exit statuses


def main(
    arguments: Sequence[str],
    environment: Mapping[str, str] = os.environ,
    env_file: Path = ROOT / ".env",
) -> int:
    """Run one command; returns the exit status. A set variable wins over the same line of `env_file`."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    typed = [os.fsencode(argument).decode("utf-8", errors="replace") for argument in arguments]
    options = _parser().parse_args(typed)
    try:
        values = {**_env_file(env_file), **environment}
        hide_in_stderr(values.get("BOT_TOKEN"))
        settings = read_settings(values)
        logging.basicConfig(level=settings.logging_level)
        logging.captureWarnings(True)
        with quiet_pipe():
            return _run(options, settings)
        return 0
    except BotError as error:
        print(error, file=sys.stderr)
        return FAILED


def _env_file(file: Path) -> dict[str, str | None]:
    try:
        return dotenv_values(file)
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError([f"{file} không đọc được; cần một tệp chữ UTF-8."]) from error


def _run(options: argparse.Namespace, settings: Settings) -> int:
    match options.command:
        case "check":
            return check.run(settings.knowledge_dir)
        case "ask":
            run = partial(ask.run, question=options.question, as_json=options.json)
            return _with_service(settings, "terminal", run, counts=False)
        case "telegram":
            return _telegram(settings)
        case None if settings.bot_token:
            return _telegram(settings)
        case None:
            print(sentences.CHAT_NO_TOKEN, flush=True)
            return _with_service(settings, "terminal", chat.run)
        case _:
            return _with_service(settings, "terminal", chat.run)


def _telegram(settings: Settings) -> int:
    if settings.bot_token is None:
        print(NO_TOKEN, file=sys.stderr)
        return NEEDS_TOKEN
    from handlers.telegram import run  # imports the Telegram library, which no other command needs

    token, url = settings.bot_token, settings.telegram_api_url
    return _with_service(settings, "telegram", partial(run, token=token, api_url=url))


def _with_service(
    settings: Settings, channel: str, run: Callable[[Service], int], *, counts: bool = True
) -> int:
    gc.disable()  # nothing of what is loaded here is garbage; looking for some takes a seventh of the start
    assistant = Assistant(load(settings.knowledge_dir).use(), clock.today)
    gc.freeze()
    gc.enable()
    log = QueryLog(settings.database)
    pseudonyms = Pseudonyms(settings.pseudonym_key_file)
    service = Service(assistant, log, pseudonyms, clock.now, channel=channel, counts=counts)
    try:
        return run(service)
    finally:
        service.close()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="run_bot.py",
        description="Máy trả lời thủ tục của phường. Không ghi lệnh: chạy Telegram khi có BOT_TOKEN, "
        "không có thì trò chuyện trong cửa sổ lệnh.",
        epilog="Cài đặt (biến môi trường hoặc tệp .env):\n" + describe(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", metavar="LỆNH", title="các lệnh")
    commands.add_parser("telegram", help="chỉ chạy Telegram; thiếu BOT_TOKEN thì dừng với mã 2")
    commands.add_parser("chat", help="trò chuyện trong cửa sổ lệnh; nút bấm là số")
    asking = commands.add_parser("ask", help="trả lời một câu hỏi rồi dừng")
    asking.add_argument("question", help='câu hỏi; "-" thì đọc từ đầu vào chuẩn')
    asking.add_argument("--json", action="store_true", help="in JSON; với -, mỗi dòng vào một dòng ra")
    commands.add_parser("check", help="kiểm tra kho kiến thức; có lỗi thì dừng với mã 1")
    return parser
