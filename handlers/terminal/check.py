"""`check`: the knowledge base, problem by problem."""

from pathlib import Path

from bot.knowledge import load


def run(folder: Path) -> int:
    """Print every problem; returns 1 when one of them is an error, else 0."""
    loaded = load(folder)
    for problem in loaded.problems:
        print(problem)
    errors = sum(problem.severity == "error" for problem in loaded.problems)
    notes = len(loaded.problems) - errors
    if loaded.knowledge is None:
        print(f"Kho kiến thức có {errors} lỗi, {notes} lưu ý; chưa dùng được.")
        return 1
    entries = loaded.knowledge.entries
    print(f"Kho kiến thức tốt: {len(entries)} mục, {notes} lưu ý (bản {loaded.knowledge.version}).")
    return 0
