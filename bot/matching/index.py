"""All phrasings together, laid out so that a question finds those that share anything with it.

Built once for a knowledge base; `arrays` and `of_arrays` carry it over a restart without reading every
phrasing anew.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, overload

import numpy as np
from numpy.typing import NDArray

from bot.matching.features import Feature
from bot.text.frequency import rarity
from bot.text.words import Word

LINE_END = 10  # the byte behind each packed text
RARE = 8.0  # nats; from this rarity on a word counts as telling in full
WHOLE = 100  # hundredths: shares are kept as bytes, a fourth of what numbers with a point take
MOST_IN_TWO_BYTES = 1 << 16  # numbers that two bytes hold
Numbers = NDArray[np.int32]
Shares = NDArray[np.float32]
Arrays = Mapping[str, NDArray[Any]]


class Run(NamedTuple):
    """Lists one after the other, as one; `lengths` says how long each is."""

    numbers: Numbers
    lengths: Numbers


@dataclass(frozen=True, slots=True)
class _Lists:
    """Lists of numbers, one after the other; `ends` says where each ends."""

    ends: Numbers
    numbers: Numbers

    def __getitem__(self, at: int) -> Numbers:
        return self.numbers[int(self.ends[at - 1]) if at else 0 : int(self.ends[at])]

    def run(self, start: int, stop: int) -> Run:
        """The lists from `start` on, up to the one before `stop`, as one."""
        ends = self.ends[start:stop]
        if not start:
            return Run(self.numbers[: ends[-1]], np.diff(ends, prepend=0))
        starts = self.ends[start - 1 : stop - 1]
        return Run(self.numbers[starts[0] : ends[-1]], ends - starts)


class _Texts(Sequence[str]):
    """Texts side by side as bytes: a hundred thousand of them take a tenth of what strings would."""

    def __init__(self, data: NDArray[np.uint8]) -> None:
        """`data`: as they are packed."""
        self._data = data.tobytes()
        self._ends = np.flatnonzero(data == LINE_END).astype(np.int32)

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        if isinstance(at, slice):
            return [self[each] for each in range(*at.indices(len(self)))]
        return self._data[int(self._ends[at - 1]) + 1 if at else 0 : int(self._ends[at])].decode()


class Neighbours(Mapping[tuple[str, str], int]):
    """Two bare words that stand side by side → in how many phrasings; read-only."""

    def __init__(self, names: Mapping[str, int], counts: Numbers) -> None:
        """`names`: words and pairs of words with a space between; `counts`: by place of the name."""
        self._names = names
        self._counts = counts

    def __getitem__(self, pair: tuple[str, str]) -> int:
        one, two = pair
        if not (one and two):
            raise KeyError(pair)
        return int(self._counts[self._names[f"{one} {two}"]])

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return ((one, two) for one, _, two in (name.partition(" ") for name in self._names) if two)

    def __len__(self) -> int:
        return sum(1 for _ in self)


@dataclass(frozen=True, slots=True)
class Form:
    """One way the words of a feature are marked (`text`, with spaces): which phrasings and classes do so."""

    text: str
    phrasings: Numbers
    classes: Numbers

    @property
    def words(self) -> tuple[Word, ...]:
        """Its words."""
        return tuple(map(Word.of, self.text.split(" ")))


@dataclass(frozen=True, slots=True)
class Index:
    """Phrasings by number, those of one class side by side; a class is an entry or a kind of background.

    `owners`, `weights`, `asks`: of each phrasing its class, the weight of all its features and what it asks
    for (a place in `asked`). `starts`: of each class its first phrasing. `contrasts`: of each class the words
    that change what is asked, and in how many phrasings. `hashes`: of each
    class what its phrasings were when they were read.
    `words`: every word, as marked; `counts`: how often each bare word stands there.
    """

    classes: tuple[str, ...]
    hashes: Mapping[str, str]
    owners: Numbers
    starts: Numbers
    weights: Shares
    asks: Numbers
    asked: tuple[str, ...]
    contrasts: tuple[Mapping[str, int], ...]
    counts: Mapping[str, int]
    words: frozenset[Word]
    _names: Mapping[str, int]
    _tells: Shares  # by name
    _first_forms: Numbers  # by name, and one more
    _forms: _Texts  # their words, with spaces
    _phrasings: _Lists  # by form
    _classes: _Lists  # by form
    _texts: tuple[str, ...]  # every word, as marked
    _said: _Lists  # by phrasing: its words, as places in _texts
    _features: _Lists  # by phrasing: its features, as forms
    _shares: NDArray[np.uint8]  # of each of those features the share of its weight it keeps, in hundredths

    def weigh(self, feature: Feature) -> float:
        """How telling a feature is: inverse class frequency times rarity in the language, times its share."""
        number = self._names.get(feature.name)
        if number is not None:
            return feature.share * float(self._tells[number])
        return feature.share * _telling(feature.name.split(" "), 0, len(self.classes))

    def tells(self) -> dict[str, float]:
        """How telling each name is."""
        return dict(zip(self._names, self._tells.tolist(), strict=True))

    def forms(self, name: str) -> list[Form]:
        """The ways in which a feature is marked, by its name."""
        number = self._names.get(name)
        if number is None:
            return []
        return [self._form(form) for form in range(self._first_forms[number], self._first_forms[number + 1])]

    def standing(self, name: str) -> tuple[Run, Run] | None:
        """The phrasings and the classes of a feature, by its name: of one form after the other."""
        number = self._names.get(name)
        if number is None:
            return None
        forms = int(self._first_forms[number]), int(self._first_forms[number + 1])
        return self._phrasings.run(*forms), self._classes.run(*forms)

    def texts(self, name: str) -> list[str]:
        """How each form of a feature is marked, by its name."""
        number = self._names.get(name)
        if number is None:
            return []
        return self._forms[int(self._first_forms[number]) : int(self._first_forms[number + 1])]

    def pairs(self, least: int = 1) -> Iterator[tuple[Word, Word, int]]:
        """The words that stand side by side in at least so many phrasings, padding left out; in how many."""
        counts = np.diff(self._phrasings.ends, prepend=0)
        for form in np.flatnonzero(counts >= least).tolist():
            words = self._forms[form].split(" ")
            if len(words) == 2:
                yield Word.of(words[0]), Word.of(words[1]), int(counts[form])

    def neighbours(self) -> "Neighbours":
        """The bare words that stand side by side, padding left out; in how many phrasings."""
        counts = np.diff(self._phrasings.ends[self._first_forms[1:] - 1], prepend=0)
        return Neighbours(self._names, counts.astype(np.int32))

    def said(self, phrasing: int) -> tuple[Word, ...]:
        """The words of a phrasing."""
        return tuple(Word.of(self._texts[at]) for at in self._said[phrasing].tolist())

    def is_marked(self, number: int) -> bool:
        """Whether any phrasing of a class is written with marks."""
        last = self.starts[number + 1] if number + 1 < len(self.classes) else len(self.owners)
        numbers = range(int(self.starts[number]), int(last))
        return any(word.is_marked for phrasing in numbers for word in self.said(phrasing))

    def arrays(self) -> Arrays:
        """The index as arrays of numbers and of bytes."""
        return {
            "classes": packed(self.classes),
            "hashes": packed(self.hashes[name] for name in self.classes),
            "owners": self.owners,
            "asks": self.asks.astype(np.int8),
            "asked": packed(self.asked),
            "contrasts": packed(map(listed, self.contrasts)),
            "names": packed(self._names),
            "first_forms": self._first_forms,
            "forms": packed(self._forms),
            "texts": packed(self._texts),
            "said_ends": self._said.ends,
            "said": self._said.numbers.astype(
                np.uint16 if len(self._texts) <= MOST_IN_TWO_BYTES else np.int32
            ),
            "feature_ends": self._features.ends,
            "features": self._features.numbers,
            "shares": self._shares,
            "tells": self._tells,
        }

    @classmethod
    def of_arrays(cls, arrays: Arrays) -> "Index":
        """The index that `arrays` came from. Raises KeyError or ValueError for anything else."""
        owners = arrays["owners"]
        classes = unpacked(arrays["classes"])
        said = _Lists(arrays["said_ends"], arrays["said"])
        features = _Lists(arrays["feature_ends"], arrays["features"])
        forms = _Texts(arrays["forms"])
        phrasings = _turned(features, len(forms))
        owning = _owners_of(owners, phrasings)
        weights = _weights(arrays, features)  # before the words: it takes much room for a while
        names = {name: number for number, name in enumerate(unpacked(arrays["names"]))}
        texts = unpacked(arrays["texts"])
        counts: Counter[str] = Counter()
        for text, times in zip(texts, np.bincount(said.numbers, minlength=len(texts)).tolist(), strict=True):
            counts[Word.of(text).folded] += times
        contrasts = (_counted(line) for line in unpacked(arrays["contrasts"]))
        return cls(
            classes,
            dict(zip(classes, unpacked(arrays["hashes"]), strict=False)),
            owners,
            np.searchsorted(owners, np.arange(len(classes))).astype(np.int32),
            weights,
            arrays["asks"].astype(np.int32),
            unpacked(arrays["asked"]),
            tuple(contrasts),
            counts,
            frozenset(map(Word.of, texts)),
            names,
            arrays["tells"],
            arrays["first_forms"],
            forms,
            phrasings,
            owning,
            texts,
            said,
            features,
            arrays["shares"],
        )

    def _form(self, number: int) -> Form:
        return Form(self._forms[number], self._phrasings[number], self._classes[number])


def packed(texts: Iterable[str]) -> NDArray[np.uint8]:
    """Texts (none with a line end in it) as bytes, one line each."""
    return np.frombuffer("".join(f"{text}\n" for text in texts).encode(), np.uint8)


def unpacked(data: NDArray[Any]) -> tuple[str, ...]:
    """The texts that were packed."""
    return tuple(data.tobytes().decode().split("\n")[:-1])


def _weights(arrays: Arrays, features: _Lists) -> Shares:
    """The weight of all features of each phrasing. Raises ValueError for shares of an older kind."""
    shares, tells, ends = arrays["shares"], arrays["tells"], arrays["first_forms"]
    if shares.dtype != np.uint8:
        raise ValueError("shares are not in hundredths")
    name_of_form = np.repeat(np.arange(len(tells), dtype=np.int32), np.diff(ends))
    told = tells[name_of_form[features.numbers]] if len(shares) else np.zeros(0, np.float32)
    told *= shares / np.float32(WHOLE)
    phrasings = len(arrays["owners"])
    phrasing = np.repeat(np.arange(phrasings, dtype=np.int32), np.diff(features.ends, prepend=0))
    return np.bincount(phrasing, told, minlength=phrasings).astype(np.float32)


def _turned(lists: _Lists, size: int) -> _Lists:
    """Of each number the places of the lists that have it, ascending; `size`: how many numbers there are."""
    place = np.repeat(np.arange(len(lists.ends), dtype=np.int32), np.diff(lists.ends, prepend=0))
    order = np.argsort(lists.numbers, kind="stable")
    ends = np.cumsum(np.bincount(lists.numbers, minlength=size)).astype(np.int32)
    return _Lists(ends, place[order])


def _owners_of(owners: Numbers, phrasings: _Lists) -> _Lists:
    """Of each form the classes of its phrasings, each once."""
    if not len(phrasings.numbers):
        return phrasings
    form = np.repeat(np.arange(len(phrasings.ends), dtype=np.int32), np.diff(phrasings.ends, prepend=0))
    own = owners[phrasings.numbers]  # ascending within a form
    first = np.ones(len(own), bool)
    first[1:] = (own[1:] != own[:-1]) | (form[1:] != form[:-1])
    ends = np.cumsum(np.bincount(form[first], minlength=len(phrasings.ends))).astype(np.int32)
    return _Lists(ends, own[first])


def tells_of(arrays: Arrays) -> Shares:
    """How telling each name is, of the other arrays: by the number of classes that have any of its forms."""
    names, first_forms = unpacked(arrays["names"]), arrays["first_forms"]
    classes = len(unpacked(arrays["classes"]))
    features = _Lists(arrays["feature_ends"], arrays["features"])
    owning = _owners_of(arrays["owners"], _turned(features, len(unpacked(arrays["forms"]))))
    forms = np.diff(first_forms)
    having = np.repeat(np.repeat(np.arange(len(names)), forms), np.diff(owning.ends, prepend=0))
    several = forms[having] > 1  # only these may have a class twice
    twice = np.unique(having[several] * classes + owning.numbers[several]) // max(classes, 1)
    spread = np.bincount(having[~several], minlength=len(names)) + np.bincount(twice, minlength=len(names))
    rare = {word: _rare(word) for word in set(" ".join(names).split(" "))}
    shares = np.array([_mean([rare[word] for word in name.split(" ")]) for name in names])
    tells: Shares = (np.log((classes + 1) / (spread + 0.5)) * shares).astype(np.float32)
    return tells


def _telling(bare: Sequence[str], spread: int, classes: int) -> float:
    return math.log((classes + 1) / (spread + 0.5)) * _mean([_rare(word) for word in bare])


def _rare(word: str) -> float:
    return min(rarity(word) / RARE, 1.0)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def listed(counts: Mapping[str, int]) -> str:
    """Words that change what is asked, each with how many phrasings have it, in one line."""
    return "|".join(f"{cue}={counts[cue]}" for cue in sorted(counts))


def _counted(line: str) -> dict[str, int]:
    pairs = (item.rsplit("=", 1) for item in line.split("|") if item)
    return {cue: int(count) for cue, count in pairs}
