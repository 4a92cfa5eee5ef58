"""Leave-one-phrasing-out over the knowledge itself: each phrasing asked as if it were not known."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.knowledge import Knowledge
from bot.learning.workshop import Workshop
from bot.matching import BACKGROUND

TOP = 3  # candidates


@dataclass(frozen=True, slots=True)
class Crossed:
    """Shares (0–1) over all phrasings, and the entries that their own phrasings find least."""

    phrasings: int
    first: float
    family_first: float
    among_three: float
    worst: tuple[tuple[str, float], ...]
    confused: tuple[tuple[str, str, int], ...]


def cross(knowledge: Knowledge, told: Callable[[float], None] = lambda _: None) -> Crossed:
    """Ask each phrasing of weights and index that do not know it; takes minutes."""
    workshop = Workshop(knowledge)
    learner = workshop.learner(workshop.index())
    asked: Counter[str] = Counter()
    found: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    first = kin = three = 0
    for one in learner.asked(told):
        if one.meant is None or one.meant.startswith(BACKGROUND) or one.left_out:
            continue
        asked[one.meant] += 1
        family = knowledge.family(one.meant)
        ids = [match.entry for match in one.ranking.matches]
        three += one.meant in ids[:TOP]
        if ids and ids[0] == one.meant:
            first += 1
            found[one.meant] += 1
        elif ids:
            pairs[one.meant, ids[0]] += 1
        kin += bool(ids) and ids[0] in family
    total = asked.total() or 1
    shares: Mapping[str, float] = {entry: found[entry] / count for entry, count in asked.items()}
    worst = sorted(shares.items(), key=lambda item: item[1])[:20]
    confused = tuple((one, two, times) for (one, two), times in pairs.most_common(20))
    return Crossed(asked.total(), first / total, kin / total, three / total, tuple(worst), confused)
