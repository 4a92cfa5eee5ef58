"""Stand-ins for people's ids: the same within a month; without the key nobody can go back."""

import hashlib
import hmac
import os
import secrets
import tempfile
from datetime import date
from pathlib import Path

from bot.errors import LogError

KEY_BYTES = 32
LENGTH = 16  # hex digits kept, 64 bits: no two of a ward's people meet by chance


class Pseudonyms:
    """HMAC-SHA256 under a random key that lives in a file of mode 0600, made on first use."""

    def __init__(self, key_file: Path) -> None:
        self._file = key_file
        self._key: bytes | None = None

    def of(self, channel: str, person: str, day: date) -> str:
        """The pseudonym of a person on a channel in the month of `day`.

        Raises LogError when the key can be neither read nor made.
        """
        if self._key is None:
            self._key = _read_or_make(self._file)
        message = f"{day:%Y-%m}|{channel}|{person}".encode()
        return hmac.new(self._key, message, hashlib.sha256).hexdigest()[:LENGTH]


def _read_or_make(file: Path) -> bytes:
    try:
        if not file.exists():
            _make(file)
        key = bytes.fromhex(file.read_text(encoding="ascii").strip())
        if file.stat().st_mode & 0o077:
            file.chmod(0o600)
    except (OSError, ValueError) as error:
        raise LogError(f"Không đọc hoặc không tạo được tệp khóa {file}: {error}") from error
    if len(key) != KEY_BYTES:
        raise LogError(f"Tệp khóa {file} hỏng (cần {KEY_BYTES} byte viết dạng hex); xóa tệp để tạo lại.")
    return key


def _make(file: Path) -> None:
    """Write a new key whole or not at all; when two processes race, the first one's key stays."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f"{file.name}.")  # mode 0600
    draft = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as out:
            out.write(secrets.token_hex(KEY_BYTES) + "\n")
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
