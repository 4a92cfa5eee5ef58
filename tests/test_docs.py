"""Documents that are made by programs are fresh."""

import subprocess
import sys

from tests.conftest import ROOT


def test_the_transcript_is_what_the_bot_says_today() -> None:
    command = [sys.executable, "scripts/transcript.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
