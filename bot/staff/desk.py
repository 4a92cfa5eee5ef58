"""The desk: every command, tap and reply of staff comes in here; who may do what is checked on each."""

import logging
from collections.abc import Callable, Mapping
from types import MappingProxyType

from bot.answering import Message
from bot.errors import BotError
from bot.publishing.publisher import Publisher
from bot.report import describe
from bot.roles import Role, Roster, Staffer, staffer
from bot.staff import audit, sentences
from bot.staff.audit import REFUSED, Act
from bot.staff.drafts import Drafts
from bot.staff.due_work import DueWork
from bot.staff.entry_work import EntryWork
from bot.staff.publish_work import PublishWork
from bot.staff.queue_work import QueueWork
from bot.staff.reply import Progress, Reply, says
from bot.staff.steps import Step, parsed
from bot.staff.switch_work import SwitchWork
from bot.staff.ticket_work import TicketWork
from bot.staff.tools import Tools
from bot.switches import Switches

logger = logging.getLogger(__name__)


Do = Callable[[Staffer, str], Reply]
Take = Callable[[Staffer, str, str], Reply]
VIEWER, EDITOR, ADMIN = Role.VIEWER, Role.EDITOR, Role.ADMIN
COMMAND_ROLES: Mapping[str, Role] = MappingProxyType(
    {
        "hangdoi": VIEWER,
        "xem": VIEWER,
        "canlam": VIEWER,
        "sua": EDITOR,
        "nap": EDITOR,
        "hoantac": EDITOR,
        "daxong": EDITOR,
        "tat": EDITOR,
        "bat": EDITOR,
        "thongbao": EDITOR,
        "tamdung": ADMIN,
        "tieptuc": ADMIN,
        "quyen": ADMIN,
    }
)


