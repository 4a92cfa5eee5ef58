"""The shape of one knowledge entry: what a clerk may write, field by field."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from bot.knowledge.dated import Dated, Lines, dated_values
from bot.knowledge.model import Day, Id, Model, OldId, Text, Unverified


class Source(Model):
    """Where facts were read: a law, a portal record or a newspaper, with its date; `fields`: which facts."""

    name: Text
    date: Text | None = None
    url: Text | None = None
    fields: tuple[Text, ...] = ()


class Document(Dated):
    """One paper; `when` says in which case it is needed, absent means always."""

    name: Text
    when: Text | None = None


class Documents(Model):
    """The papers to hand in and those only to show; `note`: what to know of them, or where none is named."""

    submit: tuple[Document, ...] = ()
    show: tuple[Document, ...] = ()
    note: Lines | None = None


class Form(Dated):
    """A form the citizen fills in; `code` and `url` only where officially known."""

    name: Text
    code: Text | None = None
    url: Text | None = None


class Reason(Dated):
    """Why a file is often sent back, how to avoid that, and where this was read."""

    reason: Text
    avoid: Text
    source: Text
    date: Text | None = None


class BaseEntry(Model):
    """What every kind of entry has."""

    FACTS: ClassVar[frozenset[str]] = frozenset()  # fields that `unverified` may name

    id: Id
    name: Text
    topic: Id
    also: tuple[OldId, ...] = ()
    family: Id | None = None
    phrasings: Annotated[tuple[Text, ...], Field(min_length=1)]
    notes: Lines | None = None
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    verified: Day
    review_by: Day
    confidence: Literal["high", "medium", "low"] | None = None
    unverified: Unverified = Field({})

    def unconfirmed(self) -> Mapping[str, str]:
        """What is not confirmed, by field: of the whole field, or of a single value in it."""
        found = dict(self.unverified)
        for field in sorted(type(self).FACTS):
            for value in dated_values(getattr(self, field)):
                if value.unverified:
                    found[field] = "; ".join(filter(None, (found.get(field), value.unverified)))
        return found


class Procedure(BaseEntry):
    """Something a citizen does at the ward, the ward's police or its other desks."""

    FACTS = frozenset(
        [
            "code",
            "audience",
            "documents",
            "forms",
            "fee",
            "time",
            "where",
            "online",
            "steps",
            "result",
            "returned",
            "legal",
            "notes",
        ]
    )

    kind: Literal["procedure"]
    summary: Lines | None = None
    code: Text | None = None
    audience: Lines
    documents: Documents
    forms: tuple[Form, ...] = ()
    fee: Lines | None = None
    time: Lines | None = None
    where: Lines
    online: Lines | None = None
    steps: Lines | None = None
    result: Lines | None = None
    returned: tuple[Reason, ...] = ()
    legal: Lines


class Result(BaseEntry):
    """A figure or fact the ward has published, exactly as published."""

    FACTS = frozenset(["statement", "value", "unit", "qualifier", "period", "occasion", "notes"])

    kind: Literal["result"]
    statement: Text
    value: Text | None = None
    unit: Text | None = None
    qualifier: Text | None = None
    period: Text | None = None
    occasion: Text
    together: tuple[Id, ...] = ()


class Information(BaseEntry):
    """Something worth knowing that is no procedure: the ward, the reform, hours, channels."""

    FACTS = frozenset({"text", "notes"})

    kind: Literal["information"]
    text: Lines


class Elsewhere(BaseEntry):
    """Not the ward's job: who does it instead, where and how."""

    FACTS = frozenset(
        [
            *("who", "where", "how", "online", "fee", "time", "documents", "forms", "returned"),
            *("legal", "code", "notes"),
        ]
    )

    kind: Literal["elsewhere"]
    who: Text
    where: Lines
    how: Lines
    online: Lines | None = None
    fee: Lines | None = None
    time: Lines | None = None
    documents: Documents | None = None
    legal: Lines | None = None
    forms: tuple[Form, ...] = ()
    returned: tuple[Reason, ...] = ()
    code: Text | None = None


class Unpublished(BaseEntry):
    """Asked for, but nobody has published it; names the nearest thing that is published."""

    FACTS = frozenset({"notes"})

    kind: Literal["unpublished"]
    missing: Text
    nearest: tuple[Id, ...] = ()


class PersonalFile(BaseEntry):
    """What only an office's records can tell about one person: where that person looks it up."""

    FACTS = frozenset({"look_up", "notes"})

    kind: Literal["personal"]
    look_up: Lines


Entry = Procedure | Result | Information | Elsewhere | Unpublished | PersonalFile
ENTRY_KINDS: dict[str, type[BaseEntry]] = {
    "procedure": Procedure,
    "result": Result,
    "information": Information,
    "elsewhere": Elsewhere,
    "unpublished": Unpublished,
    "personal": PersonalFile,
}


class Topic(Model):
    """A shelf of entries, as shown to citizens."""

    id: Id
    name: Text


class Hotline(Model):
    """A published number, who answers it and what it is for."""

    number: Text
    name: Text


class Ward(Model):
    """`ward.yaml`: who we are and where a question goes that the bot cannot answer."""

    name: Text
    city: Text
    reception: Text
    portal: Text
    hotlines: Annotated[tuple[Hotline, ...], Field(min_length=1)]
    hours: Id
    examples: Annotated[tuple[Text, ...], Field(min_length=1)]
    topics: Annotated[tuple[Topic, ...], Field(min_length=1)]
