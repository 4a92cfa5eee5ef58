"""The commands of run_bot.py: what may be typed after it, and what each one starts."""

import argparse
import gc
import logging
import os
import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from dotenv import dotenv_values

from bot import clock, sentences
from bot.assistant import Assistant
from bot.cache import Cache
from bot.errors import BotError, SettingsError
from bot.evaluation.noise import NOISES
from bot.knowledge import load
from bot.learning import TrainedStore
from bot.privacy import Pseudonyms
from bot.secrecy import hide_in_stderr
from bot.settings import ROOT, Settings, describe, read_settings
from bot.storage import Storage
from bot.upkeep import Upkeep
from handlers import parts
from handlers.terminal import ask, chat, check, evaluate, rehearse, sweep, train
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
    parser = _parser()
    options = parser.parse_args(typed)
    if options.command == "check" and options.since is not None and options.on is None:
        parser.error("--since chỉ dùng cùng --on")
    if options.command == "evaluate" and (options.file is None) != options.cross:
        parser.error("evaluate cần một tệp câu hỏi, hoặc --cross")
    if options.command == "ask" and options.conversation and not (options.json and options.question == "-"):
        parser.error("--conversation chỉ dùng cùng --json -")
    if options.command == "check" and options.worklist is not None and options.on is not None:
        parser.error("--worklist không dùng cùng --on; chạy hai lần")
    try:
        values = {**_env_file(env_file), **environment}
        hide_in_stderr((values.get("BOT_TOKEN") or "").strip())
        hide_in_stderr((values.get("WEBHOOK_SECRET") or "").strip())
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
            gc.disable()  # nothing of it is garbage, and this process ends with the check
            if options.on is not None:
                return check.run_changes(settings.knowledge_dir, options.since or clock.today(), options.on)
            return check.run(settings.knowledge_dir, options.worklist)
        case "ask":
            question, as_json = options.question, options.json
            with parts.terminal(settings, options.now, counts=False) as opened:
                return ask.run(
                    opened.service,
                    question,
                    as_json=as_json,
                    is_conversation=options.conversation,
                    why=options.why,
                )
        case "evaluate":
            return _evaluate(options, settings)
        case "train":
            knowledge = load(settings.knowledge_dir).use()
            return train.run(knowledge, with_judge=options.judge)
        case "rehearse":
            return rehearse.run(
                options.before,
                options.after,
                options.now or clock.now(),
                settings.cache_dir,
                with_golden=options.golden,
                typed=sys.stdin.buffer,
            )
        case "sweep":
            return _sweep(settings, dry_run=options.dry_run)
        case "telegram":
            return _telegram(settings)
        case None if settings.bot_token:
            return _telegram(settings)
        case None:
            print(sentences.CHAT_NO_TOKEN, flush=True)
            with parts.terminal(settings, None, counts=True) as opened:
                return chat.run(opened.service)
        case _:
            with parts.terminal(settings, options.now, counts=options.now is None) as opened:
                return chat.run(opened.service)


def _telegram(settings: Settings) -> int:
    if settings.bot_token is None:
        print(NO_TOKEN, file=sys.stderr)
        return NEEDS_TOKEN
    from handlers.telegram import Office, Webhook, run  # the Telegram library; no other command needs it

    webhook = None
    if settings.webhook_url and settings.webhook_secret:
        webhook = Webhook(
            settings.webhook_url, settings.webhook_secret, settings.webhook_listen, settings.webhook_port
        )
    token, url = settings.bot_token, settings.telegram_api_url
    with parts.telegram(settings) as opened:
        office = Office(opened.desk, settings.staff_chat_id) if opened.desk else None
        return run(opened.service, opened.storage, token, url, webhook, office)


def _sweep(settings: Settings, *, dry_run: bool) -> int:
    storage = Storage(settings.database)
    try:
        upkeep = Upkeep(storage, Pseudonyms(settings.pseudonym_key_file), clock.now)
        return sweep.run(upkeep, dry_run=dry_run)
    finally:
        storage.close()


