"""What tells two questions from one: learned from messages that are none of the golden ones."""

import json
from pathlib import Path

import pytest

from bot.deciding import Decision
from bot.deciding.confidence import Judge
from bot.deciding.halves import HALVES, Halves
from bot.deciding.part import Part
from bot.deciding.several import Way
from bot.knowledge import Knowledge
from bot.learning.parting import Message, apart_of, messages
from bot.outcomes import Outcome
from bot.reading import Reading
from bot.text.words import split
from tests.golden import read_lines

TWO = Message("a và b", (frozenset({"a"}), frozenset({"b", "c"})))
ONE = Message("a, b", (frozenset({"a", "b"}),))
ALIKE = Message("a? a?", (frozenset({"a"}), frozenset({"a"})))


def way(one: str, two: str, weaker: float = 0.0) -> Way:
    def part(entry: str) -> Part:
        return Part(Reading(entry, split(entry), split(entry), ()), Decision(Outcome.ANSWERED, entry))

    halves = Halves(weaker, *(0.0 for _ in HALVES[1:]))
    return Way((part(one), part(two)), ((), ()), halves)


@pytest.mark.parametrize(
    ("message", "one", "two", "is_asked"),
    [
        (TWO, "a", "b", True),
        (TWO, "a", "c", True),
        (TWO, "b", "a", False),  # in another order
        (TWO, "a", "d", False),
        (TWO, "b", "c", False),  # the same part twice
        (ONE, "a", "b", False),
        (ALIKE, "a", "a", False),
    ],
)
def test_halves_are_asked_for_by_two_parts_in_order(
    message: Message, one: str, two: str, *, is_asked: bool
) -> None:
    assert message.asks_for(way(one, two)) is is_asked


def test_the_weights_tell_two_questions_from_one() -> None:
    known = [TWO, ONE] * 20
    weights = apart_of(known, lambda text: [way("a", "b", weaker=2.0 if text == TWO.question else -2.0)])
    judge = Judge((), (), weights)
    assert judge.are_two(way("a", "b", weaker=2.0).halves) > 0.9
    assert judge.are_two(way("a", "b", weaker=-2.0).halves) < 0.1


def test_messages_are_read_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "several.jsonl"
    file.write_text('{"question": "a và b", "parts": [{"entries": ["a"]}, {"entries": ["b", "c"]}]}\n')
    assert messages(file) == [TWO]


def test_the_shipped_messages_name_entries_that_exist(knowledge: Knowledge) -> None:
    named = {entry for message in messages() for part in message.parts for entry in part}
    assert named <= set(knowledge.entries)


def test_none_of_the_shipped_messages_is_golden() -> None:
    def key(text: str) -> tuple[str, ...]:
        return tuple(word.key for word in split(text))

    lines = [line for name in ("several", "questions", "independent") for line in read_lines(f"{name}.jsonl")]
    golden = {key(json.loads(line)["question"]) for line in lines}
    assert len(golden) > len(lines) / 2
    assert not golden & {key(message.question) for message in messages()}
