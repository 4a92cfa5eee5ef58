"""The knowledge base as one immutable value; a new publication is a new value."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any

from bot.knowledge.calendar import Calendar
from bot.knowledge.entries import ENTRY_KINDS, Entry, Topic, Unpublished, Ward
from bot.knowledge.language import Language

Texts = Mapping[str, tuple[str, ...]]
BESIDE = ("further", "background", "asked")  # see Beside


@dataclass(frozen=True, slots=True)
class Beside:
    """Questions beside the entries.

    `further`: phrasings by entry. `background`: by kind, what no entry answers. `asked`: by the part of an
    answer that they ask for ("other": none in particular).
    """

    further: Texts = field(default_factory=dict)
    background: Texts = field(default_factory=dict)
    asked: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True, repr=False)
class Knowledge:
    """Everything the bot knows.

    `entries` is by id, in file order; `version`: a hash of the files' bytes (12 hex digits). `_beside` is
    read when first asked for: answering does without, where all was learned before.
    """

    ward: Ward
    calendar: Calendar
    entries: Mapping[str, Entry]
    language: Language
    version: str
    _beside: Callable[[], Beside] = field(compare=False)
    _by_any_id: Mapping[str, str]
    _members: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(
        cls,
        ward: Ward,
        calendar: Calendar,
        entries: Iterable[Entry],
        language: Language,
        version: str,
        beside: Callable[[], Beside] = Beside,
    ) -> "Knowledge":
        """Build the snapshot from checked parts; `beside` is called once, when first needed."""
        by_id = {entry.id: entry for entry in entries}
        any_id = {old.casefold(): e.id for e in by_id.values() for old in e.also}
        any_id |= {id_: id_ for id_ in by_id}
        members: dict[str, tuple[str, ...]] = {}
        for entry in by_id.values():
            if entry.family:
                members[entry.family] = (*members.get(entry.family, ()), entry.id)
        return cls(
            ward,
            calendar,
            MappingProxyType(by_id),
            language,
            version,
            cache(beside),
            MappingProxyType(any_id),
            MappingProxyType(members),
        )

    def __repr__(self) -> str:
        return f"Knowledge({self.version}, {len(self.entries)} entries)"

    def plain(self) -> dict[str, Any]:
        """The snapshot as lists, mappings and texts."""
        return {
            "ward": self.ward.model_dump(mode="json"),
            "calendar": self.calendar.model_dump(mode="json"),
            "language": self.language.model_dump(mode="json", by_alias=True),
            "entries": [e.model_dump(mode="json", exclude_defaults=True) for e in self.entries.values()],
            **{name: dict(getattr(self._beside(), name)) for name in BESIDE},
        }

    @classmethod
    def of_plain(cls, plain: Mapping[str, Any], version: str) -> "Knowledge":
        """The snapshot that `plain` came from. Raises KeyError, TypeError or ValueError for anything else."""
        beside = Beside(*({owner: tuple(texts) for owner, texts in plain[name].items()} for name in BESIDE))
        return cls.of(
            Ward.model_validate(plain["ward"]),
            Calendar.model_validate(plain["calendar"]),
            [ENTRY_KINDS[raw["kind"]].model_validate(raw) for raw in plain["entries"]],  # type: ignore[misc]
            Language.model_validate(plain["language"]),
            version,
            lambda: beside,
        )

    def find(self, id_: str) -> Entry | None:
        """The entry with this id or older id (`also`), in any case; None when there is none."""
        known = self._by_any_id.get(id_.casefold())
        return None if known is None else self.entries[known]

    def phrasings(self, id_: str) -> tuple[str, ...]:
        """Every known way to ask for an entry, its own first."""
        return self.entries[id_].phrasings + self._beside().further.get(id_, ())

    @property
    def background(self) -> Texts:
        """Questions that no entry answers, by kind."""
        return self._beside().background

    @property
    def asked(self) -> Texts:
        """Questions by the part of an answer that they ask for."""
        return self._beside().asked

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
