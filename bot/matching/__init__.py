"""What was meant → entries ranked by likeness, each with its signals, and the facet asked for."""

from bot.matching.acts import Act, Acts
from bot.matching.contrast import Contrasts
from bot.matching.facet_guess import FacetGuesser
from bot.matching.facets import Asked, FacetReader
from bot.matching.features import FeatureReader, Phrasings
from bot.matching.index import Index
from bot.matching.match import BACKGROUND, Match, Matcher, Mix, Ranking
from bot.matching.weights import Weights

__all__ = [
    "BACKGROUND",
    "Act",
    "Acts",
    "Asked",
    "Contrasts",
    "FacetGuesser",
    "FacetReader",
    "FeatureReader",
    "Index",
    "Match",
    "Matcher",
    "Mix",
    "Phrasings",
    "Ranking",
    "Weights",
]
