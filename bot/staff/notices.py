"""Who waited for what is published now: each is told once, and then forgotten."""

from dataclasses import replace

from bot import sentences
from bot.answering import Message
from bot.outcomes import OUTCOMES, Outcome
from bot.publishing.publisher import Published
from bot.staff.reply import Notices, Post
from bot.staff.tools import Tools
from bot.storage import Job
from bot.tickets import Kind, Ticket, tickets

NOT_AN_ANSWER = frozenset({Outcome.NO_PUBLISHED_FIGURE, Outcome.EMERGENCY})  # though they count as one


def notices_of(tools: Tools, published: Published) -> Notices:
    """The answer for each who wanted to be told when there is one; with it their tickets end."""
    found = []
    for ticket in tools.done(lambda db: tickets.of_kind(db, Kind.TELL)):
        before, after = published.before.ask(ticket.text), published.after.ask(ticket.text)
        is_answer = OUTCOMES[after.outcome].is_answer and after.outcome not in NOT_AN_ANSWER
        if is_answer and (before.entry, before.message.plain()) != (after.entry, after.message.plain()):
            found.append((ticket, after.message))
    return Notices(
        tuple(Post(ticket.chat, _message(ticket, message), ticket.person) for ticket, message in found),
        tuple(_closing(ticket.code) for ticket, _ in found),
    )


def _message(ticket: Ticket, message: Message) -> Message:
    line = sentences.TOLD.format(question=" ".join(ticket.text.split()))
    return replace(message, lead=(line, *message.lead), buttons=())


def _closing(code: str) -> Job[object]:
    return lambda db: tickets.close(db, code)
