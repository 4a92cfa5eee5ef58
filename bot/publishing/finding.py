"""Where an entry and its phrasings stand in the files of a knowledge base."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.errors import EditError
from bot.knowledge.load import NOT_ENTRIES, PHRASINGS_FOLDER
from bot.knowledge.problems import did_you_mean
from bot.publishing.pieces import Sheet
from bot.publishing.versions import Files
from bot.text.words import split


@dataclass(frozen=True, slots=True)
class Place:
    """An item of a file: the file taken apart, and which item of it."""

    sheet: Sheet
    at: int

    @property
    def raw(self) -> Mapping[str, Any]:
        """The item as it was read: texts, lists and mappings."""
        found: Mapping[str, Any] = self.sheet.value[self.at]
        return found

    @property
    def texts(self) -> list[str]:
        """The phrasings in the item."""
        found = self.raw.get("phrasings")
        return [text for text in found if isinstance(text, str)] if isinstance(found, list) else []


def same(text: str) -> tuple[str, ...]:
    """What two ways to ask share that are the same but for case, spacing and punctuation."""
    return tuple(word.key for word in split(text))


def place_of(files: Files, entry: str) -> Place:
    """Where an entry stands; raises EditError when there is none of that id."""
    for name in _entry_files(files):
        for place in _items(files, name, "id", entry):
            return place
    meant = did_you_mean(entry, ids(files))
    hint = f" Có phải ý bạn là `{meant}`?" if meant else ""
    raise EditError(f"Không có mục `{entry}` trong kho kiến thức; xin xem lại mã của mục.{hint}")


def has_entry(files: Files, entry: str) -> bool:
    """Whether an entry of that id is there."""
    return any(True for name in _entry_files(files) for _ in _items(files, name, "id", entry))


def further_of(files: Files, entry: str) -> list[Place]:
    """Where further phrasings of an entry stand, in files beside the entries."""
    names = [name for name in files if name.startswith(f"{PHRASINGS_FOLDER}/")]
    return [place for name in names for place in _items(files, name, "entry", entry)]


def ids(files: Files) -> list[str]:
    """The ids of all entries."""
    rows = (row for name in _entry_files(files) for row in _rows(Sheet.of(files[name], name)))
    return [str(row["id"]) for _, row in rows if "id" in row]


def readable(files: Files, name: str) -> Sheet:
    """A file taken apart; raises EditError with what is wrong where it cannot be read."""
    sheet = Sheet.of(files[name], name)
    for problem in sheet.parsed.problems:
        if problem.severity == "error":
            raise EditError(
                f"Tệp {name} đang có lỗi ở dòng {problem.line}: {problem.what} → {problem.advice}."
            )
    if sheet.value is not None and not isinstance(sheet.value, list):
        raise EditError(f"Tệp {name} không phải danh sách các mục; xin sửa tệp trước.")
    return sheet


def reread(data: bytes, place: Place) -> Place:
    """The same item after a change of its file."""
    return Place(Sheet.of(data, place.sheet.file), place.at)


def sheet_or_new(files: Files, name: str, header: str) -> Sheet:
    """A file taken apart; where it is not there, one that only has a header."""
    return readable(files, name) if name in files else Sheet.of(header.encode(), name)


def _entry_files(files: Files) -> Iterator[str]:
    return (name for name in files if name.split("/")[0] not in NOT_ENTRIES)


def _items(files: Files, name: str, key: str, entry: str) -> Iterator[Place]:
    """The items of a file whose `key` is the entry; only a file that has these letters is read."""
    if entry.encode() in files[name]:
        sheet = Sheet.of(files[name], name)
        yield from (Place(sheet, at) for at, row in _rows(sheet) if row.get(key) == entry)


def _rows(sheet: Sheet) -> list[tuple[int, dict[str, Any]]]:
    rows = sheet.value if isinstance(sheet.value, list) else []
    return [(at, row) for at, row in enumerate(rows) if isinstance(row, dict)]
