"""One file that both sides may have changed, merged by its items, their fields and lists of questions."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.knowledge.load import LANGUAGE_FOLDER
from bot.publishing.merge_texts import Key, Texts, chosen, merge_texts
from bot.publishing.pieces import Sheet

UNITED = frozenset({"phrasings", "questions", "sources"})  # lists in which what each side added is kept


@dataclass(frozen=True, slots=True)
class Conflict:
    """What both sides changed differently: `item` is empty for a whole file; `line` is in theirs."""

    file: str
    item: str
    line: int

    def __str__(self) -> str:
        place = f"Mục `{self.item}` ở {self.file}, dòng {self.line}," if self.item else f"Tệp {self.file}"
        how = (
            "sửa lại mục ấy từ điện thoại" if self.item else "chép điều cần đổi vào bản đã đăng từ điện thoại"
        )
        return (
            f"{place} vừa đổi trong tệp, vừa đổi ở bản đã đăng, mà hai bên khác nhau. Máy giữ bản đã đăng. "
            f"Nếu tệp mới đúng, xin {how}; nếu bản đã đăng mới đúng, xin sửa tệp cho giống bản ấy."
        )


@dataclass(frozen=True, slots=True)
class _Parts:
    """A text taken apart: what stands before, the children by key, the line of each, what stands after."""

    head: str = ""
    texts: Texts = field(default_factory=dict)
    lines: Mapping[Key, int] = field(default_factory=dict)
    tail: str = ""


def merge_file(
    name: str, base: bytes | None, ours: bytes | None, theirs: bytes | None
) -> tuple[bytes | None, list[Conflict]]:
    """(the merged file or None where there is none, what could not be merged); None is a missing file."""
    if theirs in (base, ours):
        return ours, []
    if ours == base:
        return theirs, []
    if ours is None or theirs is None:
        return ours, [Conflict(name, "", 1)]
    sheets = [Sheet.of(_unix(side), name) for side in (base or b"", ours, theirs)]
    if not sheets[2].is_sound:
        return theirs, []  # the check that follows tells the file and the line
    merged = _merged(sheets)
    if merged is None:
        return ours, [Conflict(name, "", 1)]
    data, conflicts = merged
    return (data.replace(b"\n", b"\r\n") if b"\r\n" in ours else data), conflicts


def _merged(sheets: Sequence[Sheet]) -> tuple[bytes, list[Conflict]] | None:
    """The merged file and its conflicts; None where it cannot be done item by item."""
    file, kind = sheets[1].file, type(sheets[1].value)
    if not all(sheet.is_sound and isinstance(sheet.value, kind | None) for sheet in sheets):
        return None
    parts = [_parts(sheet, ()) for sheet in sheets]
    if any(each is None for each in parts):
        return None
    deeper = _item if kind is list else _field
    found = _merge([each for each in parts if each], lambda key, *texts: deeper(file, key, *texts))
    text, clashes = found
    data = text.encode()
    after = Sheet.of(data, file)
    if not after.is_sound or not isinstance(after.value, kind | None):
        return None
    theirs = parts[2] or _Parts()
    return data, [Conflict(file, _shown(key), theirs.lines.get(key, 1)) for key in clashes]


def _merge(parts: Sequence[_Parts], deeper: Callable[..., str | None]) -> tuple[str, list[Key]]:
    """(the joined text, the keys of what clashed) of three texts taken apart."""
    base, ours, theirs = parts
    texts, clashes = merge_texts(base.texts, ours.texts, theirs.texts, deeper)
    head = chosen(base.head, ours.head, theirs.head)  # comments only: ours where both sides changed them
    return "".join(map(_whole, [ours.head if head is None else head, *texts.values(), ours.tail])), clashes


def _item(file: str, _: Key, base: str | None, ours: str, theirs: str) -> str | None:
    """An item that both sides changed, merged by its fields; None where they changed the same one."""
    sheets = [Sheet.of((text or "").encode(), file) for text in (base, ours, theirs)]
    if any(not sheet.is_sound for sheet in sheets) or not all(sheet.value for sheet in sheets):
        return None
    parts = [_parts(sheet, (0,)) for sheet in sheets]
    if any(each is None or not each.texts for each in parts):
        return None
    whole = [each for each in parts if each]
    text, clashes = _merge(whole, lambda name, *texts: _field(file, name, *texts))
    return None if clashes or not Sheet.of(text.encode(), file).is_sound else text


def _field(file: str, key: Key, base: str | None, ours: str, theirs: str) -> str | None:
    """A list of which both sides changed values, united; None for anything else."""
    name = str(key[0])
    if name not in UNITED and not file.startswith(f"{LANGUAGE_FOLDER}/"):
        return None
    texts = [f"{name}: []\n" if text is None else text for text in (base, ours, theirs)]
    dash = "- " if ours.startswith("- ") else ""
    sheets = [Sheet.of(("  " + text[2:] if dash else text).encode(), file) for text in texts]
    if not all(sheet.is_sound and isinstance(sheet.value[name], list) for sheet in sheets):
        return None
    parts = [_parts(sheet, (name,)) for sheet in sheets]
    if any(each is None for each in parts):
        return None
    text, _ = _merge([each for each in parts if each], _ours)
    is_whole = bool(Sheet.of(text.encode(), file).is_sound)
    return (dash + text[2:] if dash else text) if is_whole else None


def _ours(_key: Key, _base: str | None, ours: str, _theirs: str) -> str:
    """The same value written in two ways."""
    return ours


def _parts(sheet: Sheet, path: tuple[Any, ...]) -> _Parts | None:
    """What stands at a path taken apart; None where the lines do not show it."""
    if sheet.value is None:
        return _Parts(sheet.text())
    region, value = sheet.region(path), sheet.at(path)
    if region is None or (value and not sheet.spans(path)):
        return None
    head, texts = sheet.texts(path)
    if not value:
        head = "" if path else sheet.text()
    spans = sheet.spans(path)
    keys = _keys(value if isinstance(value, list) else ({name: None} for name in value), path)
    by_key = dict(zip(keys, texts.values(), strict=True))
    lines = {key: span.own + 1 for key, span in zip(keys, spans.values(), strict=True)}
    above = sheet.text(0, region.own) if path else ""
    return _Parts(above + head, by_key, lines, sheet.text(region.end))


def _keys(rows: Iterable[Any], path: tuple[Any, ...]) -> list[Key]:
    """A name for each child that it keeps when it is changed; the second of the same name is numbered."""
    counts: Counter[str] = Counter()
    keys: list[Key] = []
    for row in rows:
        name = _name(row, is_value=len(path) > 0)
        keys.append((name, counts[name]))
        counts[name] += 1
    return keys


def _name(row: Any, is_value: bool) -> str:
    """What tells an item from others: its id, else what its first field says; a field: its name."""
    if not isinstance(row, dict) or not row:
        return row if isinstance(row, str) else json.dumps(row, ensure_ascii=False)
    first = next(iter(row))
    if row[first] is None:
        return str(first)  # a field
    if is_value:
        return json.dumps(row, ensure_ascii=False)
    named = row.get("id", row[first])
    return named if isinstance(named, str) else json.dumps(named, ensure_ascii=False)


def _shown(key: Key) -> str:
    return str(key[0]) if key[1] == 0 else f"{key[0]} (lần {key[1] + 1})"


def _whole(text: str) -> str:
    return text if not text or text.endswith("\n") else text + "\n"


def _unix(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n")
