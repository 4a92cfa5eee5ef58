"""Calls to the Bot API over aiohttp, which takes less time than the library's own client (docs/adr/0009)."""

from typing import Any
from urllib.parse import SplitResult, urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import httpx
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
CONNECT_SECONDS = 5.0
BAD_REQUEST = 400
READ_SECONDS = 20.0  # for an answer to anything but a long poll


class AiohttpRequest(BaseRequest):
    """The library's network layer; makes its connections when it is initialised, keeps and reuses them."""

    def __init__(self, api_url: str) -> None:
        """`api_url`: where the calls will go, for the proxy that the environment may name for it."""
        self._proxy = _proxy(urlsplit(api_url))
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """How long, in seconds, an answer may take by default."""
        return READ_SECONDS

    async def initialize(self) -> None:
        """Open the pool of connections; the certificates trusted are those the library trusts."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=0, ssl=httpx.create_ssl_context())
            self._session = aiohttp.ClientSession(
                connector=connector, headers={"User-Agent": self.USER_AGENT}, proxy=self._proxy
            )

    async def shutdown(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """The status and body of the answer; raises TimedOut, NetworkError. No files: the bot sends none."""
        if self._session is None:
            raise RuntimeError("not initialised")
        timeout = aiohttp.ClientTimeout(
            sock_connect=_seconds(connect_timeout, CONNECT_SECONDS),
            sock_read=_seconds(read_timeout, READ_SECONDS),
        )
        data = _form(request_data.json_parameters) if request_data else None
        headers = FORM if data else None
        try:
            async with self._session.request(
                method, url, data=data, headers=headers, timeout=timeout
            ) as response:
                body = await response.read()
                if response.status >= BAD_REQUEST and b'"ok"' not in body:
                    raise NetworkError(f"no Bot API answer ({response.status})")  # something in between
                return response.status, body
        except TimeoutError as error:
            raise TimedOut from error
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(f"aiohttp.{type(error).__name__}") from error


def _form(parameters: dict[str, str]) -> bytes:
    """The parameters form-encoded; yarl does in C what urllib does letter by letter."""
    return URL.build(query=parameters).raw_query_string.encode()


def _proxy(url: SplitResult) -> str | None:
    """The proxy that HTTPS_PROXY, HTTP_PROXY and NO_PROXY name for a URL."""
    if proxy_bypass(url.hostname or ""):
        return None
    return getproxies().get(url.scheme)


def _seconds(given: Any, default: float) -> float | None:
    if isinstance(given, DefaultValue):
        return default
    return None if given is None else float(given)
