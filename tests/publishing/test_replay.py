"""What counts as a change of an answer, of which kind, and which is worse."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.answering import Answer, Button, Message, NoneFits, Open, Role
from bot.deciding import Candidate
from bot.facets import Facet
from bot.outcomes import Outcome
from bot.publishing.replay import (
    LONGEST_TEXT,
    Asked,
    Change,
    ChangeKind,
    Told,
    compare,
    golden,
    told,
    worst_first,
)

ASKED = Asked("khai sinh cần gì")
LABELLED = Asked("khai sinh cần gì", frozenset({"khai-sinh"}))
OURS = Told(Outcome.ANSWERED, "khai-sinh", ("khai-sinh",), Facet.FEE, (), "Khai sinh", "1")
OTHER = replace(OURS, entry="khai-tu", entries=("khai-tu",), text="Khai tử", digest="2")
BACK = Told(Outcome.CLARIFIED, None, (), None, ("khai-sinh", "khai-tu"), "Ý bạn là?", "3")
REFUSED = Told(Outcome.NO_MATCH, None, (), None, (), "Chưa hiểu", "4")


def clarified(*entries: str, confidence: float = 0.4) -> Answer:
    offered = tuple(Button(entry, Open(entry, None, Role.CANDIDATE)) for entry in entries)
    message = Message(("Ý bạn là?",), buttons=(*offered, Button("Không", NoneFits())))
    candidates = tuple(Candidate(entry, entry, confidence) for entry in entries)
    return Answer(Outcome.CLARIFIED, message, confidence=confidence, candidates=candidates)


@pytest.mark.parametrize(
    ("asked", "before", "after", "kind"),
    [
        (LABELLED, OURS, OTHER, ChangeKind.LOST_RIGHT),
        (LABELLED, OURS, REFUSED, ChangeKind.LOST_RIGHT),
        (LABELLED, OTHER, OURS, ChangeKind.RIGHT),
        (LABELLED, REFUSED, OURS, ChangeKind.RIGHT),
        (LABELLED, OTHER, REFUSED, ChangeKind.LOST),
        (ASKED, OURS, REFUSED, ChangeKind.LOST),
        (ASKED, OURS, BACK, ChangeKind.LOST),
        (ASKED, BACK, REFUSED, ChangeKind.LOST),
        (ASKED, OURS, OTHER, ChangeKind.OTHER),
        (ASKED, OURS, replace(OURS, outcome=Outcome.NOT_OURS), ChangeKind.OTHER),
        (ASKED, OURS, replace(OURS, text="Khai sinh: 8.000 đồng", digest="5"), ChangeKind.TEXT),
        (LABELLED, OURS, replace(OURS, digest="5"), ChangeKind.TEXT),
        (ASKED, OURS, replace(OURS, candidates=("khai-tu",), digest="6"), ChangeKind.OFFERS),
        (ASKED, BACK, replace(BACK, candidates=("khai-sinh",), digest="7"), ChangeKind.OFFERS),
        (ASKED, REFUSED, BACK, ChangeKind.ASKED_BACK),
        (ASKED, REFUSED, OURS, ChangeKind.FOUND),
        (ASKED, BACK, OURS, ChangeKind.FOUND),
    ],
)
def test_a_change_has_the_kind_that_says_what_became_of_the_answer(
    asked: Asked, before: Told, after: Told, kind: ChangeKind
) -> None:
    assert compare(asked, before, after) == Change(asked.question, before, after, kind)


def test_where_no_entry_should_answer_it_is_right_that_none_does() -> None:
    nobody = Asked("giá vàng", frozenset())
    lost, right = compare(nobody, REFUSED, OURS), compare(nobody, OURS, REFUSED)
    assert lost is not None
    assert right is not None
    assert (lost.kind, right.kind) == (ChangeKind.LOST_RIGHT, ChangeKind.RIGHT)


def test_the_same_answer_is_no_change() -> None:
    assert compare(LABELLED, OURS, OURS) is None


def test_only_another_order_of_candidates_or_another_confidence_is_no_change() -> None:
    one, other = clarified("a", "b"), clarified("b", "a", confidence=0.5)
    assert compare(ASKED, told(one), told(other)) is None
    assert compare(ASKED, told(one), told(clarified("a", "c"))) is not None


def test_the_worst_comes_first_and_what_belongs_together_stands_together() -> None:
    changes = [Change(f"{kind}", OURS, OTHER, kind) for kind in reversed(ChangeKind)]
    text = Change("a", OTHER, OTHER, ChangeKind.TEXT)
    assert [change.kind for change in worst_first(changes)] == list(ChangeKind)
    found = worst_first(
        [Change("c", OURS, OURS, ChangeKind.TEXT), text, Change("b", OURS, OURS, ChangeKind.TEXT)]
    )
    assert [change.question for change in found] == ["b", "c", "a"]


def test_what_was_told_says_how_it_begins_and_that_the_rest_is_another() -> None:
    short = Answer(Outcome.ANSWERED, Message(("Lệ phí: 8.000 đồng",), "Khai sinh"), "a", ("a",), Facet.FEE)
    longer = replace(short, message=replace(short.message, footer=("Nguồn: Nghị quyết",)))
    assert told(short).text == told(longer).text == "Khai sinh\nLệ phí: 8.000 đồng"
    assert told(short).digest != told(longer).digest
    assert len(told(replace(short, message=Message(("x" * 999,)))).text) == LONGEST_TEXT


def test_the_words_of_a_citizen_are_not_in_what_is_kept() -> None:
    answer = Answer(Outcome.GREETING, Message(("Bạn hỏi: con tôi",), instead="Xem lại bằng /dulieu"))
    assert told(answer).text == "Xem lại bằng /dulieu"


def test_the_entries_offered_in_any_part_are_told() -> None:
    parts = (clarified("a", "b"), clarified("b", "c"))
    assert told(replace(parts[0], parts=parts)).candidates == ("a", "b", "c")


@pytest.mark.parametrize("one", [OURS, BACK, REFUSED])
def test_what_was_told_is_the_same_after_a_walk_through_json(one: Told) -> None:
    assert Told.of(json.loads(json.dumps(one.plain()))) == one


@pytest.mark.parametrize("plain", [None, [], ["answered"], ["no outcome", None, [], None, [], "", ""]])
def test_what_is_no_told_is_refused(plain: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        Told.of(plain)


def test_golden_questions_are_read_with_what_their_labels_mean(tmp_path: Path) -> None:
    rows = {
        "questions": [
            {"question": "a", "entries": ["no-longer-there"]},
            {"question": "b", "entries": []},
            {"question": "c", "entry": "e", "outcome": "answered"},
            {"question": "d", "entry": None, "outcome": "unsure"},
            {"question": "calm", "outcome": "other"},
        ],
        "emergencies": [
            {"question": "cháy", "outcome": "emergency"},
            {"question": "bị thương", "emergency": "115"},
        ],
        "several": [{"question": "two things", "parts": []}],
    }
    for name, each in rows.items():
        (tmp_path / f"{name}.jsonl").write_text("\n".join(map(json.dumps, each)), encoding="utf-8")
    assert {one.question: one.right for one in golden(tmp_path)} == {
        "a": {"no-longer-there"},
        "b": frozenset(),
        "c": {"e"},
        "d": frozenset(),
        "cháy": frozenset(),
        "calm": None,
        "bị thương": frozenset(),
    }


def test_of_equal_golden_questions_the_one_with_a_label_counts(tmp_path: Path) -> None:
    (tmp_path / "questions.jsonl").write_text(
        '{"question": "a"}\n{"question": "a", "entry": "e"}\nno json\n[]\n'
    )
    assert golden(tmp_path) == [Asked("a", frozenset({"e"}))]


def test_without_a_folder_there_are_no_golden_questions(tmp_path: Path) -> None:
    assert golden(tmp_path / "missing") == []
