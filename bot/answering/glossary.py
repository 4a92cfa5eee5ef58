"""Words that people may not know, explained: those of an answer on a tap, or the one somebody asks for."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from bot import sentences
from bot.answering.actions import Open, Role
from bot.answering.answer import Button, Message
from bot.knowledge import Knowledge
from bot.knowledge.entries import Entry
from bot.knowledge.language import Term
from bot.text.phrases import Phrases, longest
from bot.text.words import split

REMEMBERED = 1024  # answers whose terms are kept: every entry, before and after a change


class Glossary:
    """Finds and explains terms: short forms as they are written, words in any case.

    In a text only the terms themselves are looked for: the other words for them (`also`) are too common.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._terms = {term.term: term for term in knowledge.language.terms if term.means}
        short = [re.escape(name) for name in self._terms if name.isupper()]
        self._short = re.compile(rf"(?<!\w)(?:{'|'.join(short) or '(?!)'})(?!\w)")
        self._phrases = Phrases(name for name in self._terms if not name.isupper())
        self._found = lru_cache(maxsize=REMEMBERED)(self._find)

    def in_texts(self, texts: Iterable[str]) -> list[Term]:
        """The terms that stand in the texts, in order, each once; of overlapping ones the longest."""
        return self._found(tuple(texts))

    def _find(self, texts: tuple[str, ...]) -> list[Term]:
        found: dict[str, None] = {}
        for text in texts:
            found.update(dict.fromkeys(each.cue for each in longest(self._phrases.find(split(text)))))
            found.update(dict.fromkeys(self._short.findall(text)))
        return [self._terms[name] for name in found]

    def page(self, entry: Entry, terms: Iterable[Term]) -> Message:
        """The hard words of an entry's answer, and the way back to it."""
        lines = (sentences.TERM.format(term=term.term, means=term.means) for term in terms)
        back = Button(entry.name, Open(entry.id, None, Role.FAMILY))
        return Message(tuple(lines), sentences.TERMS_TITLE.format(name=entry.name), buttons=(back,))

    def definition(self, terms: Sequence[Term]) -> Message:
        """What somebody asked the meaning of, where that was read, and what it has to do with."""
        lead = [line for term in terms for line in _defined(term)]
        sources = list(dict.fromkeys(term.source for term in terms if term.source))
        footer = [sentences.SOURCE.format(sources="; ".join(sources)) if sources else sentences.PLAIN_WORDS]
        days = [term.verified for term in terms if term.verified and term.source]
        if days:
            footer.append(sentences.VERIFIED.format(day=f"{min(days):%d/%m/%Y}"))
        near = [
            e
            for id_ in dict.fromkeys(id_ for t in terms for id_ in t.see)
            if (e := self._knowledge.find(id_))
        ]
        buttons = tuple(Button(entry.name, Open(entry.id, None, Role.FAMILY)) for entry in near)
        return Message(tuple(lead), footer=tuple(footer), buttons=buttons)


def _defined(term: Term) -> tuple[str, ...]:
    bare = term.term.partition(" (")[0]
    name = bare if bare in term.also else term.term
    name = name[:1].upper() + name[1:]
    line = sentences.TERM_ASKED.format(term=name, means=term.means or term.instead)
    return (line if line.endswith(("…", "…)")) else f"{line}.", *(term.more or ()))
