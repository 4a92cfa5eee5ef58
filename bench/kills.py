"""300 people, 6 questions each at 60 a second, the process killed (SIGKILL) at 15 random moments.

Prints how many questions were lost, how many answers came twice, and whether the log is complete.

    python bench/kills.py [rounds] [--people N] [--kills N] [--latency SECONDS]
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
EACH, RATE = 6, 60.0  # questions a person; a second


def main() -> None:
    """Measure and print, a line a round."""
    from tests.fakes.bot_api import TOKEN, running
    from tests.fakes.crowd import survive

    parser = argparse.ArgumentParser()
    parser.add_argument("rounds", nargs="?", type=int, default=3)
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--kills", type=int, default=15)
    parser.add_argument("--latency", type=float, default=0.0, help="of the server's answer, seconds")
    options = parser.parse_args()
    for seed in range(1, options.rounds + 1):
        with running() as api, tempfile.TemporaryDirectory() as folder:
            api.slow = lambda method, _: options.latency if method == "sendMessage" else 0.0
            environment = {
                "PATH": os.environ["PATH"], "BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": api.url,
                "LOG_LEVEL": "ERROR",
                "DATABASE": f"{folder}/log.db", "PSEUDONYM_KEY_FILE": f"{folder}/key",
            }  # fmt: skip

            def start(environment: dict[str, str] = environment) -> "subprocess.Popen[str]":
                command = [sys.executable, str(ROOT / "run_bot.py"), "telegram"]
                return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, text=True)

            toll = survive(
                api, start, Path(folder) / "log.db",
                people=options.people, each=EACH, rate=RATE, kills=options.kills, seed=seed,
            )  # fmt: skip
        print(
            f"round {seed}: {toll.asked} questions, {toll.kills} kills, {toll.lost(EACH)} lost,"
            f" {toll.doubled(EACH)} doubled, {toll.rows} rows, {len(api.invalid)} invalid calls,"
            f" {toll.seconds:.0f} s",
            flush=True,
        )


if __name__ == "__main__":
    main()
