"""From a change to the version that answers: try it, publish it, take it back."""

import gc
import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.assistant import Assistant
from bot.errors import KnowledgeError
from bot.knowledge import Knowledge, Problem, load
from bot.knowledge.contents import read_files, version_of
from bot.publishing.edits import AddPhrasings, Edit
from bot.publishing.facts import Facts, KeptFacts
from bot.publishing.merge import Conflict, merge
from bot.publishing.rehearsal import Progress, Rehearsal, Rehearser, Stage
from bot.publishing.versions import Files, Versions

logger = logging.getLogger(__name__)

REMEMBERED = 20  # attempts whose changed answers can be looked at
NOTED = "Thêm {count} cách hỏi vào mục {entry}"
STOPPED = "Máy đang dừng nên không thử nữa; làm lại khi máy chạy lại."
NOTHING_NEW = "Thư mục kiến thức không có gì mới so với bản đang dùng."
NO_VERSION = "Bản này không còn, hoặc không phải bản đã thử; làm lại bước vừa rồi."


@dataclass(frozen=True, slots=True)
class Attempt:
    """A version that was tried, and what came of it.

    `base`: the version it would take the place of. `edit` None: what people edited on disk. `taken`: which
    state of each folder that people edit is in it.
    """

    base: str
    version: str
    what: str
    rehearsal: Rehearsal
    edit: Edit | None = None
    conflicts: tuple[Conflict, ...] = ()
    taken: Mapping[str, str] = field(default_factory=dict)

    @property
    def noted(self) -> str:
        """What it is, without any words of a citizen: for what is kept longer than these."""
        match self.edit:
            case AddPhrasings(entry, texts):
                return NOTED.format(count=len(texts), entry=entry)
            case None:
                return self.what
        return self.edit.describe()

    @property
    def is_good(self) -> bool:
        """Whether it can be published."""
        return not self.rehearsal.problems


@dataclass(frozen=True, slots=True)
class Published:
    """A version that answers from now on, and the assistant that answered before."""

    version: str
    what: str
    noted: str
    before: Assistant
    after: Assistant


@dataclass(frozen=True, slots=True)
class _Change:
    files: Files
    what: str
    edit: Edit | None = None
    conflicts: tuple[Conflict, ...] = ()
    taken: Mapping[str, str] = field(default_factory=dict)


