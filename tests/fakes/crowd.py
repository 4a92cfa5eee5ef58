"""Many people who ask while the bot's process is killed again and again."""

import random
import signal
import sqlite3
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.fakes.bot_api import FakeBotApi

QUESTION = "đăng ký kết hôn cần giấy tờ gì"
Start = Callable[[], "subprocess.Popen[str]"]


@dataclass(frozen=True, slots=True)
class Toll:
    """What it came to: questions asked, kills, and by chat how many answers were sent and logged."""

    asked: int
    kills: int
    answers: Counter[int]
    rows: int
    seconds: float

    def lost(self, each: int) -> int:
        """Questions without an answer, when every chat asked `each`."""
        return sum(max(0, each - count) for count in self.answers.values())

    def doubled(self, each: int) -> int:
        """Answers too many."""
        return sum(max(0, count - each) for count in self.answers.values())


def survive(
    api: FakeBotApi,
    start: Start,
    database: Path,
    *,
    people: int,
    each: int,
    rate: float,
    kills: int,
    seed: int,
) -> Toll:
    """Let `people` ask `each` questions at `rate` a second, kill the process `kills` times meanwhile.

    Returns when every question was answered and nothing comes any more, or after two minutes of waiting.
    """
    chance = random.Random(seed)
    total, began = people * each, time.monotonic()
    asking = threading.Thread(target=_ask, args=(api, people, each, rate, chance.random()), daemon=True)
    process = start()
    asking.start()
    moments = sorted(chance.uniform(0.5, total / rate) for _ in range(kills))
    for moment in moments:
        time.sleep(max(0.0, began + moment - time.monotonic()))
        process.send_signal(signal.SIGKILL)
        process.wait()
        process = start()
    asking.join()
    _wait_until_quiet(api, total)
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=30)
    answers = Counter(dict.fromkeys(range(1, people + 1), 0))
    answers.update(int(values["chat_id"]) for values in api.sent())
    return Toll(total, kills, answers, _rows(database), time.monotonic() - began)


def _ask(api: FakeBotApi, people: int, each: int, rate: float, seed: float) -> None:
    order = [chat for chat in range(1, people + 1) for _ in range(each)]
    random.Random(seed).shuffle(order)
    began = time.monotonic()
    for number, chat in enumerate(order):
        time.sleep(max(0.0, began + number / rate - time.monotonic()))
        api.text(QUESTION, chat)


def _wait_until_quiet(api: FakeBotApi, total: int, seconds: float = 120.0) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and (len(api.sent()) < total or api.pending()):
        time.sleep(0.2)
    time.sleep(1.5)  # what is sent twice has time to come


def _rows(database: Path) -> int:
    connection = sqlite3.connect(database)
    try:
        count: int = connection.execute("SELECT count(*) FROM query_log").fetchone()[0]
        return count
    finally:
        connection.close()
