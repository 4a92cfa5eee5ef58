"""The bot as its own process against a Bot API server over real HTTP."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot import sentences
from bot.settings import SETTINGS
from tests.conftest import CACHE_DIR, ROOT
from tests.fakes.bot_api import TOKEN, FakeBotApi, message_of, running
from tests.fakes.crowd import survive
from tests.fakes.request import refusing


@pytest.fixture
def api() -> Iterator[FakeBotApi]:
    with running() as server:
        yield server
        assert server.invalid == []


def started(
    api: FakeBotApi, folder: Path, output: int = subprocess.PIPE, **environment: str
) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "run_bot.py", "telegram"],
        cwd=ROOT,
        env={
            **{setting.name: "" for setting in SETTINGS},  # nothing of a developer's own .env
            "PATH": os.environ["PATH"],
            "BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": api.url,
            "DATABASE": str(folder / "log.db"),
            "PSEUDONYM_KEY_FILE": str(folder / "key"),
            "CACHE_DIR": str(CACHE_DIR),
            **environment,
        },
        stdout=output,
        stderr=output,
        text=True,
    )


@contextmanager
def bot(api: FakeBotApi, folder: Path, **environment: str) -> Iterator[subprocess.Popen[str]]:
    process = started(api, folder, **environment)
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


SETTERS = ("setMyCommands", "setMyDescription", "setMyShortDescription", "setChatMenuButton")


def test_introduces_itself_in_vietnamese_and_only_where_something_differs(
    api: FakeBotApi, tmp_path: Path
) -> None:
    with bot(api, tmp_path):
        for setter in SETTERS:
            api.wait_for(1, setter)
    commands = json.loads(api.profile["MyCommands"]["commands"])
    assert {command["command"] for command in commands} == set(sentences.COMMANDS)
    assert "phường An Cựu" in api.profile["MyDescription"]["description"]
    assert "phường An Cựu" in api.profile["MyShortDescription"]["short_description"]
    with bot(api, tmp_path):
        api.wait_for(2, "getMyShortDescription")
        api.text("/help")
        api.wait_for(1)
    assert [len(api.sent(setter)) for setter in SETTERS] == [1, 1, 1, 1]


def test_confirms_an_update_only_after_it_was_handled(api: FakeBotApi, tmp_path: Path) -> None:
    with bot(api, tmp_path):
        update = api.text("/help")
        api.wait_for(1)
    names = [(name, int(values.get("offset", 0))) for name, values in api.calls]
    confirmed = [at for at, (name, offset) in enumerate(names) if offset > update]
    assert not confirmed or names.index(("sendMessage", 0)) < confirmed[0]
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
    assert "Unclosed" not in err
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
    for digits in (b"0912 345", b"345 678", b"0912345678"):  # three alone may stand in a random name
        assert digits not in stored
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


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def bring(port: int, update: object, secret: str) -> int:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/hook",
        data=json.dumps(update).encode(),
        headers={"X-Telegram-Bot-Api-Secret-Token": secret},
    )
    try:
        with urllib.request.urlopen(request, timeout=20) as response:
            status: int = response.status
            return status
    except urllib.error.HTTPError as error:
        return error.code


def test_serves_by_webhook_when_a_url_is_set(api: FakeBotApi, tmp_path: Path) -> None:
    port = free_port()
    secret = "the-right-secret"
    settings = {
        "WEBHOOK_URL": "https://phuong.example/hook", "WEBHOOK_SECRET": secret, "WEBHOOK_PORT": str(port)
    }  # fmt: skip
    update = {"update_id": 1, "message": message_of(7, "đăng ký kết hôn", 5)}
    with bot(api, tmp_path, **settings) as process:
        (call,) = api.wait_for(1, "setWebhook")
        assert call["secret_token"] == secret
        assert bring(port, update, "the-wrong-secret") == 403
        assert api.sent() == []
        assert bring(port, update, secret) == 200
        assert len(api.sent()) == 1
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=20) as response:
            assert json.load(response)["ok"] is True
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=20)
    assert process.returncode == 0
    assert secret not in out + err
    with bot(api, tmp_path, **settings):
        api.wait_for(2, "setWebhook")
        assert bring(port, update, secret) == 200
        assert len(api.sent()) == 1  # recognised after the restart
    assert api.sent("getUpdates") == []


def test_a_webhook_without_a_secret_ends_with_a_sentence(api: FakeBotApi, tmp_path: Path) -> None:
    with bot(api, tmp_path, WEBHOOK_URL="https://phuong.example/hook") as process:
        _, err = process.communicate(timeout=20)
    assert process.returncode == 1
    assert "WEBHOOK_SECRET" in err


def test_starts_and_says_once_when_telegram_cannot_be_reached_and_then_serves(
    api: FakeBotApi, tmp_path: Path
) -> None:
    api.refuse = refusing("reset", "", "getMe", times=2)
    with bot(api, tmp_path) as process:
        api.text("/help")
        api.wait_for(1)
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=20)
    assert err.count("Chưa nối được với Telegram") == 1


def test_a_killed_process_answers_after_its_restart_what_it_had_not(api: FakeBotApi, tmp_path: Path) -> None:
    api.slow = lambda method, _: 0.5 if method == "sendMessage" else 0.0
    with bot(api, tmp_path) as process:
        for chat in range(1, 6):
            api.text("đăng ký kết hôn", chat)
        api.wait_for(1)
        process.kill()
    api.slow = lambda *_: 0.0
    with bot(api, tmp_path):
        api.wait_until(
            lambda: {int(sent["chat_id"]) for sent in api.sent()} == set(range(1, 6)), "all answers"
        )
        api.wait_until(lambda: not api.pending(), "all confirmed")
    assert len(rows(tmp_path)) == 5
    assert len(api.sent()) <= 6  # one kill, at most one doubled


def test_a_waiting_answer_goes_out_after_a_kill(api: FakeBotApi, tmp_path: Path) -> None:
    api.refuse = refusing(429, "Too Many Requests", "sendMessage", parameters={"retry_after": 60})
    with bot(api, tmp_path) as process:
        api.text("đăng ký kết hôn")
        api.wait_until(lambda: not api.pending(), "the update confirmed")
        process.kill()
    api.refuse = lambda *_: None
    with bot(api, tmp_path):
        api.wait_until(lambda: bool(api.messages), "the answer")
    assert len(api.messages) == 1
    assert len(rows(tmp_path)) == 1


def test_people_who_ask_while_it_is_killed_again_and_again_all_get_their_answers(
    api: FakeBotApi, tmp_path: Path
) -> None:
    def start() -> "subprocess.Popen[str]":
        return started(api, tmp_path, output=subprocess.DEVNULL)

    toll = survive(
        api, start, tmp_path / "log.db", people=100, each=3, rate=60.0, kills=4, seed=5
    )  # fmt: skip
    assert toll.lost(3) == 0
    assert toll.doubled(3) <= toll.kills
    assert toll.rows == toll.asked
