import json
from datetime import datetime
from pathlib import Path

import pytest

from bot.answering import Answer, Message
from bot.assistant import Assistant
from bot.clock import ZONE
from bot.deciding import Candidate
from bot.errors import BotError
from bot.evaluation.report import page, plain, reason
from bot.evaluation.run import Evaluation, evaluate, read_rows
from bot.evaluation.score import Judged, Row, Verdict, verdict
from bot.knowledge import Knowledge
from bot.outcomes import Outcome

AT = datetime(2026, 11, 26, 9, 0, tzinfo=ZONE)


def judged(confidence: float, *, right: bool, in_scope: bool = True) -> Judged:
    row = Row("câu hỏi", frozenset({"a"}) if in_scope else frozenset(), in_scope)
    answer = Answer(Outcome.ANSWERED, Message(lead=("x",)), "a" if right else "b", ("b",), None, confidence)
    return Judged(row, answer, verdict(answer, row), 1.0)


def evaluation(*rows: Judged) -> Evaluation:
    return Evaluation(rows, {}, {})


def test_the_reliability_curve_says_how_often_each_confidence_was_right() -> None:
    found = evaluation(*(judged(0.75, right=at < 3) for at in range(4)), judged(0.15, right=False))
    assert [(one.count, one.confidence, one.right) for one in found.reliability()] == [
        (1, 0.15, 0.0),
        (4, 0.75, 0.75),
    ]
    assert found.calibration_error() == pytest.approx(0.2 * 0.15)


def test_the_risk_grows_as_less_sure_answers_are_counted() -> None:
    found = evaluation(judged(0.9, right=True), judged(0.8, right=True), judged(0.3, right=False))
    assert found.risk_coverage() == [
        (pytest.approx(1 / 3), 0),
        (pytest.approx(2 / 3), 0),
        (1, pytest.approx(1 / 3)),
    ]


def test_confusions_name_the_entry_stated_instead() -> None:
    found = evaluation(judged(0.9, right=False), judged(0.8, right=False), judged(0.9, right=True))
    assert found.confusions() == [("a", "b", 2)]
    assert len(found.missed()) == 2
    assert reason(found.missed()[0]) == "trả lời bằng b"


def test_asking_back_out_of_scope_is_no_miss() -> None:
    row = Row("câu hỏi", frozenset(), in_scope=False)
    answer = Answer(
        Outcome.CLARIFIED, Message(lead=("x",)), candidates=(Candidate("b", "B", 0.2),), confidence=0.2
    )
    one = Judged(row, answer, verdict(answer, row), 1.0)
    assert one.verdict is Verdict.ASKED_BACK
    assert evaluation(one).missed() == []


def test_questions_are_asked_scored_and_kept_with_their_settings(
    assistant: Assistant, knowledge: Knowledge, tmp_path: Path
) -> None:
    file = tmp_path / "q.jsonl"
    lines = [
        {"question": "đăng ký kết hôn cần giấy tờ gì", "entries": ["dang-ky-ket-hon"], "facet": "documents"},
        {"question": "giá vàng hôm nay", "entries": [], "kind": "everyday"},
        {"question": "mơ hồ", "entries": ["dang-ky-ket-hon"], "boundary": True},
    ]
    file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    seen: list[float] = []
    found = evaluate(assistant, read_rows(file, knowledge), "nomarks", seen.append)
    assert seen == [pytest.approx(1 / 3), pytest.approx(2 / 3), 1]
    assert (found.figures["in scope"], found.figures["right first"], found.figures["facet right"]) == (
        1,
        1,
        1,
    )
    assert (found.figures["out of scope"], found.figures["answered as ours"]) == (1, 0)
    assert found.boundary["in scope"] == 1
    kept = plain(found, {"noise": "nomarks"}, AT)
    assert json.loads(json.dumps(kept))["settings"] == {"noise": "nomarks"}
    assert [one["verdict"] for one in kept["questions"]][:2] == ["right first", "kept quiet"]
    shown = page(found, {"noise": "nomarks"}, AT)
    assert shown.count("<svg") == 2
    assert "http" not in shown.split("<figure>")[0]


@pytest.mark.parametrize("content", ["{", '{"entries": []}', "[1]", '{"question": "x", "entries": 5}'])
def test_a_file_that_cannot_be_read_is_told_in_a_sentence(
    knowledge: Knowledge, tmp_path: Path, content: str
) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(BotError, match="question"):
        read_rows(file, knowledge)
    with pytest.raises(BotError, match="không đọc được"):
        read_rows(tmp_path / "missing.jsonl", knowledge)


def test_the_page_shows_questions_as_text(knowledge: Knowledge) -> None:
    row = Row("<script>alert(1)</script>", frozenset({"a"}), in_scope=True)
    answer = Answer(Outcome.NO_MATCH, Message(lead=("x",)))
    found = evaluation(Judged(row, answer, verdict(answer, row), 1.0))
    assert "<script>alert" not in page(found, {}, AT)
