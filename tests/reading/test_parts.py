"""What a message says it is not about, its sentences, and its parts at a joining word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge import Knowledge
from bot.reading.parts import MOST_DENIED, Denials, fragments_of, joined_parts
from bot.text.phrases import Phrases
from bot.text.word_lists import WordList
from bot.text.words import split

CUES = ("không phải ... mà", "không phải ... mà là", "chứ không phải ...", "có ... rồi giờ chỉ")


def left(question: str, *cues: str) -> str:
    words = split(question)
    denied = Denials(cues or CUES).denied(words)
    return " ".join(word.text for at, word in enumerate(words) if at not in denied)


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("không phải khai sinh mà khai tử", "khai tử"),
        ("không phải khai sinh mà là khai tử", "khai tử"),  # the longer cue
        ("khong phai khai sinh ma la khai tu", "khai tu"),
        ("em hỏi không phải khai sinh mà khai tử ạ", "em hỏi khai tử ạ"),
        ("khai tử chứ không phải khai sinh", "khai tử"),
        ("có sổ đỏ rồi giờ chỉ muốn tách thửa", "muốn tách thửa"),
    ],
)
def test_takes_away_what_is_denied(question: str, meant: str) -> None:
    assert left(question) == meant


@pytest.mark.parametrize(
    "question",
    [
        "",
        "khai sinh",
        "không phải khai sinh",  # nothing says what it is instead
        "không phải khai sinh mà",
        "chứ không phải khai sinh",  # it would leave nothing
        "khai tử chứ không phải",
        "không phải mà khai tử",  # nothing is denied
        "khong phải khải sinh mạ khai tử",  # other marks, another word
    ],
)
def test_takes_nothing_away_where_nothing_would_be_left_or_denied(question: str) -> None:
    assert left(question) == " ".join(word.text for word in split(question))


@pytest.mark.parametrize(("words", "is_denied"), [(MOST_DENIED, True), (MOST_DENIED + 1, False)])
def test_a_denial_reaches_no_further_than_some_words(words: int, *, is_denied: bool) -> None:
    long = " ".join(["giấy"] * words)
    assert (left(f"không phải {long} mà khai tử") == "khai tử") is is_denied
    assert (left(f"khai tử chứ không phải {long}") == "khai tử") is is_denied


def test_every_cue_of_the_list_denies(knowledge: Knowledge) -> None:
    cues = knowledge.language.conversation.denies
    assert len(cues) > 20
    for cue in cues:
        before, after = (half.strip() for half in cue.split("..."))
        asked = (
            f"trích lục {before} giấy thử {after}" if not after else f"{before} giấy thử {after} trích lục"
        )
        assert left(asked, *cues) == "trích lục", cue


WORDS = st.sampled_from(
    ["không", "phải", "mà", "là", "chứ", "có", "rồi", "giờ", "chỉ", "khai", "sinh", "tử", "em"]
)
QUESTIONS = st.lists(WORDS, max_size=14).map(" ".join)


@given(QUESTIONS)
def test_something_is_always_left_and_what_is_denied_is_one_run(question: str) -> None:
    words = split(question)
    denied = Denials(CUES).denied(words)
    assert denied <= set(range(len(words)))
    assert len(denied) < max(1, len(words))
    assert not denied or denied == set(range(min(denied), max(denied) + 1))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("khai sinh ở đâu? lệ phí bao nhiêu", ["khai sinh ở đâu", "lệ phí bao nhiêu"]),
        ("dạ, khai sinh; khai tử!\nkết hôn", ["dạ", "khai sinh", "khai tử", "kết hôn"]),
        ("phí 8.000 hay 5,5 nghìn. nộp ở đâu.", ["phí 8.000 hay 5,5 nghìn", "nộp ở đâu"]),
        ("dichvucong.gov.vn vào sao", ["dichvucong.gov.vn vào sao"]),
        ("thế ạ?!?!", ["thế ạ"]),
        ("?! , ... 👍", []),
        ("", []),
    ],
)
def test_parts_a_text_at_the_marks_that_end_a_sentence(text: str, parts: list[str]) -> None:
    assert [part.strip(" .") for part in fragments_of(text)] == parts


@given(st.text("ab 1.,?!;\n👍", max_size=40))
def test_the_sentences_hold_every_word_once_and_in_order(text: str) -> None:
    parts = [split(part) for part in fragments_of(text)]
    assert all(parts)
    assert tuple(word for part in parts for word in part) == split(text)


def ways(question: str) -> list[tuple[str, str]]:
    found = joined_parts(split(question), Phrases(("và", "với", "với lại")))
    return [tuple(" ".join(word.text for word in part) for part in way) for way in found]  # type: ignore[misc]


def test_takes_a_question_apart_at_each_joining_word() -> None:
    assert ways("khai sinh và kết hôn với khai tử") == [
        ("khai sinh", "kết hôn với khai tử"),
        ("khai sinh và kết hôn", "khai tử"),
    ]


def test_a_joining_phrase_belongs_to_neither_part() -> None:
    assert ("khai sinh", "kết hôn") in ways("khai sinh với lại kết hôn")


@pytest.mark.parametrize("question", ["", "và", "và khai tử", "khai sinh và", "khai sinh"])
def test_without_words_on_both_sides_nothing_is_joined(question: str) -> None:
    assert ways(question) == []


@given(st.lists(st.sampled_from(["khai", "sinh", "và", "với", "lại", "tử"]), max_size=10).map(" ".join))
def test_each_way_keeps_all_but_the_joining_word(question: str) -> None:
    for one, two in ways(question):
        assert one
        assert two
        assert question.startswith(one + " ")
        assert question.endswith(" " + two)
        assert question[len(one) : -len(two)].strip() in {"và", "với", "với lại"}


NEGATES = ("không", "chưa", "đâu phải")


@pytest.mark.parametrize(
    ("part", "at"),
    [
        ("thẻ căn cước không mất", 3),
        ("the can cuoc khong mat", 3),
        ("chưa quá hạn", 0),
        ("em đâu phải người nước ngoài", 1),
        ("làm căn cước được không", None),  # it asks
        ("làm được không ạ", None),
        ("phí cao không ạ", None),
        ("có cần ra công an không vậy", None),
        ("mang theo hay không cần", None),
        ("em hỏi khai sinh", None),
        ("", None),
    ],
)
def test_tells_what_is_not_so_from_what_asks(part: str, at: int | None) -> None:
    assert Denials((), NEGATES, WordList(["ạ"])).negated(split(part)) == at


def test_every_word_of_the_list_negates(knowledge: Knowledge) -> None:
    words = knowledge.language.conversation.negates
    assert "không" in words
    for word in words:
        assert Denials((), words).negated(split(f"giấy {word} mất")) == 1, word
