"""Phrasings → weights."""

from collections.abc import Collection, Sequence

import numpy as np

from bot.learning.softmax import Rows, fit, update
from bot.learning.told import Told
from bot.matching import BACKGROUND, FeatureReader, Index, Phrasings, Weights
from bot.matching.acts import QUESTION, act_names
from bot.matching.build import Found
from bot.matching.weights import names
from bot.text.words import Word

FEW_DIMENSIONS = 24  # for acts and parts of an answer, of which there are fewer than entries
QUESTIONS_SEEN = 4  # each fourth question is enough to know what asking is like …
MANY = 4000  # questions
OTHERS_SEEN = 2  # … and the other acts, of which there are few, are seen twice
OPENED, OPENED_ACTS = 5, 20  # each so many'th question is learned once more, behind a greeting …
LONGEST_OPENING = 5  # … of no more words
HELLO = "greeting-hello"  # the messages that greetings are taken from
SEEN_AGAIN = 8000  # phrasings, about; as many keep the weights of what did not change

Run = Sequence[Word]


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
    """These phrasings, each with its class."""
    said = [index.said(number) for number in numbers]
    owners = index.owners[list(numbers)]
    hello = index.classes.index(BACKGROUND + HELLO) if BACKGROUND + HELLO in index.classes else -1
    openings = [words for words, owner in zip(said, owners, strict=True) if owner == hello]
    asked = [at for at, owner in enumerate(owners) if not index.classes[owner].startswith(BACKGROUND)]
    opened = _opened([said[at] for at in asked[::OPENED]], openings)
    labels = np.concatenate([owners, owners[asked[::OPENED][: len(opened)]]])
    return Rows([names(words) for words in (*said, *opened)], labels, index.classes)


def _opened(questions: Sequence[Run], openings: Sequence[Run]) -> list[Run]:
    """The questions as who greets first asks them; none where no greeting is known."""
    short = [words for words in openings if len(words) <= LONGEST_OPENING]
    if not short:
        return []
    return [(*short[at % len(short)], *words) for at, words in enumerate(questions)]


def learn_acts(messages: Phrasings, told: Told = lambda _: None) -> Weights:
    """The weights that tell acts apart: act → messages."""
    opened = _opened(messages.get(QUESTION, ())[::OPENED_ACTS], messages.get(HELLO, ()))
    if opened:
        messages = {**messages, QUESTION: [*messages[QUESTION], *opened]}
    if len(messages.get(QUESTION, ())) >= MANY:
        messages = {
            act: run[::QUESTIONS_SEEN] if act == QUESTION else [*run] * OTHERS_SEEN
            for act, run in messages.items()
        }
    return fit(_spoken(messages), told, FEW_DIMENSIONS)


def learn_asked(questions: Phrasings) -> Weights:
    """The weights that tell which part of an answer is asked for: part → questions."""
    return fit(_spoken(questions), dimensions=FEW_DIMENSIONS)


def _spoken(messages: Phrasings) -> Rows:
    """Messages by what they say rather than what they are about."""
    sets = [act_names(words) for run in messages.values() for words in run]
    labels = [label for label, run in enumerate(messages.values()) for _ in run]
    return Rows(sets, np.array(labels, np.int32), tuple(messages))
