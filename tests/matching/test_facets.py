import pytest

from bot.assistant import Assistant
from bot.facets import Facet
from bot.matching import FacetReader
from bot.text.words import split

CUES = {
    Facet.DOCUMENTS: ["cần giấy tờ gì", "giấy tờ gì"],
    Facet.FEE: ["bao nhiêu tiền", "lệ phí"],
    Facet.WHERE: ["ở đâu"],
    Facet.HOW: ["làm sao"],
}


def facet(question: str) -> Facet | None:
    return FacetReader(CUES).read(split(question)).facet


def test_takes_the_longest_cue() -> None:
    assert facet("lệ phí ở đâu, cần giấy tờ gì") is Facet.DOCUMENTS


def test_takes_the_more_concrete_of_two_equal_cues() -> None:
    assert facet("làm sao, ở đâu") is Facet.WHERE
    assert facet("ở đâu, lệ phí") is Facet.FEE


def test_asks_for_nothing_in_particular_without_a_cue() -> None:
    assert facet("đăng ký kết hôn") is None


def test_reports_the_words_of_every_cue() -> None:
    assert FacetReader(CUES).read(split("lệ phí ở đâu")).positions == {0, 1, 2, 3}


def test_what_is_only_mentioned_counts_where_nothing_else_is_asked() -> None:
    reader = FacetReader(
        {Facet.ONLINE: ["qua mạng", "qua mạng được không"], Facet.TIME: ["bao lâu"]}
        | {"mentions": ["qua mạng"]}
    )

    def several(question: str) -> tuple[Facet, ...]:
        return reader.several(split(question))

    assert several("nộp qua mạng thì bao lâu") == (Facet.TIME,)
    assert reader.main(split("nộp qua mạng thì bao lâu")).facet is Facet.TIME
    assert several("nộp qua mạng được không, bao lâu") == (Facet.ONLINE, Facet.TIME)
    assert several("khai sinh qua mạng") == (Facet.ONLINE,)
    assert reader.main(split("nộp qua mạng được không, bao lâu")).cued == (Facet.ONLINE, Facet.TIME)


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("làm giấy khai sinh cần giấy tờ gì", Facet.DOCUMENTS),
        ("lam giay khai sinh can nhung gi", Facet.DOCUMENTS),
        ("mần giấy khai sinh cần giấy chi rứa", Facet.DOCUMENTS),
        ("đăng ký kết hôn tốn bao nhiêu tiền", Facet.FEE),
        ("dang ky ket hon mat bao nhieu tien", Facet.FEE),
        ("đổi căn cước mất mấy ngày", Facet.TIME),
        ("bao lâu thì có căn cước", Facet.TIME),
        ("nộp hồ sơ đăng ký kết hôn ở mô", Facet.WHERE),
        ("khai sinh nộp online được không", Facet.ONLINE),
        ("cấp sổ đỏ căn cứ theo luật nào", Facet.LEGAL),
        ("ai được nhận trợ cấp hưu trí xã hội", Facet.ELIGIBILITY),
        ("đăng ký kết hôn như thế nào", Facet.HOW),
        ("đăng ký khai sinh", None),
    ],
)
def test_finds_the_facet_of_real_questions(assistant: Assistant, question: str, asked: Facet | None) -> None:
    assert assistant.decide(assistant.read(question)).facet is asked
