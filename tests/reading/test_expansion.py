from typing import Any

from bot.knowledge.language import Row
from bot.reading.expansion import Expander, Repair
from bot.text.words import split


def expand(question: str, *rows: dict[str, Any], need_marks: bool = False) -> str:
    expander = Expander((Row.model_validate(row) for row in rows), "thử", single_words_need_marks=need_marks)
    words, _ = expander.expand(split(question))
    return " ".join(word.text for word in words)


def test_reads_an_abbreviation_with_or_without_marks() -> None:
    row = {"from": "đkks", "to": "đăng ký khai sinh"}
    assert expand("dkks ở đâu", row) == "đăng ký khai sinh ở đâu"
    assert expand("ĐKKS ở đâu", row) == "đăng ký khai sinh ở đâu"


def test_takes_the_longest_row_first() -> None:
    rows = [{"from": "ở mô", "to": "ở đâu"}, {"from": "ở mô ri", "to": "ở đâu đây"}]
    assert expand("ở mô ri", *rows) == "ở đâu đây"


def test_a_single_dialect_word_needs_its_marks() -> None:
    row = {"from": "mô", "to": "đâu"}
    assert expand("đi mô", row, need_marks=True) == "đi đâu"
    assert expand("mo ho kinh doanh", row, need_marks=True) == "mo ho kinh doanh"


def test_an_ambiguous_row_holds_only_under_its_condition() -> None:
    row = {"from": "k", "readings": [{"to": "không", "when": {"after_number": "no"}}]}
    assert expand("làm k", row) == "làm không"
    assert expand("phí 50 k", row) == "phí 50 k"


def test_takes_the_first_reading_that_holds() -> None:
    row = {
        "from": "kh",
        "readings": [
            {"to": "kết hôn", "when": {"after": ["đăng ký"]}},
            {"to": "không", "when": {"at": "end"}},
        ],
    }
    assert expand("đăng ký kh ở đâu", row) == "đăng ký kết hôn ở đâu"
    assert expand("được làm kh", row) == "được làm không"
    assert expand("kh đến mua", row) == "kh đến mua"


def test_near_looks_outside_the_word_itself() -> None:
    row = {
        "from": "cc",
        "readings": [{"to": "căn cước", "when": {"near": ["thẻ"], "not_near": ["chung cư"]}}],
    }
    assert expand("mất thẻ cc", row) == "mất thẻ căn cước"
    assert expand("mất thẻ cc chung cư", row) == "mất thẻ cc chung cư"
    assert expand("mất cc", row) == "mất cc"


def test_a_row_without_reading_changes_nothing() -> None:
    assert expand("gửi tt cho tôi", {"from": "tt", "other": ["thủ tục", "thông tin"]}) == "gửi tt cho tôi"


def test_tells_each_repair() -> None:
    expander = Expander(
        [Row.model_validate({"from": "ko", "to": "không"})], "viết tắt", single_words_need_marks=False
    )
    assert expander.expand(split("được ko"))[1] == (Repair("ko", "không", "viết tắt"),)


def test_an_abbreviation_whose_letters_are_a_word_needs_its_marks() -> None:
    row = {"from": "gòi", "to": "rồi"}
    assert expand("xong gòi", row) == "xong rồi"
    assert expand("goi cho ai", row) == "goi cho ai"
