"""The program as people run it: a real process, and the rows it left in the log."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

from bot.settings import SETTINGS
from tests.conftest import CACHE_DIR, ROOT


def run(
    folder: Path, *arguments: str, typed: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    settings = {setting.name: "" for setting in SETTINGS}  # nothing of a developer's own .env
    settings |= {
        "PATH": os.environ["PATH"],
        "DATABASE": str(folder / "log.db"),
        "PSEUDONYM_KEY_FILE": str(folder / "key"),
        "CACHE_DIR": str(CACHE_DIR),
    }
    return subprocess.run(
        [sys.executable, str(ROOT / "run_bot.py"), *arguments],
        cwd=folder, input=typed, env=settings | environment, capture_output=True, timeout=120, check=False,
    )  # fmt: skip


def rows(folder: Path, columns: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(folder / "log.db")
    try:
        return connection.execute(f"SELECT {columns} FROM query_log ORDER BY id").fetchall()
    finally:
        connection.close()