class Desk:
    """Lets staff do what their role may, notes what was refused, and answers every error with a sentence."""

    def __init__(
        self,
        roster: Roster,
        tools: Tools,
        switches: Switches,
        publisher: Publisher | None,
        pseudonym: Callable[[str | None], str | None],
    ) -> None:
        """`publisher` None: nothing can be published. `pseudonym` names who is no staff in the audit."""
        self.roster = roster
        self._tools = tools
        self._publisher = publisher
        self._pseudonym = pseudonym
        publishing = PublishWork(tools, publisher)
        drafts = Drafts(tools, publishing)
        queue = QueueWork(tools, publishing, drafts)
        entries = EntryWork(tools, publishing)
        switching = SwitchWork(tools, switches)
        due = DueWork(tools)
        tickets = TicketWork(tools, publishing, drafts)
        self._commands: Mapping[str, Do] = {
            "hangdoi": queue.show,
            "xem": entries.see,
            "canlam": due.show,
            "sua": entries.edit,
            "nap": publishing.take,
            "hoantac": publishing.ask_undo,
            "daxong": tickets.done,
            "tat": switching.off,
            "bat": switching.on,
            "thongbao": switching.announce,
            "tamdung": switching.pause,
            "tieptuc": switching.resume,
            "quyen": self._roster,
        }
        self._steps: Mapping[Step, tuple[Role, Do]] = {
            Step.QUEUE: (VIEWER, queue.show),
            Step.GROUP: (VIEWER, queue.group),
            Step.DOING: (EDITOR, queue.doing),
            Step.GROUP_DONE: (EDITOR, queue.done),
            Step.PHRASE: (EDITOR, queue.phrase),
            Step.SEARCH: (EDITOR, queue.search),
            Step.OFFICE: (EDITOR, queue.office),
            Step.IGNORE: (EDITOR, queue.ignore),
            Step.IGNORED: (EDITOR, queue.ignored),
            Step.NEW: (EDITOR, queue.new),
            Step.CHANGES: (EDITOR, publishing.changes),
            Step.PUBLISH: (EDITOR, publishing.publish),
            Step.DROP: (EDITOR, publishing.drop),
            Step.UNDO: (EDITOR, publishing.undo),
            Step.TAKE: (EDITOR, publishing.take),
            Step.SEE: (VIEWER, entries.see),
            Step.EDIT: (EDITOR, entries.edit),
            Step.FIELD: (EDITOR, entries.field),
            Step.CONFIRM: (EDITOR, entries.confirm),
            Step.DAYS: (EDITOR, entries.days),
            Step.ADD: (EDITOR, entries.add),
            Step.REMOVE: (EDITOR, entries.remove),
            Step.REMOVED: (EDITOR, entries.removed),
            Step.DUE: (VIEWER, due.show),
            Step.DRAFT: (EDITOR, drafts.show),
            Step.DRAFT_KIND: (EDITOR, drafts.kind),
            Step.DRAFT_TOPIC: (EDITOR, drafts.topic),
            Step.DRAFT_FIELD: (EDITOR, drafts.ask),
            Step.DRAFT_DONE: (EDITOR, drafts.attempt),
            Step.DRAFT_DROP: (EDITOR, drafts.drop),
            Step.TICKET_PHRASE: (EDITOR, tickets.phrase),
            Step.TICKET_NEW: (EDITOR, tickets.new),
            Step.TICKET_DONE: (EDITOR, tickets.done),
        }
        self._takes: Mapping[Step, Take] = {
            Step.SEARCH: queue.searched,
            Step.IGNORED: queue.ignored,
            Step.NEW: queue.named,
            Step.FIELD: entries.typed,
            Step.ADD: entries.added,
            Step.DRAFT_FIELD: drafts.told,
            Step.TICKET: tickets.answer,
            Step.TICKET_NEW: tickets.named,
        }

    def command(self, name: str, argument: str, person: str | None) -> Reply:
        """What a command comes to; `argument`: what stands behind it."""
        do = self._commands[name]
        return self._allowed(
            person, COMMAND_ROLES[name], f"/{name}", lambda staff: do(staff, argument.strip())
        )

    def tap(self, step: str, argument: str, person: str | None) -> Reply:
        """What a tapped button comes to, whoever made its data."""
        found = parsed(step)
        if found is None or found[0] not in self._steps:
            return self._allowed(person, VIEWER, step, lambda _: says(sentences.NOT_UNDERSTOOD))
        role, do = self._steps[found[0]]
        return self._allowed(person, role, f"{step}:{argument}", lambda staff: do(staff, argument))

    def take(self, reference: str, text: str, person: str | None) -> Reply:
        """What a reply to a message with this reference comes to."""
        found = parsed(reference)
        if found is None or found[0] not in self._takes:
            return self._allowed(person, EDITOR, reference, lambda _: says(sentences.NOT_UNDERSTOOD))
        if not text.strip():
            return self._allowed(person, EDITOR, reference, lambda _: says(sentences.REPLY_EMPTY))
        take, argument = self._takes[found[0]], found[1]
        return self._allowed(person, EDITOR, reference, lambda staff: take(staff, argument, text))

    def knows(self, person: str) -> bool:
        """Whether this is one of staff."""
        return person in self.roster

    def tidy(self) -> None:
        """Give back the memory that a publication leaves."""
        if self._publisher is not None:
            self._publisher.tidy()

    def nightly(self) -> None:
        """Forget what was tried and not published."""
        if self._publisher is not None:
            self._publisher.forget()

    def purge(self) -> None:
        """Rewrite the file without what was deleted."""
        self._tools.purge()

    def stop(self) -> None:
        """Give up what is being tried."""
        if self._publisher is not None:
            self._publisher.stop()

    def waiting(self) -> Message | None:
        """What staff are told when the bot starts: files that were edited and not published."""
        try:
            count = self._publisher.files_waiting() if self._publisher else 0
        except BotError as error:
            logger.error("%s", error)
            return None
        return Message((sentences.WAITING_FILES.format(count=count),)) if count else None

    def work(self, reply: Reply, progress: Progress) -> Reply:
        """What the work of a reply comes to; errors become sentences."""
        assert reply.work is not None
        work = reply.work
        try:
            return work(progress)
        except BotError as error:
            return says(*str(error).split("\n"))
        except Exception as error:
            line = describe(error)
            logger.error("Lỗi %s", line)
            return says(sentences.FAILED.format(why=line))

    def _allowed(self, person: str | None, role: Role, what: str, do: Callable[[Staffer], Reply]) -> Reply:
        staff = staffer(self.roster, person)
        if staff is None:
            return self._refused(self._name(person), what.partition(":")[0], sentences.NOT_STAFF)
        if staff.role < role:
            line = sentences.NEEDS_ROLE.format(needed=sentences.ROLES[role], role=sentences.ROLES[staff.role])
            return self._refused(staff.name, what, line)
        return self._safely(lambda: do(staff))

    def _refused(self, name: str, what: str, line: str) -> Reply:
        """A polite no, and a line of it in the audit trail."""
        now = self._tools.now()
        return Reply(says(line).message, jobs=(lambda db: audit.note(db, name, Act(REFUSED, what), now),))

    def _name(self, person: str | None) -> str:
        """Who is no staff, as the audit trail names them."""
        try:
            return self._pseudonym(person) or "?"
        except BotError as error:
            logger.error("%s", error)
            return "?"

    def _safely(self, do: Callable[[], Reply]) -> Reply:
        """What it comes to; what goes wrong is told, and the bot goes on."""
        try:
            return do()
        except BotError as error:
            return says(*str(error).split("\n"))
        except (ValueError, OverflowError) as error:  # a number that is none, in a button's data
            logger.info("%s", describe(error))
            return says(sentences.NOT_UNDERSTOOD)
        except Exception as error:
            line = describe(error)
            logger.error("Lỗi %s", line)
            return says(sentences.FAILED.format(why=line))

    def _roster(self, staff: Staffer, _: str) -> Reply:
        lines = [
            sentences.ROSTER_LINE.format(role=sentences.ROLES[role], id=id_)
            for id_, role in sorted(self.roster.items(), key=lambda each: (-each[1], each[0]))
        ]
        return says(sentences.ROSTER, *lines)
