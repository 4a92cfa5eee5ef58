"""The files of a knowledge folder as bytes, and the version that they are."""

import hashlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from bot.errors import KnowledgeError

YAML = frozenset({".yaml", ".yml"})


def contents_of(folder: Path) -> dict[str, bytes | OSError]:
    """Every YAML file by its name in the folder, read once: what is checked is what was hashed."""
    contents: dict[str, bytes | OSError] = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in YAML:
            try:
                content: bytes | OSError = path.read_bytes()
            except OSError as error:
                content = error
            contents[path.relative_to(folder).as_posix()] = content
    return contents


def read_files(folder: Path) -> dict[str, bytes]:
    """Every YAML file of a folder by its name; raises KnowledgeError where one cannot be read."""
    contents = contents_of(folder)
    unread = [name for name, content in contents.items() if not isinstance(content, bytes)]
    if unread:
        raise KnowledgeError(f"Không đọc được {', '.join(unread)} trong {folder}; xin xem quyền đọc tệp.")
    return {name: content for name, content in contents.items() if isinstance(content, bytes)}


def version_of(files: Mapping[str, bytes | OSError]) -> str:
    """A hash of every file's name and bytes (12 hex digits), whatever the order of the mapping."""
    digest = hashlib.sha256()
    for name in sorted(files, key=lambda name: PurePosixPath(name).parts):  # as paths are sorted
        content = files[name]
        digest.update(name.encode() + b"\0")
        digest.update(content if isinstance(content, bytes) else repr(content).encode())
    return digest.hexdigest()[:12]
