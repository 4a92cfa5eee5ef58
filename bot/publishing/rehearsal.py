"""A new version of the knowledge base tried beside the one that answers: checked, learned, and asked.

`rehearse` does the work and needs a process of its own; `Rehearser` starts that process and hears from it, so
that neither the memory nor the time of the process that answers citizens is taken.
"""

import gc
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from time import perf_counter
from typing import IO, Any

from bot.assistant import Assistant
from bot.cache import Cache
from bot.errors import BotError
from bot.knowledge import Knowledge, Problem, load
from bot.knowledge.contents import read_files, version_of
from bot.knowledge.load import Loaded
from bot.learning import TrainedStore, prepare
from bot.publishing.asking import Askers, Both, Pair
from bot.publishing.replay import Asked, Change, ChangeKind, Told, compare, worst_first
from bot.settings import ROOT, SETTINGS

HOUR = 9  # o'clock; both versions are asked as at this hour, so that it does not matter when each was
FEW = 200  # questions; no more than these are asked by one process
LONGEST = 600.0  # seconds; a rehearsal that takes longer hangs
PROGRAM = ROOT / "run_bot.py"
STOPPED = "Đã dừng việc thử bản mới."
HANGS = "Thử bản mới lâu quá 10 phút nên đã dừng; xin thử lại."
BROKEN = "Việc thử bản mới dừng giữa chừng (mã {status}); xin thử lại, nếu vẫn lỗi thì xem nhật ký của máy."
NOT_STARTED = "Không khởi động được việc thử bản mới ({reason})."


class Stage(StrEnum):
    """What a rehearsal does, in order."""

    CHECK = "check"
    LEARN = "learn"
    REPLAY = "replay"


