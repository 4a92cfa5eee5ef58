"""The facets of an answer: which part of an entry a citizen can ask for."""

from enum import StrEnum


class Facet(StrEnum):
    """One part of an answer; the value is the name used in the log, in JSON and in the language lists."""

    DOCUMENTS = "documents"
    FEE = "fee"
    TIME = "time"
    WHERE = "where"
    ONLINE = "online"
    HOW = "how"
    ELIGIBILITY = "eligibility"
    LEGAL = "legal"
    RESULT = "result"
    RETURNED = "returned"  # why files are sent back
