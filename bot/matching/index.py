"""All phrasings together, laid out so that a question finds those that share anything with it.

Built once for a knowledge base; `plain` and `of_plain` carry it over a restart without reading every phrasing
anew.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.matching.contrast import Contrasts
from bot.matching.features import Feature, FeatureReader, Phrasings, name_of
from bot.text.frequency import rarity
from bot.text.words import Word

RARE = 8.0  # nats; from this rarity on a word counts as telling in full


@dataclass(frozen=True, slots=True)
class Indexed:
    """One phrasing: whose it is, the weight of all its features, what it asks for (see Asked).

    `contrasts`: its words that change what is asked; `is_marked`: whether it is written with marks.
    """

    entry: str
    weight: float
    asks: str | None
    contrasts: frozenset[str]
    is_marked: bool


@dataclass(frozen=True, slots=True)
class Form:
    """One way the words of a feature are marked: the phrasings that have it so, and their entries."""

    words: tuple[Word, ...]
    numbers: tuple[int, ...]
    entries: frozenset[str]


Forms = Mapping[str, Sequence[Form]]  # by the name of the feature


@dataclass(frozen=True, slots=True)
class Index:
    """`phrasings` by number; `forms` by the name of the feature.

    `counts`: how often each bare word stands in the phrasings; `words`: every word of them, as marked.
    """

    entries: tuple[str, ...]
    phrasings: tuple[Indexed, ...]
    forms: Forms
    counts: Mapping[str, int]
    words: frozenset[Word]
    _numbers: Mapping[str, tuple[int, ...]]
    _contrasts: Mapping[str, frozenset[str]]
    _tells: dict[str, float] = field(default_factory=dict)

    @classmethod
    def of(
        cls, phrasings: Sequence[Indexed], forms: Forms, counts: Mapping[str, int], words: frozenset[Word]
    ) -> "Index":
        """The index over these phrasings."""
        numbers: dict[str, list[int]] = defaultdict(list)
        for number, phrasing in enumerate(phrasings):
            numbers[phrasing.entry].append(number)
        contrasts = {e: _contrasts([phrasings[n] for n in which]) for e, which in numbers.items()}
        by_entry = {entry: tuple(which) for entry, which in numbers.items()}
        return cls(tuple(numbers), tuple(phrasings), forms, counts, words, by_entry, contrasts)

    def weigh(self, feature: Feature) -> float:
        """How telling a feature is: inverse entry frequency times rarity in the language, times its share."""
        tells = self._tells.get(feature.name)
        if tells is None:
            forms = self.forms.get(feature.name, ())
            tells = _telling(feature, forms, len(self.entries))
            if forms:  # what citizens type has no end, and is not kept
                self._tells[feature.name] = tells
        return feature.share * tells

    def numbers(self, entry: str) -> tuple[int, ...]:
        """The numbers of an entry's phrasings."""
        return self._numbers[entry]

    def contrasts(self, entry: str, without: Container[int] = ()) -> frozenset[str]:
        """The words that change what is asked, of an entry's phrasings; `without`: leave these out."""
        if not without:
            return self._contrasts[entry]
        return _contrasts([self.phrasings[n] for n in self._numbers[entry] if n not in without])

    def pairs(self) -> Iterator[tuple[Word, Word, int]]:
        """The words that stand side by side, padding left out, and in how many phrasings they do."""
        for forms in self.forms.values():
            for form in forms:
                if len(form.words) > 1:
                    yield form.words[0], form.words[1], len(form.numbers)

    def plain(self) -> dict[str, Any]:
        """The index as lists, texts and numbers."""
        texts: dict[str, int] = {}
        every = [texts.setdefault(word.text, len(texts)) for word in self.words]
        forms = [
            ([texts.setdefault(word.text, len(texts)) for word in form.words], form.numbers)
            for forms in self.forms.values()
            for form in forms
        ]
        return {
            "phrasings": [
                (p.entry, p.weight, p.asks, sorted(p.contrasts), p.is_marked) for p in self.phrasings
            ],
            "texts": list(texts),
            "words": every,
            "forms": forms,
            "counts": dict(self.counts),
        }

    @classmethod
    def of_plain(cls, plain: Mapping[str, Any]) -> "Index":
        """The index that `plain` came from. Raises KeyError, TypeError or ValueError for anything else."""
        words = [Word.of(text) for text in plain["texts"]]
        phrasings = [
            Indexed(entry, weight, asks, frozenset(contrasts), is_marked)
            for entry, weight, asks, contrasts, is_marked in plain["phrasings"]
        ]
        forms = (
            (tuple(words[number] for number in numbered), tuple(numbers))
            for numbered, numbers in plain["forms"]
        )
        by_name = _by_name(forms, [phrasing.entry for phrasing in phrasings])
        every = frozenset(words[number] for number in plain["words"])
        return cls.of(phrasings, by_name, dict(plain["counts"]), every)


def build(phrasings: Phrasings, features: FeatureReader, contrasts: Contrasts) -> Index:
    """The index over these phrasings: entry id → each as words."""
    run = [(entry, words) for entry, phrases in phrasings.items() for words in phrases]
    owners = [entry for entry, _ in run]
    read = [features.read(words) for _, words in run]
    numbers: dict[tuple[Word, ...], list[int]] = defaultdict(list)
    for number, found in enumerate(read):
        for feature in found.items:
            numbers[feature.words].append(number)
    forms = _by_name(((words, tuple(which)) for words, which in numbers.items()), owners)
    tells: dict[str, float] = {}
    indexed = []
    for (entry, words), found in zip(run, read, strict=True):
        weight = 0.0
        for feature in found.items:
            if feature.name not in tells:
                tells[feature.name] = _telling(feature, forms[feature.name], len(phrasings))
            weight += feature.share * tells[feature.name]
        is_marked = any(word.is_marked for word in words)
        indexed.append(Indexed(entry, weight, found.asks, contrasts.read(words), is_marked))
    every = [word for _, words in run for word in words]
    return Index.of(indexed, forms, Counter(word.folded for word in every), frozenset(every))


def _by_name(
    forms: Iterable[tuple[tuple[Word, ...], tuple[int, ...]]], owners: Sequence[str]
) -> dict[str, list[Form]]:
    by_name: dict[str, list[Form]] = defaultdict(list)
    alone = {owner: frozenset((owner,)) for owner in owners}  # most forms stand in one entry: one set for all
    for words, numbers in forms:
        first = owners[numbers[0]]
        entries = alone[first] if len(numbers) == 1 else frozenset([owners[number] for number in numbers])
        by_name[name_of(words)].append(Form(words, numbers, entries))
    return dict(by_name)


def _telling(feature: Feature, forms: Sequence[Form], entries: int) -> float:
    spread = len(frozenset[str]().union(*(form.entries for form in forms)))
    idf = math.log((entries + 1) / (spread + 0.5))
    rare = sum(min(rarity(word.folded) / RARE, 1.0) for word in feature.words)
    return idf * rare / len(feature.words)


def _contrasts(phrasings: Sequence[Indexed]) -> frozenset[str]:
    """Of the phrasings that are written with marks, if any: the others would fit any marks."""
    counted = [phrasing for phrasing in phrasings if phrasing.is_marked] or phrasings
    return frozenset().union(*(phrasing.contrasts for phrasing in counted))
