"""The common case is the head; it answers, and its variants are one tap away."""

import unicodedata
from collections.abc import Callable

import pytest

from bot.assistant import Assistant
from bot.knowledge import Knowledge
from bot.knowledge.entries import Elsewhere, Entry, Procedure


def without_marks(text: str) -> str:
    bare = unicodedata.normalize("NFD", text.lower()).replace("đ", "d")
    return "".join(char for char in bare if not unicodedata.combining(char))


WAYS: dict[str, Callable[[str], str]] = {
    "by its name": str,
    "without marks": without_marks,
    "for its papers": "{} cần giấy tờ gì".format,
    "for the place": "cho tôi hỏi {} nộp ở đâu".format,
    "for the time, in Huế": "tui mần {} thì mấy bựa có".format,
    "for the fee": "{} hết bao nhiêu tiền".format,
}


def heads(knowledge: Knowledge) -> list[Entry]:
    ids = {entry.family for entry in knowledge.entries.values() if entry.family}
    return [e for id_ in sorted(ids) if isinstance(e := knowledge.entries[id_], Procedure | Elsewhere)]


def missed(assistant: Assistant, asked: list[tuple[Entry, str]]) -> list[tuple[str, str, str | None]]:
    result = []
    for head, question in asked:
        answer = assistant.ask(question)
        members = {member.id for member in assistant.knowledge.members(head.id)}
        if answer.entry != head.id or not members <= {offer.entry for offer in answer.message.offers}:
            result.append((head.id, question, answer.entry))
    return result


def test_there_are_many_families(knowledge: Knowledge) -> None:
    assert len(heads(knowledge)) >= 45


@pytest.mark.parametrize("way", WAYS)
def test_the_head_answers_and_offers_its_members(
    assistant: Assistant, knowledge: Knowledge, way: str
) -> None:
    asked = [(head, WAYS[way](head.name)) for head in heads(knowledge)]
    wrong = missed(assistant, asked)
    assert len(wrong) <= len(asked) * 0.09, wrong


def test_the_heads_own_phrasings_are_answered_by_the_head(assistant: Assistant, knowledge: Knowledge) -> None:
    asked = [(head, phrasing) for head in heads(knowledge) for phrasing in head.phrasings[:5]]
    wrong = missed(assistant, asked)
    assert len(wrong) <= len(asked) * 0.03, wrong
