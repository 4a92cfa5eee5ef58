import pytest

from bot.text.phrases import PhraseLists, Phrases
from bot.text.words import split


def cues(question: str, *phrases: str) -> list[str]:
    return [found.cue for found in Phrases(phrases).find(split(question))]


def test_finds_a_phrase_anywhere() -> None:
    assert cues("cho hỏi lệ phí bao nhiêu", "lệ phí") == ["lệ phí"]


def test_does_not_find_its_words_apart() -> None:
    assert cues("phí và lệ", "lệ phí") == []


@pytest.mark.parametrize(
    ("between", "found"), [("", True), ("làm giấy đó", True), ("làm giấy đó bây giờ", False)]
)
def test_a_gap_takes_up_to_three_words(between: str, found: bool) -> None:
    assert bool(cues(f"có được {between} không", "có được ... không")) is found


def test_a_word_without_marks_fits_but_a_wrong_mark_does_not() -> None:
    assert cues("chay nha", "cháy nhà") == ["cháy nhà"]
    assert cues("chạy nhà", "cháy nhà") == []


def test_reports_where_each_word_stood() -> None:
    found = Phrases(["có ... không"]).find(split("tôi có làm không"))
    assert found[0].positions == (1, 3)


def test_ignores_an_empty_cue() -> None:
    assert cues("gì cũng được", "", "...", "?!") == []


def test_several_lists_are_looked_for_as_each_by_itself() -> None:
    lists = {"one": ("khai sinh", "làm ... giấy"), "two": ("khai sinh", "giấy"), "three": ("khai tử",)}
    words = split("làm lại giấy khai sinh")
    found = PhraseLists(lists).find(words)
    assert set(found) == {"one", "two"}
    for name, cues in lists.items():
        alone = Phrases(cues).find(words)
        assert [each.positions for each in found.get(name, [])] == [each.positions for each in alone]


def test_a_cue_written_twice_in_a_list_is_found_once() -> None:
    assert len(PhraseLists({1: ("khai tử", "khai tử")}).find(split("khai tử"))[1]) == 1
