"""Stand-ins for people's ids: each month has its own random key, and when that is gone nobody can go back."""

import fcntl
import hashlib
import hmac
import os
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import BinaryIO

from bot.errors import LogError
from bot.privacy.retention import TEXT_DAYS

KEY_BYTES = 32
LENGTH = 16  # hex digits kept, 64 bits: no two of a ward's people meet by chance
KEY_MONTHS = 2  # a month's key lives through that month and the next
_LINE = re.compile(rf"(\d{{4}}-\d{{2}}) ([0-9a-f]{{{2 * KEY_BYTES}}})")
_UNDATED = re.compile(
    rf"[0-9a-f]{{{2 * KEY_BYTES}}}\s*"
)  # one key for every month, as earlier versions wrote

Keys = dict[str, bytes]  # month, YYYY-MM → key


class Pseudonyms:
    """HMAC-SHA256 under the month's key; the keys live in a file of mode 0600, a line a month."""

    def __init__(self, key_file: Path) -> None:
        self._file = key_file
        self._keys: Keys = {}

    def of(self, channel: str, person: str, day: date) -> str:
        """The pseudonym of a person on a channel in the month of `day`; makes the month's key on first use.

        Raises LogError when the keys can be neither read nor made.
        """
        month = f"{day:%Y-%m}"
        if month not in self._keys:
            self._keys = self._changed(
                lambda keys: keys.setdefault(month, secrets.token_bytes(KEY_BYTES)), day
            )
        return _pseudonym(self._keys[month], month, channel, person)

    def living(self, channel: str, person: str, today: date) -> tuple[str, ...]:
        """Every pseudonym of a person that can still be made, this month's first. Raises LogError."""
        current = self.of(channel, person, today)
        older = (_pseudonym(self._keys[month], month, channel, person) for month in self._keys)
        return tuple(dict.fromkeys((current, *older)))

    def forget(self, today: date, *, dry_run: bool = False) -> tuple[str, ...]:
        """Destroy the keys that are past their time; returns their months. Raises LogError."""
        gone: list[str] = []

        def drop(keys: Keys) -> None:
            gone.extend(month for month in keys if today >= ends(month))
            for month in gone:
                del keys[month]

        if dry_run:
            with self._locked(today) as (_, keys):
                drop(keys)
        else:
            self._keys = self._changed(drop, today)  # also what another process destroyed is forgotten here
        return tuple(gone)

    def _changed(self, change: Callable[[Keys], object], today: date) -> Keys:
        """The keys after a change that is on disk; other processes wait meanwhile."""
        with self._locked(today) as (file, keys):
            change(keys)
            lines = "".join(f"{month} {key.hex()}\n" for month, key in sorted(keys.items()))
            file.seek(0)
            file.write(lines.encode())  # in place: what was there before is overwritten
            file.truncate()
            file.flush()
            os.fsync(file.fileno())
        return keys

    @contextmanager
    def _locked(self, today: date) -> Iterator[tuple[BinaryIO, Keys]]:
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(self._file, os.O_RDWR | os.O_CREAT, 0o600)
            with os.fdopen(handle, "r+b") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                if os.fstat(handle).st_mode & 0o077:
                    os.fchmod(handle, 0o600)
                yield file, self._parsed(file.read(), today)
        except OSError as error:
            raise LogError(f"Không đọc hoặc không tạo được tệp khóa {self._file}: {error}") from error

    def _parsed(self, data: bytes, today: date) -> Keys:
        text = data.decode("ascii", errors="replace")
        if _UNDATED.fullmatch(text):
            return {f"{today:%Y-%m}": bytes.fromhex(text.strip())}
        keys = {}
        for line in text.splitlines():
            match = _LINE.fullmatch(line)
            if match is None:
                raise LogError(
                    f"Tệp khóa {self._file} hỏng; xóa tệp để tạo lại (bí danh cũ sẽ không nối được nữa)."
                )
            keys[match.group(1)] = bytes.fromhex(match.group(2))
        return keys


def ends(month: str) -> date:
    """The first day without a month's key: two months on, or when the month's last text is gone, if later.

    Until then a person's words can be found by that person, and so be shown or erased.
    """
    first = date.fromisoformat(f"{month}-01")
    texts_gone = _months_later(first, 1) + timedelta(days=TEXT_DAYS)
    return max(_months_later(first, KEY_MONTHS), texts_gone)


def _months_later(first: date, months: int) -> date:
    month = first.year * 12 + first.month - 1 + months
    return date(month // 12, month % 12 + 1, 1)


def _pseudonym(key: bytes, month: str, channel: str, person: str) -> str:
    message = f"{month}|{channel}|{person}".encode()
    return hmac.new(key, message, hashlib.sha256).hexdigest()[:LENGTH]
