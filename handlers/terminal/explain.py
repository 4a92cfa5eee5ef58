"""Why a question was understood as it was: what was read as what, which signals weighed."""

from collections.abc import Iterator

from bot.assistant import Assistant
from bot.deciding.signals import NAMES, signals
from bot.matching import Ranking

SHOWN = 5  # entries


def explain(assistant: Assistant, question: str) -> Iterator[str]:
    """Lines for a person who looks after the bot."""
    reading = assistant.read(question)
    yield "Đọc là: " + " ".join(word.text for word in reading.words)
    for repair in reading.repairs:
        yield f"  {repair.typed} → {repair.read} ({repair.why})"
    ranking = assistant.rank(reading)
    for match in ranking.matches[:SHOWN]:
        yield (
            f"{match.score:7.2f}  {match.entry}: đã học {match.log:.2f}, giống câu gần nhất"
            f" {match.likeness:.2f}, bao {match.coverage:.2f} câu hỏi, {match.contrasts} chữ trái nghĩa"
        )
    yield (
        f"Không phải việc của kho: đã học {ranking.background:.2f}, giống câu gần nhất"
        f" {ranking.like_background:.2f}; chữ lạ {ranking.unknown:.2f}"
    )
    act = assistant.act_of(reading)
    yield f"Loại tin: {act.name} ({act.probability:.2f})"
    if ranking.matches:
        for name, value in zip(*_signals(assistant, ranking), strict=True):
            yield f"  {name} = {value:.2f}"
    decision = assistant.decide(reading)
    sure = "–" if decision.confidence is None else f"{decision.confidence:.2f}"
    yield f"Quyết định: {decision.outcome.value} {decision.entry or ''} (tin {sure})"
    yield f"Phần hỏi: {decision.facet or '–'}"


def _signals(assistant: Assistant, ranking: Ranking) -> tuple[tuple[str, ...], list[float]]:
    found = signals(ranking, assistant.knowledge)
    return NAMES, found.row()
