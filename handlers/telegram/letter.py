"""A letter: one Telegram message as it is to be sent, ready to be kept in the outbox."""

import json
from dataclasses import asdict, dataclass
from typing import Any

Rows = tuple[tuple[tuple[str, str], ...], ...]  # rows of buttons, each its text and callback_data


@dataclass(frozen=True, slots=True)
class Letter:
    """The same text as Telegram HTML and as plain text, and its buttons.

    `reply_to`: the message it answers, in a group. `thread`: the group's topic. `edits`: our message that it
    takes the place of. `asks`: it asks to be replied to.
    """

    html: str
    plain: str
    rows: Rows = ()
    reply_to: int | None = None
    thread: int | None = None
    edits: int | None = None
    asks: bool = False

    def markup(self) -> dict[str, Any] | None:
        """The buttons as an InlineKeyboardMarkup of the Bot API; without buttons a ForceReply, or None."""
        if not self.rows:
            return self._force_reply() if self.asks and self.edits is None else None
        rows = [[{"text": text, "callback_data": data} for text, data in row] for row in self.rows]
        return {"inline_keyboard": rows}

    def _force_reply(self) -> dict[str, Any]:
        """A request to reply; in a group of who is answered only."""
        return {"force_reply": True} | ({"selective": True} if self.reply_to else {})

    def to_json(self) -> str:
        """The letter as text."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Letter":
        """The letter that `to_json` wrote."""
        raw = json.loads(text)
        raw["rows"] = tuple(tuple((label, data) for label, data in row) for row in raw["rows"])
        return cls(**raw)