Progress = Callable[[Stage, float], None]  # hears the share of the stage that is done, 0–1


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What came of trying a version.

    `problems`: errors, with which nothing was learned or asked. `warnings`: those that the version before had
    not. `asked`: how many questions; `changes`: of those that are answered in another way, the worst first.
    """

    version: str
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    asked: int
    changes: tuple[Change, ...]
    seconds: float

    def plain(self) -> dict[str, Any]:
        """What JSON can hold of it."""
        return {
            "version": self.version,
            "problems": list(map(asdict, self.problems)),
            "warnings": list(map(asdict, self.warnings)),
            "asked": self.asked,
            "changes": [
                {"question": c.question, "before": c.before.plain(), "after": c.after.plain(), "kind": c.kind}
                for c in self.changes
            ],
            "seconds": self.seconds,
        }

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> "Rehearsal":
        """What `plain` came from. Raises KeyError, TypeError or ValueError for anything else."""
        return cls(
            str(plain["version"]),
            _problems(plain["problems"]),
            _problems(plain["warnings"]),
            int(plain["asked"]),
            tuple(
                Change(c["question"], Told.of(c["before"]), Told.of(c["after"]), ChangeKind(c["kind"]))
                for c in plain["changes"]
            ),
            float(plain["seconds"]),
        )


def rehearse(
    before: Path,
    after: Path,
    asked: Sequence[Asked],
    now: datetime,
    store: TrainedStore,
    cache_dir: Path,
    told: Progress,
) -> Rehearsal:
    """Try the knowledge base in `after` beside the one in `before`, which has no errors.

    What is learned is kept in `store`. It may have no threads. Raises KnowledgeError where `before` cannot be
    used, BotError where the asking breaks off.
    """
    start = perf_counter()
    gc.disable()  # nothing of what is loaded here is garbage, and looking for some makes memory unshared
    at = now.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    rehearsal = _Stages(at, store, Cache(cache_dir), told).run(before, after, _each_once(asked))
    return replace(rehearsal, seconds=round(perf_counter() - start, 2))


class _Stages:
    """One rehearsal: what its stages share."""

    def __init__(self, at: datetime, store: TrainedStore, cache: Cache, told: Progress) -> None:
        self._at = at
        self._store = store
        self._cache = cache
        self._told = told

    def run(self, before: Path, after: Path, asked: Sequence[Asked]) -> Rehearsal:
        """Every stage."""
        self._told(Stage.CHECK, 0)
        was, known_warnings = self._trusted(before)
        self._told(Stage.CHECK, 0.3)
        loaded = load(after)
        self._told(Stage.CHECK, 1)
        problems = tuple(p for p in loaded.problems if p.severity == "error")
        warnings = _new(loaded, known_warnings)
        if loaded.knowledge is None:
            return Rehearsal(version_of(read_files(after)), problems, warnings, 0, (), 0)
        self._keep_warnings(loaded)
        self._told(Stage.LEARN, 0)
        prepare(loaded.knowledge, self._store, lambda done: self._told(Stage.LEARN, done))
        pair = Pair(self._assistant(was), self._assistant(loaded.knowledge))
        self._told(Stage.LEARN, 1)
        changes = self._changes(pair, asked, was, loaded.knowledge)
        return Rehearsal(loaded.knowledge.version, (), warnings, len(asked), tuple(worst_first(changes)), 0)

    def _assistant(self, knowledge: Knowledge) -> Assistant:
        return Assistant(knowledge, lambda: self._at, self._store)

    def _changes(self, pair: Pair, asked: Sequence[Asked], *versions: Knowledge) -> list[Change]:
        """Ask every question, and compare what was told."""
        self._told(Stage.REPLAY, 0)
        gc.freeze()
        found: dict[int, Both] = {}
        processes = None if len(asked) > FEW else 1
        for some in Askers(pair, [one.question for one in asked]).found(processes):
            found |= some
            self._told(Stage.REPLAY, len(found) / max(1, len(asked)))
        self._told(Stage.REPLAY, 1)
        changes = (
            compare(_labelled(asked[at], *versions), *both) for at, both in found.items() if both is not None
        )
        return [change for change in changes if change is not None]

    def _trusted(self, before: Path) -> tuple[Knowledge, Sequence[Problem]]:
        """The version before, and its warnings; it is checked once more where these are not known."""
        version = version_of(read_files(before))
        warnings = self._cache.recall("warnings", version, _problems)
        loaded = load(before, trusted=None if warnings is None else version)
        knowledge = loaded.use()
        if warnings is None:
            warnings = loaded.problems
            self._keep_warnings(loaded)
        return knowledge, warnings

    def _keep_warnings(self, loaded: Loaded) -> None:
        version = loaded.use().version
        self._cache.keep("warnings", version, lambda: list(map(asdict, loaded.problems)))


def _each_once(asked: Sequence[Asked]) -> list[Asked]:
    """Each text once, with its label where any has one."""
    known: dict[str, Asked] = {}
    for one in asked:
        if known.setdefault(one.question, one).right is None:
            known[one.question] = one
    return list(known.values())


def _labelled(one: Asked, *versions: Knowledge) -> Asked:
    """The question with the ids that its label means today: an entry may have got another one."""
    if not one.right:
        return one
    found = {entry.id for id_ in one.right for each in versions if (entry := each.find(id_)) is not None}
    return replace(one, right=one.right | found)


def _new(loaded: Loaded, before: Sequence[Problem]) -> tuple[Problem, ...]:
    """The warnings that are new, wherever lines have moved to."""
    known = {(p.file, p.field, p.what) for p in before}
    return tuple(
        p for p in loaded.problems if p.severity == "warning" and (p.file, p.field, p.what) not in known
    )


def _problems(plain: Any) -> tuple[Problem, ...]:
    return tuple(Problem(**each) for each in plain)


class Rehearser:
    """Lets a process of its own rehearse; one at a time, from any thread."""

    def __init__(self, cache_dir: Path, *, with_golden: bool = True, longest: float = LONGEST) -> None:
        """`cache_dir`: where what is learned is kept. `with_golden`: golden questions are asked too.

        `longest`: seconds after which a process is ended.
        """
        self._cache_dir = cache_dir
        self._options = ("--golden",) if with_golden else ()
        self._longest = longest
        self._running: subprocess.Popen[bytes] | None = None
        self._ended_by: str | None = None
        self._turn = threading.Lock()

    def run(
        self, before: Path, after: Path, questions: Sequence[str], told: Progress = lambda *_: None
    ) -> Rehearsal:
        """Try `after` beside `before`; `told` hears how far it is.

        Raises BotError where nothing comes of it.
        """
        with self._turn, tempfile.TemporaryFile() as errors:
            self._ended_by = None
            child = self._start(before, after, errors)
            timer = threading.Timer(self._longest, self._end, (child, HANGS))
            timer.daemon = True
            timer.start()
            try:
                return self._heard(child, questions, told, errors)
            finally:
                timer.cancel()
                child.kill()
                child.wait()
                for stream in filter(None, (child.stdin, child.stdout)):
                    with suppress(OSError):
                        stream.close()
                self._running = None

    def cancel(self) -> None:
        """End what runs; whoever waits for it gets a BotError."""
        child = self._running
        if child is not None:
            self._end(child, STOPPED)

    def _start(self, before: Path, after: Path, errors: IO[bytes]) -> "subprocess.Popen[bytes]":
        secrets = {setting.name: "" for setting in SETTINGS if setting.secret}  # it needs none
        environment = os.environ | secrets | {"CACHE_DIR": str(self._cache_dir.resolve())}
        command = [
            sys.executable, str(PROGRAM), "rehearse", str(before.resolve()), str(after.resolve()),
            *self._options,
        ]  # fmt: skip
        try:
            self._running = subprocess.Popen(  # noqa: S603  # our own program
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, env=environment
            )
        except OSError as error:
            raise BotError(NOT_STARTED.format(reason=error.strerror)) from error
        return self._running

    def _end(self, child: "subprocess.Popen[bytes]", why: str) -> None:
        self._ended_by = why
        child.kill()

    def _heard(
        self,
        child: "subprocess.Popen[bytes]",
        questions: Sequence[str],
        told: Progress,
        errors: IO[bytes],
    ) -> Rehearsal:
        assert child.stdin is not None
        assert child.stdout is not None
        with suppress(BrokenPipeError):  # it ended; what it said tells why
            for question in questions:
                child.stdin.write(_line({"question": question}))
            child.stdin.close()
        try:
            for line in lines_of(child.stdout):
                if "error" in line:
                    raise BotError(str(line["error"]))
                if "result" in line:
                    return Rehearsal.of(line["result"])
                told(Stage(line["stage"]), float(line["done"]))
        except (ValueError, KeyError, TypeError) as error:
            raise BotError(self._ended_by or BROKEN.format(status="?")) from error
        raise BotError(self._ended_by or BROKEN.format(status=child.wait()))


def _line(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", errors="replace") + b"\n"


def lines_of(stream: Iterable[bytes]) -> Iterator[Mapping[str, Any]]:
    """The objects of JSON lines. Raises ValueError for a line that is none."""
    for line in stream:
        value = json.loads(line)
        if not isinstance(value, dict):
            raise ValueError("not an object")
        yield value
