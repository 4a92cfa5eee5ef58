"""The closed lists of the queue: why a question is in it, and what became of its group."""

from enum import StrEnum


class Why(StrEnum):
    """Why a question waits for staff; the value is the name used in the file."""

    NO_MATCH = "no_match"
    NO_PUBLISHED_FIGURE = "no_published_figure"
    NONE_FITS = "none_fits"  # none of the candidates was meant
    BAD = "bad"  # a thumb down
    ASKED = "asked"  # left for staff, or told when there is an answer


class State(StrEnum):
    """What became of a group; the value is the name used in the file."""

    NEW = "new"
    DOING = "doing"
    DONE = "done"
    IGNORED = "ignored"


OPEN = (State.NEW, State.DOING)
