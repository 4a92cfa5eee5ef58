"""The knowledge base as one immutable value; a new publication is a new value."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.knowledge.entries import Entry, Topic, Unpublished, Ward
from bot.knowledge.language import Language


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything the bot knows.

    `entries` is by id, in file order; `version` is a hash of the files' bytes (12 hex digits).
    """

    ward: Ward
    entries: Mapping[str, Entry]
    language: Language
    version: str
    _by_any_id: Mapping[str, str]
    _members: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, ward: Ward, entries: Iterable[Entry], language: Language, version: str) -> "Knowledge":
        """Build the snapshot from checked parts."""
        by_id = {entry.id: entry for entry in entries}
        any_id = {old.casefold(): e.id for e in by_id.values() for old in e.also}
        any_id |= {id_: id_ for id_ in by_id}
        members: dict[str, tuple[str, ...]] = {}
        for entry in by_id.values():
            if entry.family:
                members[entry.family] = (*members.get(entry.family, ()), entry.id)
        return cls(
            ward,
            MappingProxyType(by_id),
            language,
            version,
            MappingProxyType(any_id),
            MappingProxyType(members),
        )

    def find(self, id_: str) -> Entry | None:
        """The entry with this id or older id (`also`), in any case; None when there is none."""
        known = self._by_any_id.get(id_.casefold())
        return None if known is None else self.entries[known]

    def members(self, head: str) -> tuple[Entry, ...]:
        """The members of the family that `head` leads; empty when it leads none."""
        return tuple(self.entries[id_] for id_ in self._members.get(head, ()))

    def family(self, id_: str) -> frozenset[str]:
        """The ids of the whole family of an entry: its head and every member."""
        head = self.entries[id_].family or id_
        return frozenset((head, *self._members.get(head, ())))

    def kin(self, id_: str) -> frozenset[str]:
        """The family, and what an answer of this entry offers as nearest: no rivals to it."""
        entry = self.entries[id_]
        nearest = entry.nearest if isinstance(entry, Unpublished) else ()
        return self.family(id_) | frozenset(nearest)

    def topic(self, id_: str) -> Topic | None:
        """The topic with this id."""
        return next((topic for topic in self.ward.topics if topic.id == id_), None)
