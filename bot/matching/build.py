"""Phrasings → index. Of a class that did not change, what the index before had of it is taken over."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from types import MappingProxyType
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from bot.matching.contrast import Contrasts
from bot.matching.features import FeatureReader, Features, Phrasings, name_of
from bot.matching.index import WHOLE, Index, Numbers, listed, packed, tells_of, unpacked
from bot.text.words import Word

ASKS = (
    "",
    "quantity",
    "deadline",
)  # further ones come as they are met; a phrasing's is kept by its place in `asked`
NO_HASHES: Mapping[str, str] = MappingProxyType({})

T = TypeVar("T", str, tuple[str, str])
Read = Sequence[tuple[Sequence[Word], Features]]  # of each phrasing its words and features
Found = Mapping[str, Read]  # by class
Changes = Mapping[str, Read | None]  # None: as it was


def build(phrasings: Phrasings, features: FeatureReader, contrasts: Contrasts) -> Index:
    """The index over these phrasings: class → each as words."""
    found = {name: [(words, features.read(words)) for words in run] for name, run in phrasings.items()}
    return build_of(found, contrasts)


def build_of(
    found: Changes,
    contrasts: Contrasts,
    hashes: Mapping[str, str] = NO_HASHES,
    before: Index | None = None,
    *,
    is_quiet: bool = False,
) -> Index:
    """The index over phrasings whose features were read: class → of each words and features.

    Classes that are None in `found` are as they were in `before`; raises KeyError where it has them not.
    `is_quiet`: what was known tells as much as before, so that what did not change is as alike as it was.
    """
    was = _Before(before) if before is not None else None
    parts = _Parts(was)
    for name, run in found.items():
        if run is not None:
            parts.read(run, contrasts)
        elif was is None:
            raise KeyError(name)
        else:
            parts.keep(name, was)
    arrays = parts.arrays()
    arrays["classes"] = packed(found)
    arrays["hashes"] = packed(hashes.get(name, "") for name in found)
    tells = tells_of(arrays)
    if before is not None and is_quiet:
        known = before.tells()
        each = zip(unpacked(arrays["names"]), tells.tolist(), strict=True)
        tells = np.array([known.get(name, tell) for name, tell in each], np.float32)
    return Index.of_arrays(arrays | {"tells": tells})


class _Before:
    """What an index holds, to take over the part of a class."""

    def __init__(self, index: Index) -> None:
        arrays = index.arrays()
        self.arrays = arrays
        self.classes = {name: number for number, name in enumerate(index.classes)}
        self.forms = unpacked(arrays["forms"])
        self.texts = unpacked(arrays["texts"])
        self.asked = unpacked(arrays["asked"])
        self.contrasts = unpacked(arrays["contrasts"])
        names = unpacked(arrays["names"])
        self.names = list(
            chain.from_iterable([name] * n for name, n in zip(names, self._sizes(), strict=True))
        )
        self._starts = [*index.starts.tolist(), len(index.owners)]

    def _sizes(self) -> list[int]:
        sizes: list[int] = np.diff(self.arrays["first_forms"]).tolist()
        return sizes

    def phrasings(self, number: int) -> slice:
        """Where the phrasings of a class lie."""
        return slice(self._starts[number], self._starts[number + 1])

    def lists(self, ends: str, numbers: str, at: slice) -> tuple[Numbers, Numbers]:
        """Of the lists of these phrasings their lengths, and all their numbers."""
        every = self.arrays[ends]
        first = int(every[at.start - 1]) if at.start else 0
        lengths = np.diff(every[at], prepend=first).astype(np.int32)
        return lengths, self.arrays[numbers][first : int(every[at.stop - 1])]


class _Parts:
    """What an index is made of, class by class, with forms and texts in the order they come."""

    def __init__(self, was: _Before | None) -> None:
        self._forms = {text: number for number, text in enumerate(was.forms)} if was else {}
        self._names = list(was.names) if was else []
        self._texts = {text: number for number, text in enumerate(was.texts)} if was else {}
        self._sizes: list[int] = []  # phrasings a class
        self._features: list[Numbers] = []
        self._feature_counts: list[Numbers] = []
        self._shares: list[NDArray[Any]] = []
        self._said: list[Numbers] = []
        self._said_counts: list[Numbers] = []
        self._asks: list[str] = []
        self._contrasts: list[str] = []

    def read(self, run: Read, contrasts: Contrasts) -> None:
        """Add a class by its phrasings."""
        features = [[self._form(one.words) for one in features.items] for _, features in run]
        said = [[self._texts.setdefault(word.text, len(self._texts)) for word in words] for words, _ in run]
        self._sizes.append(len(run))
        self._features.append(_flat(features))
        self._feature_counts.append(np.array(list(map(len, features)), np.int32))
        shares = np.array([f.share for _, features in run for f in features.items])
        self._shares.append(np.rint(shares * WHOLE).astype(np.uint8))
        self._said.append(_flat(said))
        self._said_counts.append(np.array(list(map(len, said)), np.int32))
        self._asks += [features.asks or "" for _, features in run]
        self._contrasts.append(listed(_contrasts([words for words, _ in run], contrasts)))

    def keep(self, name: str, was: _Before) -> None:
        """Add a class as it was."""
        number = was.classes[name]
        at = was.phrasings(number)
        self._sizes.append(at.stop - at.start)
        counts, features = was.lists("feature_ends", "features", at)
        self._feature_counts.append(counts)
        self._features.append(features)
        self._shares.append(was.lists("feature_ends", "shares", at)[1])
        counts, said = was.lists("said_ends", "said", at)
        self._said_counts.append(counts)
        self._said.append(said)
        self._asks += [was.asked[asks] for asks in was.arrays["asks"][at].tolist()]
        self._contrasts.append(was.contrasts[number])

    def arrays(self) -> dict[str, NDArray[Any]]:
        """All of it, forms in the order of their names, texts in their own; what nothing has is left out."""
        asked = (*ASKS, *sorted(set(self._asks) - set(ASKS)))
        place = {asks: number for number, asks in enumerate(asked)}
        texts = list(self._forms)
        forms, features = _ordered(_joined(self._features), list(zip(self._names, texts, strict=True)))
        words, said = _ordered(_joined(self._said), list(self._texts))
        sizes = Counter(name for name, _ in forms)  # in order, since forms are
        return {
            "owners": np.repeat(np.arange(len(self._sizes)), self._sizes).astype(np.int32),
            "asks": np.array([place[asks] for asks in self._asks], np.int8),
            "asked": packed(asked),
            "contrasts": packed(self._contrasts),
            "names": packed(sizes),
            "first_forms": np.cumsum([0, *sizes.values()]).astype(np.int32),
            "forms": packed(text for _, text in forms),
            "texts": packed(words),
            "said_ends": np.cumsum(_joined(self._said_counts)).astype(np.int32),
            "said": said,
            "feature_ends": np.cumsum(_joined(self._feature_counts)).astype(np.int32),
            "features": features,
            "shares": _joined(self._shares).astype(np.uint8),
        }

    def _form(self, words: Sequence[Word]) -> int:
        text = " ".join([word.text for word in words])
        number = self._forms.setdefault(text, len(self._forms))
        if number == len(self._names):
            self._names.append(name_of(words))
        return number


def _flat(lists: Sequence[Sequence[int]]) -> Numbers:
    return np.array([number for each in lists for number in each], np.int32)


def _joined(arrays: Sequence[NDArray[Any]]) -> NDArray[Any]:
    return np.concatenate(arrays) if arrays else np.zeros(0, np.int32)


def _ordered(numbers: Numbers, values: list[T]) -> tuple[list[T], Numbers]:
    """The values that are pointed to, in order, and the numbers that point to them there."""
    used = np.flatnonzero(np.bincount(numbers, minlength=len(values))).tolist()
    used.sort(key=values.__getitem__)
    place = np.zeros(len(values), np.int32)
    place[used] = np.arange(len(used), dtype=np.int32)
    return [values[number] for number in used], place[numbers].astype(np.int32)


def _contrasts(run: Sequence[Sequence[Word]], contrasts: Contrasts) -> Counter[str]:
    """Of the phrasings that are written with marks, if any: the others would fit any marks."""
    counted = [words for words in run if any(word.is_marked for word in words)] or run
    return Counter(_cues(counted, contrasts))


def _cues(run: Sequence[Sequence[Word]], contrasts: Contrasts) -> Iterator[str]:
    for words in run:
        yield from contrasts.read(words)
