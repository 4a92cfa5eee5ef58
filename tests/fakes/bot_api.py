"""A small Bot API server on 127.0.0.1: real HTTP, real offset semantics, every call kept and checked."""

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.fakes.rules import problems

TOKEN = "123456789:AAHfakefakefakefakefakefakefakefakefa"
BOT = {"id": 123456789, "is_bot": True, "first_name": "An Cựu", "username": "ancuu_test_bot"}
LONG_POLL_SECONDS = 0.5
GROUP = {"type": "supergroup", "title": "Cán bộ"}
DATE = 1795651200
TAGS = re.compile(r"<[^>]*>")
WAIT_SECONDS = 30

Update = dict[str, Any]
Call = tuple[str, dict[str, Any]]
Refuse = Callable[[str, dict[str, Any]], dict[str, Any] | None]


@dataclass
class FakeBotApi:
    """What the server knows: updates not yet confirmed, messages sent, the calls it got."""

    token: str = TOKEN
    calls: list[Call] = field(default_factory=list)
    invalid: list[str] = field(default_factory=list)  # what was wrong with calls, by the Bot API's rules
    refuse: Refuse = lambda method, values: None
    after: Callable[[str, dict[str, Any]], None] = lambda method, values: None
    slow: Callable[[str, dict[str, Any]], float] = lambda method, values: 0.0
    url: str = ""
    profile: dict[str, Any] = field(default_factory=dict)
    messages: dict[tuple[int, int], dict[str, Any]] = field(default_factory=dict)
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

    def put(self, *updates: Update) -> None:
        """Put whole updates in the queue, in this order, whatever their ids."""
        with self._changed:
            self._updates.extend(updates)
            self._changed.notify_all()

    def text(self, text: str, chat: int = 7, *, sender: int | None = None, **more: Any) -> int:
        """A text message, in a group (a negative chat) from `sender`; a command gets its entity."""
        message = message_of(chat, text, self._message_id())
        if sender is not None:
            message["from"] = person(sender)
        return self.send(message=message | more)

    def reply(self, text: str, to: int, chat: int = 7, *, sender: int | None = None) -> int:
        """A reply to our message with this id."""
        shown = unescape(TAGS.sub("", self.messages[chat, to]["text"]))
        replied = private_message(chat, text=shown, message_id=to) | {"from": BOT}
        return self.text(text, chat, sender=sender, reply_to_message=replied)

    def edit(self, text: str, message_id: int, chat: int = 7) -> int:
        """An edited private message."""
        edited = message_of(chat, text, message_id) | {"edit_date": DATE + 60}
        return self.send(edited_message=edited)

    def tap(self, data: str, chat: int = 7, message_id: int = 1, *, sender: int | None = None) -> int:
        """A tapped inline button of a message of ours; `sender`: who taps in a group."""
        message = private_message(chat, text="…", message_id=message_id) | {"from": BOT}
        with self._changed:
            number = self._next_update
        query = {
            "id": f"q{number}", "from": person(sender or chat), "chat_instance": "1", "data": data, "message": message
        }  # fmt: skip
        return self.send(callback_query=query)

    def sent(self, method: str = "sendMessage") -> list[dict[str, Any]]:
        """The calls of one method, in order."""
        return [values for name, values in list(self.calls) if name == method]

    def wait_for(
        self, count: int, method: str = "sendMessage", seconds: float = WAIT_SECONDS
    ) -> list[dict[str, Any]]:
        """The calls of a method once there are `count` of them; fails after `seconds`."""
        self.wait_until(lambda: len(self.sent(method)) >= count, f"{count} {method}", seconds)
        return self.sent(method)

    def wait_until(self, holds: Callable[[], bool], what: str, seconds: float = WAIT_SECONDS) -> None:
        """Wait until something holds after a call; fails after `seconds`."""
        end = time.monotonic() + seconds
        with self._changed:
            while not holds():
                left = end - time.monotonic()
                assert left > 0, f"waited in vain for {what}: {self.calls[-20:]}"
                self._changed.wait(min(left, 0.2))

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
        wrong = problems(method, values)
        with self._changed:
            self.invalid += wrong
            self.calls.append((method, values))
            self._changed.notify_all()
        if seconds := self.slow(method, values):
            time.sleep(seconds)
        refused = self.refuse(method, values) or (_bad(wrong[0]) if wrong else None)
        if refused is None:
            refused, result = self._do(method, values)
        if refused is not None:
            return refused["error_code"], {"ok": False, **refused}
        self.after(method, values)
        return 200, {"ok": True, "result": result}

    def _do(self, method: str, values: dict[str, Any]) -> tuple[dict[str, Any] | None, Any]:
        """What is refused, and the result."""
        if method.startswith("set") and method != "setWebhook":
            self.profile[method.removeprefix("set") + _scope(values)] = values
            return None, True
        match method:
            case "getUpdates":
                return None, self._get_updates(values)
            case "getMe":
                return None, BOT
            case "getMyCommands":
                commands = self.profile.get(f"MyCommands{_scope(values)}", {}).get("commands", "[]")
                return None, json.loads(commands)
            case "getMyDescription":
                return None, {"description": self.profile.get("MyDescription", {}).get("description", "")}
            case "getMyShortDescription":
                short = self.profile.get("MyShortDescription", {}).get("short_description", "")
                return None, {"short_description": short}
            case "getChatMenuButton":
                button = self.profile.get("ChatMenuButton", {}).get("menu_button", '{"type": "default"}')
                return None, json.loads(button)
            case "sendMessage":
                return None, self._send_message(values)
            case "editMessageText":
                return self._edit(values)
            case "deleteMessage":
                self.messages.pop((int(values["chat_id"]), int(values["message_id"])), None)
        return None, True

    def _send_message(self, values: dict[str, Any]) -> dict[str, Any]:
        chat, number = int(values["chat_id"]), self._message_id()
        self.messages[chat, number] = values
        return private_message(chat, text=values["text"], message_id=number)

    def _edit(self, values: dict[str, Any]) -> tuple[dict[str, Any] | None, Any]:
        key = int(values["chat_id"]), int(values["message_id"])
        known = self.messages.get(key)
        if known is None:
            return _bad("message to edit not found"), None
        if all(known.get(name) == values.get(name) for name in ("text", "reply_markup")):
            return _bad("message is not modified"), None
        self.messages[key] = values
        return None, private_message(key[0], text=values["text"], message_id=key[1])

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
        with self._changed:
            self._next_message += 1
            return self._next_message


