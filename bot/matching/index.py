"""All phrasings together, laid out so that a question finds those that share anything with it.

Built once for a knowledge base; `arrays` and `of_arrays` carry it over a restart without reading every
phrasing anew.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.matching.contrast import Contrasts
from bot.matching.features import Feature, FeatureReader, Features, Phrasings, name_of
from bot.text.frequency import rarity
from bot.text.words import Word

RARE = 8.0  # nats; from this rarity on a word counts as telling in full
ASKS = ("", "quantity", "deadline")  # further ones are facets; a phrasing's is kept by its place in `asks`

NO_HASHES: Mapping[str, str] = MappingProxyType({})

Numbers = NDArray[np.int32]
Shares = NDArray[np.float32]
Arrays = Mapping[str, NDArray[Any]]
Found = Mapping[str, Sequence[tuple[Sequence[Word], Features]]]  # class → of each phrasing words and features


@dataclass(frozen=True, slots=True)
class _Lists:
    """Lists of numbers, one after the other; `ends` says where each ends."""

    ends: Numbers
    numbers: Numbers

    def __getitem__(self, at: int) -> Numbers:
        return self.numbers[int(self.ends[at - 1]) if at else 0 : int(self.ends[at])]


@dataclass(frozen=True, slots=True)
class Form:
    """One way the words of a feature are marked: the phrasings that have it so, and their classes."""

    words: tuple[Word, ...]
    phrasings: Numbers
    classes: Numbers


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
    _forms: tuple[str, ...]  # their words, with spaces
    _phrasings: _Lists  # by form
    _classes: _Lists  # by form
    _texts: tuple[str, ...]  # every word, as marked
    _said: _Lists  # by phrasing: its words, as places in _texts
    _features: _Lists  # by phrasing: its features, as forms
    _shares: Shares  # of each of those features

    def weigh(self, feature: Feature) -> float:
        """How telling a feature is: inverse class frequency times rarity in the language, times its share."""
        number = self._names.get(feature.name)
        if number is not None:
            return feature.share * float(self._tells[number])
        return feature.share * _telling(feature.name.split(" "), 0, len(self.classes))

    def forms(self, name: str) -> list[Form]:
        """The ways in which a feature is marked, by its name."""
        number = self._names.get(name)
        if number is None:
            return []
        return [self._form(form) for form in range(self._first_forms[number], self._first_forms[number + 1])]

    def pairs(self) -> Iterator[tuple[Word, Word, int]]:
        """The words that stand side by side, padding left out, and in how many phrasings they do."""
        counts = np.diff(self._phrasings.ends, prepend=0).tolist()
        for text, times in zip(self._forms, counts, strict=True):
            words = text.split(" ")
            if len(words) == 2:
                yield Word.of(words[0]), Word.of(words[1]), times

    def said(self, phrasing: int) -> tuple[Word, ...]:
        """The words of a phrasing."""
        return tuple(Word.of(self._texts[at]) for at in self._said[phrasing].tolist())

    def is_marked(self, number: int) -> bool:
        """Whether any phrasing of a class is written with marks."""
        last = self.starts[number + 1] if number + 1 < len(self.classes) else len(self.owners)
        numbers = range(int(self.starts[number]), int(last))
        return any(word.is_marked for phrasing in numbers for word in self.said(phrasing))

    def found(self, names: Iterable[str]) -> Iterator[tuple[str, list[tuple[Sequence[Word], Features]]]]:
        """The words and features of each phrasing of these classes, as they were read."""
        place = {name: number for number, name in enumerate(self.classes)}
        words = [Word.of(text) for text in self._texts]
        runs = [tuple(map(Word.of, form.split(" "))) for form in self._forms]
        kinds: dict[tuple[int, float], Feature] = {}  # one value for all phrasings that have a feature
        shares = self._shares.tolist()
        ends = [0, *self._features.ends.tolist()]
        starts = [*self.starts.tolist(), len(self.owners)]
        for name in names:
            number = place[name]
            run: list[tuple[Sequence[Word], Features]] = []
            for phrasing in range(starts[number], starts[number + 1]):
                items = []
                forms = self._features[phrasing].tolist()
                for form, share in zip(forms, shares[ends[phrasing] : ends[phrasing + 1]], strict=True):
                    one = kinds.get((form, share))
                    if one is None:
                        one = kinds[form, share] = Feature(name_of(runs[form]), runs[form], share)
                    items.append(one)
                said = tuple(words[at] for at in self._said[phrasing].tolist())
                run.append((said, Features(tuple(items), self.asked[self.asks[phrasing]] or None)))
            yield name, run

    def arrays(self) -> Arrays:
        """The index as arrays of numbers and of bytes."""
        return {
            "classes": packed(self.classes),
            "hashes": packed(self.hashes[name] for name in self.classes),
            "owners": self.owners,
            "asks": self.asks.astype(np.int8),
            "asked": packed(self.asked),
            "contrasts": packed(map(_listed, self.contrasts)),
            "names": packed(self._names),
            "first_forms": self._first_forms,
            "forms": packed(self._forms),
            "texts": packed(self._texts),
            "said_ends": self._said.ends,
            "said": self._said.numbers,
            "feature_ends": self._features.ends,
            "features": self._features.numbers,
            "shares": self._shares,
        }

    @classmethod
    def of_arrays(cls, arrays: Arrays) -> "Index":
        """The index that `arrays` came from. Raises KeyError or ValueError for anything else."""
        owners = arrays["owners"]
        classes = unpacked(arrays["classes"])
        said = _Lists(arrays["said_ends"], arrays["said"])
        features = _Lists(arrays["feature_ends"], arrays["features"])
        forms = unpacked(arrays["forms"])
        phrasings = _turned(features, len(forms))
        owning = _owners_of(owners, phrasings)
        names = {name: number for number, name in enumerate(unpacked(arrays["names"]))}
        tells = _tells(tuple(names), arrays["first_forms"], owning, len(classes))
        shares = arrays["shares"]
        name_of_form = np.repeat(np.arange(len(names)), np.diff(arrays["first_forms"]))
        told = shares * tells[name_of_form[features.numbers]] if len(shares) else shares
        phrasing = np.repeat(np.arange(len(owners)), np.diff(features.ends, prepend=0))
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
            np.bincount(phrasing, told, minlength=len(owners)).astype(np.float32),
            arrays["asks"].astype(np.int32),
            unpacked(arrays["asked"]),
            tuple(contrasts),
            counts,
            frozenset(map(Word.of, texts)),
            names,
            tells,
            arrays["first_forms"],
            forms,
            phrasings,
            owning,
            texts,
            said,
            features,
            shares,
        )

    def _form(self, number: int) -> Form:
        words = tuple(map(Word.of, self._forms[number].split(" ")))
        return Form(words, self._phrasings[number], self._classes[number])


def build(phrasings: Phrasings, features: FeatureReader, contrasts: Contrasts) -> Index:
    """The index over these phrasings: class → each as words."""
    found = {name: [(words, features.read(words)) for words in run] for name, run in phrasings.items()}
    return build_of(found, contrasts)


def build_of(found: Found, contrasts: Contrasts, hashes: Mapping[str, str] = NO_HASHES) -> Index:
    """The index over phrasings whose features were read: class → of each words and features."""
    runs = [run for each in found.values() for run in each]
    asked = (*ASKS, *sorted({features.asks for _, features in runs if features.asks} - set(ASKS)))
    forms: dict[tuple[Word, ...], int] = {}
    texts: dict[str, int] = {}
    used = [[forms.setdefault(one.words, len(forms)) for one in features.items] for _, features in runs]
    said = [[texts.setdefault(word.text, len(texts)) for word in words] for words, _ in runs]
    ordered = sorted(forms, key=lambda words: (name_of(words), _texts(words)))
    place = np.empty(len(forms), np.int32)
    place[[forms[words] for words in ordered]] = np.arange(len(forms))
    names = list(dict.fromkeys(map(name_of, ordered)))
    sizes = Counter(map(name_of, ordered))
    owners = [number for number, each in enumerate(found.values()) for _ in each]
    changing = (_listed(_contrasts([words for words, _ in each], contrasts)) for each in found.values())
    flat = np.array([form for each in used for form in each], np.int32)
    return Index.of_arrays(
        {
            "classes": packed(found),
            "hashes": packed(hashes.get(name, "") for name in found),
            "owners": np.array(owners, np.int32),
            "asks": np.array([asked.index(features.asks or "") for _, features in runs], np.int8),
            "asked": packed(asked),
            "contrasts": packed(changing),
            "names": packed(names),
            "first_forms": np.cumsum([0, *(sizes[name] for name in names)]).astype(np.int32),
            "forms": packed(" ".join(_texts(words)) for words in ordered),
            "texts": packed(texts),
            "said_ends": np.cumsum([len(each) for each in said]).astype(np.int32),
            "said": np.array([text for each in said for text in each], np.int32),
            "feature_ends": np.cumsum([len(each) for each in used]).astype(np.int32),
            "features": place[flat] if len(flat) else flat,
            "shares": np.array([f.share for _, features in runs for f in features.items], np.float32),
        }
    )


def packed(texts: Iterable[str]) -> NDArray[np.uint8]:
    """Texts (none with a line end in it) as bytes, one line each."""
    return np.frombuffer("".join(f"{text}\n" for text in texts).encode(), np.uint8)


def unpacked(data: NDArray[Any]) -> tuple[str, ...]:
    """The texts that were packed."""
    return tuple(data.tobytes().decode().split("\n")[:-1])


def _texts(words: Sequence[Word]) -> tuple[str, ...]:
    return tuple(word.text for word in words)


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
    form = np.repeat(np.arange(len(phrasings.ends)), np.diff(phrasings.ends, prepend=0))
    own = owners[phrasings.numbers]  # ascending within a form
    first = np.ones(len(own), bool)
    first[1:] = (own[1:] != own[:-1]) | (form[1:] != form[:-1])
    ends = np.cumsum(np.bincount(form[first], minlength=len(phrasings.ends))).astype(np.int32)
    return _Lists(ends, own[first])


def _tells(names: Sequence[str], first_forms: Numbers, owning: _Lists, classes: int) -> Shares:
    """How telling each name is: by the number of classes that have any of its forms."""
    tells = np.empty(len(names), np.float32)
    for number, name in enumerate(names):
        first, last = int(first_forms[number]), int(first_forms[number + 1])
        if last - first == 1:
            spread = len(owning[first])
        else:
            spread = len(set().union(*(owning[form].tolist() for form in range(first, last))))
        tells[number] = _telling(name.split(" "), spread, classes)
    return tells


def _telling(bare: Sequence[str], spread: int, classes: int) -> float:
    idf = math.log((classes + 1) / (spread + 0.5))
    rare = sum(min(rarity(word) / RARE, 1.0) for word in bare)
    return idf * rare / len(bare)


def _contrasts(run: Sequence[Sequence[Word]], contrasts: Contrasts) -> Counter[str]:
    """Of the phrasings that are written with marks, if any: the others would fit any marks."""
    counted = [words for words in run if any(word.is_marked for word in words)] or run
    return Counter(cue for words in counted for cue in contrasts.read(words))


def _listed(counts: Mapping[str, int]) -> str:
    return "|".join(f"{cue}={counts[cue]}" for cue in sorted(counts))


def _counted(line: str) -> dict[str, int]:
    pairs = (item.rsplit("=", 1) for item in line.split("|") if item)
    return {cue: int(count) for cue, count in pairs}


__all__ = ["Form", "Index", "build", "build_of", "name_of", "packed", "unpacked"]
