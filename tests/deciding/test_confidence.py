"""From a ranking to signals, and from signals to probabilities."""

import math
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.deciding.confidence import Judge
from bot.deciding.signals import CANDIDATES, FARTHEST, FEW, NAMES, Signals, rival_of, signals
from bot.knowledge import Knowledge
from bot.knowledge.entries import Unpublished
from bot.learning import TrainedStore
from bot.matching import Match, Ranking
from tests.deciding.entries import OF_ALL_ENTRIES, information

FAMILIES = {"a": None, "a1": "a", "a2": "a", "b": None, "b1": "b", "c": None}


@pytest.fixture(scope="module")
def small(knowledge: Knowledge) -> Knowledge:
    """Two families, one alone, and one unpublished whose nearest is `c`."""
    entries = [information(id_, head) for id_, head in FAMILIES.items()]
    hidden = Unpublished(
        id="u", name="u", kind="unpublished", missing="thử", nearest=("c",), **OF_ALL_ENTRIES
    )
    return Knowledge.of(knowledge.ward, knowledge.calendar, [*entries, hidden], knowledge.language, "small")


SHARES = st.floats(0, 1)


@st.composite
def rankings(draw: st.DrawFn) -> Ranking:
    """A ranking as matching may make it: shares that sum to no more than one, best first."""
    ids = draw(st.lists(st.sampled_from([*FAMILIES, "u"]), min_size=1, max_size=7, unique=True))
    odds = draw(st.lists(st.floats(1e-3, 1), min_size=len(ids) + 1, max_size=len(ids) + 1))
    total = sum(odds)
    matches = [
        Match(
            id_,
            score=draw(st.floats(-14, 8)),
            log=math.log(share / total),
            likeness=draw(SHARES),
            coverage=draw(SHARES),
            pairs=draw(SHARES),
            contrasts=draw(st.integers(0, 3)),
        )
        for id_, share in zip(ids, odds[1:], strict=True)
    ]
    matches.sort(key=lambda match: -match.score)
    return Ranking(tuple(matches), odds[0] / total, draw(SHARES), draw(SHARES), draw(st.integers(1, 60)))


def match(entry: str, score: float, share: float = 0.1, likeness: float = 0.5, contrasts: int = 0) -> Match:
    return Match(
        entry,
        score=score,
        log=math.log(share),
        likeness=likeness,
        coverage=0.75,
        pairs=0.25,
        contrasts=contrasts,
    )


def test_the_signals_of_a_ranking_written_out(small: Knowledge) -> None:
    ranking = Ranking(
        (
            match("a", 3.0, 0.4, 0.6, contrasts=2),
            match("a1", 2.5, 0.2, 0.9),
            match("b", 1.0, 0.1, 0.5),
            match("c", 0.5, 0.05, 0.4),
            match("a2", 0.1, 0.02, 0.3),
        ),
        background=0.2,
        like_background=0.45,
        unknown=0.25,
        size=7,
        marked=0.5,
    )
    assert signals(ranking, small) == Signals(
        log_of_family=pytest.approx(math.log(0.4 + 0.2 + 0.02 + FEW)),
        margin_to_rival=pytest.approx(2.0),
        likeness=0.6,
        coverage=0.75,
        pairs=0.25,
        contrast=1.0,
        log_of_background=pytest.approx(math.log(0.2 + FEW)),
        unknown=0.25,
        log_of_size=pytest.approx(math.log(8)),
        likeness_over_rival=pytest.approx(0.1),
        log_of_candidates=pytest.approx(math.log(0.4 + 0.2 + 0.1 + FEW)),
        best_likeness=0.9,
        likeness_over_background=pytest.approx(0.15),
        without_marks=0.0,
        marked=0.5,
    )
    assert signals(replace(ranking, marked=0.0), small).without_marks == 1.0


def test_the_rival_is_the_best_that_is_no_kin(small: Knowledge) -> None:
    def rival(*entries: str) -> str | None:
        found = tuple(match(entry, -float(at)) for at, entry in enumerate(entries))
        best = rival_of(found[0], Ranking(found, 0, 0, 0, 1), small)
        return best and best.entry

    assert rival("a1", "a", "a2", "b1", "c") == "b1"
    assert rival("u", "c", "b") == "b"  # what an answer offers as nearest is no rival to it
    assert rival("a", "a1") is None


def test_without_a_rival_the_margin_is_the_widest(small: Knowledge) -> None:
    alone = signals(Ranking((match("a", 0.5), match("a1", 0.4)), 0, 0, 0, 3), small)
    assert (alone.margin_to_rival, alone.likeness_over_rival) == (FARTHEST, 0.5)


