import json
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import sentences
from bot.assistant import Assistant
from bot.clock import ZONE
from bot.deciding.decide import CERTAIN, STATE_PLAINLY
from bot.facets import Facet
from bot.knowledge import Knowledge
from bot.learning import TrainedStore
from bot.outcomes import Outcome
from tests.golden import read_lines

FIRST = [json.loads(line) for line in read_lines("first.jsonl")]
SURE = {Outcome.ANSWERED, Outcome.NOT_OURS, Outcome.NO_PUBLISHED_FIGURE}


@pytest.mark.parametrize("row", FIRST, ids=lambda row: row["question"][:60])
def test_answers_the_golden_questions(assistant: Assistant, row: dict[str, str | None]) -> None:
    answer = assistant.ask(row["question"] or "")
    if row["outcome"] == "unsure":
        assert answer.outcome not in SURE, answer.entry
        return
    assert (answer.outcome.value, answer.entry) == (row["outcome"], row["entry"])
    if row["facet"]:
        assert answer.facet == row["facet"]


def test_states_the_budget_as_published_with_both_occasions(assistant: Assistant) -> None:
    answer = assistant.ask("ngan sach phuong dat bao nhieu")
    text = answer.message.plain()
    assert "ước đạt 181,55 tỷ đồng" in text
    assert "211,617 tỷ đồng" in text
    assert "14/11/2025" in text
    assert "Nguồn: Huế ngày nay" in text
    assert "18.155" not in text
    assert set(answer.entries) == {"s07-tong-thu-ngan-sach", "p32-thu-ngan-sach-2025"}


def test_computes_no_figure_from_the_share_on_time(assistant: Assistant) -> None:
    for question in ("hồ sơ trễ hạn bao nhiêu", "co bao nhieu ho so tre han", "bao nhiêu hồ sơ đúng hạn"):
        text = assistant.ask(question).message.plain()
        assert not any(figure in text for figure in ("144", "145", "4.672", "4.673"))


def test_another_year_or_ward_gets_no_figure_but_a_way_to_the_nearest(assistant: Assistant) -> None:
    for question in (
        "thu ngân sách phường năm 2024 bao nhiêu",
        "thu ngân sách phường Phú Xuân đạt bao nhiêu",
    ):
        answer = assistant.ask(question)
        assert answer.outcome is Outcome.NO_PUBLISHED_FIGURE
        assert answer.entry is None
        assert "tỷ đồng" not in answer.message.plain()
        assert answer.message.buttons


def test_asks_back_with_at_most_three_candidates_that_are_its_buttons(assistant: Assistant) -> None:
    answer = assistant.ask("gia hạn cần giấy tờ gì")
    assert answer.outcome is Outcome.CLARIFIED
    assert answer.entry is None
    assert 1 < len(answer.candidates) <= 3
    assert [c.entry for c in answer.candidates] == [offer.entry for offer in answer.message.offers]
    assert {offer.facet for offer in answer.message.offers} == {answer.facet}


def test_others_stand_beside_an_answer_only_where_it_is_not_certain(assistant: Assistant) -> None:
    for question in (
        "đăng ký kết hôn",
        "pizza",
        "thu ngân sách phường năm 2024",
        "giấy tờ con ốm yếu nằm viện",
    ):
        answer = assistant.ask(question)
        if answer.entry is not None and answer.candidates:
            assert (answer.confidence or 0) < CERTAIN
            offered = {offer.entry for offer in answer.message.offers}
            assert offered >= {candidate.entry for candidate in answer.candidates}
        assert answer.candidates == () or answer.outcome in SURE | {Outcome.CLARIFIED}


def test_an_answer_that_is_hardly_sure_says_how_it_was_understood(assistant: Assistant) -> None:
    """Over the golden questions: those stated with less than an even chance, and no others."""
    seen = set()
    for line in read_lines("questions.jsonl")[::5]:
        answer = assistant.ask(json.loads(line)["question"])
        if answer.outcome in SURE and answer.entry and answer.candidates and not answer.parts:
            is_plain = (answer.confidence or 0) >= STATE_PLAINLY
            assert (answer.message.lead[0] == sentences.UNDERSTOOD_AS) != is_plain
            seen.add(is_plain)
    assert seen == {True, False}


def test_what_changes_the_question_is_not_passed_over(assistant: Assistant) -> None:
    for question in (
        "hủy đăng ký kết hôn",
        "gia hạn giấy chứng tử",
        "hủy giấy khai sinh",
    ):
        answer = assistant.ask(question)
        is_plain = answer.message.lead[0] != sentences.UNDERSTOOD_AS
        assert answer.outcome not in SURE or not is_plain, question


def test_declines_with_a_way_on(assistant: Assistant) -> None:
    text = assistant.ask("giá vàng hôm nay").message.plain()
    assert "19001075" in text
    assert "7 giờ 30" in text
    assert "ví dụ" in text


