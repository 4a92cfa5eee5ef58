"""Answers as on another day, and what changes until one."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot import clock
from tests.terminal.process import rows, run


def ask_json(folder: Path, question: str, now: str) -> dict[str, Any]:
    done = run(folder, "ask", question, "--json", "--now", now)
    assert done.returncode == 0
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_ask_answers_as_on_another_day_and_logs_the_real_time(tmp_path: Path) -> None:
    before = ask_json(tmp_path, "cấp lại căn cước bao nhiêu tiền", "2026-12-31T09:00")
    after = ask_json(tmp_path, "cấp lại căn cước bao nhiêu tiền", "2027-01-01T09:00")
    assert "35.000 đồng" in before["answer"]
    assert "35.000 đồng" not in after["answer"]
    assert "70.000 đồng" in after["answer"]
    times = [time for (time,) in rows(tmp_path, "time")]
    assert all(abs((clock.now() - clock.moment(time)).total_seconds()) < 3600 for time in times)
    assert rows(tmp_path, "counts") == [(0,), (0,)]


def test_now_is_the_wards_time_whatever_the_machines(tmp_path: Path) -> None:
    question = "giờ này phường còn làm không"
    for now in ("2026-11-23T16:45", "2026-11-23T09:45+00:00"):
        assert "✅ 16 giờ 45, thứ Hai 23/11/2026" in ask_json(tmp_path, question, now)["answer"]
    done = run(tmp_path, "ask", question, "--json", "--now", "2026-11-23T16:45", TZ="America/New_York")
    assert "✅ 16 giờ 45" in json.loads(done.stdout)["answer"]


def test_chat_answers_as_on_another_moment_and_counts_in_no_figure(tmp_path: Path) -> None:
    done = run(tmp_path, "chat", "--now", "2027-02-08T09:00", typed="phường có làm không\n".encode())
    assert "⛔ Thứ Hai 8/2/2027 là ngày nghỉ Tết Nguyên đán" in done.stdout.decode()
    assert rows(tmp_path, "outcome, entry, counts") == [("answered", "b-tet-dinh-mui-2027", 0)]


def test_reasons_and_hard_words_are_a_number_away_in_the_chat(tmp_path: Path) -> None:
    out = run(tmp_path, "chat", typed="đăng ký kết hôn\n".encode()).stdout.decode()
    number = next(line for line in out.splitlines() if "Vì sao hồ sơ hay bị trả?" in line)[1]
    out = run(tmp_path, "chat", typed=f"đăng ký kết hôn\n{number}\n".encode()).stdout.decode()
    assert "Đăng ký kết hôn · Vì sao hồ sơ hay bị trả?" in out
    assert "Nguồn của các lý do" in out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("ask", "x", "--now", "mai"), "“mai” sai dạng; viết như 2027-01-01T08:00"),
        (("chat", "--now", "2027-13-01"), "sai dạng; viết như 2027-01-01T08:00"),
        (("check", "--on", "01/03/2027"), "“01/03/2027” sai dạng; viết như 2027-03-01"),
        (("check", "--on", "2027-03-01", "--since", "x"), "“x” sai dạng; viết như 2027-03-01"),
        (("check", "--since", "2027-03-01"), "--since chỉ dùng cùng --on"),
        (("check", "--on", "2027-03-01", "--worklist", "x.csv"), "--worklist không dùng cùng --on"),
        (("ask", "x", "--now", "0001-01-01T00:00+14:00"), "sai dạng"),
    ],
)
def test_a_moment_or_day_that_cannot_be_read_is_told(
    tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    done = run(tmp_path, *arguments)
    assert done.returncode == 2
    assert told in done.stderr.decode()


def test_check_lists_what_changes_and_what_to_read_again_before_a_day(tmp_path: Path) -> None:
    done = run(tmp_path, "check", "--on", "2027-03-01", "--since", "2026-11-26")
    out = done.stdout.decode()
    assert done.returncode == 0
    again, _, changed = out.removeprefix("Phải xem lại trước ngày 2027-03-01: ").partition(
        "\n\nTừ 2026-11-26"
    )
    assert "Từ ngày 2027-01-01:" in changed
    assert "- cap-lai-can-cuoc [fee] (can-cuoc.yaml, dòng " in changed
    assert "    hết: 35.000 đồng" in changed
    assert "    mới: 70.000 đồng" in changed
    assert "2027-02-28 dang-ky-ket-hon: Đăng ký kết hôn (ho-tich.yaml, dòng " in again
    assert int(again.split(" ")[0]) == sum(line.startswith("- 20") for line in again.splitlines()) > 150


def test_check_of_a_day_that_is_past_or_of_a_broken_base_says_so(tmp_path: Path) -> None:
    done = run(tmp_path, "check", "--on", "2026-11-26", "--since", "2026-11-26")
    assert done.returncode == 1
    assert "không sau ngày 2026-11-26" in done.stdout.decode()
    done = run(tmp_path, "check", "--on", "2027-03-01", KNOWLEDGE_DIR=str(tmp_path / "khong-co"))
    assert done.returncode == 1
    assert "Kho kiến thức có lỗi" in done.stdout.decode()
