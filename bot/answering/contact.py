"""Whom to ask instead: the reception desk, its hours, the published numbers."""

from bot import sentences
from bot.knowledge import Knowledge
from bot.knowledge.entries import Information

HOURS_LINES = 2


def contact_lines(knowledge: Knowledge) -> tuple[str, ...]:
    """The desk, every published number, the desk's hours."""
    desk = sentences.ASK_PERSON.format(reception=knowledge.ward.reception)
    return (desk, *hotline_lines(knowledge), *hours_lines(knowledge))


def hotline_lines(knowledge: Knowledge) -> tuple[str, ...]:
    """The published numbers, each with whose it is."""
    return tuple(sentences.HOTLINE.format(number=h.number, name=h.name) for h in knowledge.ward.hotlines)


def hours_lines(knowledge: Knowledge) -> tuple[str, ...]:
    """The desk's hours, as far as they are published."""
    hours = knowledge.find(knowledge.ward.hours)
    text = hours.text if isinstance(hours, Information) else ()
    return tuple(sentences.HOURS.format(line=line) for line in text[:HOURS_LINES])
