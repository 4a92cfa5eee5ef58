"""`train`: learn from the phrasings, into the folder of what is shipped."""

from pathlib import Path

from bot.errors import BotError
from bot.knowledge import Knowledge
from bot.learning.questions import fingerprint
from bot.learning.store import SHIPPED, write, write_checked, write_judge
from bot.learning.workshop import Workshop
from handlers.terminal.progress import bar


def run(knowledge: Knowledge, *, with_judge: bool, folder: Path = SHIPPED) -> int:
    """Learn from scratch and write what was learned; older files of `folder` go. Returns the exit status."""
    workshop = Workshop(knowledge)
    learned = workshop.learn(bar("học cách hỏi"))
    name = fingerprint(knowledge)
    file = folder / f"{name}.npz"
    try:
        for old in folder.glob("*.npz"):
            if old != file:
                old.unlink()
        write(file, learned)
        write_checked(folder, knowledge.version, name)
        if with_judge:
            write_judge(folder, workshop.judge(learned.index, bar("học độ tin")))
    except OSError as error:
        raise BotError(f"{file}: không ghi được ({error.strerror})") from error
    size = file.stat().st_size / 1e6
    print(f"{file.name}: {len(learned.index.owners)} câu, {len(learned.index.classes)} lớp, {size:.1f} MB")
    return 0
