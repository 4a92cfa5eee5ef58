"""Which part of an answer is asked for where no cue names it."""

import numpy as np
import pytest

from bot.facets import Facet
from bot.learning.train import learn_asked
from bot.matching import FacetGuesser, FacetReader
from bot.matching.facet_guess import LIKELIER, LIKELY
from bot.text.words import split
from tests.matching.plain_weights import weights_of

CUES = FacetReader({Facet.FEE: ["lệ phí"], Facet.HOW: ["làm sao"], "deadline": ["quá hạn"]})
ASKED = {
    "fee": ["tốn mấy đồng", "hết mấy đồng", "mấy đồng vậy", "đóng mấy đồng"],
    "time": ["mấy bữa có", "mấy bữa xong", "chờ mấy bữa", "bao giờ mấy bữa"],
    "other": ["có được làm", "ai được làm", "được làm gì", "có được không"],
}
GUESSER = FacetGuesser(
    CUES, learn_asked({part: [split(text) for text in run] for part, run in ASKED.items()})
)


@pytest.mark.parametrize(
    ("question", "what"),
    [
        ("giấy khai sinh mấy đồng", "fee"),
        ("giay khai sinh may dong", "fee"),
        ("giấy khai sinh mấy bữa", "time"),
        ("lệ phí mấy bữa", "fee"),  # a cue says so
        ("quá hạn mấy đồng", "deadline"),
        ("có được làm", None),
        ("pizza", None),
        ("", None),
    ],
)
def test_what_no_cue_names_is_told_by_what_was_learned(question: str, what: str | None) -> None:
    assert GUESSER.of(split(question)).what == what


def test_where_nothing_was_learned_cues_speak() -> None:
    nothing = FacetGuesser(CUES, learn_asked({}))
    assert nothing.of(split("mấy đồng")) == CUES.main(split("mấy đồng"))
    assert nothing.of(split("lệ phí")).facet is Facet.FEE


def sure_of_fee(share: float) -> FacetGuesser:
    """What was learned says "fee" with this probability, whatever is asked."""
    rest = (1 - share) / 3  # so that "fee" comes first
    bias = np.log(np.array([share, rest, rest, rest], np.float32))
    weights = weights_of({}, ("fee", "time", "where", "other"), bias=bias.tolist())
    return FacetGuesser(CUES, weights)


def test_more_is_needed_to_set_aside_a_vague_cue() -> None:
    vague, nothing = split("làm sao"), split("khai sinh")
    assert sure_of_fee(LIKELY + 0.01).of(nothing).facet is Facet.FEE
    assert sure_of_fee(LIKELY + 0.01).of(vague).facet is Facet.HOW
    assert sure_of_fee(LIKELIER + 0.01).of(vague).facet is Facet.FEE
    assert sure_of_fee(LIKELIER + 0.01).of(vague).positions == CUES.main(vague).positions
