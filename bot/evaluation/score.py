"""The words in which understanding is measured, the same for every set of questions.

right first: one answer was given and its entry is right. one tap: right first, or a right entry is among the
candidates or buttons shown. sure and wrong: one answer was given, and no right entry is it or among its
buttons. refused: in scope, any outcome but an answer or asking back, with no right button. answered as ours:
out of scope, yet an entry that is not right was stated as ours. routed: out of scope with the office named by
an entry, and that entry was stated or offered. asked back: candidates instead of an answer.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.answering import Answer
from bot.facets import Facet
from bot.knowledge import Knowledge
from bot.outcomes import Outcome

STATED = frozenset(
    {
        Outcome.ANSWERED,
        Outcome.FOLLOWED_UP,
        Outcome.NOT_OURS,
        Outcome.NO_PUBLISHED_FIGURE,
        Outcome.PERSONAL_FILE,
    }
)
AS_OURS = frozenset({Outcome.ANSWERED, Outcome.FOLLOWED_UP})
FACETS_JUDGED = frozenset({Facet.DOCUMENTS, Facet.FEE, Facet.TIME, Facet.WHERE, Facet.ONLINE})


class Verdict(StrEnum):
    """How one question ended; `ONE_TAP` is not right first, but one tap away."""

    RIGHT_FIRST = "right first"
    ONE_TAP = "one tap"
    ASKED_BACK = "asked back"
    WRONG = "sure and wrong"
    REFUSED = "refused"
    AS_OURS = "answered as ours"
    ROUTED = "routed"
    QUIET = "kept quiet"


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled question. `right`: ids that count as right; `origin`: what figures are split by."""

    question: str
    right: frozenset[str]
    in_scope: bool
    facet: str | None = None
    origin: str = ""
    is_boundary: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """A row with the answer it got."""

    row: Row
    answer: Answer
    verdict: Verdict
    milliseconds: float

    @property
    def facet_is_right(self) -> bool | None:
        """Whether the facet asked for was answered; None where that is not judged."""
        if self.row.facet not in FACETS_JUDGED or self.verdict is not Verdict.RIGHT_FIRST:
            return None
        return self.answer.facet == self.row.facet


def rows_of(plain: Iterable[Mapping[str, object]], knowledge: Knowledge) -> list[Row]:
    """The rows of labelled questions as JSON has them; ids may be older ones.

    In scope is what says so; where nothing does, what names an entry (and no kind of being out of scope).
    """
    rows = []
    for each in plain:
        ids = each.get("entries") or ()
        assert isinstance(ids, Sequence)
        found = (knowledge.find(str(id_)) for id_ in ids)
        right = frozenset(entry.id for entry in found if entry is not None)
        scope = each.get("in_scope", bool(right) and "kind" not in each)
        origin = str(each.get("origin") or each.get("style") or each.get("kind") or "")
        facet = each.get("facet")
        rows.append(
            Row(
                str(each["question"]),
                right,
                bool(scope),
                str(facet) if facet else None,
                origin,
                bool(each.get("boundary")),
            )
        )
    return rows


def verdict(answer: Answer, row: Row) -> Verdict:
    """The word for an answer to a row."""
    shown = {offer.entry for offer in answer.message.offers} | {c.entry for c in answer.candidates}
    tapped = bool(row.right & shown)
    is_stated = answer.outcome in STATED and answer.entry is not None
    if is_stated and (answer.entry in row.right or row.right & set(answer.entries)):
        return Verdict.RIGHT_FIRST if row.in_scope else Verdict.ROUTED
    if tapped:
        return Verdict.ONE_TAP if row.in_scope else Verdict.ROUTED
    if answer.outcome is Outcome.CLARIFIED:
        return Verdict.ASKED_BACK
    if not row.in_scope:
        return Verdict.AS_OURS if is_stated and answer.outcome in AS_OURS else Verdict.QUIET
    return Verdict.WRONG if is_stated else Verdict.REFUSED


@dataclass(slots=True)
class Tally:
    """Counts of verdicts, from which the figures come."""

    inside: Counter[Verdict] = field(default_factory=Counter)
    outside: Counter[Verdict] = field(default_factory=Counter)
    to_route: int = 0  # out of scope, with an entry that names the office
    asked_outside: int = 0  # out of scope, and candidates were shown (right ones too)
    facets: Counter[bool] = field(default_factory=Counter)

    def add(self, judged: Judged) -> None:
        """Count one."""
        if not judged.row.in_scope:
            self.outside[judged.verdict] += 1
            self.to_route += bool(judged.row.right)
            self.asked_outside += judged.answer.outcome is Outcome.CLARIFIED
            return
        self.inside[judged.verdict] += 1
        if judged.facet_is_right is not None:
            self.facets[judged.facet_is_right] += 1

    def figures(self) -> dict[str, float | int | None]:
        """Every figure by its name: counts, and shares 0–1 (None where nothing was counted)."""
        inside, outside = self.inside.total(), self.outside.total()
        tapped = self.inside[Verdict.RIGHT_FIRST] + self.inside[Verdict.ONE_TAP]
        return {
            "in scope": inside,
            "right first": _share(self.inside[Verdict.RIGHT_FIRST], inside),
            "one tap": _share(tapped, inside),
            "sure and wrong": _share(self.inside[Verdict.WRONG], inside),
            "refused": _share(self.inside[Verdict.REFUSED], inside),
            "in scope asked back, none right": _share(self.inside[Verdict.ASKED_BACK], inside),
            "facet right": _share(self.facets[True], self.facets.total()),
            "out of scope": outside,
            "answered as ours": _share(self.outside[Verdict.AS_OURS], outside),
            "out of scope asked back": _share(self.asked_outside, outside),
            "routed": _share(self.outside[Verdict.ROUTED], self.to_route),
        }


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
