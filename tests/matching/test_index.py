from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.assistant import Assistant
from bot.knowledge import Knowledge
from bot.learning.train import find
from bot.matching import Matcher
from bot.matching.build import build, build_of
from bot.matching.index import Index
from bot.text.words import split
from tests.matching.base import CONTRASTS, PHRASINGS, READER, WORDS, matcher


def index(phrasings: dict[str, list[str]]) -> Index:
    words = {entry: [split(text) for text in texts] for entry, texts in phrasings.items()}
    return build(words, READER, CONTRASTS)


def over(made: Index) -> Matcher:
    return Matcher(made, matcher().weights, READER, CONTRASTS)


TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)


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
    bare: Counter[tuple[str, str]] = Counter()
    for one, two, times in again.pairs():
        bare[one.folded, two.folded] += times
    assert again.neighbours() == bare
    assert list(again.pairs(2)) == [pair for pair in again.pairs() if pair[2] >= 2]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=9))
def test_a_restored_index_ranks_alike(words: Sequence[str]) -> None:
    made = index(PHRASINGS)
    asked = split(" ".join(words))
    assert over(Index.of_arrays(made.arrays())).rank(asked) == over(made).rank(asked)


def arrays_of(made: Index) -> dict[str, list[float]]:
    return {name: array.tolist() for name, array in made.arrays().items()}


@settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from([*PHRASINGS, "new"]), st.lists(TEXTS, min_size=1, max_size=4), min_size=1
    ),
    st.sets(st.sampled_from([*PHRASINGS])),
)
def test_what_changed_is_read_and_the_rest_taken_over_as_if_all_were_read(
    changed: dict[str, list[str]], gone: set[str]
) -> None:
    before = index(PHRASINGS)
    now = {name: run for name, run in PHRASINGS.items() if name not in gone} | changed
    read = find({name: [split(text) for text in run] for name, run in changed.items()}, READER)
    found = {name: read.get(name) for name in now}
    anew = build_of(found, CONTRASTS, dict.fromkeys(now, "h"), before)
    whole = find({name: [split(text) for text in run] for name, run in now.items()}, READER)
    scratch = build_of(whole, CONTRASTS, dict.fromkeys(now, "h"))
    assert arrays_of(anew) == arrays_of(scratch)


def test_what_no_index_has_cannot_be_taken_over() -> None:
    with pytest.raises(KeyError):
        build_of({"khai-sinh": None}, CONTRASTS)
    with pytest.raises(KeyError):
        build_of({"pizza": None}, CONTRASTS, before=index(PHRASINGS))


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
    made = assistant.prepared.index
    entries = {name for name in made.classes if not name.startswith("~")}
    assert entries == set(knowledge.entries)
    for entry in knowledge.entries:
        assert len(numbers(made, entry)) == 1 + len(knowledge.phrasings(entry))
