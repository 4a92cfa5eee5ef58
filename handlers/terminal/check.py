"""`check`: the knowledge base, problem by problem, and what staff have left to do."""

from collections import Counter
from pathlib import Path

from bot import clock
from bot.knowledge import load
from bot.knowledge.review import review, write_tasks


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
