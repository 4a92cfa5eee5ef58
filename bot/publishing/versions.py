"""Published versions of the knowledge base: folders named by their hash, and one pointer to the current one.

Whatever is killed, and whenever: the pointer is the old or the new one, and each names a whole folder. A
folder gets its name only after all of it is on disk, and the pointer is replaced only after that.
"""

import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from bot.errors import KnowledgeError, StaleError
from bot.knowledge.contents import YAML, read_files, version_of

__all__ = ["Files", "Pointer", "StaleError", "Versions"]

Files = Mapping[str, bytes]  # every YAML file of a knowledge folder by its name in it
POINTER_FILE = "pointer.json"
LOCK_FILE = "lock"
MOST_BEFORE = 20  # earlier versions that can be gone back to
_NEW = ".new-"  # begins the name of what is not whole yet
_NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Pointer:
    """Which version answers, and what was published before it, the newest first.

    `taken`: the version of each source folder when it was last taken in; `taken_before`: the same as it was
    with each version in `before`.
    """

    current: str
    before: tuple[str, ...] = ()
    taken: Mapping[str, str] = field(default_factory=dict)
    taken_before: tuple[Mapping[str, str], ...] = ()

    def back(self) -> "Pointer | None":
        """The pointer as it was before the last publication; None where nothing came before."""
        if not self.before:
            return None
        return Pointer(self.before[0], self.before[1:], self.taken_before[0], self.taken_before[1:])

    def forward(self, version: str, taken: Mapping[str, str]) -> "Pointer":
        """The pointer after a version is published."""
        now = {**self.taken, **taken}
        if version == self.current:
            return replace(self, taken=now)
        before, taken_before = (self.current, *self.before), (self.taken, *self.taken_before)
        return Pointer(version, before[:MOST_BEFORE], now, taken_before[:MOST_BEFORE])

    def named(self) -> set[str]:
        """Every version that is needed: to answer, to go back to, or as what was last taken in."""
        taken = (version for each in (self.taken, *self.taken_before) for version in each.values())
        return {self.current, *self.before, *taken}

    def to_json(self) -> str:
        """As the pointer file holds it."""
        earlier = zip(self.before, self.taken_before, strict=True)
        before = [{"version": version, "taken": dict(taken)} for version, taken in earlier]
        plain = {"current": self.current, "taken": dict(self.taken), "before": before}
        return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def of_json(cls, text: str) -> "Pointer":
        """The pointer that a file holds; raises ValueError, KeyError, TypeError or AttributeError."""
        plain = json.loads(text)
        before = plain["before"]
        return cls(
            _name(plain["current"]),
            tuple(_name(each["version"]) for each in before),
            _names(plain["taken"]),
            tuple(_names(each["taken"]) for each in before),
        )


def _name(value: Any) -> str:
    """A version's name, which is also a folder's; raises ValueError for anything else."""
    if not isinstance(value, str) or not value.isalnum() or not value.isascii():
        raise ValueError("no version")
    return value


def _names(taken: Any) -> dict[str, str]:
    return {str(source): _name(version) for source, version in taken.items()}


