"""How many questions a second the Telegram process answers, and how soon, beside a bare echo bot.

Both bots run as processes of their own against one small Bot API server on 127.0.0.1 with real offset
semantics, in turn, several times:

- closed loop: each of 20 people asks, waits for the answer, asks again; answers a second;
- open loop: 30 questions a second from many people; milliseconds from question to answer, median and p99;
- the same while one chat is slow: the server takes 3 s to take in each answer to it.

    python bench/throughput.py [rounds] [--seconds N]
"""

import asyncio
import logging
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from aiohttp import web

ROOT = Path(__file__).resolve().parent.parent
TOKEN = "123456789:AAHfakefakefakefakefakefakefakefakefa"
BOT = {"id": 123456789, "is_bot": True, "first_name": "An Cựu", "username": "ancuu_test_bot"}
QUESTIONS = (
    "lam giay khai sinh can giay to gi",
    "đăng ký kết hôn cần giấy tờ gì",
    "sao y bản chính mấy ngày có",
    "dang ky tam tru nop o dau",
    "làm hộ chiếu ở đâu",
    "mất giấy khai sinh thì xin lại ở mô",
)
PEOPLE = 20
RATE = 30  # questions a second
SLOW_CHAT, SLOW_SECONDS = 1, 3.0
WARM_UP = 1.0  # seconds
CHAT = re.compile(rb"(?:^|&)chat_id=(\d+)")


@dataclass
class Server:
    """Telegram, as far as a bench needs it; time from question to answer is kept a chat."""

    updates: list[dict[str, Any]] = field(default_factory=list)
    asked: dict[int, float] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)
    answered: int = 0
    on_answer: Callable[[int], None] = lambda _: None
    slow: int | None = None
    polled: asyncio.Event = field(default_factory=asyncio.Event)
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _number: int = 0

    def ask(self, chat: int) -> None:
        """A person asks."""
        self._number += 1
        text = QUESTIONS[self._number % len(QUESTIONS)]
        person = {"id": chat, "is_bot": False, "first_name": "Mệ"}
        message = {
            "message_id": self._number,
            "date": int(time.time()),
            "chat": {"id": chat, "type": "private", "first_name": "Mệ"},
            "from": person,
            "text": text,
        }
        self.updates.append({"update_id": self._number, "message": message})
        self.asked[chat] = time.perf_counter()
        self._news.set()

    async def handle(self, request: web.Request) -> web.Response:
        """One call of a bot."""
        body = await request.read()
        match request.match_info["method"]:
            case "getUpdates":
                return _ok(await self._get_updates(parse_qs(body.decode())))
            case "sendMessage":
                return await self._send_message(body)
            case "getMe":
                return _ok(BOT)
        return _ok(True)

    async def _get_updates(self, values: dict[str, list[str]]) -> list[dict[str, Any]]:
        self.polled.set()
        offset = int(values.get("offset", ["0"])[0])
        if offset:
            self.updates = [update for update in self.updates if update["update_id"] >= offset]
        if not self.updates and float(values.get("timeout", ["0"])[0]):
            self._news.clear()
            try:
                await asyncio.wait_for(self._news.wait(), 5)
            except TimeoutError:
                return []
        return self.updates[:100]

    async def _send_message(self, body: bytes) -> web.Response:
        found = CHAT.search(body)
        chat = int(found.group(1)) if found else 0
        if chat == self.slow:
            await asyncio.sleep(SLOW_SECONDS)
        elif chat in self.asked:
            self.waits.append(time.perf_counter() - self.asked.pop(chat))
            self.answered += 1
        self.on_answer(chat)
        self._number += 1
        chat_now = {"id": chat, "type": "private"}
        message = {"message_id": self._number, "date": int(time.time()), "chat": chat_now, "text": "…"}
        return _ok(message)


def _ok(result: Any) -> web.Response:
    return web.json_response({"ok": True, "result": result})


Command = Callable[[str], list[str]]


async def closed_loop(command: Command, seconds: float) -> float:
    """Answers a second when PEOPLE people always have one question waiting."""
    server = Server()
    others = iter(range(1_000, 10_000_000))  # each question from somebody new: nobody asks 20 times a minute
    server.on_answer = lambda _: server.ask(next(others))
    async with Running(server, command):
        for _ in range(PEOPLE):
            server.ask(next(others))
        await asyncio.sleep(WARM_UP)
        before, start = server.answered, time.perf_counter()
        await asyncio.sleep(seconds)
        return (server.answered - before) / (time.perf_counter() - start)


