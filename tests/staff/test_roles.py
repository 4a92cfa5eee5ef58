"""Who is staff: the setting, and what each role may do."""

import pytest

from bot.roles import Role, Staffer, roster_of, staffer
from bot.staff.desk import COMMAND_ROLES
from bot.staff.sentences import COMMANDS


def test_a_bare_id_is_an_editor_and_roles_hold_for_their_own_id() -> None:
    roster = roster_of("admin:111,editor:222,333, Viewer : 444")
    assert roster == {"111": Role.ADMIN, "222": Role.EDITOR, "333": Role.EDITOR, "444": Role.VIEWER}


@pytest.mark.parametrize("text", ["boss:1", "admin:", "an", "1;2", "editor:1,admin:1", "admin:1:2"])
def test_what_is_no_roster_is_refused_with_a_reason(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        roster_of(text)


def test_nobody_is_staff_without_a_setting() -> None:
    assert roster_of("") == {}
    assert staffer({}, "1") is None
    assert staffer(roster_of("1"), None) is None
    assert staffer(roster_of("1"), "1") == Staffer("1", Role.EDITOR)
    assert Staffer("1", Role.EDITOR).name == "editor:1"


def test_every_command_has_a_role_and_a_sentence_in_its_list() -> None:
    assert set(COMMANDS) == set(COMMAND_ROLES)
    assert {name for name, role in COMMAND_ROLES.items() if role is Role.ADMIN} == {
        "tamdung",
        "tieptuc",
        "quyen",
    }
    assert all(len(text) <= 256 for text in COMMANDS.values())
