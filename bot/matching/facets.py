"""Which part of an answer a question asks for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.facets import Facet
from bot.text.phrases import Found, Phrases, longest
from bot.text.words import Word

QUANTITY = "quantity"  # asks for a published figure, which is no facet of an entry but an entry of its own
BY_WHEN = "by_when"  # asks by when, how long it is valid: no facet either, but told with the time …
DEADLINE = "deadline"  # … what fine, what comes of being late: told in the overview
MENTIONS = "mentions"  # say how it is done: "qua mạng thì mất bao nhiêu ngày" asks for the time alone
TOLD = "told"  # asks nothing, and no shorter cue in it does: "mấy năm rồi", "mai táng phí"
NO_FACETS = frozenset({QUANTITY, BY_WHEN, DEADLINE})
VAGUE = frozenset({Facet.HOW, Facet.ELIGIBILITY, Facet.LEGAL, Facet.RESULT})
CONCRETE = frozenset({Facet.DOCUMENTS, Facet.FEE, Facet.TIME, Facet.WHERE, Facet.ONLINE})
REMEMBERED = 64  # runs of words; those of one message are looked at from several sides
# On equal length the earlier wins: what is concrete before what is vague.
PRECEDENCE: tuple[str, ...] = (
    TOLD,
    QUANTITY,
    BY_WHEN,
    DEADLINE,
    Facet.RETURNED,
    Facet.DOCUMENTS,
    Facet.FEE,
    Facet.TIME,
    Facet.WHERE,
    Facet.ONLINE,
    Facet.LEGAL,
    Facet.RESULT,
    Facet.ELIGIBILITY,
    Facet.HOW,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks for: a facet's name, QUANTITY, BY_WHEN, DEADLINE, or nothing in particular (None).

    `positions`: the words of every facet cue, those of shorter cues included. `cued`: every concrete facet
    with a cue of its own, in order.
    """

    what: str | None
    positions: frozenset[int]
    cued: tuple[Facet, ...] = ()

    @property
    def facet(self) -> Facet | None:
        """The facet asked for, if it is one."""
        return None if self.what is None or self.what in NO_FACETS else Facet(self.what)


class FacetReader:
    """Finds the longest facet cue of a question."""

    def __init__(self, cues: Mapping[str, Sequence[str]]) -> None:
        self._asks: dict[str, list[str]] = {}  # cue → what it asks for, in order of precedence
        for what in PRECEDENCE:
            for cue in cues.get(what, ()):
                self._asks.setdefault(cue, []).append(what)
        self._mentions = frozenset(cues.get(MENTIONS, ()))
        phrases = Phrases(self._asks)
        self._find = lru_cache(REMEMBERED)(lambda words: tuple(phrases.find(words)))

    def read(self, words: Sequence[Word]) -> Asked:
        """What is asked for by the longest cue."""
        longest = (0, -len(PRECEDENCE))  # words, then the earlier in PRECEDENCE
        what = None
        positions: set[int] = set()
        every = self._find(tuple(words))
        told = self._told(every)
        for found in every:
            if told.issuperset(found.positions):
                continue
            for name in self._asks[found.cue]:
                if name != QUANTITY:  # its cues name what is counted, and that word matters
                    positions.update(found.positions)
                if (size := (len(found.positions), -PRECEDENCE.index(name))) > longest:
                    longest, what = size, name
        return Asked(what, frozenset(positions))

    def told(self, words: Sequence[Word]) -> frozenset[int]:
        """The positions of words that ask nothing, though they look like it: "mấy năm rồi"."""
        return self._told(self._find(tuple(words)))

    def _told(self, every: Sequence[Found]) -> frozenset[int]:
        return frozenset(at for found in every if TOLD in self._asks[found.cue] for at in found.positions)

    def main(self, words: Sequence[Word]) -> Asked:
        """What is asked for above all: of several concrete facets the first, and any before a vague one.

        What is only mentioned gives way to what is asked.
        """
        several = self.several(words)
        asked = replace(self.read(words), cued=several)
        is_vague = asked.what is None or asked.facet in VAGUE
        is_one_of = asked.facet in CONCRETE and several != (asked.facet,)
        if several and (is_vague or is_one_of):
            return replace(asked, what=several[0].value)
        return asked

    def several(self, words: Sequence[Word]) -> tuple[Facet, ...]:
        """Every facet that cues of their own ask for, in order; of overlapping cues the longest counts.

        What is only mentioned counts where nothing else is asked.
        """
        found = longest(self._find(tuple(words)))
        asked = [min(self._asks[each.cue], key=PRECEDENCE.index) for each in found]
        names = [Facet.TIME if what == BY_WHEN else what for what in asked]
        concrete = [
            (Facet(name), each.cue in self._mentions)
            for name, each in zip(names, found, strict=True)
            if name in CONCRETE
        ]
        really = [facet for facet, is_mentioned in concrete if not is_mentioned]
        return tuple(dict.fromkeys(really or (facet for facet, _ in concrete)))
