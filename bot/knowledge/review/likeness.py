"""Phrasings of different entries that are nearly the same, and entries easily taken for each other."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.knowledge.phrasings import Phrasing
from bot.knowledge.problems import Problem
from bot.text.frequency import rarity
from bot.text.words import split

CONFUSABLE = 0.8  # shared rarity of two phrasings' words, 0–1; from here on one is easily taken for the other
Bag = frozenset[str]


@dataclass(frozen=True, slots=True)
class Confusable:
    """Two entries, the two phrasings that are most alike, and how alike (0–1)."""

    first: Phrasing
    second: Phrasing
    likeness: float


def compare(phrasings: Iterable[Phrasing], padding: Iterable[str]) -> tuple[list[Problem], list[Confusable]]:
    """Nearly the same phrasings as warnings; then, for each pair of entries, the most alike of the others.

    Nearly the same: the same words but for marks, order and single words of padding.
    """
    stop = {words[0].key for text in padding if len(words := split(text)) == 1}
    bags: dict[Bag, list[Phrasing]] = defaultdict(list)
    for phrasing in phrasings:
        bag = frozenset(word.folded for word in split(phrasing.text) if word.key not in stop)
        if bag:
            bags[bag].append(phrasing)
    same = [problem for group in bags.values() for problem in _nearly_same(group)]
    return same, list(_confusable(bags))


def _nearly_same(group: Sequence[Phrasing]) -> Iterator[Problem]:
    first = group[0]
    for other in group[1:]:
        if other.entry != first.entry:
            what = f"câu “{other.text}” gần như câu “{first.text}” của mục `{first.entry}` ({first.place})"
            yield other.problem(what, "đổi một câu cho khác hẳn, hoặc bỏ", "warning")


def _confusable(bags: Mapping[Bag, Sequence[Phrasing]]) -> Iterator[Confusable]:
    """Two bags as alike as CONFUSABLE share a word of each one's prefix, so only those are compared.

    The prefix: the words that fewest bags have, until the rest weigh less than the share that both must have.
    (R. Bayardo, Y. Ma, R. Srikant, "Scaling up all pairs similarity search", WWW 2007.)
    """
    spread = Counter(word for bag in bags for word in bag)
    weight = {word: rarity(word) for word in spread}
    totals = {bag: sum(weight[word] for word in bag) for bag in bags}
    by_word: dict[str, list[Bag]] = defaultdict(list)
    weights: dict[str, list[float]] = defaultdict(list)  # of those bags, ascending
    best: dict[tuple[str, str], Confusable] = {}
    for bag in sorted(bags, key=totals.__getitem__):
        total = totals[bag]
        prefix = _prefix(bag, spread, weight, total)
        near: set[Bag] = set()
        for word in prefix:
            near.update(by_word[word][bisect_left(weights[word], CONFUSABLE * total) :])
            by_word[word].append(bag)
            weights[word].append(total)
        for other in near:
            shared = sum([weight[word] for word in bag & other])
            likeness = shared / (total + totals[other] - shared)
            if likeness >= CONFUSABLE:
                _keep(best, bags[other], bags[bag], likeness)
    yield from sorted(best.values(), key=lambda pair: -pair.likeness)


def _prefix(bag: Bag, spread: Mapping[str, int], weight: Mapping[str, float], total: float) -> list[str]:
    rest, prefix = total, []
    for word in sorted(bag, key=lambda word: (spread[word], word)):
        if rest < CONFUSABLE * total:
            break
        prefix.append(word)
        rest -= weight[word]
    return prefix


def _keep(
    best: dict[tuple[str, str], Confusable],
    firsts: Sequence[Phrasing],
    seconds: Sequence[Phrasing],
    likeness: float,
) -> None:
    for first in firsts:
        for second in seconds:
            pair = (min(first.entry, second.entry), max(first.entry, second.entry))
            if pair[0] != pair[1] and (pair not in best or best[pair].likeness < likeness):
                best[pair] = Confusable(first, second, likeness)
