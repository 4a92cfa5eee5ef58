import pytest

from bot.answering import Button, Role
from bot.facets import Facet
from bot.knowledge import Knowledge
from bot.knowledge.entries import ID_LENGTH
from handlers.telegram.buttons import LETTERS, LONGEST, Tap, pack, unpack


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("facet", [None, *Facet])
def test_comes_back_as_it_went(role: Role, facet: Facet | None) -> None:
    longest = "a" * ID_LENGTH
    data = pack(Button("x", longest, facet, role))
    assert len(data.encode()) <= LONGEST
    assert unpack(data) == Tap(role, longest, facet)


def test_each_facet_has_its_own_letter() -> None:
    assert set(LETTERS) == set(Facet)
    assert len(set(LETTERS.values())) == len(Facet)


@pytest.mark.parametrize("data", ["", ":", "f:", "fd", "fx:a", "qd:a", "fd:", "fdd:a"])
def test_what_is_not_ours_is_no_tap(data: str) -> None:
    assert unpack(data) is None


def test_every_entry_fits_into_a_button(knowledge: Knowledge) -> None:
    for entry in knowledge.entries.values():
        assert len(pack(Button("x", entry.id, Facet.ONLINE, Role.CANDIDATE)).encode()) <= LONGEST
