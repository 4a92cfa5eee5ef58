"""One entry: as the citizen sees it, and changing it in guided steps."""

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from bot.answering import Message
from bot.errors import BotError
from bot.knowledge.dated import Line
from bot.knowledge.entries import Entry
from bot.knowledge.review.work_list import CONFIDENCE
from bot.publishing.edits import AddPhrasings, RemovePhrasing, SetDays, SetLines
from bot.roles import Role, Staffer
from bot.staff import sentences
from bot.staff.names import field_name, typed_lines
from bot.staff.paging import paged
from bot.staff.publish_work import PublishWork
from bot.staff.reply import Reply, asks, button, reference, says
from bot.staff.steps import Step
from bot.staff.tools import Tools

FIELDS = (
    "fee",
    "time",
    "where",
    "online",
    "how",
    "text",
    "look_up",
    "statement",
    "summary",
    "audience",
    "notes",
    "name",
)
# ^ what can be changed from the phone, in the order of its buttons; the rest is changed in the files
MONTHS = (3, 6)  # until an entry that was read today is to be read again
DAYS_IN_MONTH = 30
PAGE = 8  # phrasings on a page
LONGEST = 60  # characters of a phrasing on a button


class EntryWork:
    """Shows entries and changes them."""

    def __init__(self, tools: Tools, publishing: PublishWork) -> None:
        self._tools = tools
        self._publishing = publishing

    def see(self, staff: Staffer, words: str) -> Reply:
        """An entry as the citizen sees it, with what staff must know of it."""
        found = self._which(words, "/xem", Step.SEE)
        if isinstance(found, Reply):
            return found
        message = self._tools.assistant().open(found.id).message
        edit = (button(sentences.EDIT_BUTTON, Step.EDIT, found.id),) if staff.role >= Role.EDITOR else ()
        facts = (f"— {sentences.SEEN_FACTS} —", *self._facts(found))
        return Reply(replace(message, footer=(*message.footer, "", *facts), buttons=edit))

    def edit(self, staff: Staffer, words: str) -> Reply:
        """What can be changed of an entry."""
        found = self._which(words, "/sua", Step.EDIT)
        if isinstance(found, Reply):
            return found
        buttons = [
            button(f"✏️ {field_name(field).capitalize()}", Step.FIELD, FIELDS.index(field), found.id)
            for field in FIELDS
            if field in type(found).model_fields
        ]
        buttons += [
            button(
                sentences.CONFIRM_BUTTON.format(field=field_name(field)),
                Step.CONFIRM,
                FIELDS.index(field),
                found.id,
            )
            for field in found.unverified
            if field in FIELDS
        ]
        buttons += [
            *(
                button(sentences.DAYS_BUTTON.format(months=months), Step.DAYS, months, found.id)
                for months in MONTHS
            ),
            button(sentences.ADD_BUTTON, Step.ADD, found.id),
            button(sentences.REMOVE_BUTTON, Step.REMOVE, 0, found.id),
            button(sentences.SEE_BUTTON, Step.SEE, found.id),
        ]  # fmt: skip
        title = sentences.EDIT_TITLE.format(name=found.name)
        return Reply(Message((*self._facts(found), sentences.EDIT_WHICH), title, buttons=tuple(buttons)))

    def field(self, staff: Staffer, argument: str) -> Reply:
        """Ask for the new text of a part."""
        field, found = self._part(argument)
        lines = _lines(found, field)
        if any(isinstance(line, Line) for line in lines):
            dated = sentences.DATED_FIELD.format(field=field_name(field), id=found.id)
            return Reply(Message((dated, *lines), found.name))
        name = field_name(field).capitalize()
        told = (
            (sentences.FIELD_NOW.format(field=name), *lines)
            if lines
            else (sentences.FIELD_EMPTY.format(field=name),)
        )
        return Reply(
            Message((*told, "", sentences.ASK_FIELD), found.name, reference=reference(Step.FIELD, argument))
        )

    def typed(self, staff: Staffer, argument: str, text: str) -> Reply:
        """Try the new text of a part."""
        field, found = self._part(argument)
        lines, source = _read(text)
        before = _lines(found, field)
        if lines is None:
            lines = ()
        elif not lines:
            lines = before  # only the source was told: the part is confirmed as it is
        edit = SetLines(
            found.id, field, lines, confirmed=bool(source), source=source, day=self._today()
        )  # fmt: skip
        shown = (_told(sentences.PART_BEFORE, before), _told(sentences.PART_AFTER, lines))
        return self._publishing.attempt(staff, edit, shown=shown)

    def confirm(self, staff: Staffer, argument: str) -> Reply:
        """Try a part as it is, no longer unverified."""
        field, found = self._part(argument)
        edit = SetLines(found.id, field, _lines(found, field), confirmed=True, source="", day=self._today())
        return self._publishing.attempt(staff, edit)

    def days(self, staff: Staffer, argument: str) -> Reply:
        """Try the entry as read today, to be read again in some months."""
        months, _, id_ = argument.partition(":")
        found, today = self._entry(id_), self._today()
        if not months.isdecimal() or int(months) not in MONTHS:
            raise BotError(sentences.NOT_UNDERSTOOD)
        due = date.fromordinal(today.toordinal() + int(months) * DAYS_IN_MONTH)
        return self._publishing.attempt(staff, SetDays(found.id, today, due))

    def add(self, staff: Staffer, argument: str) -> Reply:
        """Ask for a further phrasing."""
        return asks(sentences.ASK_PHRASING, Step.ADD, self._entry(argument).id)

    def added(self, staff: Staffer, argument: str, text: str) -> Reply:
        """Try further phrasings, a line each."""
        edit = AddPhrasings(self._entry(argument).id, typed_lines(text))
        return self._publishing.attempt(staff, edit)

    def remove(self, staff: Staffer, argument: str) -> Reply:
        """Which phrasing goes?"""
        page_text, _, id_ = argument.partition(":")
        found = self._entry(id_)
        phrasings = self._tools.assistant().knowledge.phrasings(found.id)
        page, pages = int(page_text or 0), max(1, -(-len(phrasings) // PAGE))
        first = page * PAGE
        buttons = [
            button(text[:LONGEST], Step.REMOVED, number, found.id)
            for number, text in enumerate(phrasings[first : first + PAGE], first)
        ]
        title = sentences.REMOVE_WHICH.format(page=page + 1, pages=pages)
        leaf = paged(Step.REMOVE, page, pages, after=(found.id,))
        return Reply(Message((found.name,), title, buttons=(*buttons, *leaf)), replaces=bool(page))

    def removed(self, staff: Staffer, argument: str) -> Reply:
        """Try the entry without a phrasing."""
        number, _, id_ = argument.partition(":")
        found = self._entry(id_)
        phrasings = self._tools.assistant().knowledge.phrasings(found.id)
        if not number.isdecimal() or int(number) >= len(phrasings):
            raise BotError(sentences.NOT_UNDERSTOOD)
        return self._publishing.attempt(staff, RemovePhrasing(found.id, phrasings[int(number)]))

    def _which(self, words: str, command: str, step: Step) -> Entry | Reply:
        """The entry of this id, or a choice of those whose names are near."""
        if not words:
            return says(sentences.WHICH_ENTRY.format(command=command))
        found = self._tools.entry(words)
        if found is not None:
            return found
        near = self._tools.nearest(words)
        if not near:
            return says(sentences.NO_ENTRY.format(id=words, command=command))
        return says(sentences.CHOOSE_ENTRY, buttons=tuple(button(one.name, step, one.entry) for one in near))

    def _facts(self, entry: Entry) -> Iterator[str]:
        """What staff must know of an entry."""
        knowledge, today = self._tools.assistant().knowledge, self._today()
        topic = knowledge.topic(entry.topic)
        yield sentences.SEEN_PLACE.format(
            id=entry.id, kind=sentences.KINDS[entry.kind], topic=topic.name if topic else entry.topic
        )
        late = sentences.LATE if entry.review_by < today else ""
        yield sentences.SEEN_DAYS.format(
            verified=f"{entry.verified:%d/%m/%Y}", review_by=f"{entry.review_by:%d/%m/%Y}", late=late
        )
        unconfirmed = entry.unconfirmed()
        for field, what in unconfirmed.items():
            yield sentences.SEEN_UNVERIFIED.format(
                field=field_name(field), what=what or sentences.UNVERIFIED_WHAT
            )
        if not unconfirmed:
            yield sentences.SEEN_ALL_VERIFIED
        if entry.confidence:
            yield sentences.SEEN_CONFIDENCE.format(confidence=CONFIDENCE[entry.confidence])
        yield sentences.SEEN_PHRASINGS.format(count=len(knowledge.phrasings(entry.id)))
        reason = self._tools.reason_off(entry.id)
        if reason is not None:
            yield sentences.SEEN_OFF.format(reason=reason)

    def _part(self, argument: str) -> tuple[str, Entry]:
        number, _, id_ = argument.partition(":")
        found = self._entry(id_)
        field = FIELDS[int(number)] if number.isdecimal() and int(number) < len(FIELDS) else ""
        if field not in type(found).model_fields:
            raise BotError(sentences.NOT_UNDERSTOOD)
        return field, found

    def _entry(self, id_: str) -> Entry:
        found = self._tools.entry(id_)
        if found is None:
            raise BotError(sentences.NOT_UNDERSTOOD)
        return found

    def _today(self) -> date:
        return self._tools.now().date()


def _lines(entry: Entry, field: str) -> tuple[str, ...]:
    value = getattr(entry, field) or ()
    return (value,) if isinstance(value, str) else tuple(value)


def _told(form: str, lines: tuple[str, ...]) -> str:
    return form.format(text=" / ".join(lines) or sentences.PART_EMPTY)


def _read(text: str) -> tuple[tuple[str, ...] | None, str]:
    """The lines that were typed, None where the part is to go; and the source told in the last line."""
    lines = list(typed_lines(unicodedata.normalize("NFC", text)))
    source = ""
    if lines and lines[-1].lower().startswith(sentences.SOURCE):
        source = lines.pop()[len(sentences.SOURCE) :].strip()
    is_gone = [line.casefold().rstrip(".") for line in lines] == [sentences.NOTHING]
    return (None if is_gone else tuple(lines)), source
