"""A question that nobody could answer gets its answer: the whole trip against a fake Bot API server.

The real process, the whole knowledge base, real HTTP. Every message of the trip is written to
docs/staff-trip.md; the exit status is 1 where the trip does not end as it must.

    python scripts/staff_trip.py
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from transcript import shown

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
FILE = ROOT / "docs" / "staff-trip.md"
CITIZEN, CLERK = 7, 222
NAMES = {CITIZEN: "Mệ", CLERK: "Cán bộ"}
QUESTION, WITHOUT_MARKS = "rước dâu ngoại quốc", "ruoc dau ngoai quoc"
MOST_SECONDS = 180  # of the whole trip
PATIENCE = 120  # seconds for one answer
HEAD = """# Từ câu chưa trả lời được đến câu trả lời đúng

Do `scripts/staff_trip.py` ghi lại từ chính máy trả lời, với một máy chủ Bot API giả. Chữ trong ngoặc vuông
là nút bấm.
"""


class Trip:
    """The messages so far, as Markdown."""

    def __init__(self, api: Any) -> None:
        self._api = api
        self._seen = 0
        self.lines = [HEAD]

    def does(self, who: int, what: str, act: Callable[[], object], until: str) -> str:
        """What somebody does, and what stands in the chat once `until` is read there."""
        self.lines.append(f"**{NAMES[who]} {what}**\n")
        act()
        self._api.wait_until(lambda: any(until in text for text in self._new()), until, PATIENCE)
        texts = self._new()
        working = [at for at, text in enumerate(texts) if text.startswith("⏳")]
        for at, values in enumerate(self._calls()[self._seen :]):
            if at not in working[1:-1]:
                self.lines.append(shown("sendMessage", values))
        self._seen += len(texts)
        return next(text for text in texts if until in text)

    def _calls(self) -> list[dict[str, Any]]:
        """Messages as they were sent or edited, in order."""
        said = {"sendMessage", "editMessageText"}
        return [values for name, values in list(self._api.calls) if name in said]

    def _new(self) -> list[str]:
        return [values["text"] for values in self._calls()[self._seen :]]


def play(api: Any) -> list[str]:
    """The trip; its lines. Raises AssertionError where it goes wrong."""
    from tests.telegram_channel.conftest import buttons

    trip = Trip(api)

    def tap(label: str) -> Callable[[], object]:
        number, data = next(
            (key[1], data)
            for key, values in reversed(api.messages.items())
            for text, data in buttons(values)
            if key[0] == CLERK and label in text
        )
        return lambda: api.tap(data, CLERK, message_id=number)

    def write(text: str, chat: int) -> Callable[[], object]:
        return lambda: api.text(text, chat)

    trip.does(CITIZEN, f"gõ: {QUESTION}", write(QUESTION, CITIZEN), "Tôi chưa tìm được")
    trip.does(CLERK, "gõ: /hangdoi", write("/hangdoi", CLERK), QUESTION)
    trip.does(CLERK, f"bấm: 1. {QUESTION}", tap("1."), "Nhóm câu")
    trip.does(CLERK, "bấm: Là cách hỏi của …", tap("Là cách hỏi của: Đăng ký kết hôn với"), "Đã thử")
    trip.does(CLERK, "bấm: Công bố", tap("✅ Công bố"), "Đã công bố")
    told = trip.does(
        CITIZEN, f"gõ: {WITHOUT_MARKS}", write(WITHOUT_MARKS, CITIZEN), "Đăng ký kết hôn với người nước ngoài"
    )
    assert told.startswith("<b>Đăng ký kết hôn với người nước ngoài</b>"), told
    return trip.lines


def main() -> int:
    """Play the trip and write it; returns the exit status."""
    from tests.fakes.bot_api import TOKEN, running

    with running() as api, tempfile.TemporaryDirectory() as folder:
        environment = {
            "PATH": os.environ["PATH"], "BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": api.url,
            "STAFF_IDS": str(CLERK), "DATABASE": f"{folder}/log.db", "PSEUDONYM_KEY_FILE": f"{folder}/key",
            "CACHE_DIR": f"{folder}/cache", "PUBLISHED_DIR": f"{folder}/published", "LOG_LEVEL": "ERROR",
        }  # fmt: skip
        command = [sys.executable, str(ROOT / "run_bot.py"), "telegram"]
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603
        try:
            api.wait_for(1, "getUpdates")
            start = time.monotonic()
            lines = play(api)
            seconds = time.monotonic() - start
        except AssertionError as error:
            print(f"the trip went wrong: {error}", file=sys.stderr)
            return 1
        finally:
            process.terminate()
            process.wait(30)
        assert api.invalid == [], api.invalid
    FILE.write_text("\n".join(line for line in lines if line), encoding="utf-8")
    print(f"{seconds:.0f} s from the question to the answer, reading and tapping left out")
    return 0 if seconds < MOST_SECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
