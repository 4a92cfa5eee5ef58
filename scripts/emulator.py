"""Talk with the real bot through an emulator of the Bot API that others wrote; ours knows only what we know.

    python scripts/emulator.py telegram-test-api     the bot fetches its updates; needs npm
    python scripts/emulator.py telemelya             the bot gets them by webhook

The emulator is installed into a temporary folder, everything runs on 127.0.0.1 and ends with the talk. What
an emulator cannot do is told as "skipped". Exit status 0 when every expectation held, else 1.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import httpx
from emulator.servers import EMULATORS, TOKEN, Emulator, GaveUpError, Process, Shown

ROOT = Path(__file__).resolve().parent.parent
WAIT_SECONDS = 30.0  # for a start or a stop
ANSWER_SECONDS = 10.0
QUIET_SECONDS = 0.5  # an answer is whole when nothing follows for so long
SILENCE_SECONDS = 3.0  # the same after a kill, when old updates come again
CALL = re.compile(r'"[A-Z]+ /bot[^/]+/(\w+)\S* HTTP/1\.1" (\d+)')  # as both servers log it
UNKNOWN = {"404", "500"}  # what telemelya and telegram-test-api say to a method that they do not have
NEEDED = {"getMe", "getUpdates", "setWebhook", "sendMessage", "editMessageText", "answerCallbackQuery"}
MOST_LINES = 6  # of an answer that are printed


@dataclass(frozen=True, slots=True)
class Step:
    """What the user types or taps, and what must come: words, a button's data, an edit of an old message."""

    does: str
    words: str = ""
    button: str = ""
    taps: bool = False
    is_last: bool = False  # the button, among those of the answer
    edits: bool = False


TALK = (
    Step("/start", "máy trả lời tự động"),
    Step("lam giay khai sinh can giay to gi", "Giấy chứng sinh", "ff:dang-ky-khai-sinh"),
    Step("ff:dang-ky-khai-sinh", "60 ngày", taps=True),
    Step("gia hạn cần giấy tờ gì", button="none", is_last=True),
    Step("none", "ví dụ", taps=True),
    Step("zzz qqq kkk", "19001075"),
    Step("/menu", button="t0:ho-tich"),
    Step("t0:ho-tich", taps=True, edits=True),
    Step("/xoadulieu", button="erase"),
    Step("erase", "Đã xóa", taps=True),
)
AFTER_KILL = Step("đăng ký kết hôn", "kết hôn")