class Publisher:
    """One change is tried or published at a time; others wait for their turn."""

    def __init__(
        self,
        versions: Versions,
        sources: Mapping[str, Path],
        rehearser: Rehearser,
        questions: Callable[[], Sequence[str]],
        make: Callable[[Knowledge], Assistant],
        assistant: Assistant,
        use: Callable[[Assistant], None],
    ) -> None:
        """`sources`: the folders that people edit, by name. `questions`: masked ones, to be asked again.

        `make` builds an assistant, `use` lets it answer in the place of `assistant`.
        """
        self._versions = versions
        self._sources = sources
        self._rehearser = rehearser
        self._questions = questions
        self._make = make
        self._assistant = assistant
        self._use = use
        self._turn = threading.Lock()
        self._facts = KeptFacts(versions.folder)
        self._stopped = False
        self._is_untidy = False
        self._last: str | None = None
        self._attempts: OrderedDict[str, Attempt] = OrderedDict()

    @property
    def is_busy(self) -> bool:
        """Whether a change is being tried or published."""
        return self._turn.locked()

    @property
    def current(self) -> str:
        """The version that answers."""
        return self._assistant.knowledge.version

    @property
    def previous(self) -> str | None:
        """The version before it; None when there is none."""
        pointer = self._versions.pointer()
        return pointer.before[0] if pointer and pointer.before else None

    @property
    def published_last(self) -> str | None:
        """What was published last; None when that was before the process began."""
        return self._last

    def attempt(self, edit: Edit, what: str, told: Progress) -> Attempt:
        """Try an edit of what is published, called `what`. Raises KnowledgeError where it cannot be made."""
        with self._its_turn():
            files = edit.apply(self._versions.files(self.current))
            return self._tried(_Change(files, what, edit), told)

    def take(self, what: str, told: Progress) -> Attempt:
        """Try what people edited in their folders, called `what`.

        Raises KnowledgeError where there is nothing new.
        """
        with self._its_turn():
            return self._tried(self._taken(what), told)

    def stop(self) -> None:
        """Give up what is being tried, and what waits to be; each raises BotError."""
        self._stopped = True
        self._rehearser.cancel()

    @contextmanager
    def _its_turn(self) -> Iterator[None]:
        with self._turn:
            if self._stopped:
                raise KnowledgeError(STOPPED)
            yield

    def drop(self, version: str) -> None:
        """Forget an attempt that is not to be published, and its files."""
        self._attempts.pop(version, None)
        self._facts.drop(version)
        self._sweep_alone()

    def forget(self) -> None:
        """Forget every attempt: what was not published within a day is not wanted."""
        self._attempts.clear()
        self._facts.drop(*self._facts.versions())
        self._sweep_alone()

    def tidy(self) -> None:
        """After a publication, once nobody speaks of the assistant before any more: give its memory back."""
        if self._is_untidy:
            self._is_untidy = False
            gc.unfreeze()
            gc.collect()
            gc.freeze()

    def attempted(self, version: str) -> Attempt | None:
        """What came of trying a version; None when that is not remembered."""
        return self._attempts.get(version)

    def files_waiting(self) -> int:
        """How many files of the folders that people edit were changed since they were last taken in."""
        pointer = self._versions.pointer()
        taken = pointer.taken if pointer else {}
        return sum(
            len(_changed(self._versions.files(taken[name]), read_files(folder)))
            for name, folder in self._sources.items()
            if name in taken and self._versions.has(taken[name])
        )

    def publish(self, base: str, version: str) -> Published:
        """Let a version answer in the place of `base`; it is checked whole once more.

        Raises KnowledgeError where it has errors or was not tried, StaleError where another was published
        meanwhile.
        """
        with self._its_turn():
            facts = self._facts.of(version)
            if facts is None:
                raise KnowledgeError(NO_VERSION)
            assistant = self._prepared(version)
            self._versions.publish(version, expected=base, taken=facts.taken)
            self._facts.drop(version)
            return self._swap(assistant, facts.what, facts.noted)

    def undo(self, expected: str) -> Published:
        """Let the version before answer again.

        Raises KnowledgeError where there is none, or `expected` is not the one that answers.
        """
        with self._its_turn():
            previous = self.previous
            if previous is None or expected != self.current:
                raise KnowledgeError(NO_VERSION)
            assistant = self._prepared(previous)
            self._versions.undo()
            published = self._swap(assistant, previous, previous)
            self._last = None
            return published

    def _tried(self, change: _Change, told: Progress) -> Attempt:
        def heard(stage: Stage, done: float) -> None:
            if self._stopped:
                self._rehearser.cancel()
            told(stage, done)

        version = self._versions.add(change.files)
        own = change.edit.texts if isinstance(change.edit, AddPhrasings) else ()
        rehearsal = self._rehearser.run(
            self._versions.path(self.current), self._versions.path(version), [*own, *self._questions()], heard
        )
        if rehearsal.problems and change.edit is None:
            rehearsal = _as_people_see_them(rehearsal, self._sources)
        attempt = Attempt(
            self.current, version, change.what, rehearsal, change.edit, change.conflicts, change.taken
        )
        if attempt.is_good:
            self._facts.keep(version, Facts(attempt.what, attempt.noted, attempt.taken))
        self._attempts[version] = attempt
        self._attempts.move_to_end(version)
        while len(self._attempts) > REMEMBERED:
            self._facts.drop(self._attempts.popitem(last=False)[0])
        return attempt

    def _taken(self, what: str) -> _Change:
        """What is published, with what people changed in their folders since it was last taken in."""
        pointer = self._versions.pointer()
        known = pointer.taken if pointer else {}
        published = self._versions.files(self.current)
        merged: Files = published
        conflicts: list[Conflict] = []
        taken: dict[str, str] = {}
        for name, folder in self._sources.items():
            theirs = read_files(folder)
            base = known.get(name)
            if base is None or base == version_of(theirs):
                continue
            found = merge(self._versions.files(base), merged, theirs)
            merged, taken[name] = dict(found.files), self._versions.add(theirs)
            conflicts += found.conflicts
        if not taken or (version_of(merged) == version_of(published) and not conflicts):
            raise KnowledgeError(NOTHING_NEW)
        return _Change(merged, what, None, tuple(conflicts), {**known, **taken})

    def _prepared(self, version: str) -> Assistant:
        """The assistant of a version that is there, whole and without errors. Raises KnowledgeError."""
        if not self._versions.has(version):
            raise KnowledgeError(NO_VERSION)
        return self._make(load(self._versions.path(version)).use())

    def _swap(self, assistant: Assistant, what: str, noted: str) -> Published:
        before, self._assistant = self._assistant, assistant
        self._use(assistant)
        self._is_untidy = True
        self._last = what
        self._sweep()
        return Published(assistant.knowledge.version, what, noted, before, assistant)

    def _sweep_alone(self) -> None:
        """Sweep where nothing is being tried: that has no name yet; the next publication sweeps anyway."""
        if self._turn.acquire(blocking=False):
            try:
                self._sweep()
            finally:
                self._turn.release()

    def _sweep(self) -> None:
        """Delete the versions that nothing needs; where that fails they only take room."""
        try:
            self._versions.sweep({*self._attempts, *self._facts.versions()})
        except (OSError, KnowledgeError) as error:
            logger.warning("%s", error)


def _changed(before: Files, after: Files) -> set[str]:
    return {name for name in {*before, *after} if before.get(name) != after.get(name)}


def _as_people_see_them(rehearsal: Rehearsal, sources: Mapping[str, Path]) -> Rehearsal:
    """The same with the problems at the lines of the files that people edited, where they stand there too."""
    own: list[Problem] = []
    for folder in sources.values():
        own += [problem for problem in load(folder).problems if problem.severity == "error"]
    return replace(rehearsal, problems=tuple(dict.fromkeys(own))) if own else rehearsal
