import pytest

from bot.answering import Action, Browse, Erase, Explain, Menu, NoneFits, Open, Rate, Role
from bot.facets import Facet
from bot.knowledge import Knowledge
from bot.knowledge.model import ID_LENGTH
from bot.verdicts import Verdict
from handlers.telegram.buttons import FACETS, LONGEST, ROLES, VERDICTS, pack, unpack

LONG = "a" * ID_LENGTH
ACTIONS: list[Action] = [
    *(Open(LONG, facet, role) for role in Role for facet in (None, *Facet)),
    *(Rate(LONG, facet, verdict) for verdict in Verdict for facet in (None, *Facet)),
    Explain(LONG),
    Browse(),
    Browse(LONG, 0),
    Browse(LONG, 99),
    Menu(),
    NoneFits(),
    Erase(),
]


@pytest.mark.parametrize("action", ACTIONS, ids=repr)
def test_comes_back_as_it_went(action: Action) -> None:
    data = pack(action)
    assert len(data.encode()) <= LONGEST
    assert unpack(data) == action


def test_no_two_actions_share_their_data() -> None:
    assert len({pack(action) for action in ACTIONS}) == len(ACTIONS)


def test_each_facet_and_each_verdict_has_its_own_letter() -> None:
    assert set(FACETS) == set(Facet)
    assert len(set(FACETS.values())) == len(Facet)
    assert set(VERDICTS) == set(Verdict)
    assert not set(VERDICTS.values()) & set(ROLES.values())
    assert not {"x"} & {*VERDICTS.values(), *ROLES.values()}  # explains words


@pytest.mark.parametrize(
    "data",
    ["", ":", "f:", "fd", "fx:a", "qd:a", "fd:", "fdd:a", "t", "tx:a", "t1:", "NONE", "erase ", "9-:a", "x:"],
)
def test_what_is_not_ours_is_no_action(data: str) -> None:
    assert unpack(data) is None


def test_every_entry_fits_into_a_button(knowledge: Knowledge) -> None:
    for entry in knowledge.entries.values():
        assert len(pack(Open(entry.id, Facet.ONLINE, Role.CANDIDATE)).encode()) <= LONGEST
