"""Phrasings → weights."""

from collections.abc import Collection, Sequence

import numpy as np

from bot.learning.softmax import Rows, fit, update
from bot.learning.told import Told
from bot.matching import FeatureReader, Index, Phrasings, Weights
from bot.matching.acts import QUESTION, act_names
from bot.matching.build import Found
from bot.matching.weights import names_in, without_marks

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


def learn(index: Index, told: Told = lambda _: None, without: Collection[int] = ()) -> Weights:
    """The weights of these phrasings, from scratch; `without`: numbers of phrasings to leave out."""
    left_out = frozenset(without)
    return fit(_rows(index, [n for n in range(len(index.owners)) if n not in left_out]), told)


def learn_anew(
    index: Index, changed: Collection[str], before: Weights, told: Told = lambda _: None
) -> Weights:
    """The weights after some classes changed, starting from those of `before`.

    Seen again are the phrasings of these classes, and a part of the others so that they keep their place.
    """
    numbers = np.arange(len(index.owners))
    is_seen = numbers % max(1, round(len(numbers) / SEEN_AGAIN)) == 0
    of_changed = np.array([name in changed for name in index.classes], bool)
    return update(_rows(index, numbers[is_seen | of_changed[index.owners]].tolist()), before, told)


def _rows(index: Index, numbers: Sequence[int]) -> Rows:
    """These phrasings, each as it is typed."""
    starts = index.starts.tolist()
    owners = index.owners.tolist()
    sets = [_as_typed(names_in(index, number), number - starts[owners[number]]) for number in numbers]
    return Rows(sets, index.owners[list(numbers)], index.classes)


def learn_acts(messages: Phrasings, told: Told = lambda _: None) -> Weights:
    """The weights that tell acts apart: act → messages."""
    if len(messages.get(QUESTION, ())) >= MANY:
        messages = {
            act: run[::QUESTIONS_SEEN] if act == QUESTION else [*run] * OTHERS_SEEN
            for act, run in messages.items()
        }
    return fit(_spoken(messages), told)


def learn_asked(questions: Phrasings) -> Weights:
    """The weights that tell which part of an answer is asked for: part → questions."""
    return fit(_spoken(questions))


def _spoken(messages: Phrasings) -> Rows:
    """Messages by what they say rather than what they are about."""
    sets, labels = [], []
    for label, run in enumerate(messages.values()):
        for place, words in enumerate(run):
            sets.append(_as_typed(act_names(words), place))
            labels.append(label)
    return Rows(sets, np.array(labels, np.int32), tuple(messages))


def _as_typed(every: frozenset[str], place: int) -> frozenset[str]:
    return every if is_marked(place) else without_marks(every)
