"""What a ticket is; it lives until it is closed, and never longer than thirty days."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # nothing that is taken for something else
LENGTH = 6


class Kind(StrEnum):
    """What the citizen wants; the value is the name used in the file."""

    ASK = "ask"  # a person's answer
    TELL = "tell"  # to be told when the answer is published


@dataclass(frozen=True, slots=True)
class Ticket:
    """A question with an address.

    `chat`: where the answer goes, as `channel` writes it. `person`: pseudonym. `text`: masked. `reply`: what
    staff answered last.
    """

    code: str
    kind: Kind
    time: datetime
    channel: str
    chat: str
    person: str | None
    text: str
    reply: str | None = None


def code_of(key: str, kind: Kind) -> str:
    """The code of the ticket for a question, by its key: the same, however often it is opened."""
    digest = hashlib.sha256(f"{kind.value} {key}".encode()).digest()
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:LENGTH])
