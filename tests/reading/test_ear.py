"""Words spelt as they sound in Huế."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.assistant import Assistant
from bot.knowledge import Knowledge
from bot.outcomes import Outcome
from bot.reading.spelling import OFTEN, Ear
from bot.text.words import split


def ear(knowledge: Knowledge, *phrases: str) -> Ear:
    read = [split(phrase) for phrase in phrases]
    pairs = [(one, two, OFTEN) for words in read for one, two in pairwise(words)]
    return Ear(knowledge.language.spelling, [word for words in read for word in words], pairs, {})


def heard(by: Ear, question: str) -> list[str]:
    words, _ = by.repair(split(question))
    return [word.key for word in words]


@pytest.mark.parametrize("rule", range(7))
def test_each_rule_of_the_list_mends_its_own_example(knowledge: Knowledge, rule: int) -> None:
    rules = knowledge.language.spelling
    assert len(rules) == 7
    typed, meant = rules[rule].example.split(" → ")
    assert heard(ear(knowledge, meant), typed) == [word.key for word in split(meant)]


@pytest.mark.parametrize(
    "question", ["khai xinh đẹp", "xinh", "tháng nhận lương", "sổ hồng", "xe máy", "bắc nam"]
)
def test_leaves_alone_what_makes_no_known_neighbours(knowledge: Knowledge, question: str) -> None:
    by = ear(knowledge, "thân nhân", "sổ hồng", "xe máy", "tháng lương", "bắt xe")
    assert heard(by, question) == [word.key for word in split(question)]


def test_a_word_of_the_base_is_never_read_as_another(knowledge: Knowledge) -> None:
    by = ear(knowledge, "mất sách", "sắt thép")
    assert heard(by, "mất sắt") == [word.key for word in split("mất sắt")]


def test_of_two_readings_the_one_with_more_known_neighbours(knowledge: Knowledge) -> None:
    by = ear(knowledge, "giấy xác nhận", "giấy sát")
    assert heard(by, "giấy sác nhận")[1] == split("xác")[0].key


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("khai xinh cho con", "khai sinh cho con"),
        ("đăng ký kết hông", "đăng ký kết hôn"),
        ("sây nhà", "xây nhà"),
    ],
)
def test_the_bot_understands_them_and_says_what_it_read(assistant: Assistant, typed: str, meant: str) -> None:
    reading = assistant.read(typed)
    assert [word.folded for word in reading.words] == [word.folded for word in split(meant)]
    assert [repair.why for repair in reading.repairs] in (["viết theo tiếng nói"], ["tiếng địa phương"])
    assert assistant.ask(typed).entry == assistant.ask(meant).entry


@given(
    st.lists(
        st.sampled_from(
            ["khai", "xinh", "sinh", "hông", "hôn", "căng", "căn", "mấc", "mất", "doăn", "ng", "ch", "x"]
        ),
        max_size=8,
    )
)
def test_keeps_the_number_of_words(knowledge: Knowledge, words: list[str]) -> None:
    by = ear(knowledge, "khai sinh", "kết hôn", "căn cước", "mất sổ")
    assert len(heard(by, " ".join(words))) == len(words)


def test_a_pair_that_stands_in_few_phrasings_shows_nothing(knowledge: Knowledge) -> None:
    one, two = split("con sinh")
    by = Ear(knowledge.language.spelling, (one, two), [(one, two, OFTEN - 1)], {})
    assert heard(by, "con xinh") == [word.key for word in split("con xinh")]


def test_a_pair_shows_nothing_whose_words_mostly_stand_elsewhere(knowledge: Knowledge) -> None:
    one, two = split("con sinh")
    for times, expected in ((20, "con xinh"), (30, "con sinh")):
        by = Ear(knowledge.language.spelling, (one, two), [(one, two, times)], {"con": 900, "sinh": 300})
        assert heard(by, "con xinh") == [word.key for word in split(expected)]


def test_hears_also_what_is_typed_without_marks(knowledge: Knowledge) -> None:
    by = ear(knowledge, "đăng ký khai sinh")
    assert [word.folded for word in by.repair(split("dang ky khai xinh"))[0]] == [
        "dang",
        "ki",
        "khai",
        "sinh",
    ]


def test_a_pretty_child_is_not_born_late(assistant: Assistant) -> None:
    assert assistant.ask("xe của con xinh quá").outcome not in (Outcome.ANSWERED, Outcome.NOT_OURS)
