"""Syllables run together ("khaisinh") and torn apart ("giấ y"), put right as the knowledge base has them."""

import re
from collections.abc import Container, Mapping, Sequence

from bot.reading.expansion import Repair
from bot.text.frequency import count_of, is_syllable
from bot.text.words import Word

LEAST_LETTERS = 5  # of a word taken apart; a shorter one is rather misspelt
LONGEST_LETTERS = 24  # of a word taken apart
NUMBERED = re.compile(r"[^\W\d_]{3,}[0-9]{1,2}")  # letters and a small number: "cap3", no code
DIGITS = "0123456789"
ADDRESS = frozenset({"a", "e", "o", "u"})  # say whom one speaks to, without marks: ạ, em, o, ừ
SHORT_PIECE = 2  # letters; one of two torn pieces has no more
COMMON = 300  # times in the counted text; a rarer syllable is not put together


class Joints:
    """Knows the words of the knowledge base and which stand side by side."""

    def __init__(self, vocabulary: Mapping[str, int], pairs: Container[tuple[str, str]]) -> None:
        """`vocabulary`: bare word → how often; `pairs`: neighbouring bare words."""
        self._known = vocabulary
        self._pairs = pairs

    def repair(self, words: Sequence[Word]) -> tuple[tuple[Word, ...], tuple[Repair, ...]]:
        """The words with torn ones joined and run-together ones taken apart."""
        read: list[Word] = []
        repairs: list[Repair] = []
        at = 0
        while at < len(words):
            joined = self._joined(words, at, read[-1].folded if read else "")
            if joined is not None:
                repairs.append(Repair(f"{words[at].text} {words[at + 1].text}", joined.text, "chữ bị tách"))
                read.append(joined)
                at += 2
                continue
            apart = self._apart(words[at])
            if apart:
                repairs.append(Repair(words[at].text, " ".join(word.text for word in apart), "chữ dính liền"))
            read.extend(apart or (words[at],))
            at += 1
        return tuple(read), tuple(repairs)

    def _joined(self, words: Sequence[Word], at: int, before: str) -> Word | None:
        """The syllable that two pieces make, of which at least one is none by itself.

        Where the other one is, a neighbour must be known beside the whole; `before`: the word read last.
        """
        if at + 1 >= len(words) or words[at].has_digit or words[at + 1].has_digit:
            return None
        one, two = words[at], words[at + 1]
        after = words[at + 2].folded if at + 2 < len(words) else ""
        standing = self._stands(one) + self._stands(two)
        if standing > 1 or (one.folded, two.folded) in self._pairs:
            return None
        whole = Word.of(one.text + two.text)
        if whole.folded not in self._known or count_of(whole.key) < COMMON:
            return None
        if min(len(one.text), len(two.text)) > SHORT_PIECE:
            return None
        is_alone = len(one.text) == 1 and not self._is_beside(before, whole, after)
        if two.text in ADDRESS and (standing or is_alone):
            return None  # "giay to gi a", "o dau v a"; but "x e may"
        if not is_syllable(whole.folded):
            return None  # "bn v" is no "bnv"
        return whole if not standing or self._is_beside(before, whole, after) else None

    def _is_beside(self, before: str, whole: Word, after: str) -> bool:
        return (before, whole.folded) in self._pairs or (whole.folded, after) in self._pairs

    def _stands(self, word: Word) -> bool:
        """Whether a word can stand by itself: a syllable with its marks, or with none typed."""
        if word.is_marked:
            return count_of(word.key) >= COMMON
        return is_syllable(word.folded) and len(word.folded) > 1

    def _apart(self, word: Word) -> tuple[Word, ...]:
        """The two to four syllables a word is made of, each pair of them known; () where it is not.

        A known syllable with a small number behind it is the two: "cap3", "muc2".
        """
        text = word.text
        if NUMBERED.fullmatch(text):
            syllable = Word.of(text.rstrip(DIGITS))
            is_known = syllable.folded in self._known and self._stands(syllable)
            return (syllable, Word.of(text[len(syllable.text) :])) if is_known else ()
        if not LEAST_LETTERS <= len(text) <= LONGEST_LETTERS or word.has_digit:
            return ()
        if word.folded in self._known or is_syllable(word.folded):
            return ()
        return self._split(text, 4) or ()

    def _split(self, text: str, most: int) -> tuple[Word, ...] | None:
        best: tuple[Word, ...] | None = None
        for cut in range(2, min(7, len(text) - 1) + 1):
            first = Word.of(text[:cut])
            if first.folded not in self._known or not self._stands(first):
                continue
            rest = Word.of(text[cut:])
            tails: list[tuple[Word, ...]] = (
                [(rest,)] if rest.folded in self._known and self._stands(rest) else []
            )
            if most > 2:
                deeper = self._split(text[cut:], most - 1)
                tails += [deeper] if deeper else []
            for tail in tails:
                found = (first, *tail)
                if (first.folded, tail[0].folded) in self._pairs and (best is None or len(found) < len(best)):
                    best = found
        return best
