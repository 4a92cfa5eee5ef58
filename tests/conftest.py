"""What many tests share: the real knowledge base, loaded once, and an assistant on a fixed day."""

from datetime import date
from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.knowledge import Knowledge, load

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 26)


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load(ROOT / "knowledge").use()


@pytest.fixture(scope="session")
def assistant(knowledge: Knowledge) -> Assistant:
    return Assistant(knowledge, lambda: TODAY)
