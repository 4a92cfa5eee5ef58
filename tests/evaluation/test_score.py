"""Every word of the scoring table on an answer made by hand."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering import Answer, Browse, Button, Message, Open
from bot.answering.actions import Role
from bot.deciding import Candidate
from bot.evaluation.score import AS_OURS, STATED, Judged, Row, Tally, Verdict, rows_of, verdict
from bot.facets import Facet
from bot.knowledge import Knowledge
from bot.outcomes import Outcome

RIGHT, WRONG, OTHER = "khai-sinh", "khai-tu", "ket-hon"
INSIDE = Row("thử", frozenset({RIGHT}), in_scope=True)
OUTSIDE = Row("thử", frozenset(), in_scope=False)
ROUTED = Row("thử", frozenset({RIGHT}), in_scope=False)
NOT_STATED = sorted(set(Outcome) - STATED)


def answer(
    outcome: Outcome,
    entry: str | None = None,
    *,
    buttons: Iterable[str] = (),
    candidates: Iterable[str] = (),
    entries: tuple[str, ...] | None = None,
    facet: Facet | None = None,
) -> Answer:
    """An answer that states an entry, with buttons that open others."""
    shown = (Button("xem", Open(id_, None, Role.FAMILY)) for id_ in buttons)
    message = Message(("thử",), buttons=(*shown, Button("mục lục", Browse())))
    told = entries if entries is not None else ((entry,) if entry else ())
    offered = tuple(Candidate(id_, id_, 0.3) for id_ in candidates)
    return Answer(outcome, message, entry, told, facet, candidates=offered)


@pytest.mark.parametrize("outcome", sorted(STATED))
def test_right_first_is_a_stated_entry_that_is_right(outcome: Outcome) -> None:
    assert verdict(answer(outcome, RIGHT), INSIDE) is Verdict.RIGHT_FIRST
    assert verdict(answer(outcome, RIGHT, buttons=[WRONG], candidates=[WRONG]), INSIDE) is Verdict.RIGHT_FIRST
    either = Row("thử", frozenset({OTHER, RIGHT}), in_scope=True)
    assert verdict(answer(outcome, RIGHT), either) is Verdict.RIGHT_FIRST


def test_right_first_is_also_what_is_told_together_with_the_entry() -> None:
    together = answer(Outcome.ANSWERED, WRONG, entries=(WRONG, RIGHT))
    assert verdict(together, INSIDE) is Verdict.RIGHT_FIRST


@pytest.mark.parametrize("outcome", Outcome)
def test_one_tap_is_a_right_entry_among_what_is_shown_whatever_the_outcome(outcome: Outcome) -> None:
    assert verdict(answer(outcome, buttons=[WRONG, RIGHT]), INSIDE) is Verdict.ONE_TAP
    assert verdict(answer(outcome, candidates=[WRONG, RIGHT]), INSIDE) is Verdict.ONE_TAP
    assert verdict(answer(outcome, WRONG, buttons=[RIGHT]), INSIDE) is Verdict.ONE_TAP


@pytest.mark.parametrize("row", [INSIDE, OUTSIDE, ROUTED])
def test_asked_back_is_candidates_of_which_none_is_right(row: Row) -> None:
    assert verdict(answer(Outcome.CLARIFIED, candidates=[WRONG, OTHER]), row) is Verdict.ASKED_BACK
    assert verdict(answer(Outcome.CLARIFIED), row) is Verdict.ASKED_BACK


@pytest.mark.parametrize("outcome", sorted(STATED))
def test_sure_and_wrong_is_another_entry_with_no_right_one_in_reach(outcome: Outcome) -> None:
    assert verdict(answer(outcome, WRONG), INSIDE) is Verdict.WRONG
    assert verdict(answer(outcome, WRONG, buttons=[OTHER], candidates=[OTHER]), INSIDE) is Verdict.WRONG


@pytest.mark.parametrize("outcome", [each for each in NOT_STATED if each is not Outcome.CLARIFIED])
def test_refused_is_in_scope_and_neither_answered_nor_asked_back(outcome: Outcome) -> None:
    assert verdict(answer(outcome), INSIDE) is Verdict.REFUSED
    assert verdict(answer(outcome, buttons=[WRONG]), INSIDE) is Verdict.REFUSED
    assert verdict(answer(outcome, RIGHT), INSIDE) is Verdict.REFUSED  # told of by no statement


@pytest.mark.parametrize("outcome", sorted(STATED))
def test_what_states_no_entry_is_refused(outcome: Outcome) -> None:
    assert verdict(answer(outcome), INSIDE) is Verdict.REFUSED
    assert verdict(answer(outcome), OUTSIDE) is Verdict.QUIET


@pytest.mark.parametrize("row", [OUTSIDE, ROUTED])
@pytest.mark.parametrize("outcome", Outcome)
def test_answered_as_ours_is_out_of_scope_with_an_entry_of_ours_that_is_not_right(
    outcome: Outcome, row: Row
) -> None:
    found = verdict(answer(outcome, WRONG), row)
    assert (found is Verdict.AS_OURS) == (outcome in AS_OURS)


@pytest.mark.parametrize("outcome", sorted(STATED))
def test_routed_is_out_of_scope_with_the_office_named_or_offered(outcome: Outcome) -> None:
    assert verdict(answer(outcome, RIGHT), ROUTED) is Verdict.ROUTED
    assert verdict(answer(outcome, WRONG, buttons=[RIGHT]), ROUTED) is Verdict.ROUTED
    assert verdict(answer(Outcome.CLARIFIED, candidates=[WRONG, RIGHT]), ROUTED) is Verdict.ROUTED


@pytest.mark.parametrize("row", [OUTSIDE, ROUTED])
def test_kept_quiet_is_out_of_scope_and_nothing_of_ours_said(row: Row) -> None:
    quiet = {
        outcome
        for outcome in Outcome
        if verdict(answer(outcome, WRONG if outcome in STATED else None), row) is Verdict.QUIET
    }
    assert quiet == set(Outcome) - AS_OURS - {Outcome.CLARIFIED}


IDS = st.sampled_from([RIGHT, WRONG, OTHER])
ANSWERS = st.builds(
    answer,
    st.sampled_from(Outcome),
    st.none() | IDS,
    buttons=st.lists(IDS, max_size=3),
    candidates=st.lists(IDS, max_size=3),
)
ROWS = st.builds(Row, st.just("thử"), st.frozensets(IDS), st.booleans())
OF_INSIDE = {Verdict.RIGHT_FIRST, Verdict.ONE_TAP, Verdict.ASKED_BACK, Verdict.WRONG, Verdict.REFUSED}
OF_OUTSIDE = {Verdict.ASKED_BACK, Verdict.AS_OURS, Verdict.ROUTED, Verdict.QUIET}


@given(ANSWERS, ROWS)
def test_each_word_belongs_to_its_side_of_the_scope(one: Answer, row: Row) -> None:
    assert verdict(one, row) in (OF_INSIDE if row.in_scope else OF_OUTSIDE)


@given(ANSWERS, ROWS)
def test_where_nothing_is_right_nothing_is_judged_right(one: Answer, row: Row) -> None:
    nothing = Row(row.question, frozenset(), row.in_scope)
    assert verdict(one, nothing) not in {Verdict.RIGHT_FIRST, Verdict.ONE_TAP, Verdict.ROUTED}


@pytest.mark.parametrize(
    ("asked", "answered", "is_right"),
    [
        ("fee", Facet.FEE, True),
        ("fee", Facet.TIME, False),
        ("fee", None, False),
        (None, Facet.FEE, None),  # nothing in particular was asked
        ("legal", Facet.LEGAL, None),  # not judged
    ],
)
def test_the_facet_is_judged_where_one_was_asked_and_the_entry_is_right(
    asked: str | None, answered: Facet | None, is_right: bool | None
) -> None:
    row = Row("thử", frozenset({RIGHT}), in_scope=True, facet=asked)
    assert judged(answer(Outcome.ANSWERED, RIGHT, facet=answered), row).facet_is_right is is_right
    assert judged(answer(Outcome.ANSWERED, WRONG, facet=answered), row).facet_is_right is None


def judged(one: Answer, row: Row) -> Judged:
    return Judged(row, one, verdict(one, row), 1.0)


def tally(*pairs: tuple[Answer, Row]) -> Tally:
    counted = Tally()
    for one, row in pairs:
        counted.add(judged(one, row))
    return counted


def test_the_figures_of_ten_questions_in_scope_and_eight_out_of_it() -> None:
    fee = Row("thử", frozenset({RIGHT}), in_scope=True, facet="fee")
    asked_back = answer(Outcome.CLARIFIED, candidates=[WRONG])
    counted = tally(
        (answer(Outcome.ANSWERED, RIGHT, facet=Facet.FEE), fee),
        (answer(Outcome.ANSWERED, RIGHT, facet=Facet.TIME), fee),
        (answer(Outcome.FOLLOWED_UP, RIGHT, facet=Facet.FEE), fee),
        (answer(Outcome.ANSWERED, RIGHT), INSIDE),
        (answer(Outcome.CLARIFIED, candidates=[WRONG, RIGHT]), INSIDE),
        (answer(Outcome.ANSWERED, WRONG, buttons=[RIGHT]), INSIDE),
        (answer(Outcome.ANSWERED, WRONG), INSIDE),
        (asked_back, INSIDE),
        (answer(Outcome.NO_MATCH), INSIDE),
        (answer(Outcome.GREETING), INSIDE),
        (answer(Outcome.NO_MATCH), OUTSIDE),
        (answer(Outcome.NO_MATCH), OUTSIDE),
        (answer(Outcome.ANSWERED, WRONG), OUTSIDE),
        (asked_back, OUTSIDE),
        (answer(Outcome.NOT_OURS, WRONG), ROUTED),
        (answer(Outcome.NOT_OURS, RIGHT), ROUTED),
        (answer(Outcome.CLARIFIED, candidates=[RIGHT]), ROUTED),
        (answer(Outcome.NO_MATCH), ROUTED),
    )
    assert counted.figures() == {
        "in scope": 10,
        "right first": 0.4,
        "one tap": 0.6,
        "sure and wrong": 0.1,
        "refused": 0.2,
        "in scope asked back, none right": 0.1,
        "facet right": 0.6667,
        "out of scope": 8,
        "answered as ours": 0.125,
        "out of scope asked back": 0.25,  # with the right one among the candidates, too
        "routed": 0.5,
    }


def test_a_share_of_nothing_is_none() -> None:
    figures = Tally().figures()
    assert (figures.pop("in scope"), figures.pop("out of scope")) == (0, 0)
    assert set(figures.values()) == {None}


@given(st.lists(st.tuples(ANSWERS, ROWS), max_size=20))
def test_the_figures_are_shares_and_those_in_scope_sum_to_one(pairs: list[tuple[Answer, Row]]) -> None:
    figures = tally(*pairs).figures()
    assert figures["in scope"] == sum(row.in_scope for _, row in pairs)
    assert figures["out of scope"] == sum(not row.in_scope for _, row in pairs)
    shares = {name: share or 0 for name, share in figures.items() if name not in ("in scope", "out of scope")}
    assert all(0 <= share <= 1 for share in shares.values())
    assert shares["right first"] <= shares["one tap"]
    if figures["in scope"]:
        parts = ("one tap", "sure and wrong", "refused", "in scope asked back, none right")
        assert sum(shares[name] for name in parts) == pytest.approx(1, abs=1e-3)


def test_reads_labelled_questions_as_json_has_them(knowledge: Knowledge) -> None:
    entry = next(entry for entry in knowledge.entries.values() if entry.also)
    plain = [
        {
            "question": "một",
            "entries": [entry.also[0].upper(), "no-such-entry"],
            "facet": "fee",
            "style": "có dấu",
        },
        {"question": "hai", "entries": [entry.id], "kind": "other-office", "boundary": True},
        {"question": "ba", "entries": [], "origin": "người dân", "style": "có dấu"},
        {"question": "bốn", "entries": None},
        {"question": "năm", "entries": [entry.id], "kind": "near", "in_scope": True},
        {"question": "sáu", "in_scope": True},
    ]
    right = frozenset({entry.id})
    assert rows_of(plain, knowledge) == [
        Row("một", right, True, "fee", "có dấu"),
        Row("hai", right, False, None, "other-office", True),
        Row("ba", frozenset(), False, None, "người dân"),
        Row("bốn", frozenset(), False),
        Row("năm", right, True, None, "near"),
        Row("sáu", frozenset(), True),
    ]
