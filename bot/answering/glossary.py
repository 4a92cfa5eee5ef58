"""Words of an answer that people may not know, explained beside it."""

import re
from collections.abc import Iterable

from bot import sentences
from bot.answering.answer import Section
from bot.knowledge.language import Term
from bot.text.phrases import Found, Phrases
from bot.text.words import split


class Glossary:
    """Finds the explained terms in a text: short forms as they are written, words in any case."""

    def __init__(self, terms: Iterable[Term]) -> None:
        """Terms without an explanation are left out."""
        self._means = {term.term: term.means for term in terms if term.means}
        short = [re.escape(term) for term in self._means if term.isupper()]
        self._short = re.compile(rf"(?<!\w)(?:{'|'.join(short) or '(?!)'})(?!\w)")
        self._phrases = Phrases(term for term in self._means if not term.isupper())

    def section(self, texts: Iterable[str]) -> Section:
        """One line for each term that stands in the texts, in order; of overlapping terms the longest."""
        found: dict[str, None] = {}
        for text in texts:
            found.update(dict.fromkeys(_longest(self._phrases.find(split(text)))))
            found.update(dict.fromkeys(self._short.findall(text)))
        lines = (sentences.TERM.format(term=term, means=self._means[term]) for term in found)
        return Section(sentences.TERMS, tuple(lines))


def _longest(found: list[Found]) -> Iterable[str]:
    taken: set[int] = set()
    kept = []
    for each in sorted(found, key=lambda each: (-len(each.positions), each.positions)):
        if taken.isdisjoint(each.positions):
            taken.update(each.positions)
            kept.append(each)
    return [each.cue for each in sorted(kept, key=lambda each: each.positions)]
