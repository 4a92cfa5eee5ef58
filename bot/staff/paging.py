"""Leafing through pages."""

from bot.answering import Button
from bot.staff import sentences
from bot.staff.reply import button
from bot.staff.steps import Step


def paged(
    step: Step, page: int, pages: int, *before: object, after: tuple[object, ...] = ()
) -> tuple[Button, ...]:
    """The buttons to the pages before and after this one; the page's number stands between the arguments."""
    buttons = []
    if page > 0:
        buttons.append(button(sentences.BACK_BUTTON, step, *before, page - 1, *after))
    if page + 1 < pages:
        buttons.append(button(sentences.MORE_BUTTON, step, *before, page + 1, *after))
    return tuple(buttons)