class Versions:
    """The folder of all published versions; any number of processes may use it at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def pointer(self) -> Pointer | None:
        """What the pointer file says; None when nothing was published. Raises KnowledgeError."""
        file = self.folder / POINTER_FILE
        try:
            return Pointer.of_json(file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise KnowledgeError(
                f"Không đọc được {file} ({error.strerror}); xin xem quyền đọc tệp."
            ) from error
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise KnowledgeError(
                f"Tệp {file} bị hỏng nên không biết bản nào của kho kiến thức đang dùng; xin lấy lại "
                "tệp từ bản sao lưu, hoặc xóa tệp để máy bắt đầu lại từ thư mục kiến thức."
            ) from error

    def current(self) -> str | None:
        """The newest published version whose folder is whole; None when nothing was published."""
        pointer = self.pointer()
        return None if pointer is None else self._sound(pointer).current

    def path(self, version: str) -> Path:
        """Where a version's folder is, or would be."""
        return self.folder / version

    def has(self, version: str) -> bool:
        """Whether a version's folder is there, with exactly the files that its name says."""
        try:
            return self.path(version).is_dir() and version_of(read_files(self.path(version))) == version
        except KnowledgeError:
            return False

    def files(self, version: str) -> dict[str, bytes]:
        """The files of a version; raises KnowledgeError where its folder is missing or damaged."""
        files = read_files(self.path(version))
        if version_of(files) != version:
            raise KnowledgeError(_damaged(version))
        return files

    def add(self, files: Files) -> str:
        """Put a version's folder on disk, whole, and give its name; publishing it is another step."""
        version = version_of(files)
        with self._locked():
            if not self.has(version):
                self._put(files, version)
        return version

    def publish(self, version: str, *, expected: str | None, taken: Mapping[str, str] = _NOTHING) -> None:
        """Make a version the one that answers, if `expected` still is.

        `taken`: versions of source folders that were taken in by this. Raises StaleError when another version
        was published meanwhile, KnowledgeError when the folder of `version` is not whole.
        """
        with self._locked():
            pointer = self._sound_or_none()
            current = None if pointer is None else pointer.current
            if current != expected:
                raise StaleError(
                    "Kho kiến thức vừa có bản mới do người khác đưa lên; "
                    "xin xem lại bản mới rồi làm lại thay đổi."
                )
            if not self.has(version):
                raise KnowledgeError(_damaged(version))
            following = (
                Pointer(version, taken=dict(taken)) if pointer is None else pointer.forward(version, taken)
            )
            self._point(following)

    def undo(self) -> tuple[str, str]:
        """Go back to the version before the current one: (from, to). Raises KnowledgeError without one."""
        with self._locked():
            pointer = self._sound_or_none()
            earlier = None if pointer is None else self._newest_sound(pointer.back())
            if pointer is None or earlier is None:
                raise KnowledgeError("Không còn bản nào trước bản đang dùng, nên không lùi lại được nữa.")
            self._point(earlier)
        return pointer.current, earlier.current

    def sweep(self, keep: Collection[str] = ()) -> None:
        """Remove versions that neither the pointer nor `keep` names, and what was never finished."""
        with self._locked():
            pointer = self.pointer()
            needed = {*keep, *(() if pointer is None else pointer.named())}
            for path in self.folder.iterdir():
                is_version = path.is_dir() and path.name not in needed
                if is_version or path.name.startswith(_NEW):
                    _remove(path)

    def _sound_or_none(self) -> Pointer | None:
        pointer = self.pointer()
        return None if pointer is None else self._sound(pointer)

    def _sound(self, pointer: Pointer) -> Pointer:
        """The pointer, gone back past versions whose folder is damaged; raises KnowledgeError if all are."""
        sound = self._newest_sound(pointer)
        if sound is None:
            raise KnowledgeError(_damaged(pointer.current))
        return sound

    def _newest_sound(self, pointer: Pointer | None) -> Pointer | None:
        while pointer is not None and not self.has(pointer.current):
            pointer = pointer.back()
        return pointer

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Other processes wait meanwhile; what the disk refuses is told as a KnowledgeError."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with (self.folder / LOCK_FILE).open("ab") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                yield
        except OSError as error:
            raise KnowledgeError(
                f"Không ghi được vào {self.folder} ({error.strerror}); xin xem chỗ trống trên đĩa và "
                "quyền ghi. Bản đang dùng không đổi."
            ) from error

    def _put(self, files: Files, version: str) -> None:
        """Write a version's folder under another name, then give it its own."""
        new = Path(tempfile.mkdtemp(prefix=_NEW, dir=self.folder))
        new.chmod(0o755)
        for name, content in files.items():
            _write(new / _inside(name), content)
        for path in (*(path for path in new.rglob("*") if path.is_dir()), new):
            _to_disk(path)
        target = self.path(version)
        if target.exists():  # damaged, or it would not be written again
            target.rename(Path(tempfile.mkdtemp(prefix=_NEW, dir=self.folder)) / version)
        new.rename(target)
        _to_disk(self.folder)

    def _point(self, pointer: Pointer) -> None:
        new = self.folder / f"{_NEW}{POINTER_FILE}"
        _write(new, pointer.to_json().encode())
        new.replace(self.folder / POINTER_FILE)
        _to_disk(self.folder)


def _damaged(version: str) -> str:
    return (
        f"Thư mục của bản {version} bị thiếu hoặc bị sửa; xin lấy lại từ bản sao lưu, "
        "hoặc nạp lại kho kiến thức."
    )


def _inside(name: str) -> PurePosixPath:
    """A file's name, if it stays inside its folder; raises KnowledgeError otherwise."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or path.suffix.lower() not in YAML:
        raise KnowledgeError(
            f"Tên tệp {name} không dùng được; xin đặt tên tệp .yaml trong thư mục kiến thức."
        )
    return path


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _to_disk(folder: Path) -> None:
    """Wait until the names in a folder are on disk."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
