"""How long from starting the process to the first answer, and how much memory it takes.

Runs `python run_bot.py ask …` beside a bare `python -c pass`, in turn, and prints both with their ratio:
seconds of wall time, and peak resident megabytes. `ask` is run twice: with nothing prepared, as after the
knowledge base was changed, and with what the first run kept. `check` reviews the whole knowledge base. The
Telegram process is measured up to its first `getUpdates` call against a server that answers on 127.0.0.1
(pass --telegram).

    python bench/startup.py [runs] [--telegram]
"""

import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
QUESTION = "lam giay khai sinh can giay to gi"
QUIET = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]  # their output is not ours to show
Sample = tuple[float, float]


def measure(command: Sequence[str], environment: dict[str, str]) -> Sample:
    """(wall seconds, peak resident megabytes) of one process that runs to its end."""
    start = time.perf_counter()
    pid = os.posix_spawn(command[0], command, environment, file_actions=QUIET)
    _, status, usage = os.wait4(pid, 0)
    if status != 0:
        raise SystemExit(f"{' '.join(command)} ended with status {status}")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def serve_until_first_poll(environment: dict[str, str]) -> Sample:
    """(seconds to the first getUpdates, resident megabytes then) of the Telegram process."""
    from tests.fakes.bot_api import TOKEN, running

    with running() as api:
        environment = environment | {"BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": api.url}
        start = time.perf_counter()
        command = [sys.executable, str(ROOT / "run_bot.py"), "telegram"]
        pid = os.posix_spawn(command[0], command, environment, file_actions=QUIET)
        try:
            api.wait_for(1, "getUpdates")
            seconds = time.perf_counter() - start
            api.text(QUESTION)
            api.wait_for(1)
            resident = Path(f"/proc/{pid}/status").read_text().split("VmRSS:")[1].split()[0]
        finally:
            os.kill(pid, 15)
            os.waitpid(pid, 0)
    return seconds, int(resident) / 1024


def main() -> None:
    """Print medians and the ratio, run by run in turn."""
    numbers = [argument for argument in sys.argv[1:] if argument.isdecimal()]
    runs = int(numbers[0]) if numbers else 5
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            "PATH": os.environ["PATH"],
            "DATABASE": f"{folder}/log.db",
            "PSEUDONYM_KEY_FILE": f"{folder}/key",
            "CACHE_DIR": f"{folder}/cache",
        }
        bare: list[Sample] = []
        first: list[Sample] = []
        ours: list[Sample] = []
        checked: list[Sample] = []
        telegram: list[Sample] = []
        for number in range(runs + 1):  # the first is a warm-up
            print(f"\rrun {number}/{runs}", end="", file=sys.stderr, flush=True)
            bare.append(measure([sys.executable, "-c", "pass"], environment))
            program = [sys.executable, str(ROOT / "run_bot.py")]
            shutil.rmtree(f"{folder}/cache", ignore_errors=True)
            first.append(measure([*program, "ask", QUESTION], environment))
            ours.append(measure([*program, "ask", QUESTION], environment))
            checked.append(measure([*program, "check"], environment))
            if "--telegram" in sys.argv:
                telegram.append(serve_until_first_poll(environment))
        print(file=sys.stderr)
    show("bare interpreter", bare[1:], bare[1:])
    show("ask, nothing prepared", first[1:], bare[1:])
    show("ask, to its end", ours[1:], bare[1:])
    show("check", checked[1:], bare[1:])
    if telegram:
        show("telegram, to first poll", telegram[1:], bare[1:])


def show(name: str, samples: Sequence[Sample], beside: Sequence[Sample]) -> None:
    """One line: median seconds and megabytes, and how many times the bare interpreter's."""
    seconds, megabytes = (statistics.median(column) for column in zip(*samples, strict=True))
    times = statistics.median(s[0] / b[0] for s, b in zip(samples, beside, strict=True))
    print(f"{name:24} {seconds:6.2f} s {megabytes:7.1f} MB   {times:6.1f}x the bare interpreter's time")


if __name__ == "__main__":
    main()
