"""Who is staff, and what each role may do."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType


class Role(IntEnum):
    """A role may do what those below it may."""

    VIEWER = 1  # sees the queue, entries, what is due
    EDITOR = 2  # changes and publishes knowledge, turns entries off, announces, answers tickets
    ADMIN = 3  # pauses the bot; sees who has which role


NAMES: Mapping[str, Role] = MappingProxyType({role.name.lower(): role for role in Role})
BARE = Role.EDITOR  # the role of an id without one
_ITEM = re.compile(r"(?:([a-z]+)\s*:\s*)?([0-9]{1,20})")


@dataclass(frozen=True, slots=True)
class Staffer:
    """Somebody of the staff: the id on the channel, the role."""

    id: str
    role: Role

    @property
    def name(self) -> str:
        """As the settings write it, and as the audit trail names it."""
        return f"{self.role.name.lower()}:{self.id}"


Roster = Mapping[str, Role]


def roster_of(text: str) -> Roster:
    """The staff in a setting such as `admin:111,editor:222,333`: id → role.

    A role holds for its own id alone; a bare id is an editor. Raises ValueError that says what is allowed.
    """
    roster: dict[str, Role] = {}
    for item in filter(None, (part.strip() for part in text.lower().split(","))):
        found = _ITEM.fullmatch(item)
        if found is None or (found[1] or "editor") not in NAMES:
            raise ValueError(
                "các mã Telegram (số) cách nhau bằng dấu phẩy, có thể kèm vai trò viewer, editor hoặc admin,"
                " ví dụ admin:111,editor:222,333"
            )
        if found[2] in roster:
            raise ValueError(f"mỗi mã một lần; {found[2]} có hai lần")
        roster[found[2]] = NAMES[found[1]] if found[1] else BARE
    return MappingProxyType(roster)


def staffer(roster: Roster, person: str | None) -> Staffer | None:
    """The member of staff with this id; None for everybody else."""
    role = roster.get(person or "")
    return None if role is None or person is None else Staffer(person, role)
