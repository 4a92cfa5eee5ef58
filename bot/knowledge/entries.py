"""The shape of one knowledge entry: what a clerk may write, field by field.

Models are frozen. Every scalar arrives as the string the clerk typed; the only
conversion made here is from `YYYY-MM-DD` to a date.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

ID_PATTERN = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
ID_LENGTH = 52  # characters; callback_data holds 64 bytes and needs a prefix


def _as_lines(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _as_mapping(value: Any) -> Any:
    """A plain list of names is a mapping to nothing in particular; anything else is left as it is."""
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        return value
    if len(set(value)) < len(value):
        raise ValueError("named_twice")
    return dict.fromkeys(value, "")


def _as_date(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise ValueError("date_form")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError("date_missing") from None


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Lines = Annotated[tuple[Text, ...], BeforeValidator(_as_lines), Field(min_length=1)]
Day = Annotated[date, BeforeValidator(_as_date)]
Unverified = Annotated[Mapping[str, str], BeforeValidator(_as_mapping)]
OldId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$", max_length=64)]
Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=ID_LENGTH)]


class Model(BaseModel):
    """Base of everything a clerk writes: immutable, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(Model):
    """Where facts were read: a law, a portal record or a newspaper, with its date; `fields`: which facts."""

    name: Text
    date: Text | None = None
    url: Text | None = None
    fields: tuple[Text, ...] = ()


class Document(Model):
    """One paper; `when` says in which case it is needed, absent means always."""

    name: Text
    when: Text | None = None


class Documents(Model):
    """The papers to hand in and those only to show; `note`: what to know where none is named."""

    submit: tuple[Document, ...] = ()
    show: tuple[Document, ...] = ()
    note: Text | None = None


class Form(Model):
    """A form the citizen fills in; `code` and `url` only where officially known."""

    name: Text
    code: Text | None = None
    url: Text | None = None


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
    unverified: Unverified = {}


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
            "legal",
            "notes",
        ]
    )

    kind: Literal["procedure"]
    summary: Text | None = None
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
        ["who", "where", "how", "online", "fee", "time", "documents", "forms", "legal", "code", "notes"]
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
    code: Text | None = None


class Unpublished(BaseEntry):
    """Asked for, but nobody has published it; names the nearest thing that is published."""

    FACTS = frozenset({"notes"})

    kind: Literal["unpublished"]
    missing: Text
    nearest: tuple[Id, ...] = ()


Entry = Procedure | Result | Information | Elsewhere | Unpublished
ENTRY_KINDS: dict[str, type[BaseEntry]] = {
    "procedure": Procedure,
    "result": Result,
    "information": Information,
    "elsewhere": Elsewhere,
    "unpublished": Unpublished,
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
