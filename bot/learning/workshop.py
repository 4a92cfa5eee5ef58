"""All that matching needs, made from a knowledge base or read from what was learned of it before.

What learns is imported where something is learned: a start with what was shipped does without scipy.
"""

from typing import TYPE_CHECKING

from bot.deciding.confidence import Judge
from bot.deciding.prepared import Prepared
from bot.knowledge import Knowledge
from bot.knowledge.entries import Information, Result, Unpublished
from bot.learning.questions import Texts, acts_of, fingerprint, hashes_of, read_all, texts_of
from bot.learning.store import Learned, TrainedStore
from bot.learning.told import Told
from bot.matching import Acts, Contrasts, FacetReader, FeatureReader, Index, Matcher, Phrasings, Weights
from bot.matching.index import Found, build_of
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

    def phrasings(self) -> Phrasings:
        """Every phrasing as the words it is read as."""
        return read_all(texts_of(self.knowledge), self.reader)

    def learn(self, told: Told = lambda _: None, before: Learned | None = None) -> Learned:
        """Index and weights; from scratch, or from what was learned of most of these phrasings."""
        from bot.learning.train import find, learn, learn_anew

        texts, hashes = texts_of(self.knowledge), hashes_of(self.knowledge)
        known = before.index.hashes if before else {}
        same = {name for name in texts if name in known and known[name] == hashes[name]}
        if before is None or len(same) < len(texts) * MOSTLY:
            found = find(read_all(texts, self.reader), self.features)
            told(READ)
            weights = learn(found, lambda done: told(READ + done * (MAIN - READ)))
            acts = self._acts(texts, found, lambda done: told(MAIN + done * (1 - MAIN)))
        else:
            kept = dict(before.index.found(same))
            changed = {name: run for name, run in texts.items() if name not in same}
            read = find(read_all(changed, self.reader), self.features)
            found = {name: kept[name] if name in same else read[name] for name in texts}
            told(READ)
            weights = learn_anew(
                found, changed.keys(), before.weights, lambda done: told(READ + done * (1 - READ))
            )
            acts = before.acts  # what a message does is told apart as before, whatever one entry is called
        return Learned(build_of(found, self.contrasts, hashes), weights, acts).rounded()

    def _acts(self, texts: Texts, found: Found, told: Told) -> Weights:
        from bot.learning.train import learn_acts

        read = {
            text: words
            for name, run in texts.items()
            for text, (words, _) in zip(run, found[name], strict=True)
        }
        messages = {
            act: [read[text] if text in read else self.reader.phrase(text) for text in run]
            for act, run in acts_of(self.knowledge).items()
        }
        return learn_acts(messages, told)

    def judge(self, index: Index, told: Told = lambda _: None) -> Judge:
        """A judge for this knowledge base, from scratch; takes minutes."""
        from bot.learning.judging import judge_of

        return judge_of(self.learner(index), told)

    def learner(self, index: Index | None = None) -> "Learner":
        """What asks phrasings as if they were not known."""
        from bot.learning.judging import Learner
        from bot.learning.train import find

        found = find(self.phrasings(), self.features)
        index = index or build_of(found, self.contrasts)
        return Learner(self.knowledge, found, index, self.features, self.contrasts, self.facts)

    def matcher(self, index: Index, weights: Weights) -> Matcher:
        """The matcher over these."""
        return Matcher(index, weights, self.features, self.contrasts, self.facts)


def prepare(knowledge: Knowledge, store: TrainedStore, told: Told = lambda _: None) -> Prepared:
    """A knowledge base ready to be asked; what was never learned of it is learned now, and kept."""
    workshop = Workshop(knowledge)
    name = fingerprint(knowledge)
    found = store.load(name)
    if found is None:
        found = workshop.learn(told, store.newest())
        store.keep(name, found)
    matcher = workshop.matcher(found.index, found.weights)
    return Prepared(found.index, matcher, Acts(found.acts), workshop.facets, store.judge())
