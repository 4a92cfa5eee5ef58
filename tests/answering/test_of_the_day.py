"""Right on the day it is asked: fees, papers, forms, laws, hours, holidays, due dates."""

import json
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot import clock
from bot.answering import Composer
from bot.answering.changes import SOON, upcoming
from bot.answering.due import due_line
from bot.assistant import Assistant
from bot.calendar import WorkDays
from bot.clock import ZONE
from bot.facets import Facet
from bot.knowledge import Knowledge
from bot.knowledge.dated import Line, change_days, dated_values, holds
from bot.knowledge.entries import Document, Elsewhere, Entry, Form, Procedure, Reason
from bot.learning import TrainedStore
from tests.conftest import NOW
from tests.golden import read_lines

ROWS = [json.loads(line) for line in read_lines("of_the_day.jsonl")]
Ask = Callable[[datetime], Assistant]


@pytest.fixture(scope="module")
def at(knowledge: Knowledge, store: TrainedStore) -> Ask:
    """The assistant at a moment; one, whose clock is set."""
    now = [NOW]
    assistant = Assistant(knowledge, lambda: now[0], store)

    def set_to(moment: datetime) -> Assistant:
        now[0] = moment
        return assistant

    return set_to


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['now']} {row['question']}"[:70])
def test_answers_as_on_that_moment(at: Ask, row: dict[str, Any]) -> None:
    assistant = at(clock.moment(row["now"]))
    answer = assistant.ask(row["question"])
    entry = assistant.knowledge.find(answer.entry or "")
    facet = answer.facet if entry is None or isinstance(entry, Procedure | Elsewhere) else None
    assert (answer.outcome, answer.entry, facet) == (row["outcome"], row["entry"], row["facet"])
    text = answer.message.plain()
    for said in row["says"]:
        assert said in text
    for unsaid in row["not"]:
        assert unsaid not in text


def told(value: object) -> str:
    match value:
        case Document(name=name) | Form(name=name):
            return name
        case Reason(reason=reason):
            return reason
    return str(value)


def texts_of(entry: Entry, day: date) -> tuple[set[str], set[str]]:
    """What the entry may say on a day, and what it may not."""
    values = list(dated_values(entry))
    good = {told(value) for value in values if holds(value, day)}
    bad = {told(value) for value in values if not holds(value, day)}
    return good, bad


@settings(max_examples=6, deadline=None)
@example(day=date(2026, 12, 31))
@example(day=date(2027, 1, 1))
@example(day=date(2027, 2, 28))
@example(day=date(2027, 3, 1))
@given(day=st.dates(date(2026, 7, 1), date(2031, 12, 31)))
def test_no_answer_shows_what_does_not_hold_that_day(knowledge: Knowledge, day: date) -> None:
    """Every entry with dated values, every facet: no value that is past; none to come but in the one 📅 line."""
    composer = Composer(knowledge, lambda: datetime.combine(day, time(9), ZONE))
    for entry in knowledge.entries.values():
        good, bad = texts_of(entry, day)
        if not bad:
            continue
        for facet in (None, *Facet) if isinstance(entry, Procedure | Elsewhere) else (None,):
            message = composer.entry(entry, facet)
            shown = [line for line in message.plain().splitlines() if not line.startswith("📅 Từ ")]
            for text in bad:
                held = any(text in other for other in good)  # a shorter text may stand within one that holds
                assert held or not any(text in line for line in shown), (entry.id, facet, day, text)


def test_the_check_above_would_find_a_value_that_is_past(knowledge: Knowledge) -> None:
    entry = knowledge.entries["cap-lai-can-cuoc"]
    day = date(2027, 1, 1)
    _, bad = texts_of(entry, day)
    before = Composer(knowledge, lambda: datetime(2026, 12, 31, 9, tzinfo=ZONE)).entry(entry, Facet.FEE)
    assert any(text in before.plain() for text in bad)


@settings(max_examples=8, deadline=None)
@given(day=st.dates(date(2026, 11, 1), date(2027, 4, 30)))
def test_at_most_one_line_tells_a_change_that_is_less_than_sixty_days_off(
    knowledge: Knowledge, day: date
) -> None:
    for entry in knowledge.entries.values():
        for facet in (None, *Facet):
            lines = upcoming(entry, facet, day)
            assert len(lines) <= 1
            for line in lines:
                when = datetime.strptime(line[5:15], "%d/%m/%Y").date()
                assert when in change_days(entry)
                assert day < when < day + SOON


