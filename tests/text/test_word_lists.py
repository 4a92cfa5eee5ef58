from bot.text.word_lists import WordList
from bot.text.words import split

STOP = WordList(["tôi", "cho hỏi"], ["cần", "nha"])


def kept(text: str) -> str:
    words = split(text)
    return " ".join(word.text for at, word in enumerate(words) if at not in STOP.positions(words))


def test_passes_over_padding_with_or_without_marks() -> None:
    assert kept("cho hỏi tôi làm giấy") == "làm giấy"
    assert kept("cho hoi toi lam giay") == "lam giay"


def test_a_word_that_may_be_another_needs_its_marks() -> None:
    assert kept("cần giấy") == "giấy"
    assert kept("can cuoc") == "can cuoc"


def test_a_word_that_has_no_marks_is_padding_beside_words_that_have() -> None:
    assert kept("làm giấy nha") == "làm giấy"
    assert kept("lam giay nha") == "lam giay nha"
