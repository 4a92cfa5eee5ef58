"""The library's network layer without a network: every call is kept and answered from here."""

import json
from typing import Any

from telegram.error import NetworkError, TimedOut
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
        if body.get("error_code") == "reset":
            raise NetworkError("connection reset")
        if body.get("error_code") == "timeout":
            raise TimedOut
        return status, json.dumps(body).encode()


def refusing(
    code: int | str,
    description: str,
    *methods: str,
    having: str | None = None,
    times: int = 10**6,
    **more: Any,
) -> Any:
    """A server that refuses some methods (only calls that have a parameter), a number of times.

    `code` is an HTTP status, or "reset" or "timeout".
    """
    left = [times]

    def refuse(method: str, values: dict[str, Any]) -> dict[str, Any] | None:
        if method not in methods or left[0] == 0 or (having is not None and having not in values):
            return None
        left[0] -= 1
        return {"error_code": code, "description": description, **more}

    return refuse
