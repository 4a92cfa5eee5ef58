from collections.abc import Callable

import pytest

from bot.knowledge.language import Term
from bot.knowledge.load import Loaded
from bot.knowledge.placed import Placed
from bot.knowledge.review.readability import review_readability

TERMS = (
    Term(term="UBND", instead="Ủy ban nhân dân"),
    Term(term="nêu trên", instead="nói lại tên việc"),
    Term(term="CCCD", means="căn cước công dân"),
)


def said_of(place: Placed) -> list[tuple[str, str, str]]:
    return [(problem.field, problem.what, problem.advice) for problem in review_readability([place], TERMS)]


def test_the_base_reads_well(loaded: Loaded) -> None:
    assert loaded.knowledge is not None
    assert list(review_readability(loaded.placed, loaded.knowledge.language.terms)) == []


@pytest.mark.parametrize(
    ("line", "what", "advice"),
    [
        ("a" * 201, "dòng dài 201 ký tự", "hai câu"),
        ("Nộp ở UBND phường.", "`UBND`", "Ủy ban nhân dân"),
        ("Nộp ở VPĐK đất đai.", "`VPĐK`", "terms.yaml"),
        ("Giấy tờ nêu trên phải còn hạn.", "“nêu trên”", "nói lại tên việc"),
    ],
)
def test_says_what_to_write_instead(placed: Callable[..., Placed], line: str, what: str, advice: str) -> None:
    [(field, said, instead)] = said_of(placed(("where: Trung tâm.", f"where: Trung tâm.\n  notes: {line}")))
    assert field == "notes"
    assert what in said
    assert advice in instead


@pytest.mark.parametrize(
    "line",
    [
        "Mang CCCD theo.",
        "Nghị định 123/2015/NĐ-CP",
        "Mẫu CT01 hoặc NA17",
        "Công trình cấp III, IV",
        "Sổ ghi “TV” là cũ.",
    ],
)
def test_leaves_alone_what_is_plain(placed: Callable[..., Placed], line: str) -> None:
    assert said_of(placed(("where: Trung tâm.", f"where: Trung tâm.\n  notes: {line}"))) == []


def test_names_of_laws_may_keep_their_short_forms(placed: Callable[..., Placed]) -> None:
    assert said_of(placed(("legal: Luật thử", "legal: Quyết định của UBND"))) == []
