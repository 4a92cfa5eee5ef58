"""Messages of several questions, each half decided by the names it has."""

from collections.abc import Callable, Sequence

from bot.deciding import Decision
from bot.deciding.confidence import Judge
from bot.deciding.halves import HALVES, log_odds
from bot.deciding.part import Part
from bot.deciding.several import Several
from bot.facets import Facet
from bot.knowledge import Knowledge
from bot.knowledge.language import Conversation
from bot.matching import Match, Ranking
from bot.outcomes import Outcome
from bot.reading import Reading
from bot.reading.parts import fragments_of
from bot.text.words import Word, split
from tests.deciding.entries import information

CONVERSATION = Conversation(
    goes_on=(),
    refers=(),
    names_nothing=(),
    facet_words={},
    corrects=(),
    denies=(),
    negates=(),
    joins=("và", "với", "với lại"),
    asks=("gì", "đâu", "nào", "không", "bao nhiêu"),
)
CUES = {"lệ phí": Facet.FEE, "giấy tờ": Facet.DOCUMENTS, "ở đâu": Facet.WHERE}
SURE, UNSURE = 0.9, 0.3
LOG = -5.0
ENOUGH = 0.7  # probability of the weaker half from which on these judges say two
STEEP = 100.0
BY_WEAKER = {"weaker_odds": STEEP}


def judge(intercept: float = -STEEP * log_odds(ENOUGH), **weights: float) -> Judge:
    """A judge of halves with these weights and no others."""
    given_ = weights or BY_WEAKER
    return Judge((), (), (intercept, *(given_.get(name, 0.0) for name in HALVES)))


def rank(one: Reading) -> Ranking:
    """A ranking that knows one birth and hardly a death."""
    matches = (
        Match("khai-sinh", 0.0, 0.0, 1.0, 1.0, 1.0, 0),
        Match("khai-tu", LOG, LOG, 0.0, 0.0, 0.0, 0),
    )
    return Ranking(matches, 0.0, 0.0, 0.0, 4)


def small_base(knowledge: Knowledge) -> Knowledge:
    """A base of four entries, two of them of one family."""
    return Knowledge.of(
        knowledge.ward,
        knowledge.calendar,
        [
            information("khai-sinh"),
            information("khai-sinh-luu-dong", family="khai-sinh"),
            information("khai-tu"),
            information("ket-hon"),
        ],
        knowledge.language,
        "small",
    )


def reading(text: str) -> Reading:
    return Reading(text, split(text), split(text), ())


def text_of(one: Reading) -> str:
    return " ".join(word.text for word in one.words)


def part(text: str, entry: str | None, confidence: float | None, outcome: Outcome = Outcome.ANSWERED) -> Part:
    """What is decided of a text, asked for what its cues say."""
    facets = tuple(facet for cue, facet in CUES.items() if cue in text)
    facet = facets[0] if facets else None
    return Part(reading(text), Decision(outcome, entry, facet, confidence), facets)


def of_names(one: Reading) -> Part:
    """An answer as sure as the text names one entry and no other."""
    text = text_of(one)
    names = {
        "khai sinh": "khai-sinh",
        "lưu động": "khai-sinh-luu-dong",
        "khai tử": "khai-tu",
        "kết hôn": "ket-hon",
    }
    named = [entry for name, entry in names.items() if name in text]
    if not named:
        return part(text, None, UNSURE, Outcome.NO_MATCH)
    return part(text, named[-1], SURE if len(named) == 1 else UNSURE)


def of_last_name(one: Reading) -> Part:
    """An answer that is sure of whatever is named last."""
    text = text_of(one)
    names = {"khai sinh": "khai-sinh", "khai tử": "khai-tu", "kết hôn": "ket-hon"}
    last = max(names, key=text.rfind)
    return part(text, names[last], SURE) if last in text else part(text, None, UNSURE, Outcome.NO_MATCH)


def told(words: Sequence[Word]) -> frozenset[int]:
    """Where "bao nhiêu" is followed by "rồi", it asks nothing."""
    text = [word.text for word in words]
    starts = (at for at in range(len(text)) if text[at : at + 3] == ["bao", "nhiêu", "rồi"])
    return frozenset(at for start in starts for at in range(start, start + 3))


def names_nothing(one: Reading) -> bool:
    text = text_of(one)
    return of_names(one).decision.entry is None and any(cue in text for cue in CUES)


def several_of(small: Knowledge, judge_: Judge) -> Several:
    """What finds the questions of a message, as this judge says."""
    return Several(small, CONVERSATION, judge_, rank, names_nothing, told)


def ask(
    several: Several, text: str, whole: Part | None = None, decide: Callable[[Reading], Part] = of_names
) -> list[tuple[str | None, Facet | None]]:
    whole = whole or decide(reading(text))
    sentences = [reading(one) for one in fragments_of(text)]
    found = several.parts(whole, sentences, decide)
    return [(each.decision.entry, each.decision.facet) for each in found]
