"""Files written whole or not at all, whoever else reads or writes them."""

import os
import tempfile
from pathlib import Path


def write_whole(file: Path, content: bytes) -> None:
    """Put `content` in the place of a file; its folder is made where there is none. Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(dir=file.parent, prefix=".new-")
    try:
        with os.fdopen(number, "wb") as new:
            new.write(content)
        Path(name).chmod(0o644)
        Path(name).replace(file)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def newest_first(file: Path) -> float:
    """A key that sorts files by age, the newest first; one that someone else deleted comes last."""
    try:
        return -file.stat().st_mtime
    except OSError:
        return 0.0