async def open_loop(command: Command, seconds: float, *, with_slow_chat: bool) -> tuple[float, float]:
    """Median and p99 milliseconds from question to answer at RATE a second."""
    server = Server()
    if with_slow_chat:
        server.slow = SLOW_CHAT
        server.on_answer = lambda chat: server.ask(SLOW_CHAT) if chat == SLOW_CHAT else None
    random.seed(1)
    async with Running(server, command):
        if with_slow_chat:
            server.ask(SLOW_CHAT)
        chats = iter(range(1_000, 10_000_000))
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            server.ask(next(chats))
            await asyncio.sleep(random.expovariate(RATE))
        await asyncio.sleep(1)
    waits = sorted(server.waits)
    return statistics.median(waits) * 1000, waits[int(len(waits) * 0.99)] * 1000


class Running:
    """The server and one bot process, up until the block ends."""

    def __init__(self, server: Server, command: Command) -> None:
        self._server = server
        self._command = command

    async def __aenter__(self) -> None:
        application = web.Application(client_max_size=10_000_000)
        application.router.add_route("*", "/bot{token}/{method}", self._server.handle)
        self._runner = web.AppRunner(application, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self._folder = tempfile.TemporaryDirectory()
        environment = {
            "PATH": os.environ["PATH"], "BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": url, "LOG_LEVEL": "ERROR",
            "DATABASE": f"{self._folder.name}/log.db", "PSEUDONYM_KEY_FILE": f"{self._folder.name}/key",
        }  # fmt: skip
        self._process = subprocess.Popen(  # noqa: ASYNC220 - it starts at once
            self._command(url),
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        await asyncio.wait_for(self._server.polled.wait(), 60)

    async def __aexit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        await self._runner.cleanup()
        self._folder.cleanup()


def echo(url: str) -> list[str]:
    """The bare bot."""
    return [sys.executable, str(ROOT / "bench" / "echo_bot.py"), TOKEN, url]


def ours(_: str) -> list[str]:
    """Our bot (it reads the URL from its environment)."""
    return [sys.executable, str(ROOT / "run_bot.py"), "telegram"]


async def measure(rounds: int, seconds: float) -> Iterator[str]:
    """The lines of the report."""
    rates: dict[str, list[float]] = {"echo": [], "ours": []}
    waits: dict[str, list[tuple[float, float]]] = {"echo": [], "ours": [], "ours, one chat slow": []}
    for number in range(1, rounds + 1):
        print(f"\rround {number}/{rounds}", end="", file=sys.stderr, flush=True)
        for name, command in (("echo", echo), ("ours", ours)):
            rates[name].append(await closed_loop(command, seconds))
            waits[name].append(await open_loop(command, seconds, with_slow_chat=False))
        waits["ours, one chat slow"].append(await open_loop(ours, seconds, with_slow_chat=True))
    print(file=sys.stderr)
    ratios = [o / e for o, e in zip(rates["ours"], rates["echo"], strict=True)]
    lines = [f"closed loop, answers a second, median of {rounds} rounds:"]
    lines += [f"  {name:22} {statistics.median(values):7.1f}" for name, values in rates.items()]
    lines.append(f"  ours beside echo       {statistics.median(ratios):7.2f} (rounds: {_list(ratios)})")
    lines.append(f"open loop at {RATE} a second, milliseconds, median and p99:")
    for name, pairs in waits.items():
        middle, late = (statistics.median(column) for column in zip(*pairs, strict=True))
        lines.append(
            f"  {name:22} {middle:7.1f} {late:7.1f} (p99 of the rounds: {_list(p for _, p in pairs)})"
        )
    return iter(lines)


def _list(values: Any) -> str:
    return ", ".join(f"{value:.2f}" if value < 10 else f"{value:.0f}" for value in values)


def main() -> None:
    """Measure and print."""
    logging.getLogger("aiohttp").setLevel(logging.CRITICAL)  # a killed bot leaves calls half-way
    arguments = sys.argv[1:]
    seconds = float(arguments[arguments.index("--seconds") + 1]) if "--seconds" in arguments else 6.0
    rounds = int(arguments[0]) if arguments and arguments[0].isdecimal() else 5
    for line in asyncio.run(measure(rounds, seconds)):
        print(line)


if __name__ == "__main__":
    main()