@given(rankings())
def test_signals_stay_in_bounds(small: Knowledge, ranking: Ranking) -> None:
    one = signals(ranking, small)
    lowest, highest = math.log(FEW), math.log(1 + FEW) + 1e-6
    assert all(math.isfinite(value) for value in one.row())
    for log in (one.log_of_family, one.log_of_background, one.log_of_candidates):
        assert lowest <= log <= highest
    assert 0 <= one.margin_to_rival <= FARTHEST
    assert one.contrast in (0.0, 1.0)
    assert one.likeness <= one.best_likeness <= 1
    assert -1 <= one.likeness_over_rival <= 1
    assert -1 <= one.likeness_over_background <= 1


@given(rankings())
def test_what_stands_below_the_candidates_and_the_rival_changes_few_signals(
    small: Knowledge, ranking: Ranking
) -> None:
    first = ranking.matches[0]
    rival = rival_of(first, ranking, small)
    assume(rival is not None and ranking.matches.index(rival) < CANDIDATES)
    shorter, whole = (
        signals(replace(ranking, matches=matches), small)
        for matches in (ranking.matches[:CANDIDATES], ranking.matches)
    )
    changed = {name for name in NAMES if getattr(shorter, name) != getattr(whole, name)}
    assert changed <= {"log_of_family", "best_likeness"}


def test_a_row_holds_the_signals_in_the_order_of_their_names(small: Knowledge) -> None:
    one = signals(Ranking((match("a", 3.0),), 0.1, 0.2, 0.3, 4), small)
    assert dict(zip(NAMES, one.row(), strict=True)) == {name: getattr(one, name) for name in NAMES}


WEIGHT = st.floats(-5, 5)
JUDGES = st.builds(
    Judge,
    st.lists(WEIGHT, min_size=len(NAMES) + 1, max_size=len(NAMES) + 1),
    st.lists(WEIGHT, min_size=len(NAMES) + 1, max_size=len(NAMES) + 1),
)
ONES = st.builds(Signals, *[st.floats(-10, 10)] * len(NAMES))


def judge(ours: Mapping[str, float], of_ours: Mapping[str, float]) -> Judge:
    return Judge(*([of.get(name, 0.0) for name in ("intercept", *NAMES)] for of in (ours, of_ours)), ())


NOTHING = Signals(*[0.0] * len(NAMES))


def test_the_probabilities_written_out() -> None:
    one = replace(NOTHING, likeness=0.5, contrast=1.0)
    by = judge({"intercept": -1.0, "likeness": 4.0}, {"intercept": 2.0, "contrast": -3.0})
    confidence = by.confidence(one)
    assert confidence.ours == pytest.approx(1 / (1 + math.exp(-1)))
    assert confidence.first == pytest.approx(confidence.ours / (1 + math.exp(1)))


@given(JUDGES, ONES)
def test_the_first_is_never_likelier_than_any(by: Judge, one: Signals) -> None:
    confidence = by.confidence(one)
    assert 0 < confidence.first <= confidence.ours < 1


@given(JUDGES, ONES, st.sampled_from(NAMES), st.floats(0, 5))
def test_more_of_a_signal_moves_each_probability_as_its_weight_says(
    by: Judge, one: Signals, name: str, more: float
) -> None:
    at = 1 + NAMES.index(name)
    before = by.confidence(one)
    after = by.confidence(replace(one, **{name: getattr(one, name) + more}))
    if by.ours[at] >= 0:
        assert after.ours >= before.ours
    if by.ours[at] <= 0:
        assert after.ours <= before.ours
    if by.ours[at] >= 0 and by.of_ours[at] >= 0:
        assert after.first >= before.first
    if by.ours[at] <= 0 and by.of_ours[at] <= 0:
        assert after.first <= before.first


@pytest.mark.parametrize("size", [len(NAMES), len(NAMES) + 2])
def test_a_judge_for_other_signals_is_no_judge(size: int) -> None:
    with pytest.raises(ValueError, match="zip"):
        Judge([0.0] * size, [0.0] * size, ()).confidence(NOTHING)


@pytest.fixture(scope="module")
def shipped() -> Judge:
    return TrainedStore(None).judge()


@given(ranking=rankings())
def test_the_shipped_judge_gives_probabilities(shipped: Judge, small: Knowledge, ranking: Ranking) -> None:
    confidence = shipped.confidence(signals(ranking, small))
    assert 0 < confidence.first <= confidence.ours < 1


def test_to_the_shipped_judge_a_changing_word_that_is_lacking_speaks_against_being_ours(
    shipped: Judge,
) -> None:
    assert shipped.ours[1 + NAMES.index("contrast")] < 0
