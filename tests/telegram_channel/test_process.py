"""The bot as its own process against a Bot API server over real HTTP."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.settings import SETTINGS
from tests.conftest import ROOT
from tests.fakes.bot_api import TOKEN, FakeBotApi, running


@pytest.fixture
def api() -> Iterator[FakeBotApi]:
    with running() as server:
        yield server


@contextmanager
def bot(api: FakeBotApi, folder: Path, **environment: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "run_bot.py", "telegram"],
        cwd=ROOT,
        env={
            **{setting.name: "" for setting in SETTINGS},  # nothing of a developer's own .env
            "PATH": os.environ["PATH"],
            "BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": api.url,
            "DATABASE": str(folder / "log.db"),
            "PSEUDONYM_KEY_FILE": str(folder / "key"),
            **environment,
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)


def rows(folder: Path) -> list[tuple[str, ...]]:
    connection = sqlite3.connect(folder / "log.db")
    try:
        query = "SELECT outcome, entry, facet, channel, text, counts FROM query_log ORDER BY id"
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def test_answers_start_question_and_button_and_the_button_after_a_restart(
    api: FakeBotApi, tmp_path: Path
) -> None:
    with bot(api, tmp_path):
        api.text("/start")
        assert "máy trả lời tự động" in api.wait_for(1)[0]["text"]
        api.text("lam giay khai sinh can giay to gi")
        question = api.wait_for(2)[1]
        assert "Giấy chứng sinh" in question["text"]
        assert "ff:dang-ky-khai-sinh" in question["reply_markup"]
        api.tap("ff:dang-ky-khai-sinh")
        assert "60 ngày" in api.wait_for(3)[2]["text"]
        assert len(api.wait_for(1, "answerCallbackQuery")) == 1
    with bot(api, tmp_path):
        api.tap("ff:dang-ky-khai-sinh")
        again = api.wait_for(4)
        assert again[3]["text"] == again[2]["text"]
    assert rows(tmp_path) == [
        ("greeting", None, None, "telegram", None, 1),
        ("answered", "dang-ky-khai-sinh", "documents", "telegram", "lam giay khai sinh can giay to gi", 1),
        ("chosen", "dang-ky-khai-sinh", "fee", "telegram", None, 1),
        ("chosen", "dang-ky-khai-sinh", "fee", "telegram", None, 1),
    ]


def test_opens_an_entry_from_a_deep_link_in_any_case(api: FakeBotApi, tmp_path: Path) -> None:
    with bot(api, tmp_path):
        api.text("/start S07-tong-thu-ngan-sach")
        assert "181,55 tỷ đồng" in api.wait_for(1)[0]["text"]
    assert rows(tmp_path)[0][:2] == ("chosen", "s07-tong-thu-ngan-sach")


def test_sets_its_commands(api: FakeBotApi, tmp_path: Path) -> None:
    with bot(api, tmp_path):
        commands = api.wait_for(1, "setMyCommands")[0]["commands"]
    assert '"start"' in commands
    assert '"help"' in commands


def test_confirms_an_update_only_after_it_was_handled(api: FakeBotApi, tmp_path: Path) -> None:
    with bot(api, tmp_path):
        update = api.text("/help")
        api.wait_for(1)
    names = [(name, int(values.get("offset", 0))) for name, values in api.calls]
    confirmed = next(at for at, (name, offset) in enumerate(names) if offset > update)
    assert names.index(("sendMessage", 0)) < confirmed
    assert api.pending() == []


def test_answers_in_plain_text_when_markup_is_refused(api: FakeBotApi, tmp_path: Path) -> None:
    def refuse_html(method: str, values: dict[str, str]) -> dict[str, object] | None:
        if method == "sendMessage" and "parse_mode" in values:
            return {"error_code": 400, "description": "Bad Request: can't parse entities"}
        return None

    api.refuse = refuse_html
    with bot(api, tmp_path):
        api.text("lam giay khai sinh can giay to gi")
        refused, plain = api.wait_for(2)
    assert "<b>" in refused["text"]
    assert "<b>" not in plain["text"]
    assert "Giấy chứng sinh" in plain["text"]
    assert plain["reply_markup"] == refused["reply_markup"]


@pytest.mark.parametrize("level", ["DEBUG", "INFO", "WARNING", "ERROR"])
def test_never_prints_the_token(api: FakeBotApi, tmp_path: Path, level: str) -> None:
    with bot(api, tmp_path, LOG_LEVEL=level) as process:
        api.text("/help")
        api.wait_for(1)
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=20)
    assert process.returncode == 0
    assert "@ancuu_test_bot" in out
    assert TOKEN.partition(":")[2] not in out + err
    if level == "DEBUG":
        assert "DEBUG" in err  # the libraries did speak


def test_a_refused_token_ends_with_a_sentence_that_does_not_show_it(api: FakeBotApi, tmp_path: Path) -> None:
    api.token = "1:other"
    with bot(api, tmp_path, LOG_LEVEL="DEBUG") as process:
        out, err = process.communicate(timeout=20)
    assert process.returncode == 1
    assert "BotFather" in err
    assert TOKEN.partition(":")[2] not in out + err


def test_a_second_process_on_the_token_ends_with_a_sentence(api: FakeBotApi, tmp_path: Path) -> None:
    def conflict(method: str, values: dict[str, str]) -> dict[str, object] | None:
        if method == "getUpdates":
            return {"error_code": 409, "description": "Conflict: terminated by other getUpdates request"}
        return None

    api.refuse = conflict
    with bot(api, tmp_path) as process:
        _, err = process.communicate(timeout=20)
    assert process.returncode == 1
    assert "tiến trình khác" in err


def test_answers_although_the_log_cannot_be_written(api: FakeBotApi, tmp_path: Path) -> None:
    (tmp_path / "blocked").write_text("no folder")
    with bot(api, tmp_path, DATABASE=str(tmp_path / "blocked" / "log.db")) as process:
        api.text("/help")
        api.wait_for(1)
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=20)
    assert "Không ghi được nhật ký" in err


def test_keeps_neither_the_words_that_are_personal_nor_the_person(api: FakeBotApi, tmp_path: Path) -> None:
    with bot(api, tmp_path):
        api.text("sđt 0912 345 678 của Nguyễn Văn An, làm giấy khai sinh cần gì", chat=4815162342)
        api.wait_for(1)
    stored = b"".join(file.read_bytes() for file in tmp_path.glob("log.db*"))
    assert "làm giấy khai sinh cần gì".encode() in stored
    assert b"345" not in stored
    assert "Văn An".encode() not in stored
    assert b"4815162342" not in stored
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600


def test_prints_no_words_of_a_citizen_at_any_level(api: FakeBotApi, tmp_path: Path) -> None:
    with bot(api, tmp_path, LOG_LEVEL="DEBUG") as process:
        api.text("chuyện riêng của tui", chat=4815162342)
        api.wait_for(1)
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=20)
    assert "chuyện riêng" not in out + err
    assert "\\u1ec7n" not in err
    assert "4815162342" not in out + err


def test_a_server_that_is_no_bot_api_ends_with_a_sentence(api: FakeBotApi, tmp_path: Path) -> None:
    api.refuse = lambda method, values: {"error_code": 400, "description": "not here"}
    with bot(api, tmp_path) as process:
        _, err = process.communicate(timeout=20)
    assert process.returncode == 1
    assert "không trả lời như máy chủ Bot API" in err
    assert "Traceback" not in err
