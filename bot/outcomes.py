"""The closed list of outcomes: one table for engine, log, statistics, tests and sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from bot import sentences


class Outcome(StrEnum):
    """How a question ended; the value is the name used in the log and in JSON."""

    ANSWERED = "answered"
    CLARIFIED = "clarified"
    CHOSEN = "chosen"
    FOLLOWED_UP = "followed_up"
    NOT_OURS = "not_ours"
    NO_PUBLISHED_FIGURE = "no_published_figure"
    PERSONAL_FILE = "personal_file"
    PERSONAL_DATA = "personal_data"
    GREETING = "greeting"
    EMERGENCY = "emergency"
    TOO_LONG = "too_long"
    UNSUPPORTED = "unsupported"
    NO_MATCH = "no_match"
    RATE_LIMITED = "rate_limited"
    PAUSED = "paused"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an outcome means for everyone who reads it.

    `sentence`: what the citizen reads first (an entry's own text follows where there is one; "" where the
    entry says it all). `is_answer`: counts as an answer in figures. `for_staff`: enters the staff's queue.
    `has_question`: it was a question that staff may see in the queue, be it because the citizen wants that.
    """

    sentence: str
    is_answer: bool
    for_staff: bool
    has_question: bool = True


OUTCOMES: Mapping[Outcome, Meaning] = MappingProxyType(
    {
        Outcome.ANSWERED: Meaning("", is_answer=True, for_staff=False),
        Outcome.CLARIFIED: Meaning(sentences.CLARIFIED, is_answer=False, for_staff=False),
        Outcome.CHOSEN: Meaning("", is_answer=True, for_staff=False),
        Outcome.FOLLOWED_UP: Meaning("", is_answer=True, for_staff=False),
        Outcome.NOT_OURS: Meaning(sentences.NOT_OURS, is_answer=True, for_staff=False),
        Outcome.NO_PUBLISHED_FIGURE: Meaning(sentences.NO_PUBLISHED_FIGURE, is_answer=True, for_staff=True),
        Outcome.PERSONAL_FILE: Meaning(sentences.PERSONAL_FILE, is_answer=True, for_staff=False),
        Outcome.PERSONAL_DATA: Meaning(
            sentences.PERSONAL_DATA, is_answer=False, for_staff=False, has_question=False
        ),
        Outcome.GREETING: Meaning(sentences.GREETING, is_answer=False, for_staff=False, has_question=False),
        Outcome.EMERGENCY: Meaning(sentences.EMERGENCY, is_answer=True, for_staff=False, has_question=False),
        Outcome.TOO_LONG: Meaning(sentences.TOO_LONG, is_answer=False, for_staff=False, has_question=False),
        Outcome.UNSUPPORTED: Meaning(
            sentences.UNSUPPORTED, is_answer=False, for_staff=False, has_question=False
        ),
        Outcome.NO_MATCH: Meaning(sentences.NO_MATCH, is_answer=False, for_staff=True),
        Outcome.RATE_LIMITED: Meaning(
            sentences.RATE_LIMITED, is_answer=False, for_staff=False, has_question=False
        ),
        Outcome.PAUSED: Meaning(sentences.PAUSED, is_answer=False, for_staff=False, has_question=False),
        Outcome.ERROR: Meaning(sentences.ERROR, is_answer=False, for_staff=False, has_question=False),
    }
)
