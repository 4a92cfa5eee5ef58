"""Whom to ask instead: the reception desk, its hours, the published numbers."""

from datetime import date

from bot import sentences
from bot.answering.days import hours_line
from bot.knowledge import Knowledge


def contact_lines(knowledge: Knowledge, today: date, *, with_hours: bool = True) -> tuple[str, ...]:
    """The desk, every published number, the desk's hours of the season where they may be told."""
    desk = sentences.ASK_PERSON.format(reception=knowledge.ward.reception)
    return (desk, *hotline_lines(knowledge), *((hours(knowledge, today),) if with_hours else ()))


def hotline_lines(knowledge: Knowledge) -> tuple[str, ...]:
    """The published numbers, each with whose it is."""
    return tuple(sentences.HOTLINE.format(number=h.number, name=h.name) for h in knowledge.ward.hotlines)


def hours(knowledge: Knowledge, today: date) -> str:
    """The desk's hours in the season of a day."""
    return sentences.HOURS.format(line=hours_line(knowledge.calendar.season(today)))
