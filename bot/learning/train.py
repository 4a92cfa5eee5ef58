"""Phrasings → weights."""

from collections.abc import Callable, Collection
from itertools import count

import numpy as np

from bot.learning.softmax import Rows, fit, update
from bot.learning.told import Told
from bot.matching import FeatureReader, Phrasings, Weights
from bot.matching.acts import QUESTION, act_names
from bot.matching.index import Found
from bot.matching.weights import names, without_marks

UNMARKED = 3  # each third phrasing is learned as who types no marks types it
QUESTIONS_SEEN = 4  # each fourth question is enough to know what asking is like …
MANY = 4000  # questions
OTHERS_SEEN = 2  # … and the other acts, of which there are few, are seen twice
SEEN_AGAIN = 8000  # phrasings, about; as many keep the weights of what did not change


def is_marked(place: int) -> bool:
    """Whether the phrasing at this place of its class is learned as it is written, marks and all."""
    return place % UNMARKED != UNMARKED - 1


def find(phrasings: Phrasings, features: FeatureReader) -> Found:
    """The features of every phrasing."""
    return {name: [(words, features.read(words)) for words in run] for name, run in phrasings.items()}


def learn(found: Found, told: Told = lambda _: None, without: Collection[tuple[str, int]] = ()) -> Weights:
    """The weights of these phrasings, from scratch; `without`: (class, place) of phrasings to leave out."""
    return fit(_rows(found, lambda name, place: (name, place) not in without), told)


def learn_anew(
    found: Found, changed: Collection[str], before: Weights, told: Told = lambda _: None
) -> Weights:
    """The weights after some classes changed, starting from those of `before`.

    Seen again are the phrasings of these classes, and a part of the others so that they keep their place.
    """
    share = max(1, round(sum(map(len, found.values())) / SEEN_AGAIN))
    numbers = count()
    rows = _rows(found, lambda name, _: next(numbers) % share == 0 or name in changed)
    return update(rows, before, told)


def _rows(found: Found, is_kept: Callable[[str, int], bool]) -> Rows:
    classes = tuple(found)
    sets, labels = [], []
    for label, name in enumerate(classes):
        for place, (_, features) in enumerate(found[name]):
            if is_kept(name, place):
                sets.append(_as_typed(names(features), place))
                labels.append(label)
    return Rows(sets, np.array(labels, np.int32), classes)


def learn_acts(messages: Phrasings, told: Told = lambda _: None) -> Weights:
    """The weights that tell acts apart: act → messages."""
    acts = tuple(messages)
    are_many = len(messages.get(QUESTION, ())) >= MANY
    sets, labels = [], []
    for label, act in enumerate(acts):
        run = messages[act]
        if are_many:
            run = run[::QUESTIONS_SEEN] if act == QUESTION else [*run] * OTHERS_SEEN
        for place, words in enumerate(run):
            sets.append(_as_typed(act_names(words), place))
            labels.append(label)
    return fit(Rows(sets, np.array(labels, np.int32), acts), told)


def _as_typed(every: frozenset[str], place: int) -> frozenset[str]:
    return every if is_marked(place) else without_marks(every)
