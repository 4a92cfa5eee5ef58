"""What a message does other than asking: tell of danger, make small talk, ask after the writer's own file."""

from dataclasses import dataclass

from bot.facets import Facet
from bot.matching import Act, Asked
from bot.matching.acts import GREETING, QUESTION
from bot.outcomes import Outcome

DANGER = 0.25  # probability from which on danger is taken to be told: to miss it is worse than to err
CLEAR_DANGER = 0.95  # … where a part of an answer is asked for: who asks of a fine is in no danger
SMALL_TALK = 0.4  # … a message for small talk
CLEAR_TALK = 0.75  # … though it has words that ask for a part of an answer
MAYBE_TALK = 0.15  # … where nothing else is understood and no part of an answer is asked for
OWN_FILE = 0.3  # … a question for one about the writer's own file
CLEAR_OWN = 0.8  # … where it is asked what anybody may ask of a procedure
# What can be asked of a procedure; "when" is asked of one's own file as often.
OF_PROCEDURES = frozenset({Facet.DOCUMENTS, Facet.WHERE, Facet.FEE, Facet.ONLINE})
SMALL = "small-talk"  # the kind of what is no clear greeting, thanks …
LEAST_KNOWN = 0.5  # share of the words that must have been learned from; else too little is understood
LONGEST_TALK = 20  # words; small talk is short


@dataclass(frozen=True, slots=True)
class Spoken:
    """An outcome, and which kind of it: the service to call, the kind of small talk, the entry."""

    outcome: Outcome
    kind: str


def spoken(act: Act, asked: Asked, words: int) -> Spoken | None:
    """What was said, where it was no question; who asks for a part of an answer makes no small talk."""
    if act.known < LEAST_KNOWN:
        return None
    kind = act.name.partition("-")[2]
    match act.group:
        case "emergency" if act.of_group >= (DANGER if asked.what is None else CLEAR_DANGER):
            return Spoken(Outcome.EMERGENCY, kind)
        case "greeting" if words <= LONGEST_TALK and act.of_group >= (
            SMALL_TALK if asked.what is None else CLEAR_TALK
        ):
            return Spoken(Outcome.GREETING, kind)
        case "personal" if act.of_group >= (CLEAR_OWN if asked.facet in OF_PROCEDURES else OWN_FILE):
            return Spoken(Outcome.PERSONAL_FILE, kind)
    return None


def maybe_talk(act: Act, asked: Asked, words: int) -> Spoken | None:
    """Small talk, where it may be that: of a message of which nothing else was understood."""
    if asked.what is not None or words > LONGEST_TALK or act.known < LEAST_KNOWN:
        return None
    may_be = act.group in {QUESTION, GREETING} and act.of(GREETING) >= MAYBE_TALK
    return Spoken(Outcome.GREETING, SMALL) if may_be else None
