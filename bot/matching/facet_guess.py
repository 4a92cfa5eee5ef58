"""Which part of an answer is asked for where no cue names it, learned from questions."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from bot.facets import Facet
from bot.matching.acts import act_names
from bot.matching.facets import CONCRETE, Asked, FacetReader
from bot.matching.weights import Weights
from bot.text.words import Word

LIKELY = 0.5  # probability from which on a part is taken to be asked for that no cue names …
LIKELIER = 0.6  # … or that is asked for though a cue asks how, or whether one may
OPEN = frozenset({Facet.HOW, Facet.ELIGIBILITY})


class FacetGuesser:
    """Tells what is asked for by cues, and where these say nothing by what was learned from questions."""

    def __init__(self, cues: FacetReader, weights: Weights) -> None:
        """`weights`: of the facets as classes, learned from words as acts are."""
        self._cues = cues
        self.weights = weights

    def of(self, words: Sequence[Word]) -> Asked:
        """What is asked for; the positions are those of cues."""
        asked = self._cues.main(words)
        is_vague = asked.facet in OPEN
        if not self.weights.classes or (asked.what is not None and not is_vague):
            return asked
        shares = np.exp(self.weights.logs(act_names(words)))
        best = int(shares.argmax())
        name = self.weights.classes[best]
        is_likely = shares[best] >= (LIKELIER if is_vague else LIKELY)
        return replace(asked, what=name) if name in CONCRETE and is_likely else asked
