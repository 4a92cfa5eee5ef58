"""Phrasings → weights."""

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.learning.adjusting import adjust
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

FEW = 20  # changed classes, as when staff add phrasings; they are taken in quietly …
SEEN_BESIDE = 20_000  # … among so many phrasings, about

Run = Sequence[Word]


def find(phrasings: Phrasings, features: FeatureReader) -> Found:
    """The features of every phrasing."""
    return {name: [(words, features.read(words)) for words in run] for name, run in phrasings.items()}


def learn(index: Index, told: Told = lambda _: None, without: Collection[int] = ()) -> Weights:
    """The weights of these phrasings, from scratch; `without`: numbers of phrasings to leave out."""
    left_out = frozenset(without)
    return fit(_rows(index, [n for n in range(len(index.owners)) if n not in left_out]), told)


def learn_anew(
    index: Index, changed: Collection[str], before: Weights, known: Index, told: Told = lambda _: None
) -> Weights:
    """The weights after some classes changed, starting from those of `before`, which were learned of `known`.

    Seen again are the phrasings of these classes, and a part of the others so that they keep their place.
    A FEW are taken in so that nothing else moves.
    """
    numbers = np.arange(len(index.owners))
    is_few = len(changed) <= FEW
    is_seen = numbers % max(1, round(len(numbers) / (SEEN_BESIDE if is_few else SEEN_AGAIN))) == 0
    of_changed = np.array([name in changed for name in index.classes], bool)
    chosen = numbers[is_seen | of_changed[index.owners]]
    rows = _rows(index, chosen.tolist())
    if not is_few:
        return update(rows, before, told)
    is_new = np.zeros(len(rows.names), bool)
    is_new[: len(chosen)] = _new(index, chosen, of_changed, known)
    return adjust(rows, is_new, before, changed, told)


def _new(index: Index, chosen: NDArray[np.int64], of_changed: NDArray[np.bool_], known: Index) -> list[bool]:
    """Which of these phrasings are of a class that changed, and were not among its phrasings before."""
    names_of = {name: number for number, name in enumerate(known.classes)}
    before = {
        name: {known.said(n) for n in np.flatnonzero(known.owners == names_of[name]).tolist()}
        for name, is_changed in zip(index.classes, of_changed, strict=True)
        if is_changed and name in names_of
    }
    owners = [index.classes[index.owners[number]] for number in chosen]
    return [
        owner in before and index.said(number) not in before[owner]
        for number, owner in zip(chosen.tolist(), owners, strict=True)
    ]


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
