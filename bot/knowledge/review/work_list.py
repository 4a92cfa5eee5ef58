"""What staff have to do: confirm, look at again, word anew; and the list of it as a file."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

from bot.errors import KnowledgeError
from bot.knowledge.placed import Placed
from bot.knowledge.review.likeness import Confusable

UNVERIFIED, FEW, ALIKE = "chưa xác nhận", "ít cách hỏi", "dễ lẫn"
LATE, DUE = "quá hạn xem lại", "sắp đến hạn xem lại"
WHY = {FileNotFoundError: "không có thư mục đó", PermissionError: "không có quyền, hoặc tệp đang mở"}
DUE_SOON = timedelta(days=60)
ENOUGH_PHRASINGS = 8
TITLES = ("Việc", "Mục", "Tên", "Phần", "Cần làm", "Độ tin", "Hạn", "Tệp", "Dòng")
CONFIDENCE = {"high": "cao", "medium": "vừa", "low": "thấp", None: ""}
WIDTHS = (16, 36, 40, 12, 70, 8, 12, 24, 7)  # characters


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: its kind, the entry, the field, what to do, how sure the entry is, by when, where."""

    kind: str
    entry: str
    name: str
    field: str
    what: str
    confidence: str
    due: str
    file: str
    line: int


def tasks(placed: Iterable[Placed], confusable: Iterable[Confusable], today: date) -> Iterator[Task]:
    """Every task: of entries that are due first, then in the order of the files, confusable pairs last."""
    for place in sorted(placed, key=lambda place: place.entry.review_by > today + DUE_SOON):
        entry = place.entry
        for field, what in entry.unconfirmed().items():
            yield _task(place, UNVERIFIED, field, what or "xác nhận phần này", "unverified")
        if entry.review_by <= today + DUE_SOON:
            kind = LATE if entry.review_by < today else DUE
            yield _task(place, kind, "", "đọc lại cả mục, sửa rồi ghi ngày mới", "review_by")
        if len(entry.phrasings) < ENOUGH_PHRASINGS:
            what = f"mới có {len(entry.phrasings)} cách hỏi, nên có từ {ENOUGH_PHRASINGS}"
            yield _task(place, FEW, "phrasings", what, "phrasings")
    for pair in confusable:
        one, two = pair.first, pair.second
        what = f"“{one.text}” giống “{two.text}” của mục `{two.entry}` ({two.place})"
        yield Task(ALIKE, one.entry, "", "phrasings", what, "", "", one.file, one.line)


def _task(place: Placed, kind: str, field: str, what: str, at: str) -> Task:
    entry = place.entry
    line = place.lines.get((place.index, at)) or place.lines[(place.index,)]
    confidence = CONFIDENCE[entry.confidence]
    due = entry.review_by.isoformat()  # as in the file, and in the order of time
    return Task(kind, entry.id, entry.name, field, what, confidence, due, place.file, line)


def write_tasks(found: Sequence[Task], file: Path) -> None:
    """Write the list; the name's ending says how (.txt, .csv, .xlsx). Raises KnowledgeError."""
    writer = WRITERS.get(file.suffix.lower())
    if writer is None:
        raise KnowledgeError(f"{file}: danh sách việc chỉ ghi được ra tệp {', '.join(WRITERS)}.")
    if file.exists():
        raise KnowledgeError(
            f"{file}: không ghi được, đã có tệp này; ghi ra tên khác để khỏi mất việc đã đánh dấu."
        )
    try:
        writer(found, file)
    except OSError as error:
        why = WHY.get(type(error), error.strerror or type(error).__name__)
        raise KnowledgeError(f"{file}: không ghi được, {why}.") from error


def _write_text(found: Sequence[Task], file: Path) -> None:
    blocks: dict[str, list[str]] = {}
    for task in found:
        field = f" [{task.field}]" if task.field else ""
        line = f"- {task.entry}{field}: {task.what} ({task.file}, dòng {task.line})"
        blocks.setdefault(task.kind, []).append(line)
    text = "\n\n".join(
        f"{kind.upper()} ({len(lines)})\n" + "\n".join(lines) for kind, lines in blocks.items()
    )
    file.write_text(text + "\n", encoding="utf-8")


def _write_csv(found: Sequence[Task], file: Path) -> None:
    with file.open("w", encoding="utf-8-sig", newline="") as out:  # the mark tells Excel that it is UTF-8
        rows = csv.writer(out)
        rows.writerow(TITLES)
        rows.writerows(astuple(task) for task in found)


def _write_xlsx(found: Sequence[Task], file: Path) -> None:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # needed here alone, and slow to import

    content = BytesIO()
    with Workbook(content, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("Việc cần làm")
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        sheet.write_row(0, 0, TITLES, bold)
        for number, task in enumerate(found, 1):
            sheet.write_row(number, 0, astuple(task), wrapped)
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(found), len(TITLES) - 1)
    file.write_bytes(content.getvalue())


WRITERS: Mapping[str, Callable[[Sequence[Task], Path], None]] = {
    ".txt": _write_text,
    ".csv": _write_csv,
    ".xlsx": _write_xlsx,
}
