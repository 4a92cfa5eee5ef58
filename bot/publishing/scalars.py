"""Values as YAML text: what is written is read back as the very same string, by our reader and by others."""

import io
import re
from collections.abc import Mapping
from typing import Any

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from bot.errors import EditError

_WORD = re.compile(r"\w[\w-]*")
_ENDLESS = (
    1 << 20
)  # characters in a line: a value stays on one, so a change of it shows as a change of one line


def scalar(text: str) -> str:
    """A text as YAML on one line: bare where nobody could read it as something else, else quoted.

    Raises EditError for a text with half a character, which no file can hold.
    """
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise EditError("Chữ gửi lên có ký tự hỏng, không ghi được; xin gõ lại rồi gửi lại.")
    bare = _dumped(text)
    return bare if bare == text and _is_plain(text) else _dumped(DoubleQuotedScalarString(text))


def for_ruamel(value: Any) -> Any:
    """A value of texts, lists and mappings as ruamel must be given it, so that texts are quoted as here."""
    if isinstance(value, Mapping):
        return {key: for_ruamel(each) for key, each in value.items()}
    if isinstance(value, list):
        return [for_ruamel(each) for each in value]
    return value if scalar(value) == value else DoubleQuotedScalarString(value)


def field(name: str, value: Any, column: int, step: int) -> str:
    """A field with its value as lines of YAML; `step`: columns from a field to the dashes of its list."""
    room = " " * column
    if isinstance(value, list):
        return f"{room}{name}:\n" + "".join(item(each, column + step) for each in value)
    return f"{room}{name}: {scalar(value)}\n"


def item(value: Any, column: int) -> str:
    """A value of a list as lines of YAML, the dash at `column`; a list in a mapping stands in brackets."""
    dash = " " * column + "- "
    if not isinstance(value, Mapping):
        return f"{dash}{scalar(value)}\n"
    lines = [f"{key}: {_flow(each)}\n" for key, each in value.items()]
    return dash + (" " * (column + 2)).join(lines)


def _flow(value: Any) -> str:
    return f"[{', '.join(map(_in_brackets, value))}]" if isinstance(value, list) else scalar(value)


def _in_brackets(text: str) -> str:
    """A text between brackets, where commas and brackets mean something too."""
    is_bare = _WORD.fullmatch(text) and scalar(text) == text
    return text if is_bare else _dumped(DoubleQuotedScalarString(text))


def _is_plain(text: str) -> bool:
    """Whether the YAML that most programs speak reads it as this text, not as a number, a day or no."""
    try:
        return bool(yaml.safe_load(text) == text)
    except (yaml.YAMLError, ValueError):
        return False


def _dumped(text: str) -> str:
    writer, stream = YAML(), io.StringIO()
    writer.width = _ENDLESS
    writer.dump([text], stream)
    return stream.getvalue().removeprefix("- ").removesuffix("\n")
