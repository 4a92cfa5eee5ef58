"""The queue: what got no answer, group by group, and the one step that repairs each."""

from collections.abc import Sequence

from bot.answering import Button, Message, Section
from bot.answering.pages import PAGE
from bot.deciding import Candidate
from bot.errors import BotError
from bot.knowledge.entries import Elsewhere
from bot.privacy.masking import PLACEHOLDERS
from bot.publishing.edits import AddPhrasings
from bot.queue import State, queue
from bot.queue.queue import Group
from bot.queue.states import OPEN
from bot.roles import Role, Staffer
from bot.sentences import VERDICTS
from bot.staff import draft, sentences
from bot.staff.audit import Act
from bot.staff.drafts import Drafts
from bot.staff.names import cut
from bot.staff.paging import paged
from bot.staff.publish_work import PublishWork
from bot.staff.reply import Reply, asks, button, says
from bot.staff.steps import Step
from bot.staff.tools import NEAREST, WORTH, Tools

SHORT = 60  # characters of a question in a list; it is whole on its group's page
ON_BUTTON = 40  # … and on a button
MOST_PHRASINGS = 20  # of one group's questions that become phrasings at once
MOST_SHOWN = 10  # of its questions


class QueueWork:
    """Shows the queue and repairs its groups."""

    def __init__(self, tools: Tools, publishing: PublishWork, drafts: Drafts) -> None:
        self._tools = tools
        self._publishing = publishing
        self._drafts = drafts

    def show(self, staff: Staffer, page_text: str) -> Reply:
        """A page of the groups that wait."""
        page = max(0, int(page_text)) if page_text.isdecimal() else 0
        self._collect()
        groups, count = self._tools.done(lambda db: queue.groups(db, OPEN, page * PAGE, PAGE))
        begun = tuple(
            button(sentences.DRAFT_BUTTON.format(name=name), Step.DRAFT, id_)
            for id_, name in (self._tools.done(draft.all_of) if _may_edit(staff) else ())
        )
        if not count:
            return Reply(Message(lead=(sentences.QUEUE_EMPTY,), buttons=begun), replaces=True)
        if not groups:
            return self.show(staff, str((count - 1) // PAGE))
        first = page * PAGE + 1
        lines = [_line(number, one) for number, one in enumerate(groups, first)]
        buttons = [
            button(sentences.QUEUE_BUTTON.format(number=number, example=cut(one.example, ON_BUTTON)),
                   Step.GROUP, one.id)
            for number, one in enumerate(groups, first)
        ]  # fmt: skip
        pages = -(-count // PAGE)
        return Reply(
            Message(
                lead=(sentences.QUEUE_COUNT.format(count=count), *lines),
                title=sentences.QUEUE_TITLE.format(page=page + 1, pages=pages),
                buttons=(*buttons, *paged(Step.QUEUE, page, pages), *begun),
            ),
            replaces=True,
        )

    def _collect(self) -> None:
        """Bring the queue up to date; the questions are read outside the file's thread."""
        items, now = self._tools.done(queue.collect), self._tools.now()
        gists = self._tools.gists(item.text for item in items)
        joined = queue.grouped(items, gists.__getitem__)
        if joined:
            self._tools.do(lambda db: queue.join(db, joined, now))

    def group(self, staff: Staffer, argument: str) -> Reply:
        """One group: its questions, the nearest entries, and what can be done."""
        found = self._found(argument)
        if found is None:
            return says(sentences.GROUP_GONE)
        questions = self._questions(found)
        nearest = [one for one in self._tools.nearest(found.example) if one.confidence >= WORTH][:NEAREST]
        lead = [
            f"“{found.example}”",
            sentences.GROUP_ASKED.format(
                times=found.times,
                first=f"{found.first:%d/%m}",
                last=f"{found.last:%d/%m}",
                whys=", ".join(sentences.WHYS[why] for why in sorted(found.whys)),
            ),
        ]
        answered = self._tools.entry(found.answered) if found.answered else None
        if answered is not None:
            said = sentences.VERDICT.format(verdict=VERDICTS[found.verdict]) if found.verdict else ""
            lead.append(sentences.ANSWERED_BY.format(name=answered.name, verdict=said))
            nearest = [one for one in nearest if one.entry != answered.id]
        if found.reason:
            lead.append(sentences.GROUP_REASON.format(reason=found.reason))
        lead += [sentences.GROUP_NEAREST, *map(_near, nearest)] if nearest else [sentences.NOTHING_NEAR]
        more = questions[1:MOST_SHOWN]
        details = (Section(sentences.GROUP_QUESTIONS, tuple(f"• {text}" for text in more)),) if more else ()
        title = sentences.GROUP_TITLE.format(group=found.id, state=sentences.STATE_NAMES[found.state])
        mend = (button(sentences.EDIT_ANSWERED, Step.EDIT, answered.id),) if answered is not None else ()
        choice = (*mend, *_phrase_buttons(found.id, nearest), *_group_buttons(found))
        buttons = choice if _may_edit(staff) else ()
        back = button(sentences.QUEUE_BACK, Step.QUEUE, 0)
        return Reply(Message(tuple(lead), title, details, buttons=(*buttons, back)), replaces=True)

    def done(self, staff: Staffer, argument: str) -> Reply:
        """Everything was done for a group."""
        found = self._found(argument)
        if found is None:
            return says(sentences.GROUP_GONE)
        self._set(staff, found, State.DONE, sentences.MARKED_DONE)
        return self.show(staff, "0")

    def doing(self, staff: Staffer, argument: str) -> Reply:
        """Somebody works on a group."""
        found = self._found(argument)
        if found is None:
            return says(sentences.GROUP_GONE)
        self._set(staff, found, State.DOING, sentences.DOING.format(staff=staff.name))
        return self.group(staff, argument)

    def search(self, staff: Staffer, argument: str) -> Reply:
        """Ask for words of the entry's name."""
        return asks(sentences.ASK_SEARCH, Step.SEARCH, argument)

    def searched(self, staff: Staffer, argument: str, words: str) -> Reply:
        """The entries that these words may mean."""
        found = self._tools.nearest(words)
        again = button(sentences.SEARCH_BUTTON, Step.SEARCH, argument)
        back = button(sentences.GROUP_BACK, Step.GROUP, argument)
        if not found:
            return says(sentences.NOT_FOUND.format(words=words), buttons=(again, back))
        title = sentences.FOUND_TITLE.format(words=words)
        buttons = (*_phrase_buttons(int(argument), found), again, back)
        return Reply(Message((sentences.FOUND, *map(_near, found)), title, buttons=buttons))

    def office(self, staff: Staffer, argument: str) -> Reply:
        """The jobs of other offices, those nearest to the group's question first."""
        number, _, page_text = argument.partition(":")
        found = self._found(number)
        if found is None:
            return says(sentences.GROUP_GONE)
        near = [one.entry for one in self._tools.nearest(found.example, (Elsewhere,))]
        entries = self._tools.assistant().knowledge.entries
        every = [entry.id for entry in entries.values() if isinstance(entry, Elsewhere)]
        ids = list(dict.fromkeys((*near, *every)))
        page, pages = int(page_text or 0), -(-len(ids) // PAGE)
        shown = [entries[id_] for id_ in ids[page * PAGE : (page + 1) * PAGE]]
        buttons = tuple(button(entry.name, Step.PHRASE, number, entry.id) for entry in shown)
        return Reply(
            Message(
                (f"“{found.example}”", sentences.OFFICES),
                sentences.OFFICES_TITLE.format(page=page + 1, pages=max(1, pages)),
                buttons=(
                    *buttons,
                    *paged(Step.OFFICE, page, pages, number),
                    button(sentences.GROUP_BACK, Step.GROUP, number),
                ),
            ),
            replaces=True,
        )

    def phrase(self, staff: Staffer, argument: str) -> Reply:
        """Try the group's questions as phrasings of an entry."""
        number, _, id_ = argument.partition(":")
        found = self._found(number)
        if found is None:
            return says(sentences.GROUP_GONE)
        texts = [text for text in self._questions(found) if not PLACEHOLDERS.search(text)][:MOST_PHRASINGS]
        if not texts:
            return says(sentences.ONLY_MASKED, buttons=(button(sentences.EDIT_BUTTON, Step.EDIT, id_),))
        return self._publishing.attempt(staff, AddPhrasings(id_, tuple(texts)), group=found.id)

    def new(self, staff: Staffer, argument: str) -> Reply:
        """Ask what a new entry is called."""
        return asks(sentences.ASK_NAME, Step.NEW, argument)

    def named(self, staff: Staffer, argument: str, name: str) -> Reply:
        """Begin a draft with this name and the group's questions."""
        found = self._found(argument)
        if found is None:
            return says(sentences.GROUP_GONE)
        texts = [text for text in self._questions(found) if not PLACEHOLDERS.search(text)]
        return self._drafts.begin(staff, name, texts[:MOST_PHRASINGS], group=found.id)

    def ignore(self, staff: Staffer, argument: str) -> Reply:
        """Ask why a group is ignored."""
        found = self._found(argument)
        if found is None:
            return says(sentences.GROUP_GONE)
        reasons = tuple(
            button(reason, Step.IGNORED, argument, number)
            for number, reason in enumerate(sentences.IGNORE_REASONS)
        )
        other = button(sentences.OTHER_REASON, Step.IGNORED, argument)
        back = button(sentences.GROUP_BACK, Step.GROUP, argument)
        lead = (sentences.ASK_IGNORE.format(example=cut(found.example, SHORT)),)
        return Reply(Message(lead, buttons=(*reasons, other, back)), replaces=True)

    def ignored(self, staff: Staffer, argument: str, reason: str = "") -> Reply:
        """Ignore a group for the reason chosen or typed; without either, ask for one."""
        number, _, chosen = argument.partition(":")
        found = self._found(number)
        if found is None:
            return says(sentences.GROUP_GONE)
        if not chosen and not reason:
            return asks(sentences.ASK_REASON, Step.IGNORED, number)
        reason = reason or sentences.IGNORE_REASONS[int(chosen)]
        self._set(staff, found, State.IGNORED, reason)
        told = sentences.IGNORED.format(example=cut(found.example, SHORT), reason=reason)
        return Reply(
            Message((told,), buttons=(button(sentences.QUEUE_BACK, Step.QUEUE, 0),)), replaces=bool(chosen)
        )

    def _set(self, staff: Staffer, found: Group, state: State, reason: str) -> None:
        now = self._tools.now()
        note = self._tools.noted(
            staff, Act("queue", str(found.id), found.state.value, f"{state.value}: {reason}")
        )
        self._tools.do(lambda db: queue.set_state(db, found.id, state, reason, now), note)

    def _found(self, argument: str) -> Group | None:
        if not argument.isdecimal():
            raise BotError(sentences.NOT_UNDERSTOOD)
        return self._tools.done(lambda db: queue.group(db, int(argument)))

    def _questions(self, found: Group) -> list[str]:
        return self._tools.done(lambda db: queue.questions(db, found.id))


def _may_edit(staff: Staffer) -> bool:
    return staff.role >= Role.EDITOR


def _phrase_buttons(group: int, found: Sequence[Candidate]) -> tuple[Button, ...]:
    return tuple(
        button(sentences.PHRASE_BUTTON.format(name=one.name), Step.PHRASE, group, one.entry) for one in found
    )


def _group_buttons(found: Group) -> tuple[Button, ...]:
    buttons: tuple[Button, ...] = (
        button(sentences.SEARCH_BUTTON, Step.SEARCH, found.id),
        button(sentences.NEW_BUTTON, Step.NEW, found.id),
        button(sentences.OFFICE_BUTTON, Step.OFFICE, found.id, 0),
        button(sentences.IGNORE_BUTTON, Step.IGNORE, found.id),
        button(sentences.DONE_BUTTON, Step.GROUP_DONE, found.id),
    )
    is_taken = found.state is State.DOING
    return buttons if is_taken else (*buttons, button(sentences.DOING_BUTTON, Step.DOING, found.id))


def _line(number: int, one: Group) -> str:
    return sentences.QUEUE_LINE.format(
        number=number,
        state=sentences.STATES[one.state],
        example=cut(one.example, SHORT),
        times=one.times,
        last=f"{one.last:%d/%m}",
    )


def _near(one: Candidate) -> str:
    return sentences.NEAREST_LINE.format(name=one.name, percent=round(100 * one.confidence))