def _scope(values: dict[str, Any]) -> str:
    """The chat whose profile is meant, behind a colon; "" for everybody's."""
    scope = values.get("scope")
    return f":{json.loads(scope)['chat_id']}" if scope else ""


def _bad(description: str) -> dict[str, Any]:
    return {"error_code": 400, "description": f"Bad Request: {description}"}


def person(chat: int) -> dict[str, Any]:
    """The citizen of a private chat."""
    return {"id": chat, "is_bot": False, "first_name": "Mệ"}


def private_message(chat: int, *, text: str, message_id: int) -> dict[str, Any]:
    """A message of a private chat, or (a negative id) of a group, as the Bot API writes it."""
    return {
        "message_id": message_id,
        "date": DATE,
        "chat": GROUP | {"id": chat} if chat < 0 else {"id": chat, "type": "private", "first_name": "Mệ"},
        "from": person(chat),
        "text": text,
    }


def message_of(chat: int, text: str, message_id: int) -> dict[str, Any]:
    """A citizen's message; a command gets its entity."""
    message = private_message(chat, text=text, message_id=message_id)
    if text.startswith("/"):
        length = len(text.split(maxsplit=1)[0])
        message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
    return message


@contextmanager
def running(api: FakeBotApi | None = None) -> Iterator[FakeBotApi]:
    """The server, up on a free port until the block ends."""
    api = api or FakeBotApi()

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
            if body.get("error_code") == "reset":
                self.close_connection = True
                return
            data = json.dumps(body).encode()
            try:
                self.send_response(status if status != 0 else 500)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)
            except OSError:
                self.close_connection = True  # the bot was killed meanwhile

        def log_message(self, *args: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: Any, client_address: Any) -> None:
            pass  # a connection that the other side gave up

    server = Server(("127.0.0.1", 0), Handler)
    api.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield api
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
