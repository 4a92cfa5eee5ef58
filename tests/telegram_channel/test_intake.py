import asyncio
import logging
from collections.abc import Callable
from typing import Any

import pytest
from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, NetworkError, TelegramError, TimedOut

from bot.assistant import Assistant
from handlers.telegram import patience, polling
from handlers.telegram.intake import MOST_IN_HAND, Intake, name_of
from handlers.telegram.patience import patiently, unless_stopped
from handlers.telegram.polling import poll
from handlers.telegram.run import quieten
from tests.fakes.bot_api import TOKEN, FakeBotApi, message_of, private_message
from tests.fakes.request import FakeRequest, refusing
from tests.telegram_channel.conftest import Talk, talking

Handle = Callable[[Update], Any]


def raw(number: int, chat: int = 7) -> dict[str, Any]:
    return {"update_id": number, "message": private_message(chat, text=str(number), message_id=number)}


def intake_of(handle: Handle, done: frozenset[str] = frozenset()) -> Intake:
    return Intake(lambda one: Update.de_json(dict(one), None), handle, done)


async def all_of(intake: Intake) -> None:
    while intake.in_hand:
        await asyncio.wait(list(intake.in_hand.values()))


async def test_keeps_the_order_of_a_chat_while_chats_go_side_by_side() -> None:
    slow, log = asyncio.Event(), []

    async def handle(one: Update) -> None:
        log.append(("starts", one.update_id))
        if one.update_id == 1:
            await slow.wait()
        if one.update_id == 4:
            slow.set()
        log.append(("ends", one.update_id))

    intake = intake_of(handle)
    for one in (raw(1, 7), raw(2, 7), raw(3, 8), raw(4, 8)):
        intake.take(one)
    await all_of(intake)
    assert log.index(("ends", 1)) < log.index(("starts", 2))
    assert log.index(("ends", 4)) < log.index(("ends", 1))


async def test_an_error_in_one_update_stops_no_other(caplog: pytest.LogCaptureFixture) -> None:
    handled = []

    async def handle(one: Update) -> None:
        if one.update_id == 1:
            raise ValueError("secret words")
        handled.append(one.update_id)

    intake = intake_of(handle)
    for one in (raw(1, 7), raw(2, 7), raw(3, 8)):
        intake.take(one)
    await all_of(intake)
    assert sorted(handled) == [2, 3]
    assert "ValueError" in caplog.text
    assert "secret" not in caplog.text


async def test_an_update_that_comes_twice_is_handled_once() -> None:
    handled = []

    async def handle(one: Update) -> None:
        handled.append(one.update_id)

    intake = intake_of(handle)
    first = intake.take(raw(1))
    assert intake.take(raw(1)) is first
    await all_of(intake)
    assert intake.take(raw(1)) is None
    update = Update.de_json(raw(2), None)
    after_restart = intake_of(handle, frozenset({name_of(update)}))
    assert after_restart.take(raw(2)) is None
    assert handled == [1]


async def test_the_same_id_on_another_message_is_another_update() -> None:
    handled = []

    async def handle(one: Update) -> None:
        handled.append(one.update_id)

    old = Update.de_json(raw(1), None)
    intake = intake_of(handle, frozenset({name_of(old)}))
    other = raw(1)
    other["message"]["message_id"] = 99  # after a quiet week ids begin anew
    intake.take(other)
    await all_of(intake)
    assert handled == [1]


def test_the_same_update_for_another_bot_or_on_another_server_is_another_update() -> None:
    bots = [Bot(TOKEN), Bot("987654321:" + "x" * 35), Bot(TOKEN, base_url="http://127.0.0.1:8081/bot")]
    assert len({name_of(Update.de_json(raw(1), bot)) for bot in bots}) == 3


async def test_updates_out_of_order_are_each_answered_once(talk: Talk) -> None:
    talk.api.put(
        *({"update_id": n, "message": message_of(n, "đăng ký kết hôn", n)} for n in (5, 3, 9, 3, 4, 5))
    )
    await talk.push()
    assert sorted(int(sent["chat_id"]) for sent in talk.api.sent()) == [3, 4, 5, 9]


async def test_a_redelivered_update_is_recognised_after_a_restart(
    assistant: Assistant, tmp_path: Any
) -> None:
    update = {"update_id": 1, "message": message_of(7, "đăng ký kết hôn", 5)}
    async with talking(assistant, tmp_path) as talk:
        talk.api.put(update)
        await talk.push()
    async with talking(assistant, tmp_path, talk.api) as talk:
        talk.api.put(update)
        await talk.push()
        assert len(talk.api.sent()) == 1
        assert talk.outcomes() == ["answered"]


