"""Taking updates that Telegram brings: 200 only after an update was handled, a secret in every call."""

import asyncio
import hmac
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

from aiohttp import web
from telegram import Bot

from bot.errors import SettingsError
from handlers.telegram.delivery import Delivery
from handlers.telegram.intake import ALLOWED_UPDATES, GRACE_SECONDS, Intake

HEALTH_PATH = "/health"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
MOST_BYTES = 1_000_000  # of one update
CONNECTIONS = 40  # calls that Telegram may have open at once

Handler = Callable[[web.Request], Awaitable[web.Response]]


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where Telegram brings updates (`url`, its path is listened to) and where we listen for them."""

    url: str
    secret: str
    listen: str
    port: int

    @property
    def path(self) -> str:
        """The path of the URL."""
        return urlsplit(self.url).path or "/"


def updates(intake: Intake, secret: str) -> Handler:
    """The handler that takes one update a call and answers when it was handled."""
    expected = secret.encode()

    async def handle(request: web.Request) -> web.Response:
        told = request.headers.get(SECRET_HEADER, "").encode("utf-8", errors="surrogateescape")
        if not hmac.compare_digest(told, expected):
            return web.Response(status=HTTPStatus.FORBIDDEN)
        if intake.is_full:
            return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE, headers={"Retry-After": "1"})
        try:
            handling = intake.take(json.loads(await request.read()))
        except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
            return web.Response(status=HTTPStatus.BAD_REQUEST)
        if handling is not None:
            await asyncio.wait({handling})
        return web.Response()

    return handle


def health(intake: Intake, delivery: Delivery) -> Handler:
    """The handler that says: alive, when an update was last handled, what is waiting."""

    async def handle(_: web.Request) -> web.Response:
        last = intake.last_handled
        return web.json_response(
            {
                "ok": True,
                "last_update_handled_seconds_ago": None
                if last is None
                else round(time.monotonic() - last, 1),
                "in_hand": len(intake.in_hand),
                "waiting_to_be_sent": delivery.outbox.waiting,
            }
        )

    return handle


@asynccontextmanager
async def listening(webhook: Webhook, intake: Intake, delivery: Delivery) -> AsyncIterator[None]:
    """Listen until the block ends. Raises SettingsError when the port cannot be had."""
    application = web.Application(client_max_size=MOST_BYTES)
    application.router.add_post(webhook.path, updates(intake, webhook.secret))
    application.router.add_get(HEALTH_PATH, health(intake, delivery))
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=GRACE_SECONDS)
    await runner.setup()
    try:
        await web.TCPSite(runner, webhook.listen, webhook.port).start()
    except OSError as error:
        await runner.cleanup()
        where = f"{webhook.listen}:{webhook.port}"
        advice = "đổi WEBHOOK_LISTEN hoặc WEBHOOK_PORT, hoặc dừng chương trình đang giữ cổng đó"
        raise SettingsError([f"Không mở được {where} ({error.strerror}); {advice}."]) from error
    try:
        yield
    finally:
        await runner.cleanup()  # waits for the calls that are being handled


async def register(bot: Bot, webhook: Webhook) -> None:
    """Tell Telegram where to bring updates; what waits there is kept."""
    await bot.set_webhook(
        webhook.url,
        secret_token=webhook.secret,
        allowed_updates=ALLOWED_UPDATES,
        max_connections=CONNECTIONS,
        drop_pending_updates=False,
    )
