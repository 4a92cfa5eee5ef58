"""Every procedure is reached by its official name, as the national portal and the law have it.

`tests/data/official_names.json`: id of each procedure that was collected → its official name.
"""

import json

import pytest

from bot.answering import Answer
from bot.assistant import Assistant
from bot.outcomes import Outcome
from tests.conftest import ROOT

NAMES: dict[str, str] = json.loads(
    (ROOT / "tests" / "data" / "official_names.json").read_text(encoding="utf-8")
)
OTHERS = {"ly-hon"}  # asked often, and no procedure of the ward or the portal
NOT_DECLINED, OWN = 0.97, 0.88  # shares of the names


@pytest.fixture(scope="module")
def answers(assistant: Assistant) -> dict[str, Answer]:
    return {id_: assistant.ask(name) for id_, name in NAMES.items()}


def test_every_procedure_that_was_collected_is_there(assistant: Assistant) -> None:
    assert len(NAMES) == 322
    assert [id_ for id_ in NAMES if assistant.knowledge.find(id_) is None] == []
    entries = {entry.id for id_ in NAMES if (entry := assistant.knowledge.find(id_)) is not None}
    kinds = {"procedure", "elsewhere"}
    there = {entry.id for entry in assistant.knowledge.entries.values() if entry.kind in kinds}
    assert there - entries == OTHERS
    assert entries <= there


def test_nearly_none_is_declined(assistant: Assistant, answers: dict[str, Answer]) -> None:
    declined = []
    for id_, answer in answers.items():
        entry = assistant.knowledge.find(id_)
        assert entry is not None
        sent_away = answer.outcome is Outcome.NOT_OURS and entry.kind == "procedure"
        if (
            answer.outcome in {Outcome.NO_MATCH, Outcome.UNSUPPORTED, Outcome.NO_PUBLISHED_FIGURE}
            or sent_away
        ):
            declined.append(id_)
    assert len(declined) <= (1 - NOT_DECLINED) * len(NAMES), declined


def test_most_reach_their_own_entry(assistant: Assistant, answers: dict[str, Answer]) -> None:
    own = [
        id_
        for id_, answer in answers.items()
        if (entry := assistant.knowledge.find(id_)) is not None and answer.entry == entry.id
    ]
    assert len(own) >= OWN * len(NAMES), sorted(set(NAMES) - set(own))