class Poller:
    """The real poller on a fake server in the same process, with handlers that the test steers."""

    def __init__(self) -> None:
        self.request = FakeRequest()
        self.api: FakeBotApi = self.request.api
        self.bot = Bot(TOKEN, request=self.request, get_updates_request=self.request)
        self.stop = asyncio.Event()
        self.handled: list[int] = []
        self.hold: dict[int, asyncio.Event] = {}
        self.intake = intake_of(self.handle)

    async def handle(self, one: Update) -> None:
        if one.update_id in self.hold:
            await self.hold[one.update_id].wait()
        self.handled.append(one.update_id)

    async def run(self, until: Callable[[], bool]) -> None:
        await self.bot.initialize()
        polling_ = asyncio.create_task(poll(self.bot, self.intake, self.stop))
        for _ in range(500):
            if until():
                break
            await asyncio.sleep(0.01)
        assert until()
        self.stop.set()
        await polling_


async def test_confirms_nothing_that_is_still_in_hand() -> None:
    poller = Poller()
    poller.api.put(raw(1, 7), raw(2, 8), raw(3, 9))
    poller.hold[2] = asyncio.Event()
    seen: list[int] = []

    def until() -> bool:
        if {1, 3} <= set(poller.handled) and not poller.hold[2].is_set():
            seen.extend(int(values.get("offset", 0)) for values in poller.api.sent("getUpdates"))
            if max(seen) >= 2:
                assert 2 in poller.api.pending()
                poller.hold[2].set()
        return 2 in poller.handled

    await poller.run(until)
    assert max(seen) == 2
    assert poller.api.pending() == []


async def test_a_slow_update_holds_back_no_later_one() -> None:
    poller = Poller()
    poller.hold[1] = asyncio.Event()
    poller.api.put(*(raw(number, chat=number) for number in range(1, 60)))

    def until() -> bool:
        if len(poller.handled) == 58 and not poller.hold[1].is_set():
            poller.api.put(raw(100, chat=100))
        if 100 in poller.handled:
            poller.hold[1].set()
        return 1 in poller.handled

    await poller.run(until)
    assert poller.handled.count(100) == 1
    assert len(poller.handled) == 60


async def test_takes_no_more_than_it_may_have_in_hand() -> None:
    poller = Poller()
    gate = asyncio.Event()
    numbers = range(1, 2 * MOST_IN_HAND + 1)
    poller.hold = dict.fromkeys(numbers, gate)
    most = []

    def until() -> bool:
        most.append(len(poller.intake.in_hand))
        if len(most) > 20:
            gate.set()
        return len(poller.handled) == len(numbers)

    poller.api.put(*(raw(number, chat=number) for number in numbers))
    await poller.run(until)
    assert max(most) == MOST_IN_HAND


async def test_told_to_stop_it_leaves_what_hangs_unconfirmed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polling, "GRACE_SECONDS", 0.05)
    poller = Poller()
    poller.hold[2] = asyncio.Event()
    poller.api.put(raw(1, 7), raw(2, 8))
    await poller.run(lambda: poller.handled == [1])
    assert poller.api.pending() == [2]


async def test_an_update_that_cannot_be_read_is_passed_over_and_the_others_answered(
    caplog: pytest.LogCaptureFixture,
) -> None:
    quieten()
    poller = Poller()
    poller.api.send(message=private_message(7, text="bí mật", message_id=1) | {"poll": {"id": "1"}})
    poller.api.put(raw(5000))
    await poller.run(lambda: 5000 in poller.handled)
    assert poller.api.pending() == []
    assert "không đọc được" in caplog.text
    assert "bí mật" not in caplog.text


@pytest.mark.parametrize(("code", "error"), [(409, Conflict), (401, InvalidToken)])
async def test_what_cannot_get_better_ends_the_poller(code: int, error: type[TelegramError]) -> None:
    poller = Poller()
    await poller.bot.initialize()
    poller.api.refuse = refusing(code, "no", "getUpdates")
    with pytest.raises(error):
        await poll(poller.bot, poller.intake, poller.stop)


async def test_tries_again_while_the_network_is_down_and_says_so_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr(patience.asyncio, "sleep", sleep)
    errors = [NetworkError("down"), TimedOut(), NetworkError("down")]

    async def call() -> str:
        if errors:
            raise errors.pop()
        return "up"

    with caplog.at_level(logging.WARNING):
        assert await patiently(call) == "up"
    assert waits == [1, 2, 4]
    assert len(caplog.records) == 1


async def test_something_that_answers_in_telegrams_place_is_waited_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def sleep(seconds: float) -> None:
        pass

    monkeypatch.setattr(patience.asyncio, "sleep", sleep)
    errors: list[Exception] = [KeyError("result"), TelegramError("Invalid server response")]

    async def call() -> str:
        if errors:
            raise errors.pop()
        return "up"

    assert await patiently(call) == "up"


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
