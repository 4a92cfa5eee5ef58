"""The process killed (SIGKILL) in the middle of publishing, again and again: what is on disk afterwards?

A clerk changes a fee from the phone and taps "Công bố"; the process is killed at a random moment of what
publishing takes. Each time the pointer must name a whole version without errors, the old or the new one, and
the process must answer from it when it is started again. Prints how often it was which.

    python bench/publish_kills.py [kills] [--seed N]
"""

import argparse
import atexit
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bot.knowledge import load  # noqa: E402
from bot.publishing.versions import Versions  # noqa: E402
from tests.fakes.bot_api import TOKEN, FakeBotApi, running  # noqa: E402
from tests.knowledge.conftest import small_base  # noqa: E402
from tests.telegram_channel.conftest import buttons  # noqa: E402

CLERK, CITIZEN = 222, 7
LEAST_SECONDS = 0.3  # that publishing takes; kills fall between 0 and somewhat more than it took last


class Clerk:
    """Changes a fee and publishes it."""

    def __init__(self, api: FakeBotApi) -> None:
        self._api = api

    def last(self, chat: int) -> tuple[int, dict[str, Any]]:
        """The last message of a chat."""
        return next((key[1], v) for key, v in reversed(self._api.messages.items()) if key[0] == chat)

    def tries(self, fee: str) -> str:
        """Try a fee; returns the data of the button that publishes it."""
        self._api.tap("sef:0:dang-ky-thu", CLERK)
        self.waits("🔖 ef:0")
        self._api.reply(fee, self.last(CLERK)[0], CLERK)
        self.waits("Đã thử")
        return next(data for text, data in buttons(self.last(CLERK)[1]) if "Công bố" in text)

    def waits(self, for_: str, chat: int = CLERK) -> str:
        """Wait until this stands last in a chat."""
        self._api.wait_until(lambda: self._stands(for_, chat), for_, 60)
        return str(self.last(chat)[1]["text"])

    def asks(self, question: str) -> str:
        """What a citizen is told."""
        count = len(self._told())
        self._api.text(question, CITIZEN)
        self._api.wait_until(lambda: len(self._told()) > count, question, 60)
        return self._told()[-1]

    def _told(self) -> list[str]:
        return [values["text"] for key, values in list(self._api.messages.items()) if key[0] == CITIZEN]

    def _stands(self, what: str, chat: int) -> bool:
        try:
            return what in self.last(chat)[1]["text"]
        except StopIteration:
            return False


def start(api: FakeBotApi, folder: Path) -> "subprocess.Popen[bytes]":
    """The process, once it takes updates."""
    environment = {
        "PATH": os.environ["PATH"], "BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": api.url, "STAFF_IDS": str(CLERK),
        "KNOWLEDGE_DIR": f"{folder}/knowledge", "PUBLISHED_DIR": f"{folder}/published",
        "DATABASE": f"{folder}/log.db", "PSEUDONYM_KEY_FILE": f"{folder}/key", "CACHE_DIR": f"{folder}/cache",
    }  # fmt: skip
    polls = len(api.sent("getUpdates"))
    command = [sys.executable, str(ROOT / "run_bot.py"), "telegram"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    atexit.register(process.kill)
    api.wait_for(polls + 1, "getUpdates")
    return process


def main() -> None:
    """Kill, look, and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("kills", nargs="?", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance, found = random.Random(options.seed), Counter[str]()
    with running() as api, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "knowledge").mkdir()
        small_base(folder / "knowledge")
        clerk, takes = Clerk(api), LEAST_SECONDS
        process = start(api, folder)
        versions = Versions(folder / "published")
        for number in range(options.kills):
            before, fee = versions.current(), f"{number + 1}.000 đồng"
            data = clerk.tries(fee)
            began = time.monotonic()
            api.tap(data, CLERK, message_id=clerk.last(CLERK)[0])
            wait = chance.uniform(0, 1.3 * takes)
            while time.monotonic() < began + wait:
                time.sleep(0.001)
                if "Đã công bố" in clerk.last(CLERK)[1]["text"]:
                    takes = max(LEAST_SECONDS, time.monotonic() - began)
                    break
            process.kill()
            process.wait()
            current = versions.current()
            assert current is not None
            knowledge = load(versions.path(current)).use()  # raises where it has errors
            assert current in {before, data.split(":")[2]}
            which = "old" if current == before else "new"
            process = start(api, folder)
            told = clerk.asks("lệ phí đăng ký thử")
            assert (fee in told) is (which == "new"), told
            assert knowledge.version == current
            found[which] += 1
            print(f"kill {number + 1}: after {time.monotonic() - began:.2f} s, {which}", flush=True)
        process.terminate()
        process.wait()
    print(
        f"{options.kills} kills while publishing: "
        + ", ".join(f"{n} times the {w}" for w, n in found.items())
    )


if __name__ == "__main__":
    main()
