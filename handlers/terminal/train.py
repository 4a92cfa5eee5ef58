"""`train`: learn from the phrasings, into the folder of what is shipped."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from bot.assistant import Assistant
from bot.clock import now
from bot.errors import BotError
from bot.knowledge import Knowledge
from bot.learning.questions import fingerprint
from bot.learning.store import SHIPPED, Learned, TrainedStore, write, write_checked, write_judge
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
            _judge(workshop, learned, folder)
    except OSError as error:
        raise BotError(f"{error.filename or file}: không đọc hay ghi được ({error.strerror})") from error
    size = file.stat().st_size / 1e6
    print(f"{file.name}: {len(learned.index.owners)} câu, {len(learned.index.classes)} lớp, {size:.1f} MB")
    return 0


def _judge(workshop: Workshop, learned: Learned, folder: Path) -> None:
    """Fit the judge and write it; the weights by which messages are taken apart need the others first."""
    from bot.learning.parting import apart_of, messages  # needs scipy, which answering does without

    try:
        known = messages()
    except ValueError as error:
        raise BotError(f"several.jsonl: {error}") from error
    judge = workshop.judge(learned.index, bar("học độ tin"))
    with suppress(OSError, ValueError):
        judge = replace(judge, apart=TrainedStore(None, folder).judge().apart)  # should what follows fail
    write_judge(folder, judge)
    assistant = Assistant(workshop.knowledge, now, TrainedStore(None, folder))
    write_judge(folder, replace(judge, apart=apart_of(known, assistant.ways)))
