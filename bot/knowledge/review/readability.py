"""Sentences an old person would stumble over: long lines, short forms, words nobody explains."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from bot.knowledge.language import Term
from bot.knowledge.placed import Placed
from bot.knowledge.problems import Problem
from bot.knowledge.review.shown import shown

# Not Roman numerals, nor what is quoted as it is printed.
_SHORT_FORM = re.compile(r"""(?<![\w/.'"“-])(?![IVX]+\b)[A-ZĐ]{2,}(?![\w/]|-[A-ZĐ0-9])""")
LINE_LENGTH = 200  # characters; longer lines are not read
LEGAL = "legal"  # names of laws are cited as they are


def review_readability(placed: Iterable[Placed], terms: Iterable[Term]) -> Iterator[Problem]:
    """One problem for each line that should be written anew."""
    terms = tuple(terms)
    instead = {term.term: term.instead for term in terms if term.instead}
    plain = {_plain(term): term for term in instead}
    known = {term.term for term in terms if term.means}
    hard = _any_of(term for term, written in plain.items() if not _SHORT_FORM.fullmatch(written))
    for place in placed:
        for field, text in shown(place.entry):
            if len(text) > LINE_LENGTH:
                what = f"dòng dài {len(text)} ký tự: “{text[:40]}…”"
                yield place.problem(field, what, "tách thành hai câu ngắn", "warning")
            for short in dict.fromkeys(_SHORT_FORM.findall(text)):
                if short not in known and field != LEGAL:
                    meant = instead.get(short)
                    advice = (
                        f"viết “{meant}”" if meant else "viết đủ chữ, hoặc giải thích ở language/terms.yaml"
                    )
                    yield place.problem(
                        field, f"chữ viết tắt `{short}` chưa được giải thích", advice, "warning"
                    )
            for word in dict.fromkeys(hard.findall(_plain(text))) if field != LEGAL else ():
                advice = f"viết “{instead[plain[word]]}”"
                yield place.problem(field, f"từ khó “{plain[word]}”", advice, "warning")


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).lower()


def _any_of(terms: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, terms)) or '(?!)'})\b")
