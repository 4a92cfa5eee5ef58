"""Several answers as one message: each short, in the order asked, the rest a tap away."""

from collections.abc import Container, Sequence

from bot import sentences
from bot.answering.actions import Action, Open, Role
from bot.answering.answer import Answer, Button, Message
from bot.text.units import units

ROOM = 3600  # UTF-16 code units; what does not fit stays behind its button


def together(answers: Sequence[Answer]) -> Message:
    """One message of these answers: titles and short answers; a button opens each entry."""
    lead: list[str] = [sentences.SEVERAL.format(count=len(answers))]
    footer: dict[str, None] = {}
    buttons: dict[Button, None] = {}
    for number, answer in enumerate(answers, 1):
        message = answer.message
        title = sentences.SEVERAL_TITLE.format(number=number, title=message.title or "")
        block = (title, *message.lead)
        if units("\n".join((*lead, *block))) > ROOM:
            block = (title, sentences.SEVERAL_MORE)
        lead += block
        footer |= dict.fromkeys(message.footer)
        if answer.entry is not None and message.title is not None:
            name = message.title.split(" · ")[0]
            buttons[Button(name, Open(answer.entry, None, Role.FAMILY))] = None
    told = {answer.entry for answer in answers}
    for answer in answers:
        others = [b for b in answer.message.buttons if isinstance(b.action, Open)]
        buttons |= dict.fromkeys(b for b in others if _is_other(b.action, told))
    return Message(lead=tuple(lead), footer=tuple(footer), buttons=tuple(buttons))


def _is_other(action: Action, told: Container[str | None]) -> bool:
    """Whether a button opens an entry that may have been meant and is not answered already."""
    return isinstance(action, Open) and action.role is Role.CANDIDATE and action.entry not in told
