"""What our matcher is compared with: each method as a function from a question to the likeliest entries."""

import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain, pairwise

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from scipy import sparse

from bot.evaluation.noise import without_marks
from bot.knowledge import Knowledge
from bot.learning.questions import texts_of
from bot.learning.workshop import Workshop
from bot.matching import BACKGROUND
from bot.reading import Reader

K1, B = 1.5, 0.75  # as usual (S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework", 2009)
EPOCHS, SOFTNESS = 15, 10.0  # of SAGA; C. From here on more of either gains less than a hundredth

Scores = NDArray[np.float32]
Ask = Callable[[str], Sequence[str]]  # question → ids of the likeliest three entries, best first


@dataclass(frozen=True)
class Base:
    """What every method is made from: the knowledge, and its phrasings as plain text."""

    knowledge: Knowledge

    @cached_property
    def runs(self) -> Mapping[str, Sequence[str]]:
        """Class → its phrasings in lower case."""
        return {name: [text.lower() for text in run] for name, run in texts_of(self.knowledge).items()}

    @cached_property
    def texts(self) -> list[str]:
        """All phrasings, those of one class side by side."""
        return list(chain.from_iterable(self.runs.values()))

    @cached_property
    def owners(self) -> NDArray[np.intp]:
        """Of each phrasing the number of its class."""
        return np.repeat(np.arange(len(self.runs)), [len(run) for run in self.runs.values()])

    @cached_property
    def _starts(self) -> NDArray[np.intp]:
        return np.searchsorted(self.owners, np.arange(len(self.runs)))

    @cached_property
    def _classes(self) -> tuple[str, ...]:
        return tuple(self.runs)

    @cached_property
    def _shut(self) -> Scores:
        """Takes background out of a ranking."""
        return np.array([-np.inf if name.startswith(BACKGROUND) else 0.0 for name in self.runs], np.float32)

    def best(self, scores: Scores) -> list[str]:
        """The likeliest three entries, given a score for each class or for each phrasing."""
        by_class = scores if len(scores) == len(self.runs) else np.maximum.reduceat(scores, self._starts)
        return [self._classes[at] for at in np.argsort(-(by_class + self._shut), kind="stable")[:3]]


def ours(base: Base) -> dict[str, Ask]:
    """Our own, all of it and without repairs."""
    workshop = Workshop(base.knowledge)
    learned = workshop.learn()
    matcher = workshop.matcher(learned.index, learned.weights)
    index = learned.index
    plain = Reader(base.knowledge.language)
    reader = plain.with_vocabulary(index.counts, index.words, index.pairs(), index.neighbours())
    return {
        "ours": lambda question: [m.entry for m in matcher.rank(reader.read(question).words).matches[:3]],
        BARE: lambda question: [m.entry for m in matcher.rank(plain.phrase(question)).matches[:3]],
    }


def fuzzy(name: str, scorer: Callable[..., float], base: Base) -> dict[str, Ask]:
    """A scorer of rapidfuzz over all phrasings."""
    texts = base.texts

    def ask(question: str) -> Sequence[str]:
        return base.best(process.cdist([question.lower()], texts, scorer=scorer, dtype=np.float32)[0])

    return {name: ask}


def bm25(name: str, whole: bool, base: Base) -> dict[str, Ask]:
    """BM25 over phrasings, or over all phrasings of a class as one text (`whole`)."""
    places: dict[str, int] = {}
    rows: list[int] = []
    columns: list[int] = []
    for number, text in zip(base.owners if whole else range(len(base.texts)), base.texts, strict=True):
        found = [places.setdefault(gram, len(places)) for gram in grams(text)]
        rows += found
        columns += [int(number)] * len(found)
    table = sparse.coo_matrix((np.ones(len(rows), np.float32), (rows, columns))).tocsr()
    size = table.shape[1]
    having = np.diff(table.indptr)
    rare = np.log(1 + (size - having + 0.5) / (having + 0.5))
    length = np.bincount(columns, minlength=size)
    norm = K1 * (1 - B + B * length / length.mean())
    table.data *= np.repeat(rare, having) * (K1 + 1) / (table.data + norm[table.indices])

    def ask(question: str) -> Sequence[str]:
        scores = np.zeros(size, np.float32)
        for gram in grams(question):
            if (at := places.get(gram)) is not None:
                part = slice(table.indptr[at], table.indptr[at + 1])
                scores[table.indices[part]] += table.data[part]
        return base.best(scores)

    return {name: ask}


def grams(text: str) -> Iterator[str]:
    """The folded words of a text and its pairs of neighbours."""
    words = "".join(char if char.isalnum() else " " for char in fold(text)).split()
    yield from words
    yield from (f"{left} {right}" for left, right in pairwise(words))


def fold(text: str) -> str:
    """The text in lower case, without marks."""
    return without_marks(text.lower())


def tfidf(name: str, whole: bool, base: Base) -> dict[str, Ask]:
    """TF-IDF of runs of characters and cosine, over phrasings or over all of a class as one text."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    reader = TfidfVectorizer(analyzer="char", ngram_range=(2, 4), sublinear_tf=True, dtype=np.float32)
    texts = [" ".join(run) for run in base.runs.values()] if whole else base.texts
    table = reader.fit_transform(texts).T.tocsr()
    return {name: lambda question: base.best((reader.transform([question]) @ table).toarray().ravel())}


def logistic(name: str, base: Base) -> dict[str, Ask]:
    """Softmax regression on folded words and pairs of neighbours."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    reader = TfidfVectorizer(
        analyzer=lambda text: list(grams(text)), sublinear_tf=True, min_df=2, dtype=np.float32
    )
    model = LogisticRegression(solver="saga", C=SOFTNESS, max_iter=EPOCHS, random_state=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # it is stopped on purpose
        model.fit(reader.fit_transform(base.texts), base.owners)
    return {name: lambda question: base.best(model.decision_function(reader.transform([question]))[0])}


@dataclass(frozen=True, slots=True)
class Method:
    """How one or two rows of the table are made; `needs`: a module that may be missing."""

    build: Callable[[Base], dict[str, Ask]]
    needs: str | None = None


BARE = "ours, nothing repaired"
BESIDE = "rapidfuzz WRatio"  # what times are compared with
METHODS = (
    Method(ours),
    Method(partial(fuzzy, BESIDE, fuzz.WRatio)),
    Method(partial(fuzzy, "rapidfuzz token_set_ratio", fuzz.token_set_ratio)),
    Method(partial(bm25, "BM25, each phrasing", False)),
    Method(partial(bm25, "BM25, an entry's as one text", True)),
    Method(partial(tfidf, "TF-IDF of characters, each phrasing", False), "sklearn"),
    Method(partial(tfidf, "TF-IDF of characters, an entry's as one text", True), "sklearn"),
    Method(partial(logistic, "logistic regression"), "sklearn"),
)
