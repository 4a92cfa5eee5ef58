import csv
import zipfile
from collections import Counter
from dataclasses import astuple
from datetime import date
from pathlib import Path

import pytest

from bot.errors import KnowledgeError
from bot.knowledge.entries import Unpublished
from bot.knowledge.load import Loaded
from bot.knowledge.review import review
from bot.knowledge.review.work_list import (
    DUE,
    ENOUGH_PHRASINGS,
    FEW,
    LATE,
    TITLES,
    UNVERIFIED,
    Task,
    write_tasks,
)
from tests.conftest import ROOT, TODAY

TASKS = [
    Task(UNVERIFIED, "a", "Việc A", "fee", '=mức, "lệ phí"', "cao", "28/02/2027", "a.yaml", 3),
    Task(DUE, "b", "Việc B", "", "đọc lại", "", "01/01/2027", "b.yaml", 9),
]


def tasks(loaded: Loaded, today: date = TODAY) -> tuple[Task, ...]:
    return review(loaded, ROOT / "knowledge", today).tasks


def test_counts_every_unverified_field_once(loaded: Loaded) -> None:
    listed = Counter((task.entry, task.field) for task in tasks(loaded) if task.kind == UNVERIFIED)
    expected = Counter((p.entry.id, field) for p in loaded.placed for field in p.entry.unconfirmed())
    assert listed == expected
    assert listed.total() > 700


def test_says_where_what_and_how_sure(loaded: Loaded) -> None:
    task = next(t for t in tasks(loaded) if (t.entry, t.field) == ("dang-ky-thanh-lap-ho-kinh-doanh", "fee"))
    text = (ROOT / "knowledge" / task.file).read_text(encoding="utf-8").splitlines()
    assert "unverified" in text[task.line - 1]
    assert task.what
    assert task.confidence == "vừa"


def test_names_what_is_due_and_later_all_of_it(loaded: Loaded) -> None:
    soon = {task.entry for task in tasks(loaded) if task.kind == DUE}
    expected = {p.entry.id for p in loaded.placed if (p.entry.review_by - TODAY).days <= 60}
    assert soon == expected
    late = [task for task in tasks(loaded, date(2030, 1, 1)) if task.kind == LATE]
    assert len(late) == len(loaded.placed)
    on_the_day = tasks(loaded, min(place.entry.review_by for place in loaded.placed))
    assert not [task for task in on_the_day if task.kind == LATE]


def test_never_writes_over_a_list_that_somebody_may_have_marked(tmp_path: Path) -> None:
    file = tmp_path / "viec.txt"
    file.write_text("đã làm", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="đã có tệp này"):
        write_tasks(TASKS, file)
    assert file.read_text(encoding="utf-8") == "đã làm"


def test_names_what_has_too_few_phrasings_and_that_is_nothing_that_answers(loaded: Loaded) -> None:
    few = {task.entry for task in tasks(loaded) if task.kind == FEW}
    assert few == {p.entry.id for p in loaded.placed if len(p.entry.phrasings) < ENOUGH_PHRASINGS}
    assert all(isinstance(p.entry, Unpublished) for p in loaded.placed if p.entry.id in few)


def test_writes_text(tmp_path: Path) -> None:
    write_tasks(TASKS, tmp_path / "viec.txt")
    text = (tmp_path / "viec.txt").read_text(encoding="utf-8")
    assert "CHƯA XÁC NHẬN (1)\n- a [fee]: =mức" in text
    assert "(b.yaml, dòng 9)" in text


def test_writes_csv_that_reads_back(tmp_path: Path) -> None:
    write_tasks(TASKS, tmp_path / "viec.csv")
    raw = (tmp_path / "viec.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(raw.decode("utf-8-sig").splitlines()))
    assert rows[0] == list(TITLES)
    assert rows[1:] == [[str(value) for value in astuple(task)] for task in TASKS]


def test_writes_a_workbook_with_text_and_no_formula(tmp_path: Path) -> None:
    write_tasks(TASKS, tmp_path / "viec.XLSX")
    with zipfile.ZipFile(tmp_path / "viec.XLSX") as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        strings = book.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet
    assert "=mức" in strings
    assert sheet.count("<row ") == 1 + len(TASKS)


@pytest.mark.parametrize(
    "name", ["viec.pdf", "viec", "không/có/viec.txt", "không/có/viec.csv", "không/có/viec.xlsx"]
)
def test_says_what_it_cannot_write(tmp_path: Path, name: str) -> None:
    with pytest.raises(KnowledgeError, match="ghi được"):
        write_tasks(TASKS, tmp_path / name)
