"""The emulators of scripts/emulator.py: how each is installed, started and spoken to as the user."""

import html
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

LAUNCHERS = Path(__file__).resolve().parent
HOST = "127.0.0.1"
TOKEN, SECRET = "123456789:" + "A" * 35, "S" * 32
PERSON = {"id": 7, "is_bot": False, "first_name": "Mệ"}
CHAT = {"id": 7, "type": "private", "first_name": "Mệ"}
INSTALL_SECONDS = 300.0
CALL_SECONDS = 30.0

Raw = dict[str, Any]
Process = subprocess.Popen[bytes]


class GaveUpError(Exception):
    """The talk cannot go on."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A message of the bot as the chat shows it; `buttons`: their callback_data in reading order."""

    text: str
    buttons: tuple[str, ...]

    @classmethod
    def of(cls, raw: Raw) -> "Shown":
        """The message of a call's parameters, its text being HTML."""
        rows = (raw.get("reply_markup") or {}).get("inline_keyboard", [])
        text = html.unescape(re.sub(r"<[^>]+>", "", raw["text"]))
        return cls(text, tuple(button["callback_data"] for row in rows for button in row))


class TelegramTestApi:
    """The npm package: updates are fetched, and each is given once, whatever the offset."""

    ready = "getUpdates"  # the call of the bot after which it hears

    def __init__(self, folder: Path) -> None:
        options = ("--no-audit", "--no-fund", "--ignore-scripts", "--prefix", folder)
        install(folder, "npm", "install", *options, "telegram-test-api@4.2.1")
        self._port = free_port()
        self.command = ("node", LAUNCHERS / "serve_telegram_test_api.cjs", self._port)
        self.environment = {"NODE_PATH": str(folder / "node_modules")}
        self.url = f"http://{HOST}:{self._port}"
        self.bot_settings: Mapping[str, str] = {}
        self._http = httpx.Client(base_url=self.url, timeout=CALL_SECONDS, trust_env=False)

    def say(self, text: str) -> bool:
        """Send a text or command; whether the emulator took it for the bot."""
        if not text.startswith("/"):
            return self._post("/sendMessage", text=text, chat=CHAT)
        command = {"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}
        return self._post("/sendCommand", text=text, chat=CHAT, entities=[command])

    def tap(self, data: str, message: int) -> bool:
        """Tap a button of a message; whether the emulator took it for the bot."""
        under = {"message_id": message, "date": int(time.time()), "chat": CHAT, "text": "…"}
        return self._post("/sendCallback", data=data, message=under)

    def messages(self) -> dict[int, Shown]:
        """The bot's messages by id, as they are after edits."""
        history = self._http.post("/getUpdatesHistory", json={"token": TOKEN}).json()["result"]
        sent = [item for item in history if "chat_id" in item.get("message", {})]
        return {item["messageId"]: Shown.of(item["message"]) for item in sent}

    def bring_again(self, server: Process) -> None:
        """Let every update come to the bot once more; our launcher takes this signal to mean so."""
        server.send_signal(signal.SIGUSR2)

    def _post(self, path: str, **content: Any) -> bool:
        body = {"botToken": TOKEN, "from": PERSON, "date": int(time.time()), **content}
        return self._http.post(path, json=body).is_success


class Telemelya:
    """The PyPI package: updates are brought to a webhook, once; they are lost while the bot is down."""

    ready = "setWebhook"

    def __init__(self, folder: Path) -> None:
        install(folder, sys.executable, "-m", "venv", folder / "venv")
        install(folder, folder / "venv/bin/pip", "install", "telemelya==0.2.2", "fakeredis==2.40.0")
        port, bot_port = free_port(), free_port()
        self.command = (folder / "venv/bin/python", LAUNCHERS / "serve_telemelya.py", port)
        self.environment = {"STRICT_EDIT": "true"}  # refuse the edit of an unknown message
        self.url, self._hook = f"http://{HOST}:{port}", f"http://{HOST}:{bot_port}/updates"
        self.bot_settings: Mapping[str, str] = {
            "WEBHOOK_URL": self._hook, "WEBHOOK_SECRET": SECRET, "WEBHOOK_PORT": str(bot_port)
        }  # fmt: skip
        control, key = f"{self.url}/api/v1/test", {"Authorization": "Bearer any"}
        self._http = httpx.Client(base_url=control, headers=key, timeout=CALL_SECONDS, trust_env=False)
        self._brought: list[Raw] = []

    def say(self, text: str) -> bool:
        """Send a text or command; whether it came to the bot."""
        return self._post(text=text)

    def tap(self, data: str, message: int) -> bool:
        """Tap a button of a message; whether it came to the bot."""
        return self._post(callback_data=data, callback_message_id=message)

    def messages(self) -> dict[int, Shown]:
        """The bot's messages by id, as they are after edits."""
        calls = self._http.get("/responses").json()["responses"]
        return {
            call["message_id"]: Shown.of(call) for call in calls if call.get("message_id") and call["text"]
        }

    def bring_again(self, server: Process) -> None:
        """Let every update come to the bot once more; the emulator cannot, so it is done from here."""
        told = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
        with httpx.Client(headers=told, timeout=CALL_SECONDS, trust_env=False) as client:
            for update in self._brought:
                client.post(self._hook, json=update).raise_for_status()

    def _post(self, **content: Any) -> bool:
        update = {"chat_id": CHAT["id"], "from_user": PERSON, **content}
        answer = self._http.post("/send_update", params={"bot_token": TOKEN}, json=update)
        if answer.is_success:
            self._brought.append(answer.json()["update"])
        return answer.is_success and answer.json()["delivery"]["status_code"] == httpx.codes.OK


Emulator = TelegramTestApi | Telemelya
EMULATORS: Mapping[str, type[Emulator]] = {"telegram-test-api": TelegramTestApi, "telemelya": Telemelya}


def free_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.socket() as one:
        one.bind((HOST, 0))
        return int(one.getsockname()[1])


def install(folder: Path, *command: object) -> None:
    """Run an installer, silently unless it fails; all that it makes is in `folder`."""
    line, environment = [*map(str, command)], {**os.environ, "TMPDIR": str(folder)}
    with subprocess.Popen(  # noqa: S603 - our own command
        line, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment, start_new_session=True
    ) as process:
        try:
            told, _ = process.communicate(timeout=INSTALL_SECONDS)
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)  # installers start processes of their own
            process.communicate()
            raise
    if process.returncode:
        raise GaveUpError(f"{' '.join(line)} failed:\n{told.decode(errors='replace')}")
