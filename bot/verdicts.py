"""The closed list of verdicts on an answer."""

from enum import StrEnum


class Verdict(StrEnum):
    """What a citizen thought of an answer; the value is the name used in the log."""

    GOOD = "good"
    BAD = "bad"  # no reason given yet
    WRONG = "wrong"
    OUTDATED = "outdated"
    NOT_MY_CASE = "not_my_case"
    UNCLEAR = "unclear"


REASONS = (Verdict.WRONG, Verdict.OUTDATED, Verdict.NOT_MY_CASE, Verdict.UNCLEAR)
