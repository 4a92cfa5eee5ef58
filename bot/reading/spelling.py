"""Misspelt words: read as the nearest word of the knowledge base, or as what they sound like in Huế."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.knowledge.language import SpellingRule
from bot.reading.expansion import Repair
from bot.text.frequency import is_syllable
from bot.text.syllables import TONES
from bot.text.words import Word

SHORTEST = 3  # letters; a shorter word has too many neighbours
LONGEST = 12  # letters; no syllable is longer, even misspelt
MOST_TRIES = 12  # misspelt words of a question that are looked up; more are another language
MOST_NEAR = 12  # words that are looked at for one misspelt one
MOST_EDITS = 1  # insertions, deletions, substitutions or swaps of neighbours

Pair = tuple[Word, Word, int]
Neighbours = Mapping[tuple[str, str], int]
NOBODY: Neighbours = MappingProxyType({})


class Speller:
    """Knows the words of the knowledge base (with how often each occurs there)."""

    def __init__(self, vocabulary: Mapping[str, int], pairs: Neighbours = NOBODY) -> None:
        """`vocabulary`: bare word → how often; `pairs`: neighbouring bare words → in how many phrasings.

        Of equally near words the one that its neighbours know best is meant, then the more frequent.
        """
        by_count = sorted(vocabulary, key=lambda word: -vocabulary[word])
        self._words = [word for word in by_count if len(word) >= SHORTEST]
        self._known = frozenset(vocabulary)
        self._pairs = pairs

    def repair(self, words: Sequence[Word]) -> tuple[tuple[Word, ...], tuple[Repair, ...]]:
        """The words, each unknown one replaced by the nearest known word where one is near enough."""
        repairs = []
        result = []
        tries = MOST_TRIES
        for at, word in enumerate(words):
            before = words[at - 1].folded if at else ""
            after = words[at + 1].folded if at + 1 < len(words) else ""
            near = None
            if tries and self._is_misspelt(word):
                tries -= 1
                near = self._nearest(word, before, after)
            if near is not None:
                repairs.append(Repair(word.text, near, "chính tả"))
            result.append(word if near is None else Word.of(near))
        return tuple(result), tuple(repairs)

    def _is_misspelt(self, word: Word) -> bool:
        folded = word.folded
        is_known = folded in self._known or is_syllable(folded)
        return SHORTEST <= len(folded) <= LONGEST and not word.has_digit and not is_known

    def _nearest(self, word: Word, before: str, after: str) -> str | None:
        near = process.extract(
            word.folded, self._words, scorer=OSA.distance, score_cutoff=MOST_EDITS, limit=MOST_NEAR
        )
        if not near:
            return None
        found = [text for text, _, _ in near]  # the more frequent first
        pairs = self._pairs
        return max(found, key=lambda text: pairs.get((before, text), 0) + pairs.get((text, after), 0))


OFTEN = 5  # phrasings; fewer that have a pair do not show that it belongs together …
SHARE = 0.1  # … nor do they if its rarer word has another neighbour nine times in ten


class Ear:
    """Knows how words are spelt by ear, and which words stand side by side in the knowledge base."""

    def __init__(
        self,
        rules: Iterable[SpellingRule],
        known: Iterable[Word],
        pairs: Iterable[Pair],
        counts: Mapping[str, int],
    ) -> None:
        """`known`: every word of the base; `pairs`: neighbouring words, and in how many phrasings.

        `counts`: bare word → how often it stands there.
        """
        self._rules = tuple(rules)
        self._keys: set[str] = set()
        self._bare: set[str] = set()
        for word in known:
            self._keys.add(word.key)
            self._bare.add(word.folded)
        self._pairs: set[tuple[str, str]] = set()
        for one, two, times in pairs:
            rarer = min(counts.get(one.folded, 0), counts.get(two.folded, 0))
            if times >= max(OFTEN, SHARE * rarer):
                self._pairs |= {(one.key, two.key), (one.folded, two.folded)}

    def repair(self, words: Sequence[Word]) -> tuple[tuple[Word, ...], tuple[Repair, ...]]:
        """The words, each that the base does not have read by the rule that gives it known neighbours."""
        read = list(words)
        repairs = []
        for at, word in enumerate(words):
            if word.key in self._keys or (not word.is_marked and word.folded in self._bare):
                continue
            meant = max(
                _by_rules(word, self._rules), key=lambda other: self._fit(read, at, other), default=word
            )
            if self._fit(read, at, meant) > self._fit(read, at, word):
                read[at] = meant
                repairs.append(Repair(word.text, meant.text, "viết theo tiếng nói"))
        return tuple(read), tuple(repairs)

    def _fit(self, words: Sequence[Word], at: int, meant: Word) -> int:
        """How many neighbours of the place stand beside `meant` in the base."""
        sides = [(words[at - 1], meant)] if at > 0 else []
        sides += [(meant, words[at + 1])] if at + 1 < len(words) else []
        return sum((one.key, two.key) in self._pairs for one, two in sides)


def _by_rules(word: Word, rules: Iterable[SpellingRule]) -> Iterator[Word]:
    letters, tone = _toneless(word.text)
    for rule in rules:
        if rule.at == "end" and letters.endswith(rule.typed):
            yield Word.of(_toned(letters[: -len(rule.typed)] + rule.meant, tone))
        elif rule.at == "start" and letters.startswith(rule.typed):
            yield Word.of(_toned(rule.meant + letters[len(rule.typed) :], tone))


def _toneless(text: str) -> tuple[str, str]:
    """The letters with their marks but without the tone, and the tone's combining character."""
    parts = unicodedata.normalize("NFD", text)
    tone = next((char for char in parts if char in TONES), "")
    return unicodedata.normalize("NFC", "".join(char for char in parts if char not in TONES)), tone


def _toned(letters: str, tone: str) -> str:
    """The tone put on the first vowel; where it belongs is of no account to what a word is compared by."""
    at = next(
        (at for at, char in enumerate(letters) if unicodedata.normalize("NFD", char)[0] in "aeiouy"), None
    )
    if at is None:
        return letters
    return unicodedata.normalize("NFC", letters[: at + 1] + tone + letters[at + 1 :])
