import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.syllables import fold, key
from bot.text.words import OTHER_MARKS, SAME_SOUND, Word, agreement, split


@pytest.mark.parametrize(
    ("old", "new"),
    [("hoà", "hòa"), ("uỷ", "ủy"), ("thuý", "thúy"), ("khoẻ", "khỏe"), ("kĩ", "kỹ"), ("lí", "lý")],
)
def test_takes_old_and_new_tone_places_for_the_same(old: str, new: str) -> None:
    assert key(old) == key(new)
    assert fold(old) == fold(new)


@pytest.mark.parametrize(("one", "other"), [("khai tử", "khai tự"), ("thuế", "thuê"), ("quỳ", "qui")])
def test_keeps_other_marks_apart(one: str, other: str) -> None:
    assert [word.key for word in split(one)] != [word.key for word in split(other)]


def test_folds_d_with_stroke() -> None:
    assert fold("đường") == "duong"


def test_reads_decomposed_and_full_width_text_like_composed() -> None:
    text = "Đăng ký Khai sinh"
    assert split(unicodedata.normalize("NFD", text)) == split(text)
    assert split("ＣＣＣＤ") == split("cccd")


def test_ignores_what_cannot_be_seen() -> None:
    assert split("kh\u200bai\ufeff \u202esinh\u0000!") == split("khai sinh")


@pytest.mark.parametrize("text", ["", " \n\t", "👍🏽❤️", "?!…", "\u200b"])
def test_finds_no_word_where_none_is(text: str) -> None:
    assert split(text) == ()


def test_a_word_without_marks_fits_every_marking() -> None:
    assert agreement(Word.of("tu"), Word.of("tử")) == 1.0


def test_a_typed_mark_counts() -> None:
    assert agreement(Word.of("tự"), Word.of("tử")) == OTHER_MARKS
    assert agreement(Word.of("sữa"), Word.of("sửa")) == SAME_SOUND
    assert agreement(Word.of("sinh"), Word.of("tử")) == 0.0


@given(st.text())
def test_splits_any_text_into_clean_words(text: str) -> None:
    for word in split(text):
        assert word.text
        assert word.text == word.text.lower() or not word.text.isascii()
        assert not any(char.isspace() for char in word.text)


@given(st.text(max_size=20), st.text(max_size=20))
def test_agreement_stays_between_nothing_and_everything(one: str, other: str) -> None:
    assert 0.0 <= agreement(Word.of(one.lower()), Word.of(other.lower())) <= 1.0
    assert agreement(Word.of(one.lower()), Word.of(one.lower())) == 1.0
