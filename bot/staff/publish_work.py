"""Trying a change, showing what it changes, publishing it, taking it back."""

from collections.abc import Callable, Sequence

from sqlite_utils import Database

from bot.answering import Button, Message
from bot.errors import BotError
from bot.publishing.edits import Edit
from bot.publishing.publisher import Attempt, Published, Publisher
from bot.publishing.rehearsal import Stage
from bot.publishing.versions import StaleError
from bot.queue import State, queue
from bot.roles import Staffer
from bot.staff import draft, sentences
from bot.staff.audit import Act
from bot.staff.names import change_name
from bot.staff.notices import notices_of
from bot.staff.paging import paged
from bot.staff.reply import Progress, Reply, button, says
from bot.staff.steps import Step
from bot.staff.tools import Tools
from bot.staff.tried import lines, tried, wrong

PAGE = 8


class PublishWork:
    """Leads staff from a change to its publication."""

    def __init__(self, tools: Tools, publisher: Publisher | None) -> None:
        self._tools = tools
        self._publisher = publisher
        self._latest: dict[str, str] = {}  # of each member of staff, the version tried last

    def attempt(
        self, staff: Staffer, edit: Edit, group: int | None = None, shown: tuple[str, ...] = ()
    ) -> Reply:
        """Try an edit; it repairs this group of the queue. `shown`: what is told of it first."""
        publisher = self._ready()
        what = change_name(edit, self._tools)

        def work(progress: Progress) -> Reply:
            attempt = publisher.attempt(edit, what, _telling(progress, what))
            return self._tried(staff, attempt, group, shown)

        return self._working(what, work)

    def take(self, staff: Staffer, _: str = "") -> Reply:
        """Try what was edited on disk."""
        publisher = self._ready()

        def work(progress: Progress) -> Reply:
            return self._tried(
                staff, publisher.take(sentences.TAKE, _telling(progress, sentences.TAKE)), None
            )

        return self._working(sentences.TAKE, work)

    def changes(self, staff: Staffer, argument: str) -> Reply:
        """A page of the answers that change."""
        version, page_text, *group = argument.split(":")
        attempt = self._ready().attempted(version)
        if attempt is None:
            return says(sentences.CHANGES_GONE)
        changes = attempt.rehearsal.changes
        page, pages = int(page_text or 0), max(1, -(-len(changes) // PAGE))
        first = page * PAGE
        shown = lines(changes[first : first + PAGE], first + 1)
        title = sentences.CHANGES_TITLE.format(page=page + 1, pages=pages)
        number = _number(group)
        after = () if number is None else (number,)
        leaf = paged(Step.CHANGES, page, pages, version, after=after)
        buttons = (*leaf, *self._choice(attempt, number, is_whole=True))
        return Reply(
            Message(tuple(shown) or (sentences.CHANGES_GONE,), title, buttons=buttons), replaces=page > 0
        )

    def publish(self, staff: Staffer, argument: str) -> Reply:
        """Publish what was tried; where another version came between, try it again on that."""
        base, version, *group = argument.split(":")
        publisher, number = self._ready(), _number(group)
        if version == publisher.current:
            return says(sentences.ALREADY)

        def work(progress: Progress) -> Reply:
            attempt = publisher.attempted(version)
            try:
                published = publisher.publish(base, version)
            except StaleError:
                if attempt is None or attempt.base == publisher.current:
                    raise
                progress(sentences.STALE)
                telling = _telling(progress, attempt.what)
                again = (
                    publisher.attempt(attempt.edit, attempt.what, telling)
                    if attempt.edit
                    else publisher.take(attempt.what, telling)
                )
                return self._tried(staff, again, number)
            return self._published(staff, published, base, number)

        return Reply(Message((sentences.PUBLISHING,)), work=work)

    def drop(self, staff: Staffer, argument: str) -> Reply:
        """Do not publish what was tried."""
        self._ready().drop(argument)
        self._tools.note(staff, Act("drop", argument))
        return Reply(Message((sentences.DROPPED,)), replaces=True)

    def ask_undo(self, staff: Staffer, _: str) -> Reply:
        """Ask whether the version before is to answer again."""
        publisher = self._ready()
        before = publisher.previous
        if before is None:
            return says(sentences.NOTHING_BEFORE)
        what = publisher.published_last or sentences.LAST_CHANGE
        line = sentences.UNDO_ASK.format(what=what)
        undo = button(sentences.UNDO_BUTTON, Step.UNDO, publisher.current)
        return says(line, buttons=(undo,))

    def undo(self, staff: Staffer, argument: str) -> Reply:
        """Let the version before answer again."""
        publisher = self._ready()

        def work(_: Progress) -> Reply:
            published = publisher.undo(argument)
            self._tools.note(staff, Act("undo", published.version, argument, published.version))
            return says(sentences.UNDONE)

        return Reply(Message((sentences.PUBLISHING,)), work=work)

    def _ready(self) -> Publisher:
        if self._publisher is None:
            raise BotError(sentences.CANNOT_PUBLISH)
        return self._publisher

    def _working(self, what: str, work: Callable[[Progress], Reply]) -> Reply:
        publisher = self._ready()
        line = sentences.BUSY if publisher.is_busy else sentences.TRYING.format(what=what)
        return Reply(Message((line,)), work=work)

    def _tried(
        self, staff: Staffer, attempt: Attempt, group: int | None, shown: tuple[str, ...] = ()
    ) -> Reply:
        self._tools.note(staff, Act("try", attempt.version, attempt.base, attempt.noted))
        older = self._latest.get(staff.id)
        if older is not None and older != attempt.version:
            self._ready().drop(older)
        self._latest[staff.id] = attempt.version
        if not attempt.is_good:
            return Reply(wrong(attempt))
        return Reply(tried(attempt, shown, self._choice(attempt, group)))

    def _choice(self, attempt: Attempt, group: int | None, *, is_whole: bool = False) -> tuple[Button, ...]:
        """Publish it, look at every answer that changes, or leave it."""
        count = len(attempt.rehearsal.changes)
        last = () if group is None else (group,)
        publish = button(sentences.PUBLISH_BUTTON, Step.PUBLISH, attempt.base, attempt.version, *last)
        every = button(sentences.CHANGES_BUTTON.format(count=count), Step.CHANGES, attempt.version, 0, *last)
        drop = button(sentences.DROP_BUTTON, Step.DROP, attempt.version)
        return (publish, *((every,) if count and not is_whole else ()), drop)

    def _published(self, staff: Staffer, published: Published, base: str, group: int | None) -> Reply:
        now, act = self._tools.now(), Act("publish", published.version, base, published.noted)
        note = self._tools.noted(staff, act)

        def keep(db: Database) -> None:
            note(db)
            draft.drop_written(db, published.after.knowledge.entries)
            if group is not None:
                queue.set_state(db, group, State.DONE, published.noted, now)

        self._tools.done(keep)
        told = notices_of(self._tools, published)
        lead = [sentences.PUBLISHED.format(what=published.what)]
        if group is not None:
            lead.append(sentences.GROUP_DONE_TOO)
        lead.append(sentences.TEST_IT)
        if told.posts:
            lead.append(sentences.TOLD_PEOPLE.format(count=len(told.posts)))
        back = button(sentences.QUEUE_BACK, Step.QUEUE, 0)
        return Reply(
            Message(tuple(lead), buttons=(back,)), posts=told.posts, jobs=told.jobs, purges=bool(told.posts)
        )


def _telling(told: Progress, what: str) -> Callable[[Stage, float], None]:
    """Tell how far a stage got, in words."""
    return lambda stage, done: told(
        sentences.STAGE.format(what=what, stage=sentences.STAGES[stage], percent=round(100 * done))
    )


def _number(group: Sequence[str]) -> int | None:
    """The group of the queue that a button names behind the rest."""
    return int(group[0]) if group and group[0].isdecimal() else None
