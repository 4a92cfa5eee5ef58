"""When a question speaks of, as it is typed on Thursday 26 November 2026 at nine."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge import Knowledge
from bot.reading.moments import Moment, MomentReader
from bot.reading.read import Reader
from tests.conftest import NOW, TODAY

Read = tuple[MomentReader, Reader]


@pytest.fixture(scope="module")
def reader(knowledge: Knowledge) -> Read:
    return MomentReader(knowledge.language.moments, knowledge.calendar), Reader(knowledge.language)


def read(reader: Read, question: str) -> Moment:
    moments, words = reader
    return moments.read(question, words.read(question).words, NOW)


@pytest.mark.parametrize(
    ("question", "day", "at"),
    [
        ("đang là 16 giờ 45 ngày 23/11, phường còn làm không", date(2026, 11, 23), time(16, 45)),
        ("đang là 16h45 ngày 23/7", date(2026, 7, 23), time(16, 45)),
        ("ngày 23/7 có làm không", date(2027, 7, 23), None),
        ("24/11 phường nghỉ không", date(2026, 11, 24), None),
        ("24/11/2027", date(2027, 11, 24), None),
        ("24-11-2027", date(2027, 11, 24), None),
        ("24.11.2027", date(2027, 11, 24), None),
        ("ngày 2 tháng 9 năm 2026", date(2026, 9, 2), None),
        ("mồng hai tháng chín", date(2027, 9, 2), None),
        ("mung 2 thang 9", date(2027, 9, 2), None),
        ("mùng 3 tết", date(2027, 2, 8), None),
        ("mong 1 tet am lich", date(2027, 2, 6), None),
        ("giao thừa", date(2027, 2, 5), None),
        ("tết tây", date(2027, 1, 1), None),
        ("lễ quốc khánh", date(2027, 9, 2), None),
        ("giỗ tổ năm 2027", date(2027, 4, 16), None),
        ("mai", TODAY + timedelta(days=1), None),
        ("ngày mốt", TODAY + timedelta(days=2), None),
        ("hôm qua", TODAY - timedelta(days=1), None),
        ("bữa ni", TODAY, time(9)),
        ("thứ bảy", date(2026, 11, 28), None),
        ("t7", date(2026, 11, 28), None),
        ("thu hai", date(2026, 11, 30), None),
        ("thứ năm", TODAY, time(9)),
        ("thứ năm tuần sau", date(2026, 12, 3), None),
        ("thứ hai tuần sau", date(2026, 11, 30), None),
        ("chủ nhật", date(2026, 11, 29), None),
        ("ngày 28", date(2026, 11, 28), None),
        ("ngày 25", date(2026, 12, 25), None),
        ("tháng 7", date(2027, 7, 1), None),
        ("4h chiều mai", TODAY + timedelta(days=1), time(16)),
        ("5 giờ", TODAY, time(17)),
        ("8h sáng", TODAY, time(8)),
        ("11 giờ rưỡi", TODAY, time(11, 30)),
        ("5 giờ kém 15 chiều", TODAY, time(16, 45)),
        ("16:45", TODAY, time(16, 45)),
        ("1 giờ trưa", TODAY, time(13)),
        ("12h trưa", TODAY, time(12)),
        ("phường làm việc ra sao", None, None),
        ("27 tet", date(2027, 2, 3), None),
        ("26 tết", date(2027, 2, 2), None),
        ("29 tết", date(2027, 2, 5), None),
        ("30 tết", date(2027, 2, 5), None),
        ("28 tháng chạp", date(2027, 2, 4), None),
        ("23 chạp", date(2027, 1, 30), None),
        ("10/3 âm lịch", date(2027, 4, 16), None),
        ("mung 10 thang 3", date(2027, 4, 16), None),
        ("mồng 10 tháng 3 âm lịch năm sau", date(2027, 4, 16), None),
        ("mồng một tháng giêng dương lịch", date(2027, 1, 1), None),
        ("rằm tháng giêng", date(2027, 2, 20), None),
        ("15 âm lịch", date(2026, 12, 23), None),
        ("mùng 5", date(2026, 12, 5), None),
        ("chủ nhật tuần rồi", date(2026, 11, 22), None),
        ("thu bay tuan roi", date(2026, 11, 21), None),
        ("thứ sáu tuần trước", date(2026, 11, 20), None),
        ("ngày 24 tháng này", date(2026, 11, 24), None),
        ("mùng 1 tháng sau", date(2026, 12, 1), None),
        ("2026-12-06", date(2026, 12, 6), None),
        ("2026/12/06", date(2026, 12, 6), None),
        ("ngày 6/12/26", date(2026, 12, 6), None),
        ("2/9 năm sau", date(2027, 9, 2), None),
        ("mồng một tháng mười hai", date(2026, 12, 1), None),
        ("ngay hai muoi chin thang muoi mot", date(2026, 11, 29), None),
        ("ngày hăm bảy tháng mười hai", date(2026, 12, 27), None),
        ("5 rưỡi chiều", TODAY, time(17, 30)),
        ("10h tôi ghé", TODAY, time(10)),
        ("8 giờ tới được không", TODAY, time(8)),
        ("8 giờ tối", TODAY, time(20)),
        ("3 ngày nữa", TODAY + timedelta(days=3), None),
        ("hôm kia", TODAY - timedelta(days=2), None),
        ("7 rưỡi tối", TODAY, time(19, 30)),
        ("tối nay", TODAY, time(19)),
        ("trưa mai", TODAY + timedelta(days=1), time(12)),
        ("chiều nay", TODAY, None),
        ("noel", date(2026, 12, 25), None),
        ("ngày nhà giáo", date(2026, 11, 20), None),
    ],
)
def test_reads_the_moment(reader: Read, question: str, day: date | None, at: time | None) -> None:
    moment = read(reader, question)
    assert (moment.day, moment.at) == (day, at)
    assert not moment.is_unclear


@pytest.mark.parametrize("question", ["giờ này", "bây giờ còn làm không", "chừ có ai không", "bay gio"])
def test_now_is_this_very_moment(reader: Read, question: str) -> None:
    moment = read(reader, question)
    assert moment.is_now
    assert (moment.day, moment.at) == (TODAY, NOW.time())


@pytest.mark.parametrize(
    "question",
    [
        "31/2 có làm không",
        "ngày 30 tháng 2",
        "32/1/2027",
        "5/13",
        "mùng",
        "ngay 5 thang sau",
        "31/12/9999",
        "9999-12-31",
        "tháng 1 năm 0000",
        "1/1/1066",
    ],
)
def test_a_day_that_does_not_exist_is_none(reader: Read, question: str) -> None:
    moment = read(reader, question)
    assert moment.is_unclear
    assert moment.day is None


@given(question=st.text(max_size=200))
def test_reads_anything(reader: Read, question: str) -> None:
    moment = read(reader, question)
    assert not (moment.is_unclear and moment.day)


@given(day=st.dates(date(2020, 1, 1), date(2035, 12, 31)))
def test_a_full_date_is_that_date(reader: Read, day: date) -> None:
    assert read(reader, f"ngày {day.day}/{day.month}/{day.year} phường có làm không").day == day
    assert read(reader, f"ngày {day.day} tháng {day.month} năm {day.year}").day == day
