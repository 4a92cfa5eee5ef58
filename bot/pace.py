"""How fast one person may ask: a sliding minute, kept in memory only."""

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

MOST = 20  # messages of one person in a WINDOW
WINDOW = timedelta(minutes=1)
PEOPLE = 10_000  # remembered at most; the one heard of longest ago is forgotten first


@dataclass(frozen=True, slots=True)
class Admission:
    """Whether a message may be answered.

    `is_first`: the first one refused, which gets the notice. `missed`: how many were refused before this
    one that may be answered, and so went without an answer.
    """

    allowed: bool
    is_first: bool = False
    missed: int = 0


@dataclass(slots=True)
class _Person:
    times: deque[datetime] = field(default_factory=deque)
    refused: int = 0


class Pace:
    """Counts messages by person; the time is when a message was sent, so a backlog is not taken for haste."""

    def __init__(self) -> None:
        self._people: OrderedDict[str, _Person] = OrderedDict()

    def __len__(self) -> int:
        return len(self._people)

    def admit(self, person: str, at: datetime) -> Admission:
        """Count a message and say whether it may be answered."""
        known = self._people.setdefault(person, _Person())
        self._people.move_to_end(person)
        if len(self._people) > PEOPLE:
            self._people.popitem(last=False)
        times = known.times
        at = max(at, times[-1]) if times else at
        while times and at - times[0] >= WINDOW:
            times.popleft()
        if len(times) >= MOST:
            known.refused += 1
            return Admission(allowed=False, is_first=known.refused == 1)
        times.append(at)
        missed, known.refused = known.refused, 0
        return Admission(allowed=True, missed=missed)

    def excuse(self, person: str) -> None:
        """A message that was refused was answered all the same; it is not among those missed."""
        known = self._people.get(person)
        if known is not None:
            known.refused = max(0, known.refused - 1)
