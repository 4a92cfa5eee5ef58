"""What is kept: one row of the query log, one rating."""

from dataclasses import dataclass
from datetime import datetime

from bot.facets import Facet
from bot.outcomes import Outcome
from bot.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Row:
    """What is kept of one question.

    `text` is masked before it gets here (None for a tapped button); `person` is a pseudonym;
    `counts` is false for rows that no figure may count (the command `ask`). `key`: names the question in
    buttons; None for what is no question.
    """

    time: datetime
    outcome: Outcome
    entry: str | None
    facet: Facet | None
    confidence: float | None
    candidates: tuple[str, ...]
    milliseconds: float
    channel: str
    text: str | None
    person: str | None
    counts: bool
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Rating:
    """What a person thought of the answer of an entry (`facet` None: the whole of it)."""

    time: datetime
    channel: str
    entry: str
    facet: Facet | None
    verdict: Verdict
    person: str | None
