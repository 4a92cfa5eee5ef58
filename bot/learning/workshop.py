"""All that matching needs, made from a knowledge base or read from what was learned of it before.

What learns is imported where something is learned: a start with what was shipped does without scipy.
"""

from typing import TYPE_CHECKING

from bot.deciding.confidence import Judge
from bot.deciding.prepared import Prepared
from bot.knowledge import Knowledge
from bot.knowledge.entries import Information, Result, Unpublished
from bot.learning.questions import (
    Texts,
    acts_of,
    asked_of,
    fingerprint,
    hashes_of,
    parts_hash,
    read_all,
    spoken_hash,
    texts_of,
)
from bot.learning.store import Learned, TrainedStore
from bot.learning.told import Told
from bot.matching import (
    Acts,
    Contrasts,
    FacetGuesser,
    FacetReader,
    FeatureReader,
    Index,
    Matcher,
    Weights,
)
from bot.matching.build import build_of
from bot.reading import Reader
from bot.text.word_lists import WordList

if TYPE_CHECKING:
    from bot.learning.judging import Learner

MOSTLY = 0.9  # of the classes must be as before, else everything is learned from scratch
READ, MAIN = 0.3, 0.8  # shares of the time at which phrasings are read, and weights of entries learned


class Workshop:
    """Turns the phrasings of one knowledge base into what matching needs."""

    def __init__(self, knowledge: Knowledge) -> None:
        language = knowledge.language
        stop_words = WordList(language.stop_words.always, language.stop_words.marked_only)
        self.knowledge = knowledge
        self.reader = Reader(language)
        self.facets = FacetReader(language.facets.model_dump())
        self.features = FeatureReader(stop_words, self.facets)
        self.contrasts = Contrasts(WordList(language.contrasts.always, language.contrasts.marked_only))
        self.facts = frozenset(
            e.id for e in knowledge.entries.values() if isinstance(e, Result | Unpublished | Information)
        )

    def learn(self, told: Told = lambda _: None, before: Learned | None = None) -> Learned:
        """Index and weights; from scratch, or from what was learned of most of these phrasings."""
        from bot.learning.train import FEW, find, learn, learn_anew

        texts, hashes = texts_of(self.knowledge), hashes_of(self.knowledge)
        known = before.index.hashes if before else {}
        changed = [name for name, its in hashes.items() if known.get(name) != its]
        if before is None or len(changed) > len(texts) * (1 - MOSTLY):
            before, changed = None, list(texts)
        read = find(read_all({name: texts[name] for name in changed}, self.reader), self.features)
        found = {name: read.get(name) for name in texts}
        is_quiet = before is not None and len(changed) <= FEW
        index = build_of(found, self.contrasts, hashes, before.index if before else None, is_quiet=is_quiet)
        told(READ)

        def main(done: float) -> None:
            told(READ + done * (MAIN - READ))

        weights = (
            learn_anew(index, changed, before.weights, before.index, main) if before else learn(index, main)
        )
        spoken, asked = spoken_hash(self.knowledge), parts_hash(self.knowledge)
        learned = Learned(
            index,
            weights,
            # what a message does is told apart as before, whatever one entry is called
            before.acts if before and before.acts_from == spoken else self._acts(texts, index),
            before.asks if before and before.asks_from == asked else self._asks(),
            spoken,
            asked,
        )
        told(1)
        return learned.rounded()

    def _asks(self) -> Weights:
        from bot.learning.train import learn_asked

        return learn_asked(read_all(asked_of(self.knowledge), self.reader))

    def _acts(self, texts: Texts, index: Index) -> Weights:
        from bot.learning.train import learn_acts

        every = (text for run in texts.values() for text in run)
        read = {text: index.said(number) for number, text in enumerate(every)}
        messages = {
            act: [read[text] if text in read else self.reader.phrase(text) for text in run]
            for act, run in acts_of(self.knowledge).items()
        }
        return learn_acts(messages)

    def judge(self, index: Index, told: Told = lambda _: None) -> Judge:
        """A judge for this knowledge base, from scratch; takes minutes."""
        from bot.learning.judging import judge_of

        return judge_of(self.learner(index), told)

    def index(self) -> Index:
        """The index of all phrasings, from scratch."""
        from bot.learning.train import find

        found = find(read_all(texts_of(self.knowledge), self.reader), self.features)
        return build_of(found, self.contrasts)

    def learner(self, index: Index) -> "Learner":
        """What asks phrasings as if they were not known."""
        from bot.learning.judging import Learner

        return Learner(self.knowledge, index, self.features, self.contrasts, self.facts)

    def matcher(self, index: Index, weights: Weights) -> Matcher:
        """The matcher over these."""
        return Matcher(index, weights, self.features, self.contrasts, self.facts)


def prepare(knowledge: Knowledge, store: TrainedStore, told: Told = lambda _: None) -> Prepared:
    """A knowledge base ready to be asked; what was never learned of it is learned now, and kept."""
    workshop = Workshop(knowledge)
    name = store.fingerprint(knowledge.version) or fingerprint(knowledge)
    found = store.load(name)
    if found is None:
        found = workshop.learn(told, store.newest())
        store.keep(name, found)
    matcher = workshop.matcher(found.index, found.weights)
    facets = workshop.facets
    guesser = FacetGuesser(facets, found.asks)
    return Prepared(found.index, matcher, Acts(found.acts), facets, guesser, store.judge())
