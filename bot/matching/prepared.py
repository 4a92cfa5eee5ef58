"""The index of a knowledge base: read from its phrasings once, then kept until they or our code change."""

from bot.cache import Cache
from bot.knowledge import Knowledge
from bot.matching.contrast import Contrasts
from bot.matching.features import FeatureReader, Phrasings
from bot.matching.index import Index, build
from bot.reading import Reader


def phrasings_of(knowledge: Knowledge, reader: Reader) -> Phrasings:
    """Entry id → its name, then its phrasings, each as the words it is read as."""
    return {
        entry.id: [reader.phrase(text) for text in (entry.name, *knowledge.phrasings(entry.id))]
        for entry in knowledge.entries.values()
    }


def index_of(
    knowledge: Knowledge, reader: Reader, features: FeatureReader, contrasts: Contrasts, cache: Cache
) -> Index:
    """The index over all phrasings of a knowledge base."""
    return cache.remember(
        "index",
        knowledge.version,
        lambda: build(phrasings_of(knowledge, reader), features, contrasts),
        Index.plain,
        Index.of_plain,
    )
