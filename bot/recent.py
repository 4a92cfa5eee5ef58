"""What each chat was told last, so that "còn lệ phí?" is understood; in memory only, and not for long."""

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta

REMEMBERED = timedelta(minutes=10)
MOST_CHATS = 10_000  # at once; beyond, the one silent for longest is forgotten


class Recent:
    """The last entry of each chat."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._entries: OrderedDict[str, tuple[datetime, str]] = OrderedDict()

    def entry(self, chat: str | None) -> str | None:
        """The id of the entry this chat was told last; None when there is none, or it is too long ago."""
        if chat is None or chat not in self._entries:
            return None
        at, entry = self._entries[chat]
        if self._now() - at > REMEMBERED:
            del self._entries[chat]
            return None
        return entry

    def remember(self, chat: str | None, entry: str) -> None:
        """Keep what this chat was told."""
        if chat is None:
            return
        self._entries[chat] = (self._now(), entry)
        self._entries.move_to_end(chat)
        self._drop_old()

    def forget(self, chat: str | None) -> None:
        """Forget what this chat was told."""
        self._entries.pop(chat or "", None)

    def _drop_old(self) -> None:
        oldest = self._now() - REMEMBERED
        while self._entries:
            chat, (at, _) = next(iter(self._entries.items()))
            if at >= oldest and len(self._entries) <= MOST_CHATS:
                return
            del self._entries[chat]
