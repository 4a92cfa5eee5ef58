"""What an entry says, set anew; and whole new entries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, get_type_hints

from bot.errors import EditError
from bot.knowledge.dated import Lines
from bot.knowledge.entries import ENTRY_KINDS, BaseEntry
from bot.publishing import round_trip
from bot.publishing.finding import Place, has_entry, place_of, reread, sheet_or_new
from bot.publishing.pieces import Sheet
from bot.publishing.telling import DAY_FORM, told, told_all
from bot.publishing.versions import Files

ENTRIES_FILE = "muc-moi.yaml"
ENTRIES_HEADER = """\
# yaml-language-server: $schema=schema.json
# Mục mới. Tệp này do máy ghi khi cán bộ thêm mục; cán bộ sửa ở đây, hoặc chuyển mục sang tệp khác, cũng được.
"""
ONE_TEXT = frozenset({"name", "statement", "who", "missing"})  # fields of one sentence that may be set


@dataclass(frozen=True, slots=True)
class SetLines:
    """Another text in a field of an entry: no lines take the field away.

    A line that was there before keeps its days. `confirmed`: the field is not unverified any more. `source`:
    where this was read, on `day`.
    """

    entry: str
    field: str
    lines: tuple[str, ...]
    confirmed: bool = False
    source: str = ""
    day: date | None = None

    def apply(self, files: Files) -> dict[str, bytes]:
        """The files with the field set; raises EditError where the entry cannot have it so."""
        place = place_of(files, self.entry)
        model = _model_of(place)
        name = place.sheet.file
        data = self._set(place, model)
        if self.confirmed:
            data = self._confirm(reread(data, place))
        if self.source.strip():
            data = self._tell_source(reread(data, place))
        return {**files, name: data}

    def losing_days(self, files: Files) -> tuple[str, ...]:
        """Lines that hold only on some days and that this change would take away, to be shown before."""
        old = place_of(files, self.entry).raw.get(self.field)
        dated = (
            [str(each.get("text")) for each in old if isinstance(each, dict)] if isinstance(old, list) else []
        )
        return tuple(text for text in dated if text.strip() not in self._texts())

    def _texts(self) -> list[str]:
        return [line.strip() for line in self.lines if line.strip()]

    def _set(self, place: Place, model: type[BaseEntry]) -> bytes:
        texts = self._texts()
        if self.field not in _settable(model):
            allowed = ", ".join(sorted(_settable(model)))
            raise EditError(f"Không sửa được phần `{self.field}` của mục này; các phần sửa được: {allowed}.")
        if not texts:
            return self._removed(place, model)
        if self.field in ONE_TEXT and len(texts) > 1:
            raise EditError(f"Phần `{self.field}` chỉ gồm một dòng; xin viết lại thành một dòng.")
        return round_trip.set_field(place.sheet, place.at, self.field, self._value(place, texts))

    def _removed(self, place: Place, model: type[BaseEntry]) -> bytes:
        if model.model_fields[self.field].is_required():
            raise EditError(
                f"Mục này phải có phần `{self.field}`, không bỏ trống được; xin viết ít nhất một dòng."
            )
        if self.field not in place.raw:
            raise EditError(f"Mục này vốn không có phần `{self.field}`, nên không có gì để bỏ.")
        return round_trip.drop(place.sheet, (place.at, self.field))

    def _value(self, place: Place, texts: Sequence[str]) -> Any:
        """What the field is to hold: a text for one plain line, a list otherwise."""
        old = place.raw.get(self.field)
        known = list(old) if isinstance(old, list) else []
        values = [self._known(text, known) for text in texts]
        return values[0] if len(values) == 1 and isinstance(values[0], str) else values

    def _known(self, text: str, known: list[Any]) -> Any:
        """The line as it was before, with its days; its mark of doubt goes when it is confirmed."""
        for each in known:
            if _text_of(each) == text:
                known.remove(each)
                return _confirmed(each) if self.confirmed else each
        return text

    def _confirm(self, place: Place) -> bytes:
        """The file with the field no longer among what is unverified."""
        marks = place.raw.get("unverified")
        names = list(marks) if isinstance(marks, dict | list) else []
        if self.field not in names:
            return place.sheet.data
        if len(names) == 1:
            return round_trip.drop(place.sheet, (place.at, "unverified"))
        number = self.field if isinstance(marks, dict) else names.index(self.field)
        return round_trip.drop(place.sheet, (place.at, "unverified", number))

    def _tell_source(self, place: Place) -> bytes:
        if self.day is None:
            raise EditError("Có ghi nguồn thì phải có ngày đọc nguồn; xin làm lại.")
        told = {"name": self.source.strip(), "date": self.day.strftime(DAY_FORM), "fields": [self.field]}
        return round_trip.append(place.sheet, (place.at, "sources"), told)

    def describe(self) -> str:
        """One line for the audit trail."""
        done = f"Sửa phần {self.field}" if self._texts() else f"Bỏ phần {self.field}"
        text = f": {told_all(self.lines)}" if self._texts() else ""
        confirmed = "; đã xác nhận" if self.confirmed else ""
        source = f"; nguồn: {told(self.source)}" if self.source.strip() else ""
        return f"{done} của mục {told(self.entry)}{text}{confirmed}{source}"


@dataclass(frozen=True, slots=True)
class SetDays:
    """When an entry was last verified, and when it must be looked at again."""

    entry: str
    verified: date
    review_by: date

    def apply(self, files: Files) -> dict[str, bytes]:
        """The files with both days set; raises EditError when the second is not later."""
        if self.review_by <= self.verified:
            raise EditError("Ngày phải xem lại phải sau ngày kiểm tra; xin chọn lại ngày.")
        place = place_of(files, self.entry)
        data = round_trip.set_field(place.sheet, place.at, "verified", self.verified.isoformat())
        after = reread(data, place)
        data = round_trip.set_field(after.sheet, after.at, "review_by", self.review_by.isoformat())
        return {**files, place.sheet.file: data}

    def describe(self) -> str:
        """One line for the audit trail."""
        days = f"kiểm tra {self.verified:{DAY_FORM}}, xem lại trước {self.review_by:{DAY_FORM}}"
        return f"Ghi ngày của mục {told(self.entry)}: {days}"


@dataclass(frozen=True, slots=True)
class AddEntry:
    """A whole new entry, given as YAML: a list of one item."""

    text: str

    def apply(self, files: Files) -> dict[str, bytes]:
        """The files with the entry in the file of new entries; raises EditError where it cannot be taken."""
        given = Sheet.of(self.text.strip("\ufeff\r\n").encode(errors="replace"), "mục mới")
        entry = _only_entry(given)
        if has_entry(files, entry["id"]):
            raise EditError(f"Đã có mục `{entry['id']}` rồi; xin đặt mã khác, hoặc sửa mục đã có.")
        sheet = sheet_or_new(files, ENTRIES_FILE, ENTRIES_HEADER)
        text = given.text().replace("\r\n", "\n").rstrip("\n") + "\n"
        return {**files, ENTRIES_FILE: round_trip.append_item(sheet, text, entry)}

    def describe(self) -> str:
        """One line for the audit trail."""
        value = Sheet.of(self.text.encode(errors="replace"), "").value
        row = value[0] if isinstance(value, list) and value and isinstance(value[0], dict) else {}
        return f"Thêm mục mới {told(str(row.get('id', '')))}: {told(str(row.get('name', '')))}"


def _settable(model: type[BaseEntry]) -> frozenset[str]:
    """The fields that SetLines may set: what is told in lines, and single sentences."""
    hints = get_type_hints(model, include_extras=True)
    return frozenset(
        name for name in model.model_fields if name in ONE_TEXT or hints[name] in (Lines, Lines | None)
    )


def _model_of(place: Place) -> type[BaseEntry]:
    model = ENTRY_KINDS.get(str(place.raw.get("kind")))
    if model is None:
        raise EditError(f"Mục ở {place.sheet.file} chưa ghi đúng loại (`kind`); xin sửa trong tệp trước.")
    return model


def _text_of(value: Any) -> str:
    return str(value.get("text") if isinstance(value, dict) else value).strip()


def _confirmed(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    plain = {key: each for key, each in value.items() if key != "unverified"}
    return plain["text"] if plain.keys() == {"text"} else plain


def _only_entry(given: Sheet) -> dict[str, Any]:
    """The entry in a text that must hold exactly one; raises EditError."""
    for problem in given.parsed.problems:
        if problem.severity == "error":
            raise EditError(f"Mục mới viết sai ở dòng {problem.line}: {problem.what} → {problem.advice}.")
    rows = given.value
    if not isinstance(rows, list) or len(rows) != 1 or not isinstance(rows[0], dict) or not rows[0].get("id"):
        raise EditError("Mục mới phải là đúng một mục, bắt đầu bằng dòng '- id: …'; xin xem mẫu và viết lại.")
    if not isinstance(rows[0]["id"], str):
        raise EditError("Mã của mục mới (`id`) phải là một dòng chữ, ví dụ: - id: dang-ky-khai-sinh")
    return rows[0]
