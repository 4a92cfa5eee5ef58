"""What holds only on some days: the part of a value that says when, and an entry as it is on one day."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Annotated, Any, Self, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    Field,
    GetJsonSchemaHandler,
    PlainSerializer,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    model_validator,
)
from pydantic_core import CoreSchema

from bot.clock import DAY
from bot.knowledge.model import Day, Model, Text, as_lines

E = TypeVar("E", bound=BaseModel)


class Dated(Model):
    """A value with the first and the last day on which it holds; without them it always does.

    `unverified`: what is not confirmed of this value alone, while the rest of its field is.
    """

    from_: Annotated[Day | None, Field(alias="from")] = None
    until: Day | None = None
    unverified: Text | None = None

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> Self:
        if self.from_ and self.until and self.until < self.from_:
            raise ValueError("dates_turned")
        return self


class DatedText(Dated):
    """How a clerk writes a line that holds only on some days."""

    text: Text


PLAIN = frozenset({str, date, type(None)})  # types of values that always hold, and hold nothing
KEYS = frozenset(
    {"text", "from", "until", "unverified"}
)  # one of them tells a dated line from a colon in plain text


class Line(str):
    """A line of text that holds only on some days; everywhere else it is text like any other."""

    from_: date | None = None
    until: date | None = None
    unverified: str | None = None

    @classmethod
    def of(cls, dated: DatedText) -> "Line":
        """The line that a clerk wrote with its days."""
        line = cls(dated.text)
        line.from_, line.until, line.unverified = dated.from_, dated.until, dated.unverified
        return line

    def plain(self) -> dict[str, str]:
        """The line as a clerk writes it."""
        said = {"from": self.from_, "until": self.until, "unverified": self.unverified}
        return {"text": str(self), **{name: str(value) for name, value in said.items() if value}}


def _read(value: Any, read_text: ValidatorFunctionWrapHandler) -> str:
    if isinstance(value, Line):
        return value
    if isinstance(value, dict) and KEYS & value.keys():
        return Line.of(DatedText.model_validate(value))
    text: str = read_text(value)
    return text


class _AsWritten:
    """Tells an editor both ways to write a line."""

    @staticmethod
    def __get_pydantic_json_schema__(line: CoreSchema, schema_of: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [schema_of(line), schema_of(DatedText.__pydantic_core_schema__)]}


LineText = Annotated[
    Text,
    WrapValidator(_read),
    PlainSerializer(lambda line: line.plain() if isinstance(line, Line) else line),
    _AsWritten(),
]
Lines = Annotated[tuple[LineText, ...], BeforeValidator(as_lines), Field(min_length=1)]


def holds(value: object, day: date) -> bool:
    """Whether a value holds on a day."""
    if not isinstance(value, Line | Dated):
        return True
    return (value.from_ is None or value.from_ <= day) and (value.until is None or day <= value.until)


def on(entry: E, day: date) -> E:
    """The entry as it is on a day: what does not hold then is left out."""
    found: dict[str, Any] = {}
    for name in _fields(type(entry)):
        value = getattr(entry, name)
        then = _on(value, day)
        if then is not value:
            found[name] = then
    return entry.model_copy(update=found) if found else entry


def _on(value: Any, day: date) -> Any:
    """The value as it is on the day; the very same object where nothing is left out."""
    if isinstance(value, BaseModel):
        return on(value, day)
    if not isinstance(value, tuple) or all(type(part) is str for part in value):  # that always holds
        return value
    kept = tuple(_on(part, day) for part in value if holds(part, day))
    same = len(kept) == len(value) and all(one is other for one, other in zip(kept, value, strict=True))
    return value if same else kept


def dated_values(value: object) -> Iterator[Line | Dated]:
    """Every value in an entry, or in a part of one, that could carry days."""
    found: list[Line | Dated] = []
    if type(value) not in PLAIN:
        _gather(value, found)
    return iter(found)


def _gather(value: object, found: list[Line | Dated]) -> None:
    """Put into `found` what `dated_values` gives."""
    if isinstance(value, Line | Dated):
        found.append(value)
    if isinstance(value, BaseModel):
        for name in _fields(type(value)):
            field = getattr(value, name)
            if type(field) not in PLAIN:
                _gather(field, found)
    elif isinstance(value, tuple):
        for part in value:
            if type(part) not in PLAIN:
                _gather(part, found)


@cache
def _fields(model: type[BaseModel]) -> tuple[str, ...]:
    """The names of a model's fields."""
    return tuple(model.model_fields)


def change_days(value: object) -> list[date]:
    """The days, in order, on which an entry or a part of it says something else than the day before."""
    days = set()
    for dated in dated_values(value):
        if dated.from_:
            days.add(dated.from_)
        if dated.until and dated.until < date.max:
            days.add(dated.until + DAY)
    return sorted(days)
