"""Syllables run together and torn apart."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reading.expansion import Repair
from bot.reading.joints import LEAST_LETTERS, Joints
from bot.text.words import split

BASE = (
    "đăng ký khai sinh",
    "làm giấy khai sinh cho con",
    "lệ phí kết hôn",
    "hộ kinh doanh",
    "phòng cháy chữa cháy",
    "nuôi con nuôi",
    "thú y",
)


def joints(*phrasings: str) -> Joints:
    read = [split(text) for text in phrasings]
    pairs = {(one.folded, two.folded) for words in read for one, two in pairwise(words)}
    return Joints(Counter(word.folded for words in read for word in words), pairs)


def read(question: str) -> str:
    words, _ = joints(*BASE).repair(split(question))
    return " ".join(word.text for word in words)


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("khaisinh", "khai sinh"),
        ("làm giấy khaisinh cho con", "làm giấy khai sinh cho con"),
        ("đăngký kếthôn", "đăng ký kết hôn"),
        ("dangkykhaisinh", "dang ky khai sinh"),
        ("hộkinhdoanh", "hộ kinh doanh"),
        ("nuoiconnuoi", "nuoi con nuoi"),
        ("phongchaychuachay", "phong chay chua chay"),
        ("khai2", "khai 2"),  # a known syllable and a small number
        ("sinh12", "sinh 12"),
    ],
)
def test_takes_apart_what_was_run_together(question: str, meant: str) -> None:
    assert read(question) == meant


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("giấ y khai sinh", "giấy khai sinh"),
        ("g iấy khai sinh", "giấy khai sinh"),
        ("đăng k ý", "đăng ký"),
        ("lệ ph í", "lệ phí"),
        ("l ệ ph í kế t hôn", "lệ phí kết hôn"),
        ("k hai sinh", "khai sinh"),
    ],
)
def test_joins_what_was_torn_apart(question: str, meant: str) -> None:
    assert read(question) == meant


@pytest.mark.parametrize(
    "question",
    [
        *BASE,
        "lam giay khai sinh",
        "facebook",  # of letters, but of no words that are known
        "sinhkhai",  # each half is known, the two never side by side
        "khaisinh2",  # digits make a code
        "khai123",
        "kx2",
        "k 2 hai",
        "phongchaychuachaykhaisinh",  # more than four
        "khaikhai",
        "kha isinh",  # two pieces, neither short
        "gi ấy",  # each stands by itself
        "ở y",
        "khai",
        "",
    ],
)
def test_leaves_alone_what_it_cannot_be_sure_of(question: str) -> None:
    assert joints(*BASE).repair(split(question)) == (split(question), ())


def test_who_is_spoken_to_is_no_torn_syllable() -> None:
    """ "giay to gi a" ends with "ạ", though "to gia" is known."""
    by = joints("tờ giá", "gì")
    assert by.repair(split("to gi a"))[0] == split("to gi a")
    assert by.repair(split("o dau v a"))[0] == split("o dau v a")
    assert joints("xe máy").repair(split("x e may"))[0] == split("xe may")
    assert by.repair(split("tờ g iá"))[0] == split("tờ giá")


def test_neighbours_that_the_base_knows_are_not_joined() -> None:
    """ "thú y" is no torn "thúy", even where someone of that name lives in the base."""
    by = joints(*BASE, "bà thúy")
    assert by.repair(split("gọi thú y"))[0] == split("gọi thú y")


def test_a_short_word_is_rather_misspelt_than_run_together() -> None:
    by = joints("ba on", "an ba")
    assert len("anba") < LEAST_LETTERS
    assert by.repair(split("anba"))[0] == split("anba")


def test_a_rare_syllable_is_not_put_together() -> None:
    by = joints("khuỷnh ra")
    assert by.repair(split("khuỷn h"))[0] == split("khuỷn h")


def test_each_repair_is_told() -> None:
    _, repairs = joints(*BASE).repair(split("làm giấ y khaisinh"))
    assert repairs == (
        Repair("giấ y", "giấy", "chữ bị tách"),
        Repair("khaisinh", "khai sinh", "chữ dính liền"),
    )


def test_knows_nothing_without_a_base() -> None:
    question = split("khaisinh giấ y")
    assert Joints({}, ()).repair(question) == (question, ())


PIECES = st.sampled_from(
    [
        "khai",
        "sinh",
        "giấ",
        "y",
        "k",
        "ý",
        "đăng",
        "khaisinh",
        "kếthôn",
        "h",
        "ôn",
        "kế",
        "t",
        "ct01",
        "phí",
        "xyz",
    ]
)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=8).map(" ".join))
def test_only_moves_spaces(question: str) -> None:
    before = split(question)
    after, repairs = joints(*BASE).repair(before)
    assert "".join(word.text for word in after) == "".join(word.text for word in before)
    assert (after == before) == (repairs == ())
    assert all(each.typed.replace(" ", "") == each.read.replace(" ", "") for each in repairs)


@settings(deadline=None)
@given(st.sampled_from(BASE[:-1]), st.data())
def test_one_space_too_few_is_put_back(phrasing: str, data: st.DataObject) -> None:
    places = [at for at, char in enumerate(phrasing) if char == " "]
    at = data.draw(st.sampled_from(places))
    torn = phrasing[:at] + phrasing[at + 1 :]
    assert read(torn) == phrasing