class Talk:
    """The talk of user and bot; `failures` says what was expected and did not come."""

    def __init__(self, emulator: Emulator, folder: Path, ending: ExitStack) -> None:
        """`ending` ends what the talk starts."""
        self.failures: list[str] = []
        self._emulator, self._folder, self._ending = emulator, folder, ending
        self._server = self._spawn(emulator.command, emulator.environment, "server.log")
        if not holds_soon(lambda: answers(emulator.url)):
            raise GaveUpError("the emulator does not start:\n" + self._text("server.log"))

    def play(self) -> None:
        """Everything, from the first start of the bot to its orderly end."""
        bot = self._start_bot()
        for step in TALK:
            self._play(step)
        print("\nskipped: an edited question; the emulator makes no edited_message")
        bot = self._play_after_kill(bot)
        bot.terminate()
        self._expect(bot.wait(WAIT_SECONDS) == 0, f"bot ended with {bot.returncode} at SIGTERM")
        self._check_logs()

    def _play(self, step: Step) -> None:
        before = self._emulator.messages()
        print(f"\nuser {'taps' if step.taps else 'says'}: {step.does}")
        self._expect(self._act(step, before), f"{step.does}: the update did not reach the bot")
        self._check(step, before, self._answer(before, QUIET_SECONDS))

    def _act(self, step: Step, before: Mapping[int, Shown]) -> bool:
        if not step.taps:
            return self._emulator.say(step.does)
        under = [number for number, message in before.items() if step.does in message.buttons]
        return bool(under) and self._emulator.tap(step.does, max(under))

    def _answer(self, before: Mapping[int, Shown], quiet: float) -> dict[int, Shown]:
        """The messages that are new or edited, once no more come."""
        holds_soon(lambda: self._emulator.messages() != before, ANSWER_SECONDS)
        now, give_up = self._emulator.messages(), time.monotonic() + WAIT_SECONDS
        while time.monotonic() < give_up:
            time.sleep(quiet)
            last, now = now, self._emulator.messages()
            if last == now:
                break
        return {number: message for number, message in now.items() if before.get(number) != message}

    def _check(self, step: Step, before: Mapping[int, Shown], answer: Mapping[int, Shown]) -> None:
        for number, message in answer.items():
            print_message(message, "edits" if number in before else "sends")
        self._expect(len(answer) == 1, f"{step.does}: {len(answer)} messages came, not one")
        if not answer:
            return
        text = "\n".join(message.text for message in answer.values())
        buttons = [button for message in answer.values() for button in message.buttons]
        self._expect(step.words in text, f"{step.does}: no “{step.words}” in the answer")
        wanted = buttons[-1:] if step.is_last else buttons
        self._expect(not step.button or step.button in wanted, f"{step.does}: no {step.button} in {buttons}")
        edited = answer.keys() & before.keys()
        self._expect(bool(edited) == step.edits, f"{step.does}: edited messages {sorted(edited)}")

    def _play_after_kill(self, bot: Process) -> Process:
        """The bot of after the kill."""
        before = self._emulator.messages()
        end(bot)
        print(f"\nbot is killed; user says: {AFTER_KILL.does}")
        is_kept = self._emulator.say(AFTER_KILL.does)
        bot = self._start_bot()
        if not is_kept:
            print("skipped: the emulator keeps nothing for a bot that is down; the user says it again")
            self._expect(self._emulator.say(AFTER_KILL.does), "the started bot cannot be reached")
        self._emulator.bring_again(self._server)
        self._check(AFTER_KILL, before, self._answer(before, SILENCE_SECONDS))
        return bot

    def _check_logs(self) -> None:
        """What the emulator refused, whether every tap was acknowledged, what the bot complained of."""
        calls = Counter(CALL.findall(self._text("server.log")))
        print("\ncalls:", ", ".join(f"{name} {status} ×{n}" for (name, status), n in sorted(calls.items())))
        for name, status in sorted(calls):
            is_missing = status in UNKNOWN and name not in NEEDED
            if is_missing:
                print(f"skipped: {name}; the emulator does not know it ({status})")
            self._expect(status == "200" or is_missing, f"{name} was refused ({status})")
        taps, told = sum(step.taps for step in TALK), calls["answerCallbackQuery", "200"]
        self._expect(told == taps, f"{told} of {taps} taps were acknowledged")
        for line in self._text("bot.log").splitlines():
            print(f"log of the bot: {line}")
            self._expect(not line.startswith(("ERROR", "Traceback")), f"in the bot's log: {line}")

    def _start_bot(self) -> Process:
        heard = self._calls(self._emulator.ready)
        files = {"DATABASE": self._folder / "log.db", "PSEUDONYM_KEY_FILE": self._folder / "pseudonym.key"}
        environment = {
            "BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": self._emulator.url, "WEBHOOK_URL": "",
            **{name: str(file) for name, file in files.items()}, **self._emulator.bot_settings,
        }  # fmt: skip
        bot = self._spawn((sys.executable, ROOT / "run_bot.py", "telegram"), environment, "bot.log")
        if not holds_soon(lambda: self._calls(self._emulator.ready) > heard):
            raise GaveUpError("the bot does not start:\n" + self._text("bot.log"))
        return bot

    def _calls(self, method: str) -> int:
        return sum(name == method for name, _ in CALL.findall(self._text("server.log")))

    def _spawn(self, command: Sequence[object], environment: Mapping[str, str], log: str) -> Process:
        whole = {"PATH": os.environ["PATH"], **environment}
        with (self._folder / log).open("ab") as file:
            line = [*map(str, command)]
            process = subprocess.Popen(line, cwd=self._folder, env=whole, stdout=file, stderr=file)  # noqa: S603
        self._ending.callback(end, process)
        return process

    def _text(self, log: str) -> str:
        return (self._folder / log).read_text(encoding="utf-8", errors="replace")

    def _expect(self, holds: bool, failure: str) -> None:
        if not holds:
            print(f"FAILED: {failure}")
            self.failures.append(failure)


def print_message(message: Shown, verb: str) -> None:
    """Print what the bot sent, its first lines only, and its buttons."""
    first, *more = message.text.splitlines()
    print(f"bot {verb}: {first}")
    print(*(f"    {line}\n" for line in more[: MOST_LINES - 1]), sep="", end="")
    if len(more) >= MOST_LINES:
        print(f"    … {len(more) - MOST_LINES + 1} more lines")
    print(f"    buttons: {' '.join(message.buttons) or 'none'}")


def holds_soon(claim: Callable[[], bool], seconds: float = WAIT_SECONDS) -> bool:
    """Whether a claim comes true in time."""
    give_up = time.monotonic() + seconds
    while not claim():
        if time.monotonic() > give_up:
            return False
        time.sleep(0.05)
    return True


def answers(url: str) -> bool:
    """Whether a server answers there, whatever it says."""
    try:
        return bool(httpx.get(url, trust_env=False).status_code)
    except httpx.TransportError:
        return False


def end(process: Process) -> None:
    """Kill a process and wait until it is gone."""
    process.kill()
    process.wait(WAIT_SECONDS)


def main(arguments: Sequence[str]) -> int:
    """Play the talk; returns the exit status."""
    if len(arguments) != 1 or arguments[0] not in EMULATORS:
        print(f"usage: python scripts/emulator.py {'|'.join(EMULATORS)}", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what was started is ended
    failures: list[str] = []
    with tempfile.TemporaryDirectory() as name, ExitStack() as ending:
        try:
            talk = Talk(EMULATORS[arguments[0]](Path(name)), Path(name), ending)
            failures = talk.failures
            talk.play()
        except (GaveUpError, OSError, httpx.HTTPError, subprocess.TimeoutExpired) as error:
            failures = [*failures, f"{type(error).__name__}: {error}"]
    told = [f"{len(failures)} failures", *failures] if failures else ["every expectation held"]
    print(f"\n{arguments[0]}:", *told, sep="\n")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
