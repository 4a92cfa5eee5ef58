"""What is asked, as the whole of a message tells it."""

import pytest

from bot.answering import Answer, Message
from bot.assistant import Assistant
from bot.facets import Facet
from bot.outcomes import Outcome


@pytest.mark.parametrize(
    ("question", "meant", "denied"),
    [
        ("không phải khai sinh mà khai tử", "dang-ky-khai-tu", "dang-ky-khai-sinh"),
        ("không phải sang tên sổ đỏ, em hỏi sang tên xe máy", "sang-ten-xe", "sang-ten-so-do"),
        ("khong phai sang ten so do, em hoi sang ten xe may", "sang-ten-xe", "sang-ten-so-do"),
        ("Thẻ căn cước không mất, chỉ hết hạn thôi", "cap-doi-can-cuoc", "cap-lai-can-cuoc"),
        (
            "tôi không mở công ty, chỉ mở tiệm tạp hóa nhỏ",
            "dang-ky-thanh-lap-ho-kinh-doanh",
            "dang-ky-doanh-nghiep",
        ),
    ],
)
def test_what_is_denied_is_not_what_is_answered(
    assistant: Assistant, question: str, meant: str, denied: str
) -> None:
    answer = assistant.ask(question)
    assert answer.entry == meant
    assert denied not in {part.entry for part in answer.parts}


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("Em chưa có giấy chứng sinh, làm khai sinh cho con được không?", "dang-ky-khai-sinh"),
        ("làm khai sinh được không ạ, cho em hỏi", "dang-ky-khai-sinh"),
    ],
)
def test_saying_what_one_has_not_denies_no_matter(assistant: Assistant, question: str, entry: str) -> None:
    answer = assistant.ask(question)
    family = assistant.knowledge.family(entry)
    shown = {answer.entry, *(candidate.entry for candidate in answer.candidates)}
    assert shown & family


@pytest.mark.parametrize(
    "question",
    [
        "chồng đi làm xa không về ký được",
        "ba tôi nằm liệt giường có ai tới nhà không",
        "phải bản gốc hay photo",
        "được từ tháng nào",
    ],
)
def test_what_cannot_be_understood_by_itself_goes_on(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question, "tro-cap-nguoi-khuyet-tat")
    assert (answer.outcome, answer.entry) == (Outcome.FOLLOWED_UP, "tro-cap-nguoi-khuyet-tat")


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("à mà khai tạm vắng thì làm sao", "khai-bao-tam-vang"),
        ("mà làm thẻ căn cước cho bé thì mấy ngày", "cap-can-cuoc-tre-em"),
        ("the ket hon voi nguoi nuoc ngoai", "dang-ky-ket-hon-yeu-to-nuoc-ngoai"),
    ],
)
def test_another_matter_begins_anew_whatever_leads_on(
    assistant: Assistant, question: str, entry: str
) -> None:
    assert assistant.ask(question, "dang-ky-khai-sinh").entry == entry


@pytest.mark.parametrize("question", ["hồ sơ của tui tới mô rồi", "ho so cua em nop tuan truoc xong chua"])
def test_asking_after_ones_own_file_goes_on_with_no_answer(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question, "tro-cap-huu-tri-xa-hoi").outcome is Outcome.PERSONAL_FILE


def test_asking_after_ones_own_file_leaves_the_topic() -> None:
    own = Answer(Outcome.PERSONAL_FILE, Message(("thử",)), "rieng-tinh-trang-ho-so")
    assert own.topic("dang-ky-khai-sinh") == "dang-ky-khai-sinh"
    assert own.topic(None) == "rieng-tinh-trang-ho-so"


@pytest.mark.parametrize(
    "text", ["chào bạn, mình là Tú", "a lô một hai ba", "good morning", "xin chào buổi sáng cả nhà"]
)
def test_what_stands_behind_a_greeting_is_no_alarm(assistant: Assistant, text: str) -> None:
    assert assistant.ask(text).outcome is Outcome.GREETING


@pytest.mark.parametrize(
    "question",
    [
        "chào chị, căn cước của con em làm ở đâu",
        "chao phuong, dang ky tam tru can gi",
        "em chào cô ạ, giấy kết hôn làm ở đâu",
    ],
)
def test_a_question_behind_a_greeting_is_answered(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).outcome is Outcome.ANSWERED


@pytest.mark.parametrize(
    "told",
    [
        "con tôi câm điếc",
        "tui không chồng nuôi con một mình",
        "chồng tôi bỏ đi 5 năm không về",
        "mất điện cả xóm từ sáng",
        "vỡ ống nước trước nhà",
    ],
)
def test_hardship_told_calmly_is_no_emergency(assistant: Assistant, told: str) -> None:
    assert assistant.ask(told).outcome is not Outcome.EMERGENCY


def test_a_term_is_told_where_a_question_goes_on(assistant: Assistant) -> None:
    answer = assistant.ask("trong mấy ngày phải làm", "dang-ky-khai-sinh")
    assert (answer.outcome, answer.facet) == (Outcome.FOLLOWED_UP, Facet.TIME)
    assert "60 ngày" in answer.message.lead[0]


def test_the_term_opens_no_other_part_of_the_answer(assistant: Assistant) -> None:
    answer = assistant.ask("sinh con rồi thì bao lâu phải đi khai sinh, nộp ở đâu")
    told = [part.message.lead[0] for part in answer.parts]
    assert sum("60 ngày" in line for line in told) == 1