@pytest.mark.parametrize(
    ("day", "is_told"),
    [
        (date(2026, 11, 2), False),
        (date(2026, 11, 3), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
    ],
)
def test_the_line_is_told_in_the_last_sixty_days(knowledge: Knowledge, day: date, is_told: bool) -> None:
    fee = upcoming(knowledge.entries["cap-lai-can-cuoc"], Facet.FEE, day)
    assert any(line.startswith("📅 Từ 01/01/2027: 70.000 đồng") for line in fee) is is_told


def test_the_overview_names_the_parts_that_change(knowledge: Knowledge) -> None:
    (line,) = upcoming(knowledge.entries["cap-lai-can-cuoc"], None, date(2026, 12, 15))
    assert line == "📅 Từ 01/01/2027 có thay đổi về: lệ phí. Bấm nút của phần ấy để xem."


def test_a_change_is_told_to_the_citizen_within_the_short_answer(knowledge: Knowledge) -> None:
    composer = Composer(knowledge, lambda: datetime(2026, 12, 15, 9, tzinfo=ZONE))
    lead = composer.entry(knowledge.entries["cap-doi-can-cuoc"], Facet.FEE).lead
    assert sum(line.startswith("📅 ") for line in lead) == 1
    assert len(lead) <= 5


@pytest.mark.parametrize(
    ("limit", "now", "handed_in", "line"),
    [
        ("7 ngày làm việc.", NOW, None, "hôm nay (thứ Năm 26/11/2026), theo hạn 7 ngày làm việc: chậm nhất thứ Hai 7/12/2026"),
        ("Không quá 2 ngày làm việc.", NOW, date(2026, 11, 27), "thứ Sáu 27/11/2026, theo hạn 2 ngày làm việc: chậm nhất thứ Ba 1/12"),
        ("15 ngày, tính cả ngày nghỉ.", NOW, None, "theo hạn 15 ngày: chậm nhất thứ Sáu 11/12/2026"),
        ("3 ngày làm việc kể từ khi nhận đủ hồ sơ.", NOW, None, "chậm nhất thứ Ba 1/12/2026"),
        ("7 ngày làm việc kể từ ngày nhận hồ sơ (từ 05/10/2026; trước đó là 10 ngày làm việc).", NOW, None, "7/12/2026"),
        ("1 ngày làm việc; phức tạp thì 2 ngày làm việc.", NOW, None, "chậm nhất thứ Sáu 27/11/2026"),
        ("Trong ngày làm việc.", NOW, None, "trước 15 giờ thứ Năm 26/11/2026: có trong ngày ấy"),
        ("Trong ngày làm việc.", NOW.replace(hour=15), None, "sau 15 giờ thứ Năm 26/11/2026: chậm nhất thứ Sáu 27/11"),
        ("7 ngày làm việc.", NOW, date(2026, 11, 28), "Nộp đủ giấy tờ thứ Hai 30/11/2026"),
    ],
)  # fmt: skip
def test_a_processing_time_becomes_a_day(
    knowledge: Knowledge, limit: str, now: datetime, handed_in: date | None, line: str
) -> None:
    (told_,) = due_line([limit], WorkDays(knowledge.calendar), now, handed_in)
    assert line in told_


@pytest.mark.parametrize(
    "limit",
    [
        "5 - 7 ngày làm việc.",
        "5 đến 7 ngày làm việc.",
        "3 ngày làm việc nếu đã có thẻ; 7 ngày làm việc nếu chưa có.",
        "8 ngày làm việc, chưa kể thời gian cơ quan thuế tính tiền.",
        "15 ngày theo quy định cũ; thành phố Huế có thể đã đổi.",
        "15 ngày kể từ khi phường bắt đầu xem xét.",
        "Khoảng 15 ngày làm việc.",
        "Theo kế hoạch từng đợt.",
        "Sáp nhập: 8 ngày làm việc; giải thể: 7 ngày làm việc.",
    ],
)
def test_a_time_that_depends_on_more_is_left_to_its_words(knowledge: Knowledge, limit: str) -> None:
    assert due_line([limit], WorkDays(knowledge.calendar), NOW, None) == ()


def test_no_due_day_where_the_calendar_ends(knowledge: Knowledge) -> None:
    days = WorkDays(knowledge.calendar)
    assert due_line(["7 ngày làm việc."], days, datetime(2027, 12, 30, 9, tzinfo=ZONE), None) == ()
    assert due_line([], days, NOW, None) == ()


def test_the_base_gives_a_due_day_for_most_plain_times(knowledge: Knowledge) -> None:
    days = WorkDays(knowledge.calendar)
    times = [
        entry.time for entry in knowledge.entries.values() if isinstance(entry, Procedure) and entry.time
    ]
    assert sum(bool(due_line(limits, days, NOW, None)) for limits in times) > 120


def test_the_wards_hours_are_those_of_the_season_wherever_they_are_told(at: Ask) -> None:
    summer, winter = at(datetime(2027, 6, 1, 9, tzinfo=ZONE)).help().message.footer, None
    assert any("Mùa hè" in line for line in summer)
    assert not any("Mùa đông" in line for line in summer)
    winter = at(NOW).help().message.footer
    assert any("Mùa đông" in line for line in winter)


def test_reasons_come_with_ways_to_avoid_them_and_sources(knowledge: Knowledge) -> None:
    composer = Composer(knowledge, lambda: NOW)
    entries = [
        entry
        for entry in knowledge.entries.values()
        if isinstance(entry, Procedure | Elsewhere) and entry.returned
    ]
    assert len(entries) == 27
    assert sum(len(entry.returned) for entry in entries) == 131
    for entry in entries:
        assert any(
            button.text == "Vì sao hồ sơ hay bị trả?" for button in composer.entry(entry, None).buttons
        )
        text = composer.entry(entry, Facet.RETURNED).plain()
        for reason in entry.returned:
            assert reason.reason in text
            assert reason.avoid in text
            assert reason.source in text


def test_a_dated_line_is_text_like_any_other(knowledge: Knowledge) -> None:
    lines = [
        value for value in dated_values(knowledge.entries["cap-lai-can-cuoc"]) if isinstance(value, Line)
    ]
    assert lines
    assert all(isinstance(line, str) for line in lines)


def test_what_is_not_confirmed_of_a_later_value_is_not_said_today(knowledge: Knowledge) -> None:
    entry = knowledge.entries["dang-ky-ket-hon"]
    assert "fee" in entry.unconfirmed()

    def footer(now: datetime) -> str:
        return "\n".join(Composer(knowledge, lambda: now).entry(entry, None).footer)

    assert "lệ phí" not in footer(NOW)
    assert "lệ phí" in footer(datetime(2027, 3, 1, 9, tzinfo=ZONE))
