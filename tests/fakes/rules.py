"""Is a call valid by the Bot API's rules? From its machine-readable specification, in tests/data/bot_api."""

import json
import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

SPEC = json.loads(
    (Path(__file__).parent.parent / "data" / "bot_api" / "spec.json").read_text(encoding="utf-8")
)
TAGS = {
    "b",
    "strong",
    "i",
    "em",
    "u",
    "ins",
    "s",
    "strike",
    "del",
    "code",
    "pre",
    "a",
    "blockquote",
    "tg-spoiler",
}
LENGTH = re.compile(r"(\d+)-(\d+) (characters|bytes)")
MOST_BUTTONS, MOST_IN_ROW, MOST_ENTITIES = 100, 8, 100
TAG = re.compile(r"</?[a-z-]+(?: [a-z]+(?:=\"[^\"]*\")?)*>")
RAW = re.compile(r"<")
NAMED = re.compile(r"&(?!lt;|gt;|amp;|quot;|#\d+;|#x[0-9a-fA-F]+;)")


def problems(method: str, values: Mapping[str, Any]) -> list[str]:
    """Everything wrong with a call whose parameters came as form values; empty when it is valid."""
    if method not in SPEC["methods"]:
        return [f"{method}: unknown method"]
    found = list(_fields(method, SPEC["methods"][method], {k: _typed(v) for k, v in values.items()}, values))
    if method == "editMessageText" and "text" not in values:
        found.append(f"{method}: text missing")
    return found


def _typed(value: Any) -> Any:
    """A form value: JSON where it is some, else the text itself."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _fields(
    where: str, spec: Mapping[str, Any], given: Mapping[str, Any], raw: Mapping[str, Any]
) -> Iterator[str]:
    for name, field in spec.items():
        if field["required"] and name not in given:
            yield f"{where}: {name} missing"
    for name, value in given.items():
        if name not in spec:
            yield f"{where}: {name} unknown"
            continue
        types = spec[name]["types"]
        text = str(raw[name])
        if types == ["String"]:
            yield from _text(f"{where}.{name}", spec[name]["description"], text, raw.get("parse_mode"))
        elif not any(_is(value, type_) for type_ in types):
            yield f"{where}.{name}: {value!r} is none of {types}"
        else:
            yield from _inner(f"{where}.{name}", value, types)


def _is(value: Any, type_: str) -> bool:
    if type_.startswith("Array of "):
        return isinstance(value, list) and all(_is(item, type_.removeprefix("Array of ")) for item in value)
    match type_:
        case "Integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "Boolean":
            return isinstance(value, bool)
        case "String":
            return isinstance(value, str)
    return isinstance(value, dict)


def _inner(where: str, value: Any, types: list[str]) -> Iterator[str]:
    """What is wrong inside an object or a list of objects."""
    if isinstance(value, list):
        for item in value:
            yield from _inner(where, item, [type_.removeprefix("Array of ") for type_ in types])
    elif isinstance(value, dict):
        known = [type_ for type_ in types if type_ in SPEC["types"]]
        fitting = [t for t in known if set(value) <= set(SPEC["types"][t])] or known
        if fitting:
            yield from _fields(f"{where}:{fitting[0]}", SPEC["types"][fitting[0]], value, value)
        if fitting == ["InlineKeyboardMarkup"]:
            yield from _keyboard(where, value["inline_keyboard"])


def _keyboard(where: str, rows: list[list[dict[str, Any]]]) -> Iterator[str]:
    if sum(map(len, rows)) > MOST_BUTTONS:
        yield f"{where}: too many buttons"
    for row in rows:
        if not 1 <= len(row) <= MOST_IN_ROW:
            yield f"{where}: a row of {len(row)} buttons"
        for button in row:
            if len(set(button) - {"text", "style", "icon_custom_emoji_id"}) != 1:
                yield f"{where}: a button must do exactly one thing: {button}"
            if not str(button.get("text", "")).strip():
                yield f"{where}: a button without text"


def _text(where: str, description: str, text: str, mode: Any) -> Iterator[str]:
    is_html = where.endswith("Message.text") or where.endswith("MessageText.text")
    shown = text
    if is_html and mode == "HTML":
        reader = _Html()
        reader.feed(text)
        reader.close()
        yield from (f"{where}: can't parse entities: {wrong}" for wrong in reader.wrong())
        if NAMED.search(text):
            yield f"{where}: can't parse entities: a bare &"
        if RAW.search(TAG.sub("", text)):
            yield f"{where}: can't parse entities: a bare <"
        shown = reader.text
    if is_html and mode not in (None, "HTML"):
        yield f"{where}: unsupported parse_mode {mode}"
    if is_html and not shown.strip():
        yield f"{where}: message text is empty"
    limit = LENGTH.search(description)
    if limit:
        least, most, unit = int(limit.group(1)), int(limit.group(2)), limit.group(3)
        length = len(shown.encode()) if unit == "bytes" else len(shown.encode("utf-16-le")) // 2
        if not least <= length <= most:
            yield f"{where}: {length} {unit}, allowed {least} to {most}"


class _Html(HTMLParser):
    """The text that Telegram would show, and what it would not understand."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.count = 0
        self._open: list[str] = []
        self._wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.count += 1
        if tag not in TAGS:
            self._wrong.append(f"tag {tag}")
        if attrs and (tag, attrs) != ("blockquote", [("expandable", None)]) and tag != "a":
            self._wrong.append(f"attributes of {tag}")
        if tag == "a" and [name for name, _ in attrs] != ["href"]:
            self._wrong.append("a link without href")
        if tag in self._open:
            self._wrong.append(f"{tag} inside {tag}")
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self._wrong.append(f"stray end of {tag}")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._wrong.append(f"empty {tag}")

    def handle_comment(self, data: str) -> None:
        self._wrong.append("a comment")

    def handle_decl(self, decl: str) -> None:
        self._wrong.append("a declaration")

    def handle_pi(self, data: str) -> None:
        self._wrong.append("an instruction")

    def handle_data(self, data: str) -> None:
        self.text += data

    def wrong(self) -> list[str]:
        most = [f"{self.count} entities"] if self.count > MOST_ENTITIES else []
        return [*self._wrong, *(f"{tag} not closed" for tag in self._open), *most]