def _evaluate(options: argparse.Namespace, settings: Settings) -> int:
    cache = Cache(settings.cache_dir)
    knowledge = load(settings.knowledge_dir, cache).use()
    if options.cross:
        return evaluate.run_cross(knowledge, as_json=options.json)
    now = clock.now()
    moment = options.now or now
    assistant = Assistant(knowledge, lambda: moment, TrainedStore(settings.cache_dir))
    return evaluate.run(
        assistant,
        options.file,
        options.noise,
        now,
        settings.database.parent / "evaluations",
        as_json=options.json,
        html=options.html,
    )


def _moment(text: str) -> datetime:
    try:
        return clock.moment(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” sai dạng; viết như 2027-01-01T08:00") from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” sai dạng; viết như 2027-03-01") from None


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
    chatting = commands.add_parser("chat", help="trò chuyện trong cửa sổ lệnh; nút bấm là số")
    asking = commands.add_parser("ask", help="trả lời một câu hỏi rồi dừng")
    asking.add_argument("question", help='câu hỏi; "-" thì đọc từ đầu vào chuẩn')
    asking.add_argument("--json", action="store_true", help="in JSON; với -, mỗi dòng vào một dòng ra")
    asking.add_argument(
        "--conversation",
        action="store_true",
        help="với --json -: các dòng là một cuộc trò chuyện, dòng trống bắt đầu cuộc khác",
    )
    asking.add_argument("--why", action="store_true", help="nói thêm vì sao máy hiểu như vậy")
    for answering in (chatting, asking):
        answering.add_argument(
            "--now",
            type=_moment,
            metavar="LÚC",
            help="trả lời như vào lúc ấy, giờ Việt Nam, ví dụ 2027-01-01T08:00; không tính vào số liệu",
        )
    checking = commands.add_parser("check", help="kiểm tra kho kiến thức; có lỗi thì dừng với mã 1")
    checking.add_argument(
        "--worklist",
        type=Path,
        metavar="TỆP",
        help="ghi việc cán bộ còn phải làm ra tệp .txt, .csv hoặc .xlsx",
    )
    checking.add_argument(
        "--on",
        type=_day,
        metavar="NGÀY",
        help="cho biết đến ngày ấy phần nào của mục nào đổi, mục nào phải xem lại trước, ví dụ 2027-03-01",
    )
    checking.add_argument(
        "--since", type=_day, metavar="NGÀY", help="với --on: tính từ ngày này, không ghi là hôm nay"
    )
    evaluating = commands.add_parser(
        "evaluate", help="đo xem câu hỏi được hiểu đúng đến đâu; không ghi nhật ký"
    )
    evaluating.add_argument("file", type=Path, nargs="?", metavar="TỆP.jsonl", help="câu hỏi có nhãn")
    evaluating.add_argument("--noise", choices=sorted(NOISES), default="none", help="gõ lỗi thử")
    evaluating.add_argument("--html", type=Path, metavar="TỆP", help="ghi báo cáo có hình")
    evaluating.add_argument("--json", action="store_true", help="in JSON")
    evaluating.add_argument("--now", type=_moment, metavar="LÚC", help="hỏi như vào lúc ấy")
    evaluating.add_argument(
        "--cross", action="store_true", help="hỏi từng cách hỏi trong kho như chưa biết (vài phút)"
    )
    training = commands.add_parser("train", help="học lại từ các cách hỏi, ghi vào trained/")
    training.add_argument("--judge", action="store_true", help="học lại cả độ tin (vài phút)")
    rehearsing = commands.add_parser(
        "rehearse", help="thử một bản kho kiến thức bên cạnh bản đang dùng: câu nào được trả lời khác"
    )
    rehearsing.add_argument("before", type=Path, metavar="ĐANG_DÙNG", help="thư mục kiến thức đang dùng")
    rehearsing.add_argument("after", type=Path, metavar="BẢN_MỚI", help="thư mục kiến thức định dùng")
    rehearsing.add_argument("--golden", action="store_true", help="hỏi cả các câu mẫu có nhãn")
    rehearsing.add_argument("--now", type=_moment, metavar="LÚC", help="hỏi như vào ngày ấy")
    sweeping = commands.add_parser("sweep", help="xóa dữ liệu quá hạn (bot Telegram tự làm mỗi đêm)")
    sweeping.add_argument("--dry-run", action="store_true", help="chỉ cho biết sẽ xóa gì")
    return parser
