"""What staff can throw at once: an entry off, the whole bot paused, a notice on top of every answer."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from threading import Lock
from types import MappingProxyType

from sqlite_utils import Database

from bot.clock import stamp
from bot.errors import LogError, SwitchError
from bot.storage import Job, Storage

WAIT_SECONDS = 10  # how long we wait for the disk before we say that a switch was not thrown
LONGEST_REASON = 300  # characters
LONGEST_NOTICE = 500  # characters
EVERYTHING = ""  # the subject of what concerns no single entry

NO_WORDS = "Cần ghi nội dung; dân sẽ đọc đúng những chữ này."
TOO_LONG = "Nội dung dài {length} ký tự; nhiều nhất {longest} ký tự, viết gọn lại."
WRONG_ORDER = "Ngày cuối ({ends:%d/%m/%Y}) đứng trước ngày đầu ({begins:%d/%m/%Y}); xem lại hai ngày."
TOO_SLOW = (
    "Máy ghi chậm quá {seconds} giây nên chưa chắc công tắc đã đổi; xem lại danh sách rồi làm lại nếu cần."
)


class Kind(StrEnum):
    """What a switch does; the value is its name in the file."""

    OFF = "off"
    PAUSED = "paused"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Switch:
    """A switch that was thrown.

    `subject`: the id of the entry that is off, else "". `text`: the reason, or the notice itself. `begins`,
    `ends`: first and last day of a notice, in the ward's time, else None. `time`: when it was thrown.
    """

    kind: Kind
    subject: str
    text: str
    begins: date | None
    ends: date | None
    time: datetime


Thrown = Mapping[tuple[Kind, str], Switch]
NONE_THROWN: Thrown = MappingProxyType({})


class Switches:
    """The switches: on disk, and in memory as one immutable mapping that is swapped whole.

    May be read from any thread at any time. What changes one is on disk before it has effect, raises LogError
    where that cannot be done (nothing has changed then, unless it says so), and may wait for the disk.
    """

    def __init__(self, storage: Storage, now: Callable[[], datetime]) -> None:
        """Nothing is thrown until `load`; `now` gives the time that is kept with a switch."""
        self._storage = storage
        self._now = now
        self._thrown = NONE_THROWN
        self._changing = Lock()

    def load(self) -> None:
        """Read what was thrown before the process started. Raises LogError; then nothing is thrown."""
        self._change(lambda _: None)

    def turn_off(self, entry: str, reason: str) -> None:
        """Stop answering from an entry. Raises SwitchError, LogError."""
        self._throw(Kind.OFF, entry, _words(reason, LONGEST_REASON))

    def turn_on(self, entry: str, also: tuple[str, ...] = ()) -> bool:
        """Answer from an entry again; false where it was not off. Raises LogError.

        `also`: its older ids, under one of which it may have been turned off.
        """
        return self._end(Kind.OFF, entry, *also)

    def pause(self, reason: str) -> None:
        """Answer nothing any more. Raises SwitchError, LogError."""
        self._throw(Kind.PAUSED, EVERYTHING, _words(reason, LONGEST_REASON))

    def resume(self) -> bool:
        """Answer again; false where the bot was not paused. Raises LogError."""
        return self._end(Kind.PAUSED, EVERYTHING)

    def announce(self, text: str, begins: date, ends: date) -> None:
        """Show a notice, instead of any other, from its first to its last day.

        Raises SwitchError, LogError.
        """
        if ends < begins:
            raise SwitchError(WRONG_ORDER.format(begins=begins, ends=ends))
        self._throw(Kind.NOTICE, EVERYTHING, _words(text, LONGEST_NOTICE), begins, ends)

    def end_notice(self) -> bool:
        """Take the notice away, whatever its days; false where there is none. Raises LogError."""
        return self._end(Kind.NOTICE, EVERYTHING)

    def reason_off(self, entry_id: str) -> str | None:
        """Why an entry is off; None when it is not."""
        return self._text(Kind.OFF, entry_id)

    @property
    def paused(self) -> str | None:
        """Why the bot is paused; None when it is not."""
        return self._text(Kind.PAUSED, EVERYTHING)

    def notice(self, day: date) -> str | None:
        """The notice of a day; None when there is none."""
        switch = self._thrown.get((Kind.NOTICE, EVERYTHING))
        if switch is None or switch.begins is None or switch.ends is None:
            return None
        return switch.text if switch.begins <= day <= switch.ends else None

    def all(self) -> tuple[Switch, ...]:
        """Every switch that was thrown and not taken back, oldest first; a notice also outside its days."""
        return tuple(self._thrown.values())

    def _text(self, kind: Kind, subject: str) -> str | None:
        switch = self._thrown.get((kind, subject))
        return switch.text if switch else None

    def _throw(
        self, kind: Kind, subject: str, text: str, begins: date | None = None, ends: date | None = None
    ) -> None:
        days = [day.isoformat() if day else None for day in (begins, ends)]
        row = (kind.value, subject, text, *days, stamp(self._now()))
        self._change(lambda db: db.conn.execute("REPLACE INTO switch VALUES (?, ?, ?, ?, ?, ?)", row))

    def _end(self, kind: Kind, *subjects: str) -> bool:
        rows = [(kind.value, subject) for subject in subjects]
        before = self._change(
            lambda db: db.conn.executemany("DELETE FROM switch WHERE kind = ? AND subject = ?", rows)
        )
        return any((kind, subject) in before for subject in subjects)

    def _change(self, job: Job[object]) -> Thrown:
        """Do a job and take over all that the file holds after it; returns what it held before."""

        def change(db: Database) -> tuple[Thrown, Thrown]:
            before = _read(db)
            job(db)
            return before, _read(db)

        with self._changing:
            done = self._storage.submit(change)
            try:
                before, self._thrown = done.result(WAIT_SECONDS)
            except TimeoutError as error:
                done.add_done_callback(self._follow)
                raise LogError(TOO_SLOW.format(seconds=WAIT_SECONDS)) from error
        return before

    def _follow(self, late: "Future[tuple[Thrown, Thrown]]") -> None:
        """What a slow disk did in the end has effect, too."""
        if late.exception() is None:
            _, self._thrown = late.result()


def _read(db: Database) -> Thrown:
    rows = db.conn.execute("SELECT kind, subject, text, begins, ends, time FROM switch ORDER BY time, rowid")
    switches = [_switch(*row) for row in rows]
    return MappingProxyType({(switch.kind, switch.subject): switch for switch in switches})


def _switch(kind: str, subject: str, text: str, begins: str | None, ends: str | None, time: str) -> Switch:
    first, last = (date.fromisoformat(day) if day else None for day in (begins, ends))
    return Switch(Kind(kind), subject, text, first, last, datetime.fromisoformat(time))


def _words(text: str, longest: int) -> str:
    """The text in one line. Raises SwitchError when there is none, or too much."""
    words = " ".join(text.split())
    if not words:
        raise SwitchError(NO_WORDS)
    if len(words) > longest:
        raise SwitchError(TOO_LONG.format(length=len(words), longest=longest))
    return words
