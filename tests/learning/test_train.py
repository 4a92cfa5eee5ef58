"""Phrasings → weights: all of them, all but some, and only what changed."""

import numpy as np
import pytest

from bot.facets import Facet
from bot.learning.train import learn, learn_acts, learn_anew
from bot.matching import Contrasts, FacetReader, FeatureReader, Index, Weights
from bot.matching.build import build
from bot.matching.weights import names
from bot.text.word_lists import WordList
from bot.text.words import split

READER = FeatureReader(WordList(["cho", "ở"]), FacetReader({Facet.WHERE: ["ở đâu"]}))
NONE = Contrasts(WordList(()))
PHRASINGS = {
    "khai-sinh": ["đăng ký khai sinh", "làm giấy khai sinh cho con", "khai sinh ở đâu", "khai sinh cho con"],
    "khai-tu": ["đăng ký khai tử", "làm giấy khai tử", "khai tử ở đâu", "giấy khai tử"],
    "ket-hon": ["đăng ký kết hôn", "làm giấy kết hôn", "kết hôn ở đâu", "giấy kết hôn"],
}


def index(phrasings: dict[str, list[str]]) -> Index:
    return build({name: [split(text) for text in run] for name, run in phrasings.items()}, READER, NONE)


def folded(made: Index, number: int) -> set[str]:
    return {word.folded for word in made.said(number)}


def likeliest(weights: Weights, question: str) -> str:
    return weights.classes[int(np.argmax(weights.logs(names(split(question)))))]


def fits(weights: Weights, phrasings: dict[str, list[str]]) -> bool:
    return all(likeliest(weights, text) == name for name, run in phrasings.items() for text in run)


def test_learns_every_phrasing_with_marks_or_without() -> None:
    weights = learn(index(PHRASINGS))
    assert weights.classes == tuple(PHRASINGS)
    assert fits(weights, PHRASINGS)
    assert likeliest(weights, "dang ky ket hon") == "ket-hon"


def test_a_mark_that_was_typed_tells() -> None:
    weights = learn(
        index(
            {
                "mua": ["mua bạn", "mua bạn xe", "bạn mua", "bạn mua xe"],
                "muon": ["mua bàn", "mua bàn xe", "bàn mua", "bàn mua xe"],
            }
        )
    )
    assert [likeliest(weights, text) for text in ("bạn", "bàn")] == ["mua", "muon"]


def test_what_is_left_out_teaches_nothing() -> None:
    more = PHRASINGS | {"khai-tu": [*PHRASINGS["khai-tu"], "giỗ chạp", "giỗ chạp nhà"]}
    made = index(more)
    without = learn(made, without=[n for n in range(len(made.owners)) if "gio" in folded(made, n)])
    plain = learn(index(PHRASINGS))
    assert without.rows == plain.rows
    assert without.points.tolist() == plain.points.tolist()


@pytest.mark.parametrize("name", PHRASINGS)
def test_a_class_left_out_whole_is_still_a_class(name: str) -> None:
    made = index(PHRASINGS)
    weights = learn(made, without=np.flatnonzero(made.owners == made.classes.index(name)).tolist())
    assert weights.classes == tuple(PHRASINGS)
    assert likeliest(weights, PHRASINGS[name][0]) != name


def test_learns_a_change_and_keeps_the_rest() -> None:
    known = index(PHRASINGS)
    changed = PHRASINGS | {"ly-hon": ["ly hôn", "giấy ly hôn", "ly hôn ở đâu", "đơn ly hôn"]}
    assert fits(learn_anew(index(changed), {"ly-hon"}, learn(known), known), changed)


def test_a_further_phrasing_is_learned_and_moves_no_other_class() -> None:
    known = index(PHRASINGS)
    before = learn(known)
    further = "giấy đứng tên cha mẹ"
    changed = PHRASINGS | {"khai-sinh": [*PHRASINGS["khai-sinh"], further]}
    weights = learn_anew(index(changed), {"khai-sinh"}, before, known)
    assert likeliest(weights, further) == "khai-sinh"
    moved = (weights.directions != before.directions).any(axis=0) | (weights.bias != before.bias)
    assert [name for name, is_moved in zip(weights.classes, moved, strict=True) if is_moved] == ["khai-sinh"]
    assert weights.has_same_points(before)


def test_what_did_not_change_is_to_the_bit_as_it_was() -> None:
    known = index(PHRASINGS)
    before = learn(known)
    assert learn_anew(index(PHRASINGS), set(), before, known).is_same(before)


def test_many_changes_are_learned_in_more_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.learning.train.FEW", 0)
    known = index(PHRASINGS)
    changed = PHRASINGS | {"ly-hon": ["ly hôn", "giấy ly hôn", "ly hôn ở đâu", "đơn ly hôn"]}
    assert fits(learn_anew(index(changed), {"ly-hon"}, learn(known), known), changed)


def test_an_entry_that_is_gone_is_forgotten() -> None:
    known = index(PHRASINGS)
    before = learn(known)
    left = {name: run for name, run in PHRASINGS.items() if name != "khai-tu"}
    weights = learn_anew(index(left), set(), before, known)
    assert weights.classes == tuple(left)
    assert fits(weights, left)


def test_tells_acts_apart_by_words_that_are_padding_to_entries() -> None:
    messages = {
        "question": ["khai sinh ở đâu", "kết hôn ở đâu", "hồ sơ gồm gì"],
        "personal-x": [f"{what} của tôi xong chưa" for what in ("hồ sơ", "giấy", "đơn", "thẻ", "sổ")],
    }
    weights = learn_acts({act: [split(text) for text in run] for act, run in messages.items()})
    assert weights.classes == tuple(messages)
    assert "cua toi xong" in weights.rows
