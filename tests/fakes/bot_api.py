"""A small Bot API server on 127.0.0.1: real HTTP, real offset semantics, every call kept."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

TOKEN = "123456789:AAHfakefakefakefakefakefakefakefakefa"
BOT = {"id": 123456789, "is_bot": True, "first_name": "An Cựu", "username": "ancuu_test_bot"}
LONG_POLL_SECONDS = 0.5

Update = dict[str, Any]
Call = tuple[str, dict[str, Any]]


@dataclass
class FakeBotApi:
    """What the server knows: updates not yet confirmed, and the calls it got."""

    token: str = TOKEN
    calls: list[Call] = field(default_factory=list)
    refuse: Callable[[str, dict[str, Any]], dict[str, Any] | None] = lambda method, values: None
    url: str = ""
    _updates: list[Update] = field(default_factory=list)
    _next_update: int = 1000
    _next_message: int = 1
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def send(self, **content: Any) -> int:
        """Put an update in the queue; returns its id."""
        with self._changed:
            self._next_update += 1
            self._updates.append({"update_id": self._next_update, **content})
            self._changed.notify_all()
            return self._next_update

    def text(self, text: str, chat: int = 7) -> int:
        """A private text message; a command gets its entity."""
        message = private_message(chat, text=text, message_id=self._message_id())
        if text.startswith("/"):
            length = len(text.split(maxsplit=1)[0])
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        return self.send(message=message)

    def tap(self, data: str, chat: int = 7) -> int:
        """A tapped inline button of a message of ours."""
        message = private_message(chat, text="…", message_id=1) | {"from": BOT}
        query = {"id": "q1", "from": person(chat), "chat_instance": "1", "data": data, "message": message}
        return self.send(callback_query=query)

    def sent(self, method: str = "sendMessage") -> list[dict[str, Any]]:
        """The calls of one method, in order."""
        return [values for name, values in self.calls if name == method]

    def wait_for(self, count: int, method: str = "sendMessage", seconds: float = 20) -> list[dict[str, Any]]:
        """The calls of a method once there are `count` of them; fails after `seconds`."""
        end = time.monotonic() + seconds
        with self._changed:
            while len(self.sent(method)) < count:
                left = end - time.monotonic()
                assert left > 0, f"only {len(self.sent(method))} of {count} {method}: {self.calls}"
                self._changed.wait(left)
        return self.sent(method)

    def take(self) -> list[Update]:
        """The queued updates, confirmed at once."""
        with self._changed:
            taken, self._updates = self._updates, []
            return taken

    def pending(self) -> list[int]:
        """The ids of updates that were not confirmed."""
        with self._changed:
            return [update["update_id"] for update in self._updates]

    def answer(self, method: str, values: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Status and body for one call."""
        with self._changed:
            self.calls.append((method, values))
            self._changed.notify_all()
        refused = self.refuse(method, values)
        if refused is not None:
            return refused["error_code"], {"ok": False, **refused}
        if method == "getUpdates":
            return 200, {"ok": True, "result": self._get_updates(values)}
        results: dict[str, Any] = {"getMe": BOT}
        if method == "sendMessage":
            chat = int(values["chat_id"])
            results[method] = private_message(chat, text=values["text"], message_id=self._message_id())
        return 200, {"ok": True, "result": results.get(method, True)}

    def _get_updates(self, values: dict[str, Any]) -> list[Update]:
        offset = int(values.get("offset", 0))
        end = time.monotonic() + min(float(values.get("timeout", 0)), LONG_POLL_SECONDS)
        with self._changed:
            if offset:
                self._updates = [u for u in self._updates if u["update_id"] >= offset]
            while not self._updates and (left := end - time.monotonic()) > 0:
                self._changed.wait(left)
            return self._updates[: int(values.get("limit", 100))]

    def _message_id(self) -> int:
        self._next_message += 1
        return self._next_message


def person(chat: int) -> dict[str, Any]:
    """The citizen of a private chat."""
    return {"id": chat, "is_bot": False, "first_name": "Mệ"}


def private_message(chat: int, *, text: str, message_id: int) -> dict[str, Any]:
    """A message of a private chat as the Bot API writes it."""
    return {
        "message_id": message_id,
        "date": 1795651200,
        "chat": {"id": chat, "type": "private", "first_name": "Mệ"},
        "from": person(chat),
        "text": text,
    }


@contextmanager
def running() -> Iterator[FakeBotApi]:
    """The server, up on a free port until the block ends."""
    api = FakeBotApi()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # else a reply in two writes waits 40 ms for an acknowledgement
        wbufsize = -1

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self._reply(*self._route(dict(parse_qsl(body.decode()))))

        def do_GET(self) -> None:
            self._reply(*self._route(dict(parse_qsl(urlsplit(self.path).query))))

        def _route(self, values: dict[str, Any]) -> tuple[int, dict[str, Any]]:
            _, bot, method = urlsplit(self.path).path.split("/")
            if bot != f"bot{api.token}":
                return 401, {"ok": False, "error_code": 401, "description": "Unauthorized"}
            return api.answer(method, values)

        def _reply(self, status: int, body: dict[str, Any]) -> None:
            data = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    api.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield api
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
