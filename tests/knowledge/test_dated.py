"""Values that hold only on some days: read, kept, left out, checked."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from bot.cache import Cache
from bot.knowledge import Knowledge, load
from bot.knowledge.dated import Dated, Line, change_days, dated_values, holds, on
from bot.knowledge.entries import Information, Procedure
from tests.conftest import TODAY
from tests.knowledge.conftest import GOOD_ENTRY

NEW_YEAR = date(2027, 1, 1)
BASE: dict[str, Any] = {
    "id": "a",
    "kind": "information",
    "name": "x",
    "topic": "t",
    "phrasings": ["p"],
    "sources": [{"name": "s"}],
    "verified": "2026-11-26",
    "review_by": "2026-12-31",
}
LINES = ["luôn đúng", {"text": "cũ", "until": "2026-12-31"}, {"text": "mới", "from": "2027-01-01"}]
FEE = """\
  fee:
    - text: 35.000 đồng
      until: 2026-12-31
    - text: 70.000 đồng
      from: 2027-01-01
      unverified: có được gia hạn không
"""


def entry(**fields: Any) -> Information:
    return Information.model_validate(BASE | {"text": LINES} | fields)


def problems(folder: Path, extra: str, review_by: str = "2026-12-31") -> list[str]:
    text = GOOD_ENTRY.replace("review_by: 2027-02-28", f"review_by: {review_by}") + extra
    (folder / "thu.yaml").write_text(text, encoding="utf-8")
    return [str(problem) for problem in load(folder).problems if problem.file == "thu.yaml"]


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2026, 12, 31), ("luôn đúng", "cũ")),
        (NEW_YEAR, ("luôn đúng", "mới")),
        (date.min, ("luôn đúng", "cũ")),
        (date.max, ("luôn đúng", "mới")),
    ],
)
def test_on_a_day_only_what_holds_is_left(day: date, told: tuple[str, ...]) -> None:
    assert on(entry(), day).text == told


def test_an_entry_that_always_holds_is_the_very_same(knowledge: Knowledge) -> None:
    plain = entry(text=["luôn đúng"])
    assert on(plain, TODAY) is plain


def test_papers_forms_and_reasons_carry_days_too(knowledge: Knowledge) -> None:
    made = Procedure.model_validate(
        BASE
        | {
            "kind": "procedure",
            "audience": "ai cũng được",
            "where": "phường",
            "legal": "luật",
            "documents": {
                "submit": [
                    {"name": "đơn", "until": "2026-12-31"},
                    {"name": "thông báo", "from": "2027-01-01"},
                ],
                "note": [{"text": "nhớ mang theo", "until": "2026-12-31"}],
            },
            "forms": [{"name": "mẫu B1", "until": "2026-12-31"}],
            "returned": [{"reason": "mờ", "avoid": "chụp rõ", "source": "Cổng", "until": "2026-12-31"}],
        }
    )
    before, after = on(made, TODAY), on(made, NEW_YEAR)
    assert [paper.name for paper in before.documents.submit] == ["đơn"]
    assert [paper.name for paper in after.documents.submit] == ["thông báo"]
    assert (before.documents.note, after.documents.note) == (("nhớ mang theo",), ())
    assert (len(before.forms), len(after.forms)) == (1, 0)
    assert (len(before.returned), len(after.returned)) == (1, 0)


def test_tells_the_days_on_which_it_changes() -> None:
    assert change_days(entry()) == [NEW_YEAR]
    assert change_days(entry(text=["a", {"text": "b", "from": "2026-01-01", "until": "2026-06-30"}])) == [
        date(2026, 1, 1),
        date(2026, 7, 1),
    ]


def test_what_is_not_confirmed_of_one_value_counts_only_while_it_holds() -> None:
    lines = ["a", {"text": "b", "from": "2027-01-01", "unverified": "có gia hạn không"}]
    made = entry(text=lines, unverified={"notes": "hỏi lại"}, notes="n")
    assert on(made, TODAY).unconfirmed() == {"notes": "hỏi lại"}
    assert on(made, NEW_YEAR).unconfirmed() == {"notes": "hỏi lại", "text": "có gia hạn không"}


def test_days_survive_the_cache(folder: Path, tmp_path: Path) -> None:
    problems(folder, FEE)
    cache = Cache(tmp_path / "cache")
    first, second = load(folder, cache).use(), load(folder, cache).use()
    fee = second.entries["dang-ky-thu"].fee  # type: ignore[union-attr]
    assert first.plain() == second.plain()
    assert [(line.from_, line.until) for line in fee or () if isinstance(line, Line)] == [
        (None, date(2026, 12, 31)),
        (NEW_YEAR, None),
    ]


def test_a_good_dated_fee_has_nothing_said_of_it(folder: Path) -> None:
    assert problems(folder, FEE) == []


@pytest.mark.parametrize(
    ("extra", "line", "what", "advice"),
    [
        (
            "  fee:\n    - text: x\n      until: 31/12/2026\n",
            19,
            "ngày `31/12/2026` sai dạng",
            "until: 2026-12-31",
        ),
        ("  fee:\n    - text: x\n      from: 2027-02-30\n", 19, "không có ngày `2027-02-30`", "tháng"),
        (
            "  fee:\n    - text: x\n      from: 2027-01-02\n      until: 2027-01-01\n",
            18,
            "`until` sớm hơn `from`",
            "ngày đầu",
        ),
        ("  fee:\n    - until: 2026-12-31\n", 18, "thiếu mục `text`", "README"),
        ("  fee:\n    - text: x\n      util: 2026-12-31\n", 19, "không có mục nào tên là `util`", "`until`"),
        ("  fee:\n    - Lệ phí: 8.000 đồng\n", 18, "dấu hai chấm làm nó thành mục con", "ngoặc kép"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_what_to_write(
    folder: Path, extra: str, line: int, what: str, advice: str
) -> None:
    (told,) = problems(folder, extra)
    assert told.startswith(f"LỖI thu.yaml, dòng {line} ")
    assert what in told
    assert advice in told


def test_a_review_after_the_first_change_is_warned_of(folder: Path) -> None:
    (told,) = problems(folder, FEE, review_by="2027-01-01")
    assert "Lưu ý" in told
    assert "ghi 2026-12-31 hoặc sớm hơn" in told


def test_a_field_that_runs_empty_is_an_error(folder: Path) -> None:
    text = GOOD_ENTRY.replace(
        "  where: Trung tâm.", "  where:\n    - text: Trung tâm.\n      until: 2026-12-31"
    )
    (folder / "thu.yaml").write_text(text.replace("2027-02-28", "2026-12-31"), encoding="utf-8")
    told = [str(problem) for problem in load(folder).problems]
    assert len(told) == 1
    assert "ngày 2027-01-01 không còn dòng nào ở `where`" in told[0]


def test_papers_that_run_out_are_an_error(folder: Path) -> None:
    text = GOOD_ENTRY.replace("- name: Tờ khai", "- name: Tờ khai\n        until: 2026-12-31")
    (folder / "thu.yaml").write_text(text.replace("2027-02-28", "2026-12-31"), encoding="utf-8")
    told = [str(problem) for problem in load(folder).problems]
    assert len(told) == 1
    assert "ngày 2027-01-01 không còn giấy tờ nào" in told[0]


@pytest.mark.parametrize(
    ("line", "end"),
    [
        ("15.000 đồng đến hết 31/12/2026.", "2026-12-31"),
        ("Áp dụng đến 28/02/2027.", "2027-02-28"),
        ("Chỉ áp dụng đến trước 01/3/2027.", "2027-02-28"),
        ("Luật cũ (hết hiệu lực 01/3/2027)", "2027-02-28"),
    ],
)
def test_an_end_that_only_the_text_tells_is_warned_of(folder: Path, line: str, end: str) -> None:
    (told,) = problems(folder, f'  fee: "{line}"\n')
    assert "mà không có `until`" in told
    assert f"until: {end}" in told


@pytest.mark.parametrize(
    "line", ["Nộp đến hết 31/10/2026.", "Hạn chót là 31/12/2026.", "Từ 01/01/2027 là 9 đồng."]
)
def test_an_end_that_is_past_or_no_end_is_not(folder: Path, line: str) -> None:
    assert problems(folder, f'  fee: "{line}"\n') == []


def every_dated(value: object) -> list[Line | Dated]:
    return [each for each in dated_values(value) if each.from_ or each.until]


def test_the_base_has_many_dated_values_each_changing_after_its_review(knowledge: Knowledge) -> None:
    entries = [entry for entry in knowledge.entries.values() if every_dated(entry)]
    assert entries
    for each in entries:
        first = next((day for day in change_days(each) if day > each.verified), None)
        assert first is None or each.review_by < first, each.id


@settings(max_examples=20, deadline=None)
@given(day=st.dates(date(2026, 1, 1), date(2031, 12, 31)))
def test_on_any_day_nothing_of_another_day_is_left(knowledge: Knowledge, day: date) -> None:
    for each in knowledge.entries.values():
        then: BaseModel = on(each, day)
        assert all(holds(value, day) for value in dated_values(then)), each.id
        assert on(then, day) is then


@given(
    start=st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    end=st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    day=st.dates(date(2019, 1, 1), date(2031, 1, 1)),
)
def test_both_ends_are_included(start: date | None, end: date | None, day: date) -> None:
    if start and end and end < start:
        start, end = end, start
    value = Dated.model_validate({"from": start, "until": end})
    expected = (start or date.min) <= day <= (end or date.max)
    assert holds(value, day) is expected


def test_a_change_is_the_day_after_the_end() -> None:
    for end in (date(2026, 12, 31), date(2027, 2, 28)):
        assert change_days(entry(text=["a", {"text": "b", "until": str(end)}])) == [end + timedelta(days=1)]


def test_a_day_between_the_end_and_the_next_beginning_is_warned_of(folder: Path) -> None:
    (told,) = problems(folder, FEE.replace("from: 2027-01-01", "from: 2027-01-02"))
    assert "giữa hai ngày không có dòng nào" in told
    assert "from: 2027-01-01" in told


def test_a_line_without_days_always_holds() -> None:
    assert holds(Line("x"), TODAY)
    assert entry(text=[Line("x")]).text == ("x",)


def test_a_day_no_calendar_reaches_does_not_stop_the_check(folder: Path) -> None:
    assert problems(folder, '  fee: "Nộp trước ngày 1/1/0001."\n') == []
