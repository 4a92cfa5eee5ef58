"""A citizen's side of a conversation: raw update JSON through the real application, a fake request below it."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from bot import clock
from bot.assistant import Assistant
from bot.pace import Pace
from bot.privacy import Pseudonyms
from bot.service import Service
from bot.storage import Storage
from bot.switches import Switches
from handlers.telegram.intake import Intake
from handlers.telegram.run import Channel, build
from tests.fakes.bot_api import TOKEN, FakeBotApi
from tests.fakes.request import FakeRequest

QUESTION = "đăng ký kết hôn"
NONSENSE = ("wwww xyzt vvv", "zzz qqq kkk", "blah bleh bluh")


class Talk:
    """One citizen's side of a conversation, and what the log says of it."""

    def __init__(self, channel: Channel, intake: Intake, api: FakeBotApi, folder: Path) -> None:
        self.channel = channel
        self.outbox = channel.delivery.outbox
        self.intake = intake
        self.api = api
        self.folder = folder
        self.switches: Switches
        self.waits: list[float] = []
        self.shift = timedelta()
        self.may_wait_end = asyncio.Event()  # cleared: every wait of the outbox goes on and on
        self.may_wait_end.set()

    async def push(self) -> list[dict[str, Any]]:
        """Handle every queued update; returns the messages sent so far."""
        tasks = [task for raw in self.api.take() if (task := self.intake.take(raw)) is not None]
        if tasks:
            await asyncio.wait(tasks)
        return self.api.sent()

    async def says(self, text: str, chat: int = 7) -> dict[str, Any]:
        """The last message sent after the citizen wrote something."""
        self.api.text(text, chat)
        return (await self.push())[-1]

    async def taps(self, label: str, chat: int = 7) -> dict[str, Any]:
        """The last message sent after the citizen tapped a button of the last message, by its text."""
        number, message = next(
            (key[1], values) for key, values in reversed(self.api.messages.items()) if key[0] == chat
        )
        data = next(data for text, data in buttons(message) if label in text)
        self.api.tap(data, chat, message_id=number)
        return (await self.push())[-1]

    def rows(self, table: str = "query_log") -> list[dict[str, Any]]:
        """The rows of a table of the log's file."""
        db = Database(self.folder / "log.db")
        try:
            return list(db.table(table).rows) if table in db.table_names() else []
        finally:
            db.close()

    def outcomes(self) -> list[str]:
        """How the questions ended, in order."""
        return [row["outcome"] for row in self.rows()]


def all_text(message: dict[str, Any]) -> str:
    """The text of a message that was sent."""
    return str(message["text"])


def texts(talk: Talk) -> list[str]:
    """What reached the citizens, in order."""
    return [values["text"] for values in talk.api.messages.values()]


def outbox(talk: Talk) -> list[dict[str, Any]]:
    """The letters that wait, as the file holds them."""
    return talk.rows("outbox")


def buttons(message: dict[str, Any]) -> list[tuple[str, str]]:
    """The buttons of a message that was sent: text and callback_data."""
    rows = json.loads(message.get("reply_markup", '{"inline_keyboard": []}')).get("inline_keyboard", [])
    return [(button["text"], button["callback_data"]) for row in rows for button in row]


@asynccontextmanager
async def talking(assistant: Assistant, folder: Path, api: FakeBotApi | None = None) -> AsyncIterator[Talk]:
    """A process's life: from its start to its end in order; the folder can be opened again after it."""
    storage = Storage(folder / "log.db")
    talk: Talk

    def now() -> datetime:
        return clock.now() + talk.shift

    switches = Switches(storage, now)
    service = Service(
        assistant, storage, Pseudonyms(folder / "key"), now, channel="telegram", pace=Pace(), switches=switches
    )  # fmt: skip
    request = FakeRequest()
    request.api = api or request.api

    async def sleep(seconds: float) -> None:
        talk.waits.append(seconds)
        await talk.may_wait_end.wait()
        await asyncio.sleep(0)

    channel = build(TOKEN, "https://example.invalid", service, storage, request=request, sleep=sleep)
    await channel.application.initialize()
    talk = Talk(channel, await channel.intake(), request.api, folder)
    talk.switches = switches
    await channel.delivery.start()
    try:
        yield talk
    finally:
        await channel.delivery.stop()
        await channel.application.shutdown()
        service.close()
    assert talk.api.invalid == []


@pytest.fixture
async def talk(assistant: Assistant, tmp_path: Path) -> AsyncIterator[Talk]:
    async with talking(assistant, tmp_path) as talk:
        yield talk
