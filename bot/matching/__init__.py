"""What was meant → entries ranked by likeness, each with its signals, and the facet asked for."""

from bot.matching.facets import Asked, FacetReader
from bot.matching.features import Phrasings
from bot.matching.match import Match, Matcher

__all__ = ["Asked", "FacetReader", "Match", "Matcher", "Phrasings"]
