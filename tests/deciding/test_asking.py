"""Questions about no procedure, and questions that only look like them."""

from datetime import date

import pytest

from bot.deciding.asking import About, Asker
from bot.knowledge import Knowledge
from bot.reading.moments import MomentReader
from bot.reading.read import Reader, Reading
from bot.text.word_lists import WordList
from tests.conftest import NOW, TODAY


class Asked:
    def __init__(self, knowledge: Knowledge) -> None:
        language = knowledge.language
        stop = WordList(language.stop_words.always, language.stop_words.marked_only)
        self._reader = Reader(language)
        self._moments = MomentReader(language.moments, knowledge.calendar)
        self._asker = Asker(language.asking, language.terms, stop)

    def reading(self, question: str) -> Reading:
        return self._reader.read(question)

    def about(self, question: str) -> About:
        words = self.reading(question).words
        return self._asker.about(words, self._moments.read(question, words, NOW))

    def goes_on(self, question: str) -> date | None:
        words = self.reading(question).words
        return self._asker.goes_on(words, self._moments.read(question, words, NOW), TODAY)

    def is_due(self, question: str) -> bool:
        words = self.reading(question).words
        return self._asker.is_due(words, self._moments.read(question, words, NOW))

    def defined(self, question: str) -> list[str]:
        return [term.term for term in self._asker.defined(self.reading(question).words)]


@pytest.fixture(scope="module")
def asked(knowledge: Knowledge) -> Asked:
    return Asked(knowledge)


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("giờ này phường còn làm không", About.OPENING),
        ("chu nhat phuong co lam ko", About.OPENING),
        ("mai nghỉ lễ không", About.OPENING),
        ("dạ cho em hỏi chiều mai lên nộp hồ sơ còn kịp không ạ", About.OPENING),
        ("mấy giờ mở cửa", About.HOURS),
        ("phường mình làm tới mấy giờ rứa", About.HOURS),
        ("thứ bảy có làm căn cước không", About.OPENING_FOR),
        ("công an phường chủ nhật có làm không", About.OPENING_FOR),
        ("trạm y tế mấy giờ mở cửa", About.NOTHING),
        ("ngày lễ phường có làm việc không", About.NOTHING),
        ("phường nghỉ tết mấy ngày", About.NOTHING),
        ("mở cửa hàng tạp hóa có phải đăng ký không", About.NOTHING),
        ("quán karaoke mở cửa tới mấy giờ", About.NOTHING),
        ("đăng ký khai sinh cần giấy tờ gì", About.NOTHING),
        ("con tôi sinh ngày 24/11 làm khai sinh ở đâu", About.NOTHING),
        ("nghỉ việc có được trợ cấp không", About.NOTHING),
    ],
)
def test_tells_questions_about_hours_from_others(asked: Asked, question: str, about: About) -> None:
    assert asked.about(question) is about


@pytest.mark.parametrize(
    ("question", "is_due"),
    [
        ("nộp hôm nay thì khi nào có", True),
        ("nop hom nay bao gio co ket qua", True),
        ("đăng ký thường trú nộp hôm nay thì khi nào có", False),
        ("khi nào có", False),
        ("hôm nay phường có làm không", False),
    ],
)
def test_when_is_it_ready_needs_to_know_what(asked: Asked, question: str, is_due: bool) -> None:
    assert asked.is_due(question) is is_due


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("trích lục là gì", ["trích lục hộ tịch"]),
        ("trich luc la chi", ["trích lục hộ tịch"]),
        ("dạ cho em hỏi liên thông nghĩa là gì ạ", ["liên thông"]),
        ("điểm chỉ là sao", ["điểm chỉ"]),
        ("điểm chỉ khác gì niêm yết", ["điểm chỉ", "niêm yết"]),
        ("điểm chỉ là gì niêm yết", []),
        ("điều kiện giám hộ là gì", []),
        ("lệ phí trích lục là bao nhiêu", []),
        ("trích lục", []),
        ("pháp nhân là gì", []),
    ],
)
def test_explains_only_what_is_asked_for_alone(asked: Asked, question: str, terms: list[str]) -> None:
    assert asked.defined(question) == terms


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("mai xin giấy độc thân mấy ngày có", date(2026, 11, 27)),
        ("ngày 5/3/2027 làm khai sinh lệ phí bao nhiêu", date(2027, 3, 5)),
        ("khai sinh nộp ngày 3/2/2027 thì bao giờ có", date(2027, 2, 3)),
        ("cưới ngày 30/4 thì giấy kết hôn làm trước mấy ngày", None),
        ("thẻ căn cước hết hạn ngày 5/1/2027 đổi mấy ngày có", None),
        ("con sinh 20/11 làm khai sinh mấy ngày có giấy", None),
        ("hôm nay nộp thì khi nào có", None),
    ],
)
def test_a_day_to_go_on_is_told_from_the_day_of_an_event(
    asked: Asked, question: str, day: date | None
) -> None:
    assert asked.goes_on(question) == day


@pytest.mark.parametrize("padding", ["ạ ", "con ạ ", "ơi "])
def test_how_one_is_spoken_to_may_go_on_for_long(asked: Asked, padding: str) -> None:
    """Linear, not quadratic: this took fifteen seconds once."""
    question = "mấy giờ làm việc " + padding * 1000
    assert asked.about(question) is About.HOURS
