"""Messages a citizen leafs through: the menu, and what is stored about them."""

from collections.abc import Iterator, Sequence

from bot import sentences
from bot.answering.actions import Browse, Erase, Open, Rate, Role
from bot.answering.answer import Button, Message, Section
from bot.facets import Facet
from bot.knowledge import Knowledge
from bot.knowledge.entries import Entry, Topic, Unpublished
from bot.privacy.rights import Stored
from bot.tickets import Kind
from bot.verdicts import REASONS, Verdict

PAGE = 8  # entries on a page of the menu


class Pages:
    """Writes menu and privacy pages from one knowledge snapshot."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def browse(self, topic_id: str | None, page: int) -> Message | None:
        """The topics, or a page of one topic's entries; None when there is no such topic or page."""
        if topic_id is None:
            return self._topics()
        topic = self._knowledge.topic(topic_id)
        entries = self._entries(topic) if topic else []
        pages = -(-len(entries) // PAGE)
        if topic is None or not 0 <= page < pages:
            return None
        shown = entries[page * PAGE : (page + 1) * PAGE]
        title = (
            sentences.MENU_PAGE.format(topic=topic.name, page=page + 1, pages=pages)
            if pages > 1
            else topic.name
        )
        buttons = [Button(entry.name, Open(entry.id, None, Role.MENU)) for entry in shown]
        if page > 0:
            buttons.append(Button(sentences.MENU_BACK, Browse(topic.id, page - 1)))
        if page + 1 < pages:
            buttons.append(Button(sentences.MENU_ON, Browse(topic.id, page + 1)))
        buttons.append(Button(sentences.MENU_TOPICS, Browse()))
        return Message(lead=(sentences.MENU_ENTRIES,), title=title, buttons=tuple(buttons))

    def _topics(self) -> Message:
        topics = [topic for topic in self._knowledge.ward.topics if self._entries(topic)]
        buttons = tuple(Button(topic.name, Browse(topic.id, 0)) for topic in topics)
        return Message(lead=(sentences.MENU,), title=sentences.MENU_TITLE, buttons=buttons)

    def _entries(self, topic: Topic) -> list[Entry]:
        """The topic's entries; what is unpublished is no choice, and a family's head offers its members."""
        return [
            entry
            for entry in self._knowledge.entries.values()
            if entry.topic == topic.id and not isinstance(entry, Unpublished) and not self._is_offered(entry)
        ]

    def _is_offered(self, entry: Entry) -> bool:
        """Whether another entry of the same topic leads on to this one."""
        head = self._knowledge.find(entry.family) if entry.family else None
        return head is not None and head.topic == entry.topic and not isinstance(head, Unpublished)

    def reasons(self, entry: str, facet: Facet | None) -> Message:
        """What was wrong with an answer? One tap says it."""
        buttons = (Button(sentences.REASONS[verdict], Rate(entry, facet, verdict)) for verdict in REASONS)
        return Message(lead=(sentences.ASK_REASON,), buttons=tuple(buttons))

    def privacy(self) -> Message:
        """What is kept, how long, who sees it: ten lines."""
        return Message(lead=sentences.PRIVACY)

    def stored(self, things: Sequence[Stored], count: int, waiting: int) -> Message:
        """What is stored about the person, quoted: the newest of `count` things; `waiting`: in the outbox."""
        if not things and not waiting:
            return Message(lead=(sentences.NOTHING_STORED,))
        lead = [sentences.STORED.format(count=count)]
        if count > len(things):
            lead.append(sentences.STORED_NEWEST.format(count=len(things)))
        if waiting:
            lead.append(sentences.STORED_WAITING.format(count=waiting))
        return Message(
            lead=tuple(lead),
            details=(Section(sentences.STORED_TITLE, tuple(self._lines(things))),) if things else (),
            footer=(sentences.STORED_MORE,),
            instead=sentences.ASK_AGAIN,
        )

    def _lines(self, things: Sequence[Stored]) -> Iterator[str]:
        for thing in things:
            entry = self._knowledge.find(thing.entry) if thing.entry else None
            name = entry.name if entry else thing.entry
            if thing.ticket:
                what = f"“{thing.words}” · {sentences.STORED_TICKET[Kind(thing.ticket)]}"
            elif thing.verdict:
                what = sentences.STORED_RATING.format(
                    verdict=sentences.VERDICTS[Verdict(thing.verdict)], name=name
                )
            elif thing.words is not None:
                what = f"“{thing.words}”"
            elif name:
                facet = f" · {sentences.FACET_NAMES[Facet(thing.facet)]}" if thing.facet else ""
                what = sentences.STORED_TAP.format(name=name + facet)
            else:
                what = sentences.STORED_OTHER
            yield f"{thing.time[8:10]}/{thing.time[5:7]} {thing.time[11:16]} · {what}"

    def ask_erase(self) -> Message:
        """Ask once whether all of it is to go."""
        return Message(lead=(sentences.ASK_ERASE,), buttons=(Button(sentences.ERASE_BUTTON, Erase()),))
