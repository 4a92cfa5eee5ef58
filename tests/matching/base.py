"""A small base to match against, and words that questions of it are made of."""

from collections.abc import Container

from bot.facets import Facet
from bot.learning.train import learn
from bot.matching import Contrasts, FacetReader, FeatureReader, Matcher
from bot.matching.build import build
from bot.text.word_lists import WordList
from bot.text.words import split

PHRASINGS = {
    "khai-sinh": ["đăng ký khai sinh", "làm giấy khai sinh cho con"],
    "khai-tu": ["đăng ký khai tử", "làm giấy chứng tử"],
    "ket-hon": ["đăng ký kết hôn", "làm giấy kết hôn"],
    "tam-tru": ["đăng ký tạm trú", "ở trọ đăng ký ở đâu"],
}
STOP = WordList(["tôi", "ở", "cho"], ["cần"])
FACETS = FacetReader({Facet.DOCUMENTS: ["cần giấy gì"], Facet.WHERE: ["ở đâu"], "quantity": ["bao nhiêu"]})
READER = FeatureReader(STOP, FACETS)
CONTRASTS = Contrasts(WordList(["xóa", "gia hạn"]))
WORDS = [
    "đăng",
    "ký",
    "khai",
    "sinh",
    "tử",
    "tự",
    "kết",
    "hôn",
    "tạm",
    "trú",
    "làm",
    "giấy",
    "cho",
    "con",
    "ở",
    "đâu",
    "xóa",
    "pizza",
    "bao",
    "nhiêu",
    "cần",
    "gì",
    "gia",
    "hạn",
    "dang",
    "ky",
    "tu",
]


def matcher(phrasings: dict[str, list[str]] = PHRASINGS, facts: Container[str] = ()) -> Matcher:
    words = {entry: [split(text) for text in texts] for entry, texts in phrasings.items()}
    index = build(words, READER, CONTRASTS)
    return Matcher(index, learn(index), READER, CONTRASTS, facts)
