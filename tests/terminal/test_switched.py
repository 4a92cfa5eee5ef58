"""The terminal with what staff have switched: read from the file as the process starts."""

import json
from datetime import date
from pathlib import Path

from bot import clock
from bot.answering import Message
from bot.storage import Storage
from bot.switches import Switches
from handlers.terminal.render import render
from tests.terminal.process import run

BIRTH = "dang-ky-khai-sinh"


def test_a_process_starts_with_what_was_thrown_before(tmp_path: Path) -> None:
    storage = Storage(tmp_path / "log.db")
    switches = Switches(storage, clock.now)
    switches.turn_off(BIRTH, "chờ quy định mới")
    switches.announce("Mai phường nghỉ.", date(2020, 1, 1), date(2099, 1, 1))
    asked = json.loads(run(tmp_path, "ask", "--json", "đăng ký khai sinh").stdout)
    assert (asked["outcome"], asked["entry"], asked["entries"]) == ("paused", BIRTH, [])
    assert asked["answer"].startswith("📢 Mai phường nghỉ.\n\nĐăng ký khai sinh\nPhần trả lời về việc này")
    switches.pause("đang sửa máy")
    storage.close()
    said = run(tmp_path, "chat", typed="đăng ký kết hôn\n/menu\n/riengtu\n".encode()).stdout.decode()
    assert said.count("📢 Mai phường nghỉ.\n\nMáy trả lời đang tạm dừng: đang sửa máy. Xin") == 2
    assert "/xoadulieu" in said
    assert "Giấy tờ" not in said


def test_a_notice_stands_above_the_title_in_a_paragraph_of_its_own() -> None:
    message = Message(lead=("x",), title="Khai sinh", notice="Nghỉ.")
    assert render(message, coloured=False) == "📢 Nghỉ.\n\nKhai sinh\n\nx"
