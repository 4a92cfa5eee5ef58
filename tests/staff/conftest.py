"""A clerk's side: raw update JSON through the real application, on a small knowledge base of its own."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot import clock
from bot.publishing.rehearsal import Rehearser
from bot.settings import read_settings
from handlers import parts
from handlers.telegram.run import Office, build
from handlers.telegram.staff import StaffRoom
from tests.conftest import CACHE_DIR, NOW
from tests.fakes.bot_api import TOKEN, FakeBotApi
from tests.fakes.request import FakeRequest
from tests.knowledge.conftest import folder as folder  # noqa: PLC0414  # a fixture: the knowledge that is edited
from tests.telegram_channel.conftest import Talk, buttons

ADMIN, EDITOR, OTHER_EDITOR, VIEWER, STRANGER = 111, 222, 223, 333, 999
STAFF = f"admin:{ADMIN},editor:{EDITOR},{OTHER_EDITOR},viewer:{VIEWER}"
STAFF_CHAT = -1007


class Ward(Talk):
    """Citizens and staff of a small ward; what each was sent last."""

    staff: StaffRoom

    async def push(self) -> list[dict[str, Any]]:
        """Handle every queued update and finish what that begins."""
        sent = await super().push()
        await self.staff.settled()
        await self.outbox.settled()
        return sent

    def last(self, chat: int) -> tuple[int, dict[str, Any]]:
        """The id of the last message in a chat, and the message as it stands there now."""
        return next((key[1], values) for key, values in reversed(self.api.messages.items()) if key[0] == chat)

    async def writes(self, text: str, chat: int, sender: int | None = None) -> str:
        """What stands last in a chat after somebody wrote there."""
        self.api.text(text, chat, sender=sender)
        await self.push()
        return str(self.last(chat)[1]["text"])

    async def presses(self, label: str, chat: int, sender: int | None = None) -> str:
        """What stands last in a chat after somebody tapped a button of the newest message that has it."""
        number, data = self.button(label, chat)
        self.api.tap(data, chat, message_id=number, sender=sender)
        await self.push()
        return str(self.last(chat)[1]["text"])

    def button(self, label: str, chat: int) -> tuple[int, str]:
        """The newest message in a chat with a button so labelled, and the button's data."""
        for (where, number), values in reversed(self.api.messages.items()):
            for text, data in buttons(values):
                if where == chat and label in text:
                    return number, data
        raise AssertionError(f"no button {label} in {chat}: {self.last(chat)}")

    async def replies(self, text: str, chat: int, to: int | None = None, sender: int | None = None) -> str:
        """What stands last in a chat after somebody replied to a message there (None: the last)."""
        self.api.reply(text, to or self.last(chat)[0], chat, sender=sender)
        await self.push()
        return str(self.last(chat)[1]["text"])

    def audit(self) -> list[tuple[str, str, str]]:
        """Who did what to what."""
        return [(row["staff"], row["action"], row["subject"]) for row in self.rows("audit")]

    def files(self) -> bytes:
        """Every byte of the database's files."""
        return b"".join(file.read_bytes() for file in sorted(self.folder.glob("log.db*")))


Open = Callable[[], Any]


@pytest.fixture
def environment(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    data = tmp_path_factory.mktemp("data")
    return {
        "BOT_TOKEN": TOKEN,
        "STAFF_IDS": STAFF,
        "STAFF_CHAT_ID": str(STAFF_CHAT),
        "KNOWLEDGE_DIR": str(folder),
        "PUBLISHED_DIR": str(data / "published"),
        "DATABASE": str(data / "log.db"),
        "PSEUDONYM_KEY_FILE": str(data / "key"),
        "CACHE_DIR": str(CACHE_DIR),
    }


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The moment that it is; tests may change it."""
    moment = [NOW]
    monkeypatch.setattr(clock, "now", lambda: moment[0])
    return moment


@asynccontextmanager
async def opened(environment: dict[str, str], api: FakeBotApi | None = None) -> AsyncIterator[Ward]:
    """A process's life, from its start to its end in order."""
    settings = read_settings(environment)
    with parts.telegram(settings) as made:
        request = FakeRequest()
        request.api = api or request.api
        assert made.desk is not None
        channel = build(
            TOKEN,
            "https://example.invalid",
            made.service,
            made.storage,
            request=request,
            sleep=lambda _: asyncio.sleep(0),
            office=Office(made.desk, settings.staff_chat_id),
        )
        await channel.application.initialize()
        ward = Ward(channel, await channel.intake(), request.api, settings.database.parent)
        assert channel.staff is not None
        ward.staff = channel.staff
        await channel.delivery.start()
        try:
            yield ward
        finally:
            await channel.staff.stop()
            await channel.delivery.stop()
            await channel.application.shutdown()
    assert ward.api.invalid == []


@pytest.fixture
async def ward(
    environment: dict[str, str], at: list[datetime], monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Ward]:
    monkeypatch.setattr(parts, "Rehearser", partial(Rehearser, with_golden=False))
    monkeypatch.setattr(parts, "SHIPPED", Path(environment["KNOWLEDGE_DIR"]))
    async with opened(environment) as ward:
        yield ward
