"""What a person edited on disk taken into what is published, item by item, each as it was written.

`base` is the person's folder as it was last taken in, `theirs` the same folder now, `ours` what is published.
Where both sides changed the same thing differently, ours is kept and that is told.
"""

from dataclasses import dataclass

from bot.publishing.merge_file import Conflict, merge_file
from bot.publishing.versions import Files

__all__ = ["Conflict", "Merged", "merge"]


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged files, what could not be merged, and the files to which theirs brought something."""

    files: Files
    conflicts: tuple[Conflict, ...]
    changed: tuple[str, ...]


def merge(base: Files, ours: Files, theirs: Files) -> Merged:
    """Ours with everything in it that theirs changed since base."""
    files: dict[str, bytes] = {}
    conflicts: list[Conflict] = []
    names = sorted({*ours, *theirs})
    for name in names:
        content, found = merge_file(name, base.get(name), ours.get(name), theirs.get(name))
        conflicts += found
        if content is not None:
            files[name] = content
    changed = tuple(name for name in names if ours.get(name) != files.get(name))
    return Merged(files, tuple(conflicts), changed)