@settings(deadline=None)
@given(question=st.text(max_size=300))
def test_answers_anything(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.message.plain().strip()
    assert (answer.entry is None) or answer.entry in assistant.knowledge.entries


@pytest.mark.parametrize(
    "question",
    [
        "phường cấp bao nhiêu giấy phép xây dựng",
        "phường có mấy cụ hưởng trợ cấp hưu trí xã hội",
        "phuong lam bao nhieu giay khai sinh",
    ],
)
def test_a_count_is_never_read_as_a_fee(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.outcome not in {Outcome.ANSWERED, Outcome.NOT_OURS}
    assert "Lệ phí" not in (answer.message.title or "")


@pytest.mark.parametrize(
    ("question", "entry", "term"),
    [
        ("người mất trong mấy ngày phải khai tử", "dang-ky-khai-tu", "15 ngày"),
        ("giấy độc thân dùng được mấy tháng", "xac-nhan-tinh-trang-hon-nhan", "6 tháng"),
        ("sinh con rồi thì bao lâu phải đi khai sinh", "dang-ky-khai-sinh", "60 ngày"),
    ],
)
def test_by_when_is_answered_with_the_term_before_the_processing_time(
    assistant: Assistant, question: str, entry: str, term: str
) -> None:
    answer = assistant.ask(question)
    assert (answer.entry, answer.facet) == (entry, Facet.TIME)
    assert term in answer.message.lead[0]


@pytest.mark.parametrize(
    "question",
    [
        "đăng ký kết hôn trong game",
    ],
)
def test_a_neighbour_of_what_is_known_is_asked_back(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).outcome not in SURE


def test_a_number_nobody_published_is_not_taken_for_the_hotline(assistant: Assistant) -> None:
    answer = assistant.ask("069 414 9276 là số của ai")
    assert answer.outcome is not Outcome.ANSWERED
    assert "19001075: " not in "".join(answer.message.lead)
    for shortened in ("1900107 là số của ai", "190010755 là số của ai"):
        assert assistant.ask(shortened).entry != "k01-19001075"
    assert assistant.ask("19001075 là số của ai").entry == "k01-19001075"
    assert assistant.ask("1900 1075 là số của ai").entry in {"k01-19001075", None}


@pytest.mark.parametrize("day", ["26.11.2026", "20-11-2026", "26/11/2026"])
def test_a_date_is_no_telephone_number(assistant: Assistant, day: str) -> None:
    answer = assistant.ask(f"ngày {day} phường có làm việc không")
    assert answer.outcome is not Outcome.NO_PUBLISHED_FIGURE


def test_a_fact_is_told_whole_whatever_part_is_asked_for(assistant: Assistant) -> None:
    plain = assistant.ask("giờ làm việc của phường")
    asked = assistant.ask("phường làm việc ở đâu, giờ làm việc thế nào")
    assert asked.entry == plain.entry
    assert asked.message.lead == plain.message.lead


def test_last_year_means_the_year_before_this_one(knowledge: Knowledge, store: TrainedStore) -> None:
    question = "năm ngoái phường thu ngân sách bao nhiêu"
    in_2026 = Assistant(knowledge, lambda: datetime(2026, 11, 26, tzinfo=ZONE), store).ask(question)
    in_2027 = Assistant(knowledge, lambda: datetime(2027, 3, 1, tzinfo=ZONE), store).ask(question)
    assert "211,617" in in_2026.message.plain()
    assert in_2027.outcome is not Outcome.ANSWERED
    assert "tỷ đồng" not in in_2027.message.plain()


def test_the_head_of_a_family_does_not_hide_the_member_that_is_meant(assistant: Assistant) -> None:
    """A lost licence is asked after in more words of the head; "cấp lại" tells which of them is meant."""
    for question, entry in (
        ("Giấy đăng ký hộ kinh doanh của tôi bị mất, xin cấp lại", "cap-lai-cap-doi-gcn-ho-kinh-doanh"),
        ("đăng ký hộ kinh doanh", "dang-ky-thanh-lap-ho-kinh-doanh"),
    ):
        assert assistant.ask(question).entry == entry


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("le phi truoc ba sang ten dat bao nhieu", "le-phi-truoc-ba-nha-dat"),
        ("sang ten xe may cu mua lai can giay gi", "sang-ten-xe"),  # "xe máy cũ", not "mấy cụ"
        ("sang ten xe may cu dc k", "sang-ten-xe"),
    ],
)
def test_what_only_looks_like_a_count_is_answered(assistant: Assistant, question: str, entry: str) -> None:
    assert assistant.ask(question).entry == entry


@pytest.mark.parametrize(
    "question",
    [
        "thu ngân sách phường quý 1 năm 2025 bao nhiêu",
        "cả Huế thu ngân sách năm 2025 đạt bao nhiêu",
        "6 tháng đầu năm 2025 phường thu ngân sách mấy tỷ",
    ],
)
def test_a_part_of_the_year_or_a_wider_place_gets_no_figure_of_another(
    assistant: Assistant, question: str
) -> None:
    assert assistant.ask(question).outcome is Outcome.NO_PUBLISHED_FIGURE


def test_all_of_a_place_is_the_place(assistant: Assistant) -> None:
    assert assistant.ask("toàn thành phố Huế dân số bao nhiêu").entry == "h01-tp-hue"


@pytest.mark.parametrize("question", ["30/4 nghỉ mấy ngày", "2/9 nghỉ mấy bữa", "20/11 nghỉ mấy ngày"])
def test_a_day_that_is_named_leads_to_no_other_holiday(assistant: Assistant, question: str) -> None:
    text = assistant.ask(question).message.plain()
    assert "Tết Nguyên đán" not in text.split("\n", maxsplit=1)[0]


def test_a_term_that_stands_with_the_processing_time_is_told_there(assistant: Assistant) -> None:
    answer = assistant.ask("tạm ngừng hộ kinh doanh phải báo trước mấy ngày")
    assert (answer.entry, answer.facet) == ("tam-ngung-tiep-tuc-ho-kinh-doanh", Facet.TIME)
    assert "3 ngày làm việc" in answer.message.plain()
