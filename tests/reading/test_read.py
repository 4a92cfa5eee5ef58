import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge import Knowledge
from bot.reading import LONGEST, Reader, Repair

VOCABULARY = {"giay": 1, "khai": 2, "sinh": 2, "ket": 1, "hon": 1, "ngan": 1, "sach": 1}


@pytest.fixture(scope="module")
def reader(knowledge: Knowledge) -> Reader:
    return Reader(knowledge.language).with_vocabulary(VOCABULARY)


def read(reader: Reader, question: str) -> str:
    return " ".join(word.text for word in reader.read(question).words)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("làm gks ở mô", "làm giấy khai sinh ở đâu"),
        ("lam gks o mo", "lam giấy khai sinh ở đâu"),
        ("làm răng để đổi cccd", "làm sao để đổi căn cước công dân"),
        ("mo hinh chinh quyen", "mo hinh chinh quyen"),
        ("mô hình chính quyền", "mô hình chính quyền"),
        ("mo ho kinh doanh", "mo ho kinh doanh"),
        ("tra ket qua", "tra ket qua"),
        ("chi phí khám ở trạm y tế", "chi phí khám ở trạm y tế"),
    ],
)
def test_reads_the_real_lists(reader: Reader, typed: str, meant: str) -> None:
    assert read(reader, typed) == meant


def test_repairs_a_misspelt_word_and_says_so(reader: Reader) -> None:
    reading = reader.read("giayy khai sjnh")
    assert [word.folded for word in reading.words] == ["giay", "khai", "sinh"]
    assert reading.repairs == (Repair("giayy", "giay", "chính tả"), Repair("sjnh", "sinh", "chính tả"))


@pytest.mark.parametrize("word", ["nhanh", "xe", "abc123", "pizza"])
def test_leaves_real_far_and_numbered_words_alone(reader: Reader, word: str) -> None:
    assert read(reader, word) == word


def test_reads_no_more_than_a_message_can_hold(reader: Reader) -> None:
    reading = reader.read("a " * 50_000)
    assert reading.is_too_long
    assert len(reading.words) <= LONGEST


@given(question=st.text(max_size=200))
def test_reads_anything(reader: Reader, question: str) -> None:
    reading = reader.read(question)
    assert reading.question == question
    assert all(word.text for word in reading.words)
