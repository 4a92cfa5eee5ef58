import pytest

from bot.assistant import Assistant
from bot.knowledge import Knowledge
from bot.knowledge.language import FormerName
from bot.reading.former_names import FormerNames
from bot.text.words import split

ROWS = (
    FormerName(
        names=("An Đông", "phường An Đông"), says="nay là An Cựu", entry="x", not_after=("đường", "chợ")
    ),
    FormerName(names=("ra quận",), says="không còn quận", entry="y", marked="yes"),
)


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("nhà tui ở An Đông", ["nay là An Cựu"]),
        ("phuong an dong", ["nay là An Cựu"]),
        ("nhà ở đường An Đông", []),
        ("bán ở chợ An Đông", []),
        ("phải ra quận làm", ["không còn quận"]),
        ("le ra quan", []),
        ("ở An Đông phải ra quận", ["nay là An Cựu", "không còn quận"]),
        ("An Cựu", []),
    ],
)
def test_finds_former_names_but_not_streets(question: str, says: list[str]) -> None:
    former = FormerNames(ROWS).read(split(question))
    assert [name.says for name in former.names] == says


def test_an_answer_that_tells_it_is_not_told_twice() -> None:
    former = FormerNames(ROWS).read(split("An Đông"))
    assert former.said_beside(["x"]) == ()
    assert former.said_beside(["y"]) == ("nay là An Cựu",)


def test_every_row_points_to_an_entry_and_is_one_short_sentence(knowledge: Knowledge) -> None:
    for row in knowledge.language.former_names:
        assert knowledge.find(row.entry) is not None
        assert len(row.says) <= 160


def test_a_procedure_is_answered_though_a_former_name_stands_beside(assistant: Assistant) -> None:
    for question in ("tôi ở An Tây thì làm khai sinh ở đâu", "ra ủy ban nhân dân huyện làm căn cước"):
        message = assistant.ask(question).message
        assert any("1/7/2025" in line for line in message.footer), question
    assert assistant.ask("tôi ở An Tây thì làm khai sinh ở đâu").entry == "dang-ky-khai-sinh"
    assert assistant.ask("ra ủy ban nhân dân huyện làm căn cước").entry == "cap-can-cuoc-tu-14"
