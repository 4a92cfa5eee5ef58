"""The process around the channel: the nightly job, one process a database, answers that are not Telegram's."""

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from telegram.error import NetworkError

from bot.errors import LogError
from handlers.telegram import patience, polling
from handlers.telegram.http import AiohttpRequest
from handlers.telegram.run import _alone, _nightly
from tests.telegram_channel.conftest import Talk


class FakeUpkeep:
    def __init__(self) -> None:
        self.runs = 0

    def run(self) -> None:
        self.runs += 1
        if self.runs == 1:
            raise LogError("bận")

    def seconds_to_next(self) -> float:
        return 0.0


async def test_sweeps_at_the_start_and_again_also_after_a_failure(caplog: pytest.LogCaptureFixture) -> None:
    upkeep = FakeUpkeep()
    nightly = asyncio.create_task(_nightly(upkeep, None))  # type: ignore[arg-type]
    for _ in range(200):
        if upkeep.runs > 1:
            break
        await asyncio.sleep(0.01)
    nightly.cancel()
    assert upkeep.runs > 1
    assert "bận" in caplog.text


def test_only_one_process_serves_a_database(tmp_path: Path) -> None:
    with _alone(tmp_path / "in" / "log.db") as first:
        assert first
        with _alone(tmp_path / "in" / "log.db") as second:
            assert not second
    with _alone(tmp_path / "in" / "log.db") as later:
        assert later


def test_where_no_lock_can_be_made_it_serves_all_the_same(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("")
    with caplog.at_level(logging.ERROR), _alone(tmp_path / "file" / "log.db") as alone:
        assert alone
    assert "tệp khóa" in caplog.text


@pytest.fixture
async def gateway() -> AsyncIterator[str]:
    """Something between us and Telegram that answers in its place."""

    async def refuse(_: web.Request) -> web.Response:
        return web.Response(status=403, text="<html>Forbidden</html>", content_type="text/html")

    application = web.Application()
    application.router.add_route("*", "/{tail:.*}", refuse)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def test_a_refusal_that_is_not_telegrams_is_a_network_that_fails(gateway: str) -> None:
    request = AiohttpRequest(gateway)
    await request.initialize()
    with pytest.raises(NetworkError):
        await request.do_request(f"{gateway}/bot1:x/sendMessage", "POST")
    await request.shutdown()


@pytest.mark.parametrize("result", [None, "abc", [1], [{}], [{"update_id": "x"}]])
async def test_what_is_no_list_of_updates_is_waited_out(
    talk: Talk, monkeypatch: pytest.MonkeyPatch, result: Any
) -> None:
    answers = [result]

    async def call(*_: object, **__: object) -> Any:
        return answers.pop() if answers else []

    async def sleep(_: float) -> None:
        pass

    monkeypatch.setattr(polling, "call", call)
    monkeypatch.setattr(patience.asyncio, "sleep", sleep)
    assert await polling._fetch(talk.channel.application.bot, None, wait=False) == []
    assert answers == []
