"""All that was learned of a knowledge base, ready to be asked."""

from dataclasses import dataclass

from bot.deciding.confidence import Judge
from bot.matching import Acts, FacetGuesser, FacetReader, Index, Matcher


@dataclass(frozen=True, slots=True)
class Prepared:
    """What interpreting a question needs; made by bot/learning."""

    index: Index
    matcher: Matcher
    acts: Acts
    facets: FacetReader
    guesser: FacetGuesser
    judge: Judge
