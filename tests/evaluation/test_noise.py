"""Spoilt as typing spoils, the same for the same question."""

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.noise import (
    CHARACTERS_A_TYPO,
    LETTER_KEYS,
    NEIGHBOURS,
    NOISES,
    TONE_KEYS,
    half_marks,
    telex,
    typo,
    without_marks,
)
from bot.reading import keys
from bot.text.words import split
from tests.conftest import ROOT

QUESTION = "Đăng ký kết hôn ở phường cần những giấy tờ gì ạ, lệ phí bao nhiêu?"
WORDS = [
    "đăng",
    "ký",
    "kết",
    "hôn",
    "ở",
    "phường",
    "An",
    "Cựu",
    "cần",
    "giấy",
    "tờ",
    "gì",
    "bao",
    "nhiêu",
    "ngày",
    "Đường",
    "số",
    "12",
    "mất",
    "a",
]
QUESTIONS = st.lists(st.sampled_from(WORDS), max_size=15).map(" ".join)


@pytest.mark.parametrize("noise", NOISES.values(), ids=NOISES)
@given(st.text(max_size=100) | QUESTIONS)
def test_takes_anything_and_is_the_same_each_time(noise: type[str], text: str) -> None:
    assert noise(text) == noise(text)


def test_is_the_same_in_every_process() -> None:
    """Python hashes strings differently in each; the dice must not."""
    code = "import sys; from bot.evaluation.noise import NOISES; [print(n(sys.argv[1])) for n in NOISES.values()]"
    runs = {
        subprocess.run(
            [sys.executable, "-X", "utf8", "-c", code, QUESTION],
            check=True,
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert runs == {"".join(noise(QUESTION) + "\n" for noise in NOISES.values())}


def test_no_noise_is_none() -> None:
    assert NOISES["none"](QUESTION) == QUESTION


def test_without_marks_is_bare_letters() -> None:
    assert without_marks("Đường Lê Lợi, ưỡn ẹo đỏ") == "Duong Le Loi, uon eo do"


@given(st.text(max_size=100) | QUESTIONS)
def test_without_marks_nothing_is_left_to_take_away(text: str) -> None:
    bare = without_marks(text)
    assert without_marks(bare) == bare
    assert not any(unicodedata.combining(char) or char in "đĐ" for char in bare)


@given(QUESTIONS)
def test_without_marks_keeps_every_letter(text: str) -> None:
    assert [word.folded for word in split(without_marks(text))] == [word.folded for word in split(text)]


@given(QUESTIONS)
def test_half_the_marks_is_each_word_whole_or_bare(text: str) -> None:
    for word, spoilt in zip(text.split(" "), half_marks(text).split(" "), strict=True):
        assert spoilt in (word, without_marks(word))


def test_half_the_marks_is_about_half() -> None:
    words = half_marks(" ".join(["kết"] * 1000)).split(" ")
    assert 400 < words.count("ket") < 600


@given(QUESTIONS)
def test_a_slip_is_one_in_so_many_letters(text: str) -> None:
    slips = max(1, len(text) // CHARACTERS_A_TYPO)
    assert abs(len(typo(text)) - len(text)) <= slips
    assert distance(text, typo(text)) <= 2 * slips  # a swap counts for two


def distance(one: str, two: str) -> int:
    """Levenshtein's, by the book."""
    row = list(range(len(two) + 1))
    for number, char in enumerate(one, 1):
        before, row[0] = row[0], number
        for at, other in enumerate(two, 1):
            before, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, before + (char != other))
    return row[-1]


@pytest.mark.parametrize("text", ["", "a", "12 34", "? !"])
def test_without_two_letters_side_by_side_nothing_slips(text: str) -> None:
    assert typo(text) == text


def test_every_kind_of_slip_happens() -> None:
    lengths = {len(typo(f"giấy {number}")) - len(f"giấy {number}") for number in range(100)}
    assert lengths == {-1, 0, 1}


def test_most_questions_slip() -> None:
    questions = [f"{QUESTION} {number}" for number in range(100)]
    assert sum(typo(question) != question for question in questions) > 80


def test_no_key_is_its_own_neighbour() -> None:
    assert all(char not in near for char, near in NEIGHBOURS.items())
    assert set("".join(NEIGHBOURS.values())) <= set("abcdefghijklmnopqrstuvwxyz")


@given(QUESTIONS)
def test_telex_spoils_only_marked_words_and_leaves_no_mark_in_those(text: str) -> None:
    for word, spoilt in zip(text.split(" "), telex(text).split(" "), strict=True):
        assert spoilt == word or (word != without_marks(word) and spoilt.isascii())


@pytest.mark.parametrize(
    ("word", "keys_"),
    [("đăng", "ddawng"), ("Đường", "DDuwowngf"), ("ký", "kys"), ("giấy", "giaays"), ("được", "dduwowcj")],
)
def test_telex_is_the_keys_of_the_word_with_the_tone_last(word: str, keys_: str) -> None:
    spoilt = set(telex(" ".join([word] * 20)).split(" "))
    assert {each.lower() for each in spoilt} == {word.lower(), keys_.lower()}


def test_telex_has_a_key_for_every_mark() -> None:
    assert set(TONE_KEYS.values()) == set("fsxrj")
    assert set(LETTER_KEYS) == set("ăâđêôơư")


@given(QUESTIONS)
def test_what_telex_spoils_is_read_back(text: str) -> None:
    """Where something longer was spoilt; else it stays as it is (see bot/reading/keys.py)."""
    meant, spoilt = split(text), split(telex(text))
    read, _ = keys.repair(spoilt)
    is_long = any(len(word.text) >= keys.SURE_LENGTH for word in spoilt if word not in meant)
    assert [word.key for word in read] == [word.key for word in (meant if is_long else spoilt)]
