"""Updates that Telegram brings: over real HTTP, to the real listener."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.errors import SettingsError
from handlers.telegram.intake import MOST_IN_HAND
from handlers.telegram.webhook import SECRET_HEADER, Webhook, listening, register
from tests.fakes.bot_api import message_of
from tests.telegram_channel.conftest import Talk

SECRET = "a-secret_of-ours"


def free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
async def hook(talk: Talk) -> AsyncIterator[Webhook]:
    webhook = Webhook("https://phuong.example/telegram/hook", SECRET, "127.0.0.1", free_port())
    async with listening(webhook, talk.intake, talk.channel.delivery):
        yield webhook


async def bring(
    hook: Webhook, update: Any, secret: str | None = SECRET, path: str | None = None
) -> tuple[int, dict[str, str]]:
    headers = {} if secret is None else {SECRET_HEADER: secret}
    body = update if isinstance(update, bytes) else json.dumps(update).encode()
    url = f"http://127.0.0.1:{hook.port}{path or hook.path}"
    async with aiohttp.ClientSession() as session, session.post(url, data=body, headers=headers) as response:
        return response.status, dict(response.headers)


def question(number: int = 1, chat: int = 7) -> dict[str, Any]:
    return {"update_id": number, "message": message_of(chat, "đăng ký kết hôn", number)}


async def test_answers_200_only_after_the_update_was_handled(talk: Talk, hook: Webhook) -> None:
    status, _ = await bring(hook, question())
    assert status == 200
    assert len(talk.api.sent()) == 1
    assert talk.outcomes() == ["answered"]


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", SECRET[:-1], "một bí mật khác"])
async def test_a_wrong_secret_is_refused_and_nothing_is_handled(
    talk: Talk, hook: Webhook, secret: str | None
) -> None:
    status, _ = await bring(hook, question(), secret)
    assert status == 403
    assert talk.api.sent() == []
    assert talk.rows() == []


async def test_an_update_brought_twice_is_answered_once(talk: Talk, hook: Webhook) -> None:
    answers = await asyncio.gather(*(bring(hook, question()) for _ in range(5)))
    assert [status for status, _ in answers] == [200] * 5
    assert len(talk.api.sent()) == 1


async def test_updates_out_of_order_and_side_by_side_are_all_answered(talk: Talk, hook: Webhook) -> None:
    numbers = [9, 3, 7, 1, 5, 3]
    await asyncio.gather(*(bring(hook, question(number, chat=number)) for number in numbers))
    assert sorted(int(sent["chat_id"]) for sent in talk.api.sent()) == [1, 3, 5, 7, 9]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"{}", b'{"update_id": "x"}', b'"a"', b"\xff"])
async def test_what_is_no_update_is_refused(talk: Talk, hook: Webhook, body: bytes) -> None:
    status, _ = await bring(hook, body)
    assert status == 400
    assert talk.api.sent() == []


async def test_an_update_that_cannot_be_read_does_not_come_for_ever(talk: Talk, hook: Webhook) -> None:
    status, _ = await bring(hook, {"update_id": 1, "message": {"poll": 1}})
    assert status == 200


async def test_too_much_at_once_is_put_off_not_lost(talk: Talk, hook: Webhook) -> None:
    talk.intake.in_hand.update(
        {-number: asyncio.create_task(asyncio.sleep(0)) for number in range(MOST_IN_HAND)}
    )
    status, headers = await bring(hook, question())
    assert status == 503
    assert headers["Retry-After"] == "1"
    talk.intake.in_hand.clear()
    assert (await bring(hook, question()))[0] == 200


async def test_other_paths_are_not_there(hook: Webhook) -> None:
    assert (await bring(hook, question(), path="/"))[0] == 404


async def test_health_says_when_an_update_was_last_handled(talk: Talk, hook: Webhook) -> None:
    async def health() -> dict[str, Any]:
        url = f"http://127.0.0.1:{hook.port}/health"
        async with aiohttp.ClientSession() as session, session.get(url) as response:
            assert response.status == 200
            body: dict[str, Any] = await response.json()
            return body

    assert (await health())["last_update_handled_seconds_ago"] is None
    await bring(hook, question())
    told = await health()
    assert told["ok"] is True
    assert 0 <= told["last_update_handled_seconds_ago"] < 60
    assert (told["in_hand"], told["waiting_to_be_sent"]) == (0, 0)


async def test_a_port_that_is_taken_is_named(talk: Talk, hook: Webhook) -> None:
    with pytest.raises(SettingsError, match="WEBHOOK_PORT"):
        async with listening(hook, talk.intake, talk.channel.delivery):
            pass


async def test_tells_telegram_where_and_keeps_what_waits(talk: Talk, hook: Webhook) -> None:
    await register(talk.channel.application.bot, hook)
    (call,) = talk.api.sent("setWebhook")
    assert call["url"] == hook.url
    assert call["secret_token"] == SECRET
    assert json.loads(call["allowed_updates"]) == ["message", "edited_message", "callback_query"]
    assert call.get("drop_pending_updates", "false") == "false"
