"""`check`: the knowledge base, problem by problem, and what staff have left to do."""

from collections import Counter
from datetime import date
from itertools import groupby
from pathlib import Path

from bot import clock
from bot.knowledge import load
from bot.knowledge.load import Loaded
from bot.knowledge.review import changes, due, review, write_tasks


def run(folder: Path, work_list: Path | None = None) -> int:
    """Print every problem; returns 1 when one of them is an error, else 0.

    `work_list`: where to write the list of open work. Raises KnowledgeError when that cannot be written.
    """
    loaded = load(folder)
    reviewed = review(loaded, folder, clock.today())
    problems = sorted((*loaded.problems, *reviewed.problems), key=lambda found: (found.file, found.line))
    for problem in problems:
        print(problem)
    errors = sum(problem.severity == "error" for problem in problems)
    notes = len(problems) - errors
    if loaded.knowledge is None:
        print(f"Kho kiến thức có {errors} lỗi, {notes} lưu ý; chưa dùng được.")
        if work_list is not None:
            print(f"Chưa ghi {work_list}: sửa hết lỗi rồi chạy lại.")
        return 1
    entries = loaded.knowledge.entries
    print(f"Kho kiến thức tốt: {len(entries)} mục, {notes} lưu ý (bản {loaded.knowledge.version}).")
    open_work = ", ".join(
        f"{count} {kind}" for kind, count in Counter(t.kind for t in reviewed.tasks).items()
    )
    if work_list is not None:
        write_tasks(reviewed.tasks, work_list)
        print(f"Đã ghi danh sách việc vào {work_list}: {open_work or 'không có việc nào'}.")
    elif open_work:
        print(f"Việc còn lại: {open_work}. Ghi ra tệp: check --worklist viec.xlsx (hoặc .csv, .txt).")
    return 0


def run_changes(folder: Path, since: date, to: date) -> int:
    """Print what changes after `since` up to `to`, and what must be read again before `to`; returns 0 or 1.

    1: the base has errors, or `to` is not after `since`.
    """
    loaded = load(folder)
    if loaded.knowledge is None:
        print("Kho kiến thức có lỗi; chạy `check` để xem, sửa xong rồi chạy lại.")
        return 1
    if to <= since:
        print(f"Ngày {to} không sau ngày {since}; ghi ngày muộn hơn ở --on (hoặc sớm hơn ở --since).")
        return 1
    _print_due(loaded, to)
    print()
    _print_changes(loaded, since, to)
    return 0


def _print_changes(loaded: Loaded, since: date, to: date) -> None:
    found = changes(loaded.placed, since, to)
    entries = len({change.entry for change in found})
    print(f"Từ {since} đến {to}: {len(found)} phần đổi, ở {entries} mục.")
    for day, of_day in groupby(found, key=lambda change: change.day):
        print(f"\nTừ ngày {day}:")
        for change in of_day:
            print(f"- {change.entry} [{change.field}] ({change.file}, dòng {change.line})")
            for text in change.ends:
                print(f"    hết: {text}")
            for text in change.begins:
                print(f"    mới: {text}")


def _print_due(loaded: Loaded, to: date) -> None:
    late = due(loaded.placed, to)
    print(f"Phải xem lại trước ngày {to}: {len(late)} mục.")
    for place in late:
        entry = place.entry
        print(
            f"- {entry.review_by} {entry.id}: {entry.name} ({place.file}, dòng {place.lines[place.index,]})"
        )
