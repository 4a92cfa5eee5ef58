"""The commands as people run them: real processes, real pipes, real files."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from bot import clock, sentences
from bot.assistant import Assistant
from bot.commands import COMMANDS
from bot.outcomes import Outcome
from bot.privacy import Pseudonyms
from bot.service import Service
from bot.settings import SETTINGS
from bot.storage import Storage
from handlers.commands import main
from tests.conftest import ROOT
from tests.terminal.process import rows, run

FACETS = {
    "documents",
    "fee",
    "time",
    "where",
    "online",
    "how",
    "eligibility",
    "legal",
    "result",
    "returned",
    None,
}


def test_without_a_token_it_says_so_and_chats(tmp_path: Path) -> None:
    done = run(tmp_path, typed=b"lam giay khai sinh can giay to gi\n/thoat\n")
    out = done.stdout.decode()
    assert done.returncode == 0
    assert out.startswith(sentences.CHAT_NO_TOKEN)
    assert "☐ Giấy chứng sinh" in out
    assert "\033" not in out
    assert rows(tmp_path, "outcome, entry, channel, counts") == [
        ("answered", "dang-ky-khai-sinh", "terminal", 1)
    ]


def test_chat_takes_a_number_for_a_button(tmp_path: Path) -> None:
    done = run(
        tmp_path, "chat", typed="5\nđăng ký khai sinh\n2\n99\n/start dang-ky-ket-hon\n/help\n".encode()
    )
    out = done.stdout.decode()
    assert sentences.CHAT_NO_BUTTONS in out
    assert "Đăng ký khai sinh · Lệ phí" in out
    assert "Không có nút số 99" in out
    assert rows(tmp_path, "outcome, entry, facet, text") == [
        ("answered", "dang-ky-khai-sinh", None, "đăng ký khai sinh"),
        ("chosen", "dang-ky-khai-sinh", "fee", None),
        ("chosen", "dang-ky-ket-hon", None, None),
        ("greeting", None, None, None),
    ]


def test_chat_survives_bytes_that_are_no_text(tmp_path: Path) -> None:
    done = run(tmp_path, "chat", typed=b"\xff\xfe\x00\n\xf0\x9f\x91\x8d\n")
    assert done.returncode == 0
    assert [outcome for (outcome,) in rows(tmp_path, "outcome")] == ["unsupported", "greeting"]


def test_telegram_without_a_token_ends_with_status_2_and_a_way_on(tmp_path: Path) -> None:
    done = run(tmp_path, "telegram")
    assert done.returncode == 2
    assert "BotFather" in done.stderr.decode()


def test_ask_answers_once_and_never_counts(tmp_path: Path) -> None:
    done = run(tmp_path, "ask", "đăng ký kết hôn cần giấy tờ gì")
    assert "Đăng ký kết hôn · Giấy tờ" in done.stdout.decode()
    assert rows(tmp_path, "channel, counts, person") == [("terminal", 0, None)]


def test_ask_json_has_every_key_and_only_closed_names(tmp_path: Path) -> None:
    questions = [
        "đăng ký khai sinh",
        "gia hạn cần giấy tờ gì",
        "pizza",
        "cháy nhà rồi",
        "làm hộ chiếu ở đâu",
    ]
    done = run(tmp_path, "ask", "--json", "-", typed="\n".join(questions).encode())
    answers = [json.loads(line) for line in done.stdout.decode().split("\n") if line]
    assert [answer["question"] for answer in answers] == questions
    for answer in answers:
        assert list(answer) == [
            "question", "outcome", "entry", "entries", "facet", "confidence", "candidates", "buttons", "answer",
            "parts", "ms"
        ]  # fmt: skip
        assert answer["outcome"] in {outcome.value for outcome in Outcome}
        assert answer["facet"] in FACETS
        assert all(set(button) == {"text", "entry", "facet"} for button in answer["buttons"])
        assert all(set(candidate) == {"entry", "name", "confidence"} for candidate in answer["candidates"])
        assert answer["candidates"] or answer["outcome"] != "clarified"
    assert "Trẻ sinh ở Việt Nam" in answers[0]["answer"]  # a folded part


def test_ask_json_gives_one_line_for_each_of_a_thousand_whatever_the_bytes(tmp_path: Path) -> None:
    wild = [
        b"", b"\x00", b"\xff\xfe\xfa", b"\xc3", "👍🏽".encode(), "مرحبا \u202e khai sinh".encode(), "\u200b\u200d\ufeff".encode(),
        b"a" * 100_000, "ẫ".encode() * 50_000, "a\u0301".encode() * 3000, b"\r", "\u2028\u2029\x0b\x0c\x1c\x85".encode(),
        b"'; DROP TABLE query_log;--", b"${x} {y} %s <b>&", b"\xed\xa0\x80", "làm giấy khai sinh".encode(),
        b"1" * 5000, "ﷺ".encode() * 1000, b"0912345678", "१२३४५६७८९".encode(),
    ]  # fmt: skip
    lines = [wild[number % len(wild)] for number in range(1000)]
    done = run(tmp_path, "ask", "--json", "-", typed=b"\n".join(lines) + b"\n")
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    answers = [json.loads(line) for line in done.stdout.decode().removesuffix("\n").split("\n")]
    assert [answer["question"] for answer in answers] == [
        line.decode("utf-8", errors="replace") for line in lines
    ]
    assert len(rows(tmp_path, "id")) == 1000


def test_ask_reads_one_question_from_stdin(tmp_path: Path) -> None:
    assert "Đăng ký kết hôn" in run(tmp_path, "ask", "-", typed="đăng ký kết hôn".encode()).stdout.decode()


def test_answers_and_tells_when_the_log_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "blocked").write_text("")
    done = run(tmp_path, "ask", "đăng ký kết hôn", DATABASE=str(tmp_path / "blocked" / "log.db"))
    assert done.returncode == 0
    assert "Đăng ký kết hôn" in done.stdout.decode()
    assert "Không ghi được nhật ký" in done.stderr.decode()


def test_check_is_quiet_on_our_knowledge_and_loud_on_a_mistake(tmp_path: Path) -> None:
    assert run(tmp_path, "check").returncode == 0
    done = run(tmp_path, "check", KNOWLEDGE_DIR=str(tmp_path))
    assert done.returncode == 1
    assert "ward.yaml, dòng 1" in done.stdout.decode()


def test_check_reviews_what_could_be_loaded_and_writes_the_work_list(tmp_path: Path) -> None:
    base = tmp_path / "base"
    shutil.copytree(ROOT / "knowledge", base)
    file = base / "quan-su.yaml"
    text = file.read_text(encoding="utf-8")
    first = text.index("  phrasings:\n") + len("  phrasings:\n")
    twin = "    - ket hon dang ky\n"
    file.write_text(
        text[:first] + twin + text[first:].replace("  summary: ", "  summary: 987.654 đồng. ", 1),
        encoding="utf-8",
    )
    done = run(tmp_path, "check", "--worklist", str(tmp_path / "viec.csv"), KNOWLEDGE_DIR=str(base))
    said = done.stdout.decode()
    assert done.returncode == 0, said
    assert "gần như câu" in said
    assert "con số `987.654`" in said
    assert "chưa xác nhận" in said.splitlines()[-1]
    assert (tmp_path / "viec.csv").read_text(encoding="utf-8-sig").count("\n") > 900
    nowhere = run(tmp_path, "check", "--worklist", str(tmp_path / "no" / "viec.xlsx"))
    assert nowhere.returncode == 1
    assert "không ghi được" in nowhere.stderr.decode()
    assert b"Traceback" not in nowhere.stderr
    broken = run(tmp_path, "check", "--worklist", str(tmp_path / "x.txt"), KNOWLEDGE_DIR=str(tmp_path / "no"))
    assert "Chưa ghi" in broken.stdout.decode()


def test_what_was_prepared_is_kept_where_the_setting_says(tmp_path: Path) -> None:
    kept, changed = tmp_path / "kept", tmp_path / "changed"
    shipped = run(tmp_path, "ask", "--json", "đăng ký kết hôn", CACHE_DIR=str(kept))
    assert not kept.exists()  # all of it was shipped
    shutil.copytree(ROOT / "knowledge", changed)
    with (changed / "ward.yaml").open("a", encoding="utf-8") as file:
        file.write("# đã sửa\n")
    first, again = (
        run(tmp_path, "ask", "--json", "đăng ký kết hôn", CACHE_DIR=str(kept), KNOWLEDGE_DIR=str(changed))
        for _ in range(2)
    )
    assert {file.name.split("-")[0] for file in kept.iterdir()} == {
        "knowledge"
    }  # what was learned was shipped
    assert {json.loads(done.stdout)["entry"] for done in (shipped, first, again)} == {"dang-ky-ket-hon"}


def test_broken_knowledge_ends_with_the_lines_to_mend(tmp_path: Path) -> None:
    done = run(tmp_path, "ask", "x", KNOWLEDGE_DIR=str(tmp_path))
    assert done.returncode == 1
    assert "ward.yaml, dòng 1" in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_wrong_settings_end_with_one_line_each(tmp_path: Path) -> None:
    done = run(tmp_path, "ask", "x", LOG_LEVEL="loud", BOT_TOKEN="secret-but-wrong")
    assert done.returncode == 1
    assert len(done.stderr.decode().splitlines()) == 2
    assert b"secret-but" not in done.stderr


def test_help_names_every_command_and_setting(tmp_path: Path) -> None:
    out = run(tmp_path, "--help").stdout.decode()
    for word in (
        "telegram",
        "chat",
        "ask",
        "check",
        "BOT_TOKEN",
        "TELEGRAM_API_URL",
        "KNOWLEDGE_DIR",
        "LOG_LEVEL",
    ):
        assert word in out


@pytest.mark.parametrize("locale", ["C", "POSIX"])
def test_speaks_utf8_whatever_the_locale(tmp_path: Path, locale: str) -> None:
    done = run(tmp_path, "ask", "đăng ký kết hôn", LC_ALL=locale, LANG=locale, PYTHONUTF8="0")
    assert "Đăng ký kết hôn" in done.stdout.decode()


def test_time_is_the_wards_whatever_the_machines_zone(tmp_path: Path) -> None:
    run(tmp_path, "ask", "đăng ký kết hôn", TZ="America/New_York")
    assert rows(tmp_path, "time")[0][0].endswith("+07:00")


def test_never_prints_a_token_that_stands_in_another_setting(tmp_path: Path) -> None:
    token = "123456789:AAHabcdefghijklmnopqrstuvwxyz012345"
    done = run(tmp_path, "ask", "x", BOT_TOKEN=token, TELEGRAM_API_URL=f"api.telegram.org/bot{token}")
    assert done.returncode == 1
    assert b"TELEGRAM_API_URL" in done.stderr
    assert token.partition(":")[2].encode() not in done.stdout + done.stderr


def test_a_reader_that_goes_away_ends_the_stream_quietly(tmp_path: Path) -> None:
    settings = {setting.name: "" for setting in SETTINGS} | {
        "DATABASE": str(tmp_path / "log.db"),
        "PATH": os.environ["PATH"],
    }
    command = (
        f"yes 'đăng ký kết hôn' | head -300 | {sys.executable} {ROOT / 'run_bot.py'} ask --json - | head -1"
    )
    done = subprocess.run(["bash", "-c", command], env=settings, capture_output=True, timeout=60, check=False)
    assert b"Traceback" not in done.stderr
    assert json.loads(done.stdout.decode().split("\n")[0])["entry"] == "dang-ky-ket-hon"
    for arguments in ("ask 'đăng ký kết hôn'", "check", "chat </dev/null"):
        command = f"{sys.executable} {ROOT / 'run_bot.py'} {arguments} | true"
        done = subprocess.run(
            ["bash", "-c", command], env=settings, capture_output=True, timeout=60, check=False
        )
        assert done.stderr == b"", arguments


def test_an_env_file_that_is_no_text_ends_with_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".env").write_bytes("BOT_TOKEN=ệ".encode("utf-16"))
    assert main(["check"], {}, tmp_path / ".env") == 1
    assert "UTF-8" in capsys.readouterr().err


def test_a_failure_in_one_question_ends_no_stream(
    tmp_path: Path, assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: Assistant, question: str) -> None:
        raise ZeroDivisionError(question)

    monkeypatch.setattr(Assistant, "ask", broken)
    service = Service(
        assistant, Storage(tmp_path / "log.db"), Pseudonyms(tmp_path / "key"), clock.now, channel="terminal"
    )
    served = service.ask("bí mật")
    service.record(served, None).result(10)
    service.close()
    assert served.answer.outcome is Outcome.ERROR
    assert rows(tmp_path, "outcome, text") == [("error", None)]


def test_chat_has_the_menu_and_the_persons_rights(tmp_path: Path) -> None:
    typed = "/menu\n1\nđăng ký kết hôn\n/dulieu\n/riengtu\n/xoadulieu\n1\n/dulieu\n"
    out = run(tmp_path, "chat", typed=typed.encode()).stdout.decode()
    assert "Khai sinh, kết hôn, khai tử" in out
    assert "“đăng ký kết hôn”" in out
    assert sentences.PRIVACY[0] in out
    assert sentences.NOTHING_STORED in out
    assert [text for (text,) in rows(tmp_path, "text")] == [None, None]


def test_chat_leads_on_who_is_not_understood_twice(tmp_path: Path) -> None:
    out = run(tmp_path, "chat", typed=b"zzz qqq kkk\nwwww xyzt vvv\n").stdout.decode()
    assert out.index(sentences.NO_MATCH) < out.index(sentences.ASK_PEOPLE)


def test_sweep_tells_and_with_dry_run_changes_nothing(tmp_path: Path) -> None:
    run(tmp_path, "ask", "đăng ký kết hôn")
    connection = sqlite3.connect(tmp_path / "log.db")
    connection.execute("UPDATE query_log SET time = '2020-01-01T00:00:00.000+07:00'")
    connection.commit()
    connection.close()
    (tmp_path / "key").write_text(f"2020-01 {'ab' * 32}\n")
    dry = run(tmp_path, "sweep", "--dry-run")
    assert dry.returncode == 0
    assert "Chỉ xem thử" in dry.stdout.decode()
    assert "2020-01" in dry.stdout.decode()
    assert len(rows(tmp_path, "id")) == 1
    done = run(tmp_path, "sweep")
    assert dry.stdout.decode().split("\n")[1:] == done.stdout.decode().split("\n")[1:]
    assert rows(tmp_path, "id") == []
    assert (tmp_path / "key").read_text() == ""


def test_sweep_ends_with_a_sentence_when_the_file_cannot_be_had(tmp_path: Path) -> None:
    (tmp_path / "blocked").write_text("")
    done = run(tmp_path, "sweep", DATABASE=str(tmp_path / "blocked" / "log.db"))
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert "log.db" in done.stderr.decode()


def test_an_answer_does_not_wait_for_a_disk_that_hangs(
    tmp_path: Path, assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.service.LOOK_BACK_SECONDS", 0.05)
    storage = Storage(tmp_path / "log.db")
    gate = threading.Event()
    storage.submit(lambda _: gate.wait(30))
    service = Service(assistant, storage, Pseudonyms(tmp_path / "key"), clock.now, channel="terminal")
    assert service.ask("zzz qqq kkk", "7").answer.outcome is Outcome.NO_MATCH
    assert not gate.is_set()
    gate.set()
    service.close()


def test_every_command_is_listed_and_served(tmp_path: Path) -> None:
    assert set(COMMANDS) == set(sentences.COMMANDS)
    typed = "".join(f"/{name}\n" for name in COMMANDS)
    out = run(tmp_path, "chat", typed=typed.encode()).stdout.decode()
    assert sentences.HELP in out
    assert sentences.MENU_TITLE in out
    assert sentences.ASK_ERASE in out


def test_lines_of_a_conversation_go_on_and_an_empty_line_begins_the_next(tmp_path: Path) -> None:
    lines = [
        "làm khai sinh cần giấy gì",
        "còn lệ phí?",
        "",
        "còn lệ phí?",
        "  ",
        "đăng ký kết hôn",
        "mất mấy ngày",
    ]
    done = run(tmp_path, "ask", "--json", "--conversation", "-", typed="\n".join(lines).encode())
    answers = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert len(answers) == 5
    assert [(a["outcome"], a["entry"], a["facet"]) for a in answers[:2]] == [
        ("answered", "dang-ky-khai-sinh", "documents"),
        ("followed_up", "dang-ky-khai-sinh", "fee"),
    ]
    assert answers[2]["outcome"] != "followed_up"
    assert (answers[4]["outcome"], answers[4]["entry"], answers[4]["facet"]) == (
        "followed_up",
        "dang-ky-ket-hon",
        "time",
    )
    assert rows(tmp_path, "count(*)") == [(5,)]


def test_a_conversation_needs_lines_of_json(tmp_path: Path) -> None:
    done = run(tmp_path, "ask", "--conversation", "x")
    assert done.returncode == 2
    assert "--conversation" in done.stderr.decode()


def test_tells_why_a_question_was_understood_so(tmp_path: Path) -> None:
    out = run(tmp_path, "ask", "--why", "ddawng kys khaisinh").stdout.decode()
    assert "ddawng → đăng (phím gõ)" in out
    assert "khaisinh → khai sinh (chữ dính liền)" in out
    assert "dang-ky-khai-sinh: đã học" in out
    assert "Quyết định: answered dang-ky-khai-sinh" in out


def test_evaluates_a_file_and_logs_nothing(tmp_path: Path) -> None:
    file = tmp_path / "q.jsonl"
    row = {"question": "đăng ký kết hôn cần giấy tờ gì", "entries": ["dang-ky-ket-hon"], "facet": "documents"}
    file.write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    done = run(tmp_path, "evaluate", "q.jsonl", "--noise", "telex", "--json", "--html", "r.html")
    assert json.loads(done.stdout)["figures"]["right first"] == 1
    assert (tmp_path / "r.html").read_text(encoding="utf-8").count("<svg") == 2
    (kept,) = (tmp_path / "evaluations").iterdir()
    assert json.loads(kept.read_text(encoding="utf-8"))["settings"]["noise"] == "telex"
    assert not (tmp_path / "log.db").exists()
    missing = run(tmp_path, "evaluate", "no.jsonl")
    assert missing.returncode == 1
    assert "không đọc được" in missing.stderr.decode()
    assert run(tmp_path, "evaluate").returncode == 2
