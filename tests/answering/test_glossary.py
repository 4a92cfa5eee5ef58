import pytest

from bot.answering import Composer
from bot.answering.glossary import Glossary
from bot.knowledge import Knowledge
from bot.knowledge.language import Term
from tests.conftest import NOW

TERMS = (
    Term(term="trích lục", means="giấy ghi lại"),
    Term(term="trích lục khai tử", means="giấy ghi việc khai tử"),
    Term(term="AI", means="máy"),
    Term(term="UBND", instead="Ủy ban nhân dân"),
)


@pytest.mark.parametrize(
    ("text", "explained"),
    [
        ("Nộp Trích lục khai tử.", ["trích lục khai tử"]),
        ("Nộp trích lục.", ["trích lục"]),
        ("Trích lục; rồi trích lục khai tử, trích lục.", ["trích lục", "trích lục khai tử"]),
        ("Không ai phải nộp gì.", []),
        ("Camera AI của phường.", ["AI"]),
        ("UBND phường", []),
    ],
)
def test_explains_what_stands_there(text: str, explained: list[str]) -> None:
    lines = Glossary(TERMS).section([text]).lines
    assert [line.removeprefix("• ").split(":")[0] for line in lines] == explained


def test_without_terms_nothing_is_explained() -> None:
    assert Glossary(()).section(["trích lục", ""]).lines == ()


def test_answers_explain_their_hard_words(knowledge: Knowledge) -> None:
    message = Composer(knowledge, lambda: NOW).entry(knowledge.entries["ghi-chu-ket-hon-nuoc-ngoai"], None)
    [section] = [section for section in message.details if section.title == "Giải thích từ"]
    assert any(line.startswith("• hợp pháp hóa lãnh sự: ") for line in section.lines)
