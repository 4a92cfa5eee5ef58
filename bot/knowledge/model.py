"""What all models of the knowledge files share: their base, and the plain types of their fields.

Models are frozen. Every scalar arrives as the string the clerk typed; the only
conversion made here is from `YYYY-MM-DD` to a date.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints

ID_PATTERN = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
ID_LENGTH = 52  # characters; callback_data holds 64 bytes and needs a prefix


def as_lines(value: Any) -> Any:
    """A single line is a list of one."""
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
Day = Annotated[date, BeforeValidator(_as_date)]
Unverified = Annotated[Mapping[str, str], BeforeValidator(_as_mapping)]
OldId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$", max_length=64)]
Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=ID_LENGTH)]


class Model(BaseModel):
    """Base of everything a clerk writes: immutable, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True)
