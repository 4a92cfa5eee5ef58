"""A draft: an entry that is not complete yet, and the YAML it becomes."""

import json
import unicodedata
from collections.abc import Container, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, timedelta
from types import MappingProxyType

import yaml
from sqlite_utils import Database

from bot.text.words import split

LONGEST_ID = 40  # characters; a button that names the topic too must hold it
REVIEW = timedelta(days=90)  # after which a new entry is to be read again, unless somebody says otherwise
NEEDED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"information": ("text",), "elsewhere": ("who", "where", "how"), "unpublished": ("missing",)}
)  # what each kind must say; procedures and published figures are written in files, with all their papers
ONE_LINE = frozenset({"who", "missing"})
SOURCES, PHRASINGS = "sources", "phrasings"


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known of an entry to be. `parts`: lines by field; `group`: of the queue, None where of none."""

    id: str
    name: str
    kind: str
    topic: str
    phrasings: tuple[str, ...]
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    group: int | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """What it must have: what it says, its sources, ways to ask for it."""
        return (*NEEDED[self.kind], SOURCES, PHRASINGS)

    def said(self, name: str) -> tuple[str, ...]:
        """What it has of that."""
        return self.phrasings if name == PHRASINGS else self.parts.get(name, ())

    @property
    def missing(self) -> tuple[str, ...]:
        """What it does not say yet."""
        return tuple(name for name in self.fields if not self.said(name))

    def having(self, name: str, lines: tuple[str, ...]) -> "Draft":
        """The same with these lines."""
        if name == PHRASINGS:
            return replace(self, phrasings=lines)
        return replace(self, parts={**self.parts, name: lines})

    def to_yaml(self, today: date) -> str:
        """The entry as a list of one; checked and to be read again from `today` on."""
        entry: dict[str, object] = {"id": self.id, "kind": self.kind, "name": self.name, "topic": self.topic}
        entry["phrasings"] = list(self.phrasings)
        for name in NEEDED[self.kind]:
            lines = self.parts.get(name, ())
            entry[name] = " ".join(lines) if name in ONE_LINE else list(lines)
        entry[SOURCES] = [{"name": line} for line in self.parts.get(SOURCES, ())]
        entry["verified"], entry["review_by"] = today.isoformat(), (today + REVIEW).isoformat()
        return str(yaml.safe_dump([entry], allow_unicode=True, sort_keys=False, width=110))


def id_of(name: str) -> str:
    """The id that an entry of this name gets: its words without marks; "" where it has none."""
    words = "-".join(word.text for word in split(name)).replace("đ", "d")
    plain = unicodedata.normalize("NFD", words)
    return "".join(char for char in plain if char.isascii())[:LONGEST_ID].strip("-")


def keep(db: Database, draft: Draft, time: str) -> None:
    """Keep a draft, or what it has become."""
    content = json.dumps(asdict(draft), ensure_ascii=False)
    db.conn.execute(
        "INSERT INTO draft (id, time, grouped, content) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET content = excluded.content",  # it ends thirty days after it began
        (draft.id, time, draft.group, content),
    )


def find(db: Database, id_: str) -> Draft | None:
    """The draft with this id; None when there is none."""
    row = db.conn.execute("SELECT content FROM draft WHERE id = ?", (id_,)).fetchone()
    if row is None:
        return None
    plain = json.loads(row[0])
    parts = {name: tuple(lines) for name, lines in plain.pop("parts").items()}
    return Draft(**plain | {"phrasings": tuple(plain["phrasings"])}, parts=parts)


def all_of(db: Database) -> list[tuple[str, str]]:
    """Id and name of every draft, the oldest first."""
    rows = db.conn.execute("SELECT id, content FROM draft ORDER BY time, id")
    return [(id_, json.loads(content)["name"]) for id_, content in rows]


def drop_written(db: Database, entries: Container[str]) -> None:
    """Delete the drafts that are entries by now."""
    for (id_,) in db.conn.execute("SELECT id FROM draft").fetchall():
        if id_ in entries:
            drop(db, id_)


def drop(db: Database, id_: str) -> None:
    """Delete a draft."""
    db.conn.execute("DELETE FROM draft WHERE id = ?", (id_,))
