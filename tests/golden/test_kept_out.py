"""The golden questions are many, of many voices, and nothing was learned from them."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from bot.knowledge import Knowledge
from bot.text.words import split
from tests.golden import read_lines

SETS = (
    "questions",
    "independent",
    "facets",
    "negation",
    "dialect",
    "conversations",
    "several",
    "danger",
    "figures",
)
LEARNED_BEFORE = {"first"}  # the first questions of all were phrasings from the start


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in read_lines(f"{name}.jsonl")]


def asked(name: str) -> Iterator[str]:
    for row in rows(name):
        if "turns" in row:
            yield row["turns"][0]["question"]  # what follows is short, and said in the same words by many
        else:
            yield row["question"]


def key(text: str) -> tuple[str, ...]:
    return tuple(word.key for word in split(text))


@pytest.fixture(scope="module")
def learned(knowledge: Knowledge) -> frozenset[tuple[str, ...]]:
    own = (text for entry in knowledge.entries for text in knowledge.phrasings(entry))
    background = (text for run in knowledge.background.values() for text in run)
    return frozenset(map(key, (*own, *background)))


@pytest.mark.parametrize("name", [*SETS, "personal", "small_talk"])
def test_no_golden_question_was_learned_from(name: str, learned: frozenset[tuple[str, ...]]) -> None:
    """A greeting of one or two words is said alike by everybody."""
    same = [text for text in asked(name) if len(key(text)) > 3 and key(text) in learned]
    assert same == []


@pytest.mark.parametrize("name", [*SETS, "personal", "small_talk"])
def test_entries_of_golden_rows_exist(name: str, knowledge: Knowledge) -> None:
    for row in rows(name):
        for part in (row, *row.get("turns", ()), *row.get("parts", ())):
            for id_ in (*part.get("entries", ()), *part.get("not", ())):
                found = knowledge.find(id_)
                assert found is not None or name == "questions", id_


def test_there_are_enough_of_each_class(knowledge: Knowledge) -> None:
    ours = [
        any(knowledge.find(id_) for id_ in row["entries"]) and "kind" not in row for row in rows("questions")
    ]
    assert sum(ours) >= 600
    assert len(ours) - sum(ours) >= 250
    turns = sum(len(row["turns"]) - 1 for row in rows("conversations"))
    assert turns + len(rows("several")) >= 150
    assert len(rows("dialect")) >= 100
    assert Counter(row["outcome"] for row in rows("danger"))["emergency"] >= 60
