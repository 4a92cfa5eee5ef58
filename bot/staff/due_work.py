"""What is due: unverified, past its review, with few phrasings, easily confused."""

from collections import Counter
from pathlib import Path

from bot.answering import Message
from bot.knowledge import load
from bot.knowledge.review import Task, review
from bot.roles import Staffer
from bot.staff import sentences
from bot.staff.names import field_name
from bot.staff.paging import paged
from bot.staff.reply import Progress, Reply, button
from bot.staff.steps import Step
from bot.staff.tools import Tools

PAGE = 8


class DueWork:
    """Lists the tasks of the published version; they are found once a version and a day."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._found: tuple[object, list[Task]] = (None, [])

    def show(self, staff: Staffer, argument: str) -> Reply:
        """The kinds of tasks, or a page of one kind."""
        if self._found[0] == self._key():
            return self._page(argument)

        def work(_: Progress) -> Reply:
            key = self._key()
            folder = self._tools.folder()
            found = review(load(folder), folder, self._tools.now().date()).tasks
            self._found = key, list(found)
            return self._page(argument)

        return Reply(Message((sentences.LOOKING_THROUGH,)), work=work)

    def _key(self) -> tuple[str, str, Path]:
        knowledge = self._tools.assistant().knowledge
        return knowledge.version, self._tools.now().date().isoformat(), self._tools.folder()

    def _page(self, argument: str) -> Reply:
        page_text, _, number = argument.partition(":")
        tasks = self._found[1]
        kinds = list(dict.fromkeys(task.kind for task in tasks))
        if not tasks:
            return Reply(Message((sentences.DUE_NONE,)))
        if not number.isdecimal() or int(number) >= len(kinds):
            counts = Counter(task.kind for task in tasks)
            buttons = tuple(
                button(sentences.DUE_KIND.format(kind=kind, count=counts[kind]), Step.DUE, 0, at)
                for at, kind in enumerate(kinds)
            )
            return Reply(
                Message((sentences.DUE_KINDS.format(count=len(tasks)),), buttons=buttons), replaces=True
            )
        return self._of_kind(kinds[int(number)], int(number), int(page_text or 0))

    def _of_kind(self, kind: str, number: int, page: int) -> Reply:
        tasks = [task for task in self._found[1] if task.kind == kind]
        pages = max(1, -(-len(tasks) // PAGE))
        first = page * PAGE
        shown = tasks[first : first + PAGE]
        lines = tuple(_line(at, task) for at, task in enumerate(shown, first + 1))
        entries = dict.fromkeys((task.entry, task.name) for task in shown)
        buttons = tuple(button(f"👁 {name}", Step.SEE, id_) for id_, name in entries)
        leaf = paged(Step.DUE, page, pages, after=(number,))
        back = button(sentences.DUE_BACK, Step.DUE, "")
        title = sentences.DUE_TITLE.format(kind=kind, page=page + 1, pages=pages)
        return Reply(Message(lines, title, buttons=(*buttons, *leaf, back)), replaces=True)


def _line(number: int, task: Task) -> str:
    field = f" ({field_name(task.field)})" if task.field and task.field != "phrasings" else ""
    due = sentences.DUE_BY.format(day="/".join(reversed(task.due.split("-")))) if task.due else ""
    return sentences.DUE_LINE.format(
        number=number, name=task.name or task.entry, field=field, what=task.what, due=due
    )
