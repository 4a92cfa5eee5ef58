"""Which entries staff have turned off: asked anew for each answer, never kept."""

from collections.abc import Callable

from bot.knowledge import Knowledge
from bot.knowledge.entries import Entry

ReasonOff = Callable[[str], str | None]
ENDS = (".", "!", "?", "…")


def nothing_off(_entry_id: str) -> str | None:
    """No entry is off."""
    return None


class Off:
    """Which entries of a knowledge snapshot are off, and why."""

    def __init__(self, knowledge: Knowledge, reason_off: ReasonOff) -> None:
        """`reason_off` gives the reason by an entry's id, None where it is not off."""
        self._knowledge = knowledge
        self._reason_off = reason_off

    def reason(self, entry: Entry) -> str | None:
        """Why an entry is off, also where it was turned off under an older id; None when it is not."""
        return next((r for id_ in (entry.id, *entry.also) if (r := self._reason_off(id_)) is not None), None)

    @property
    def hours(self) -> str | None:
        """Why the ward's hours are not to be told; None when they are."""
        return self.reason(self._knowledge.entries[self._knowledge.ward.hours])


def ended(reason: str) -> str:
    """The reason as the end of a sentence."""
    return reason if reason.endswith(ENDS) else f"{reason}."
