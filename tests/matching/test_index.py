from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.assistant import Assistant
from bot.knowledge import Knowledge
from bot.learning.train import find
from bot.matching import Contrasts, Matcher
from bot.matching.index import Index, build, build_of
from bot.text.words import split
from tests.matching.test_match import CONTRASTS, PHRASINGS, READER, WORDS, matcher


def index(phrasings: dict[str, list[str]]) -> Index:
    words = {entry: [split(text) for text in texts] for entry, texts in phrasings.items()}
    return build(words, READER, Contrasts(CONTRASTS))


def over(made: Index) -> Matcher:
    return Matcher(made, matcher()._weights, READER, Contrasts(CONTRASTS))


def numbers(made: Index, name: str) -> list[int]:
    owner = made.classes.index(name)
    return [number for number, each in enumerate(made.owners.tolist()) if each == owner]


def test_a_restored_index_is_the_one_that_was_kept() -> None:
    made = index(PHRASINGS)
    again = Index.of_arrays(made.arrays())
    assert (again.classes, again.words, again.contrasts) == (made.classes, made.words, made.contrasts)
    assert dict(again.counts) == dict(made.counts)
    assert again.weights.tolist() == made.weights.tolist()
    assert sorted(again.pairs(), key=str) == sorted(made.pairs(), key=str)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=9))
def test_a_restored_index_ranks_alike(words: Sequence[str]) -> None:
    made = index(PHRASINGS)
    asked = split(" ".join(words))
    assert over(Index.of_arrays(made.arrays())).rank(asked) == over(made).rank(asked)


def test_what_was_read_can_be_had_back() -> None:
    words = {entry: [split(text) for text in texts] for entry, texts in PHRASINGS.items()}
    found = find(words, READER)
    made = build_of(found, Contrasts(CONTRASTS))
    again = dict(made.found(PHRASINGS))
    assert list(again) == list(found)
    for name, run in found.items():
        for (said, features), (said_again, features_again) in zip(run, again[name], strict=True):
            assert tuple(said) == tuple(said_again)
            assert features.asks == features_again.asks
            assert [f.name for f in features.items] == [f.name for f in features_again.items]
            assert [f.share for f in features_again.items] == pytest.approx(
                [f.share for f in features.items], abs=1e-3
            )


@pytest.mark.parametrize("entry", PHRASINGS)
def test_a_phrasing_left_out_is_as_if_it_were_not_there(entry: str) -> None:
    """Only the weights of words may differ: they are those of the whole index."""
    made = index(PHRASINGS)
    asked = split(PHRASINGS[entry][0])
    own = numbers(made, entry)
    found = {match.entry: match for match in over(made).rank(asked, own[:1]).matches}
    assert found[entry].likeness < 1
    assert found[entry].coverage < 1
    assert entry not in {match.entry for match in over(made).rank(asked, own).matches}


def test_knows_every_phrasing_of_the_knowledge_base(assistant: Assistant, knowledge: Knowledge) -> None:
    made = assistant.matcher.index
    entries = {name for name in made.classes if not name.startswith("~")}
    assert entries == set(knowledge.entries)
    for entry in knowledge.entries:
        assert len(numbers(made, entry)) == 1 + len(knowledge.phrasings(entry))
