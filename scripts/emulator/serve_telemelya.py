"""Serves telemelya on 127.0.0.1, the port being the only argument; scripts/emulator.py starts it.

It runs in the environment that has telemelya. Its Redis is one in memory and its store of media is left out.
What is added is what the Bot API promises and the package leaves out: the secret that the bot gave with
setWebhook stands in the header of every update.
"""

import sys
from types import SimpleNamespace
from typing import Any

import aiohttp
import fakeredis
import uvicorn
from fastapi import Request
from telemelya.server import bot_api, webhook
from telemelya.server.app import app
from telemelya.server.media import media_manager
from telemelya.server.state import state_manager

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"

headers: dict[str, str] = {}  # of the calls to the bot
parse_body = bot_api._parse_body


async def note_secret(request: Request) -> dict[str, Any]:
    """The parameters of a call; where a secret is among them, it is sent with every update from now on."""
    body: dict[str, Any] = await parse_body(request)
    if secret := body.get("secret_token"):
        headers[SECRET_HEADER] = str(secret)
    return body


async def connect() -> None:
    """Keep the state in memory."""
    state_manager._redis = fakeredis.FakeAsyncRedis(decode_responses=True)


async def without_media() -> None:
    """Keep no media; the bot sends none."""


if __name__ == "__main__":
    bot_api._parse_body = note_secret
    webhook.aiohttp = SimpleNamespace(
        ClientSession=lambda: aiohttp.ClientSession(headers=headers), ClientTimeout=aiohttp.ClientTimeout
    )
    state_manager.connect = connect
    media_manager.connect = without_media
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]))
