"""Completing a new entry from the phone: its kind, its topic, what it says, where that was read."""

from dataclasses import replace

from bot.answering import Message
from bot.clock import stamp
from bot.errors import BotError
from bot.publishing.edits import AddEntry
from bot.roles import Staffer
from bot.staff import draft as drafts
from bot.staff import sentences
from bot.staff.audit import Act
from bot.staff.draft import NEEDED, PHRASINGS, SOURCES, Draft, id_of
from bot.staff.names import cut, field_name, typed_lines
from bot.staff.publish_work import PublishWork
from bot.staff.reply import Reply, asks, button, says
from bot.staff.steps import Step
from bot.staff.tools import Tools

FIRST_KIND = "information"
SHOWN = 120  # characters of what a part says


class Drafts:
    """Leads staff from a name to an entry that can be published."""

    def __init__(self, tools: Tools, publishing: PublishWork) -> None:
        self._tools = tools
        self._publishing = publishing

    def begin(
        self,
        staff: Staffer,
        name: str,
        phrasings: list[str],
        group: int | None = None,
        text: tuple[str, ...] = (),
    ) -> Reply:
        """A draft with this name; `text`: what it says already."""
        name = " ".join(name.split())
        id_ = id_of(name)
        if not id_:
            return says(sentences.NAME_EMPTY)
        begun = self._tools.done(lambda db: drafts.find(db, id_))
        if begun is not None:
            more = tuple(text for text in phrasings if text not in begun.phrasings)
            begun = begun.having(PHRASINGS, (*begun.phrasings, *more))
            self._keep(staff, begun, "")
            return self._page(begun)
        if self._tools.entry(id_) is not None:
            return says(sentences.NAME_TAKEN.format(name=name))
        near = self._tools.nearest(name)
        knowledge = self._tools.assistant().knowledge
        topic = knowledge.entries[near[0].entry].topic if near else knowledge.ward.topics[0].id
        parts = {"text": text} if text else {}
        made = Draft(id_, name, FIRST_KIND, topic, tuple(phrasings), parts, group)
        self._keep(staff, made, "")
        return self._page(made)

    def show(self, staff: Staffer, argument: str) -> Reply:
        """What a draft says and lacks."""
        return self._page(self._found(argument))

    def kind(self, staff: Staffer, argument: str) -> Reply:
        """Make it an entry of another kind."""
        following, _, id_ = argument.partition(":")
        found = self._found(id_)
        if following not in NEEDED:
            raise BotError(sentences.NOT_UNDERSTOOD)
        changed = replace(found, kind=following)
        self._keep(staff, changed, found.kind)
        return self._page(changed, replaces=True)

    def topic(self, staff: Staffer, argument: str) -> Reply:
        """Choose the topic, or set the one chosen."""
        topic, _, id_ = argument.partition(":")
        found, knowledge = self._found(id_), self._tools.assistant().knowledge
        if not topic:
            buttons = tuple(
                button(each.name, Step.DRAFT_TOPIC, each.id, id_) for each in knowledge.ward.topics
            )
            return Reply(Message((sentences.ASK_TOPIC,), buttons=buttons), replaces=True)
        if knowledge.topic(topic) is None:
            raise BotError(sentences.NOT_UNDERSTOOD)
        changed = replace(found, topic=topic)
        self._keep(staff, changed, found.topic)
        return self._page(changed, replaces=True)

    def ask(self, staff: Staffer, argument: str) -> Reply:
        """Ask for one part."""
        name, _, id_ = argument.partition(":")
        if name not in self._found(id_).fields:
            raise BotError(sentences.NOT_UNDERSTOOD)
        return asks(sentences.ASK_DRAFTS[name], Step.DRAFT_FIELD, argument)

    def told(self, staff: Staffer, argument: str, text: str) -> Reply:
        """One part as it was typed, a line each."""
        name, _, id_ = argument.partition(":")
        found = self._found(id_)
        if name not in found.fields:
            raise BotError(sentences.NOT_UNDERSTOOD)
        changed = found.having(name, typed_lines(text))
        self._keep(staff, changed, "" if name == PHRASINGS else "; ".join(found.said(name)))
        return self._page(changed)

    def attempt(self, staff: Staffer, argument: str) -> Reply:
        """Try the entry, once it is complete."""
        found = self._found(argument)
        if found.missing:
            return self._page(found)
        edit = AddEntry(found.to_yaml(self._tools.now().date()))
        return self._publishing.attempt(staff, edit, found.group)

    def drop(self, staff: Staffer, argument: str) -> Reply:
        """Throw a draft away."""
        found = self._found(argument)
        note = self._tools.noted(staff, Act("draft", found.id, found.name, ""))
        self._tools.do(lambda db: drafts.drop(db, found.id), note)
        return Reply(Message((sentences.DRAFT_DROPPED.format(name=found.name),)), replaces=True)

    def _page(self, found: Draft, *, replaces: bool = False) -> Reply:
        knowledge = self._tools.assistant().knowledge
        topic = knowledge.topic(found.topic)
        kind, topic_name = sentences.KINDS[found.kind], topic.name if topic else found.topic
        lead = [_part(found, name) for name in found.fields]
        missing = ", ".join(map(_name, found.missing))
        lead.append(sentences.DRAFT_MISSING.format(fields=missing) if missing else sentences.DRAFT_READY)
        lead.append(sentences.DRAFT_ID.format(kind=kind, topic=topic_name))
        buttons = [
            button(f"✍️ {_name(name).capitalize()}", Step.DRAFT_FIELD, name, found.id) for name in found.fields
        ]
        buttons += [
            *(
                button(
                    sentences.KIND_BUTTON.format(kind=sentences.KINDS[other]),
                    Step.DRAFT_KIND,
                    other,
                    found.id,
                )
                for other in NEEDED
                if other != found.kind
            ),
            button(sentences.TOPIC_BUTTON.format(topic=topic_name), Step.DRAFT_TOPIC, "", found.id),
        ]
        if not missing:
            buttons.append(button(sentences.TRY_BUTTON, Step.DRAFT_DONE, found.id))
        buttons.append(button(sentences.DRAFT_DROP_BUTTON, Step.DRAFT_DROP, found.id))
        title = sentences.DRAFT_TITLE.format(name=found.name)
        return Reply(Message(tuple(lead), title, buttons=tuple(buttons)), replaces=replaces)

    def _found(self, id_: str) -> Draft:
        found = self._tools.done(lambda db: drafts.find(db, id_))
        if found is None:
            raise BotError(sentences.DRAFT_GONE)
        return found

    def _keep(self, staff: Staffer, draft: Draft, before: str) -> None:
        note = self._tools.noted(staff, Act("draft", draft.id, before, f"{draft.kind} {draft.topic}"))
        time = stamp(self._tools.now())
        self._tools.do(lambda db: drafts.keep(db, draft, time), note)


def _name(field: str) -> str:
    return sentences.SOURCES if field == SOURCES else field_name(field)


def _part(found: Draft, name: str) -> str:
    text = " / ".join(found.said(name))
    form = sentences.DRAFT_HAS if text else sentences.DRAFT_LACKS
    return form.format(field=_name(name).capitalize(), text=cut(text, SHOWN))
