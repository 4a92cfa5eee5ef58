import json
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.assistant import Assistant
from bot.knowledge import Knowledge
from bot.matching import Contrasts, Matcher
from bot.matching.features import FeatureReader
from bot.matching.index import Index, build
from bot.text.words import split
from tests.golden import read_lines
from tests.matching.test_match import CONTRASTS, FACETS, PHRASINGS, STOP, WORDS

READER = FeatureReader(STOP, FACETS)


def index(phrasings: dict[str, list[str]]) -> Index:
    words = {entry: [split(text) for text in texts] for entry, texts in phrasings.items()}
    return build(words, READER, Contrasts(CONTRASTS))


def over(made: Index) -> Matcher:
    return Matcher(made, READER, Contrasts(CONTRASTS))


def restored(made: Index) -> Index:
    return Index.of_plain(json.loads(json.dumps(made.plain())))


def test_a_restored_index_is_the_one_that_was_kept() -> None:
    made = index(PHRASINGS)
    again = restored(made)
    assert (again.entries, again.phrasings, again.words) == (made.entries, made.phrasings, made.words)
    assert dict(again.counts) == dict(made.counts)
    assert {name: list(forms) for name, forms in again.forms.items()} == made.forms
    assert sorted(again.pairs(), key=str) == sorted(made.pairs(), key=str)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(WORDS),
        max_size=9,
    )
)
def test_a_restored_index_ranks_alike(words: Sequence[str]) -> None:
    made = index(PHRASINGS)
    asked = split(" ".join(words))
    assert over(restored(made)).rank(asked) == over(made).rank(asked)


@pytest.mark.parametrize("entry", PHRASINGS)
def test_a_phrasing_left_out_is_as_if_it_were_not_there(entry: str) -> None:
    """Only the weights of words may differ: they are those of the whole index."""
    made = index(PHRASINGS)
    asked = split(PHRASINGS[entry][0])
    number = made.numbers(entry)[0]
    found = {match.entry: match for match in over(made).rank(asked, {number})}
    assert found[entry].likeness < 1
    assert found[entry].coverage < 1
    everything = frozenset(made.numbers(entry))
    assert entry not in {match.entry for match in over(made).rank(asked, everything)}


def test_a_phrasing_left_out_takes_its_contrast_words_with_it() -> None:
    both = index({"tam-tru": ["đăng ký tạm trú", "xóa đăng ký tạm trú"], "khac": ["làm giấy khai sinh"]})
    alone = index({"tam-tru": ["đăng ký tạm trú"], "khac": ["làm giấy khai sinh"]})
    asked = split("xóa đăng ký tạm trú")
    assert over(both).rank(asked)[0].contrasts == 0
    left_out = over(both).rank(asked, {both.numbers("tam-tru")[1]})[0]
    assert left_out.contrasts == over(alone).rank(asked)[0].contrasts == 1


def test_knows_every_phrasing_of_the_knowledge_base(assistant: Assistant, knowledge: Knowledge) -> None:
    made = assistant.matcher.index
    assert set(made.entries) == set(knowledge.entries)
    for entry in knowledge.entries:
        assert len(made.numbers(entry)) == 1 + len(knowledge.phrasings(entry))


def test_looking_no_further_than_needed_changes_no_rank(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions = [
        assistant.read(json.loads(line)["question"]).words for line in read_lines("questions.jsonl")[::6]
    ]
    quick = [assistant.matcher.rank(words) for words in questions]
    monkeypatch.setattr("bot.matching.match.LOOK", 10**9)
    assert [assistant.matcher.rank(words) for words in questions] == quick
