"""The library's network layer without a network: every call is kept and answered from here."""

import json
from typing import Any

from telegram.request import BaseRequest, RequestData

from tests.fakes.bot_api import FakeBotApi


class FakeRequest(BaseRequest):
    """Answers as the fake server would, but in the same process."""

    def __init__(self) -> None:
        self.api = FakeBotApi()

    @property
    def read_timeout(self) -> float:
        return 1.0

    async def initialize(self) -> None:
        pass

    async def shutdown(self) -> None:
        pass

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, **_: Any
    ) -> tuple[int, bytes]:
        values = dict(request_data.json_parameters) if request_data else {}
        status, body = self.api.answer(url.rsplit("/", 1)[-1], values)
        return status, json.dumps(body).encode()
