"""`calendar.yaml`: what a clerk may get wrong in it, and what is told then."""

from pathlib import Path

import pytest

from bot.knowledge import Knowledge, load
from tests.knowledge.conftest import CALENDAR

LONG = "days: [{from: 2026-11-30, until: 2027-11-30, name: bão, works: no, source: Thông báo}]\n"
TWICE = (
    "days: [{from: 2026-11-30, until: 2026-12-02, name: bão, works: no, source: a},"
    " {from: 2026-12-02, until: 2026-12-02, name: làm bù, works: yes, source: b}]\n"
)
OWN = "days: [{from: 2026-11-30, until: 2026-11-29, name: bão, works: no, source: Thông báo}]\n"
HOLIDAY = "holidays: [{name: Lễ, listed: Lễ, called: [lễ], entries: {2027: khong-co}}]\n"


def problems(folder: Path, text: str) -> list[str]:
    (folder / "calendar.yaml").write_text(text, encoding="utf-8")
    return [str(problem) for problem in load(folder).problems]


def test_a_good_calendar_has_nothing_said_of_it(folder: Path) -> None:
    assert problems(folder, CALENDAR) == []


@pytest.mark.parametrize(
    ("right", "wrong", "what", "advice"),
    [
        ("7:30-11:30", "7h30-11h30", "giờ `7h30-11h30` sai dạng", "7:30-11:30"),
        ("7:30-11:30", "11:30-7:30", "giờ `11:30-7:30` sai dạng", "giờ đầu và giờ cuối"),
        ("13:00-17:00", "13:00-25:00", "giờ `13:00-25:00` sai dạng", "ví dụ"),
        ("11, 12]", "11]", "tháng 12 ghi 0 lần", "mỗi tháng"),
        ("11, 12]", "11, 12, 12]", "tháng 12 ghi 2 lần", "mỗi tháng"),
        ("11, 12]", "11, 13]", "`months` không hợp lệ (13)", "README"),
        ("[Chủ nhật]", "[]", "Chủ nhật ghi 0 lần", "mỗi thứ"),
        ("[Chủ nhật]", "[Chúa nhật]", "`Chúa nhật` không dùng được", "`Chủ nhật`"),
        ("unpublished: gio\n", "unpublished: gioo\n", "không có mục `gioo`", "có phải ý bạn là `gio`?"),
        ("since: 2026-01-01\n", "", "thiếu mục `since`", "README"),
        ("holidays: []\n", "holidays: []\n" + LONG, "dài quá 31 ngày", "xem lại năm"),
        (
            "holidays: []\n",
            "holidays: []\n" + TWICE,
            "ngày 2026-12-02 vừa ghi làm vừa ghi nghỉ",
            "giữ một dòng",
        ),
        ("13:00-17:00", "11:00-17:00", "giờ chiều bắt đầu trước khi hết giờ sáng", "xem lại giờ"),
        ("known_until: 2027-12-31", "known_until: 2025-12-31", "sớm hơn `since` 2026-01-01", "xem lại năm"),
        ("holidays: []\n", "holidays: []\n" + OWN, "`until` sớm hơn `from`", "ngày đầu"),
        ("holidays: []\n", HOLIDAY, "không có mục `khong-co`", "ghi một mã"),
    ],
)
def test_a_mistake_is_an_error_with_advice(
    folder: Path, right: str, wrong: str, what: str, advice: str
) -> None:
    assert right in CALENDAR
    told = problems(folder, CALENDAR.replace(right, wrong))
    assert len(told) == 1
    assert told[0].startswith("LỖI calendar.yaml, dòng ")
    assert what in told[0]
    assert advice in told[0]
    assert load(folder).knowledge is None


def test_a_missing_calendar_is_told(folder: Path) -> None:
    (folder / "calendar.yaml").unlink()
    (told,) = [str(problem) for problem in load(folder).problems]
    assert "calendar.yaml" in told
    assert "không đọc được tệp" in told


def test_every_holiday_of_2027_leads_to_an_entry_that_names_its_days(knowledge: Knowledge) -> None:
    for holiday in knowledge.calendar.holidays:
        entry = knowledge.entries[holiday.entries[2027]]
        assert "2027" in " ".join((entry.name, *entry.phrasings, *getattr(entry, "text", ())))


def test_a_word_that_leads_nowhere_is_warned_of(folder: Path) -> None:
    terms = folder / "language" / "terms.yaml"
    text = terms.read_text(encoding="utf-8")
    terms.write_text(f"{text}- term: từ mới\n  means: nghĩa\n  see: [dang-ky-thuu]\n", encoding="utf-8")
    names = folder / "language" / "former_names.yaml"
    names.write_text("- {names: [An Đông], says: Nay là An Cựu., entry: khong-co}\n", encoding="utf-8")
    loaded = load(folder)
    assert loaded.knowledge is not None
    assert [(problem.file, problem.severity) for problem in loaded.problems] == [
        ("language/former_names.yaml", "warning"),
        ("language/terms.yaml", "warning"),
    ]
    assert "có phải ý bạn là `dang-ky-thu`?" in loaded.problems[1].advice


def test_another_word_for_two_terms_is_an_error(folder: Path) -> None:
    terms = folder / "language" / "terms.yaml"
    rows = "- {term: a b, means: x, also: [c d]}\n- {term: c d, means: y}\n"
    terms.write_text(rows, encoding="utf-8")
    (told,) = [str(problem) for problem in load(folder).problems if problem.file == "language/terms.yaml"]
    assert "từ `c d` đã có ở dòng 1" in told
