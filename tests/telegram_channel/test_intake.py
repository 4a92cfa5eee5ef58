import asyncio
from typing import Any

from telegram import Bot, Update
from telegram.error import NetworkError, TelegramError, TimedOut

from handlers.telegram import intake
from handlers.telegram.intake import Intake, patiently, poll, unless_stopped
from handlers.telegram.run import quieten
from tests.fakes.bot_api import TOKEN, private_message
from tests.fakes.request import FakeRequest


def update(number: int, chat: int) -> Update:
    raw = {"update_id": number, "message": private_message(chat, text=str(number), message_id=number)}
    parsed = Update.de_json(raw, None)
    assert parsed is not None
    return parsed


async def test_keeps_the_order_of_a_chat_while_chats_go_side_by_side() -> None:
    slow, log = asyncio.Event(), []

    async def handle(one: Update) -> None:
        log.append(("starts", one.update_id))
        if one.update_id == 1:
            await slow.wait()
        if one.update_id == 4:
            slow.set()
        log.append(("ends", one.update_id))

    await Intake(handle).take([update(1, 7), update(2, 7), update(3, 8), update(4, 8)])
    assert log.index(("ends", 1)) < log.index(("starts", 2))
    assert log.index(("ends", 4)) < log.index(("ends", 1))


async def test_an_error_in_one_update_stops_no_other() -> None:
    handled = []

    async def handle(one: Update) -> None:
        if one.update_id == 1:
            raise ValueError("secret words")
        handled.append(one.update_id)

    await Intake(handle).take([update(1, 7), update(2, 7), update(3, 8)])
    assert sorted(handled) == [2, 3]


class FakeBot:
    """Hands out one batch, then stops the poller."""

    def __init__(self, stop: asyncio.Event) -> None:
        self.offsets: list[int | None] = []
        self.handled_before: list[list[int]] = []
        self.handled: list[int] = []
        self.stop = stop

    async def get_updates(self, offset: int | None = None, **_: Any) -> list[Update]:
        self.offsets.append(offset)
        self.handled_before.append(list(self.handled))
        if len(self.offsets) == 1:
            return [update(5, 7), update(6, 8)]
        self.stop.set()
        return []

    async def handle(self, one: Update) -> None:
        self.handled.append(one.update_id)


async def test_confirms_a_batch_only_after_all_of_it_was_handled() -> None:
    stop = asyncio.Event()
    bot = FakeBot(stop)
    await poll(bot, Intake(bot.handle), stop)  # type: ignore[arg-type]
    assert bot.offsets == [None, 7, 7]
    assert sorted(bot.handled_before[1]) == [5, 6]


async def test_tries_again_while_the_network_is_down(monkeypatch: Any) -> None:
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr(intake.asyncio, "sleep", sleep)
    errors = [NetworkError("down"), TimedOut(), NetworkError("down")]

    async def call() -> str:
        if errors:
            raise errors.pop()
        return "up"

    assert await patiently(call) == "up"
    assert waits == [1, 2, 4]


async def test_gives_a_call_up_when_told_to_stop() -> None:
    stop = asyncio.Event()
    cancelled = []

    async def forever() -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled.append(True)
            raise

    asyncio.get_running_loop().call_soon(stop.set)
    assert await unless_stopped(forever(), stop) is None
    assert cancelled == [True]


async def test_an_update_that_cannot_be_read_is_passed_over_and_the_others_answered(caplog: Any) -> None:
    quieten()
    stop = asyncio.Event()
    request = FakeRequest()
    bot = Bot(TOKEN, request=request, get_updates_request=request)
    await bot.initialize()
    request.api.send(message=private_message(7, text="bí mật", message_id=1) | {"poll": {"id": "1"}})
    request.api.text("đọc được")
    handled: list[str | None] = []

    async def handle(one: Update) -> None:
        handled.append(one.message.text if one.message else None)
        if len(handled) == 2:
            stop.set()

    await poll(bot, Intake(handle), stop)
    assert handled == [None, "đọc được"]
    assert request.api.pending() == []
    assert "bí mật" not in caplog.text


async def test_told_to_stop_it_leaves_a_hanging_batch_unconfirmed(monkeypatch: Any) -> None:
    monkeypatch.setattr(intake, "GRACE_SECONDS", 0.05)
    stop = asyncio.Event()
    bot = FakeBot(stop)

    async def hang(one: Update) -> None:
        stop.set()
        await asyncio.Event().wait()

    await poll(bot, Intake(hang), stop)  # type: ignore[arg-type]
    assert bot.offsets == [None]


async def test_something_that_answers_in_telegrams_place_is_waited_out(monkeypatch: Any) -> None:
    async def sleep(seconds: float) -> None:
        pass

    monkeypatch.setattr(intake.asyncio, "sleep", sleep)
    errors: list[Exception] = [KeyError("result"), TelegramError("Invalid server response")]

    async def call() -> str:
        if errors:
            raise errors.pop()
        return "up"

    assert await patiently(call) == "up"
