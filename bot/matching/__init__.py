"""What was meant → entries ranked by likeness, each with its signals, and the facet asked for."""

from bot.matching.contrast import Contrasts
from bot.matching.facets import Asked, FacetReader
from bot.matching.features import FeatureReader, Phrasings
from bot.matching.index import Index
from bot.matching.match import Match, Matcher
from bot.matching.prepared import index_of

__all__ = [
    "Asked",
    "Contrasts",
    "FacetReader",
    "FeatureReader",
    "Index",
    "Match",
    "Matcher",
    "Phrasings",
    "index_of",
]
