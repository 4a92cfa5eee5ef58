"""Tickets: showing staff a citizen's question, bringing the answer back, closing."""

from bot import sentences as citizens
from bot.answering import Message
from bot.errors import BotError
from bot.mailbox import mailbox
from bot.privacy import mask
from bot.privacy.masking import PLACEHOLDERS
from bot.publishing.edits import AddPhrasings
from bot.roles import Staffer
from bot.staff import sentences
from bot.staff.audit import Act
from bot.staff.drafts import Drafts
from bot.staff.publish_work import PublishWork
from bot.staff.reply import Post, Reply, asks, button, reference, says
from bot.staff.steps import Step
from bot.staff.tools import NEAREST, WORTH, Tools
from bot.tickets import Kind, Ticket, tickets

LOOKS, LOOK_SECONDS = 40, 0.25  # how often, and how far apart, we look whether something still waits


class TicketWork:
    """What staff do with tickets."""

    def __init__(self, tools: Tools, publishing: PublishWork, drafts: Drafts) -> None:
        self._tools = tools
        self._publishing = publishing
        self._drafts = drafts

    def answer(self, staff: Staffer, code: str, text: str) -> Reply:
        """Bring what was typed to who asked."""
        ticket = self._tools.done(lambda db: tickets.find(db, code))
        if ticket is None or ticket.kind is not Kind.ASK:
            return says(sentences.TICKET_GONE.format(code=code))
        if not text.strip():
            return says(sentences.REPLY_EMPTY)
        lines = [sentences.TICKET_SENT.format(code=code)]
        if mask(text).numbers_or_contacts:
            lines.append(sentences.REPLY_PERSONAL)
        near = [one for one in self._tools.nearest(ticket.text) if one.confidence >= WORTH][:NEAREST]
        buttons = (
            *(
                button(
                    sentences.TICKET_PHRASE_BUTTON.format(name=one.name), Step.TICKET_PHRASE, code, one.entry
                )
                for one in near
            ),
            button(sentences.TICKET_NEW_BUTTON, Step.TICKET_NEW, code),
            button(sentences.TICKET_DONE_BUTTON, Step.TICKET_DONE, code),
        )
        return Reply(
            Message(tuple(lines), buttons=buttons),
            posts=(Post(ticket.chat, _answered(ticket, text), ticket.person),),
            jobs=(
                lambda db: tickets.note_reply(db, code, text),
                self._tools.noted(staff, Act("answer", code)),
            ),
        )

    def done(self, staff: Staffer, argument: str) -> Reply:
        """Close a ticket, and with it the only link to who asked; without a code, say which are open.

        Who was never answered is told so first; the file is rewritten when nothing waits to be sent any more.
        """
        code = argument.strip().upper()
        if not code:
            return self._open()
        ticket = self._tools.done(lambda db: tickets.find(db, code))
        if ticket is None:
            return says(sentences.TICKET_NONE.format(code=code))
        is_told = bool(ticket.reply) or self._waits(ticket)
        posts = () if is_told else (Post(ticket.chat, self._unanswered(), ticket.person),)
        closing = sentences.TICKET_CLOSING.format(code=code)
        return Reply(Message((closing,)), posts=posts, work=lambda _: self._closed(staff, ticket))

    def _closed(self, staff: Staffer, ticket: Ticket) -> Reply:
        if not self._is_all_sent(ticket):
            return says(sentences.TICKET_WAITS.format(code=ticket.code))
        note = self._tools.noted(staff, Act("close", ticket.code))
        self._tools.do(lambda db: tickets.close(db, ticket.code), note)
        form = sentences.TICKET_DONE if self._tools.purge() else sentences.TICKET_DONE_LATER
        return says(form.format(code=ticket.code))

    def _waits(self, ticket: Ticket) -> bool:
        """Whether something waits to be sent to who asked."""
        is_number = ticket.chat.lstrip("-").isdecimal()
        return is_number and self._tools.done(lambda db: mailbox.waits(db, int(ticket.chat)))

    def _is_all_sent(self, ticket: Ticket) -> bool:
        """Whether nothing waits for who asked, after some patience."""
        for _ in range(LOOKS):
            if not self._waits(ticket):
                return True
            self._tools.sleep(LOOK_SECONDS)
        return False

    def phrase(self, staff: Staffer, argument: str) -> Reply:
        """Try the ticket's question as a phrasing of an entry."""
        code, _, id_ = argument.partition(":")
        ticket = self._found(code)
        if PLACEHOLDERS.search(ticket.text):
            return says(sentences.ONLY_MASKED, buttons=(button(sentences.EDIT_BUTTON, Step.EDIT, id_),))
        return self._publishing.attempt(staff, AddPhrasings(id_, (ticket.text,)))

    def new(self, staff: Staffer, argument: str) -> Reply:
        """Ask what the entry made of a question and its answer is called."""
        return asks(sentences.ASK_NAME, Step.TICKET_NEW, self._found(argument).code)

    def named(self, staff: Staffer, argument: str, name: str) -> Reply:
        """Begin a draft with the question as phrasing and the answer as text."""
        ticket = self._found(argument)
        texts = [] if PLACEHOLDERS.search(ticket.text) else [ticket.text]
        lines = tuple(line.strip() for line in (ticket.reply or "").splitlines() if line.strip())
        return self._drafts.begin(staff, name, texts, text=lines)

    def _open(self) -> Reply:
        codes = self._tools.done(lambda db: [one.code for one in tickets.of_kind(db, Kind.ASK)])
        if not codes:
            return says(sentences.NO_TICKETS)
        return says(sentences.TICKET_WHICH.format(codes=", ".join(codes)))

    def _unanswered(self) -> Message:
        return self._tools.assistant().ways_on.with_reception(citizens.CLOSED_UNANSWERED)

    def _found(self, code: str) -> Ticket:
        ticket = self._tools.done(lambda db: tickets.find(db, code))
        if ticket is None:
            raise BotError(sentences.TICKET_GONE.format(code=code))
        return ticket


def shown(ticket: Ticket) -> Message:
    """A ticket for the staff chat; a reply to it goes to who asked."""
    return Message(
        (sentences.TICKET_LINE.format(text=" ".join(ticket.text.split())), sentences.TICKET_HOW),
        sentences.TICKET_TITLE.format(code=ticket.code),
        buttons=(button(sentences.TICKET_DONE_BUTTON, Step.TICKET_DONE, ticket.code),),
        reference=reference(Step.TICKET, ticket.code),
    )


def _answered(ticket: Ticket, text: str) -> Message:
    """Staff's answer as the citizen reads it."""
    return Message(
        (
            citizens.STAFF_ANSWER.format(question=" ".join(ticket.text.split())),
            "",
            *text.strip().splitlines(),
        ),
        footer=(citizens.STAFF_SIGNED.format(code=ticket.code),),
    )
