"""What many tests share: the real knowledge base, loaded once, and an assistant on a fixed day."""

import atexit
import shutil
import tempfile
from datetime import date, datetime
from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.cache import Cache
from bot.clock import ZONE
from bot.knowledge import Knowledge, load
from bot.learning import TrainedStore

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 26)
NOW = datetime(2026, 11, 26, 9, 0, tzinfo=ZONE)  # a Thursday, office hours
CACHE_DIR = Path(tempfile.mkdtemp(prefix="cache-of-tests-"))  # one for all processes that tests start
atexit.register(shutil.rmtree, CACHE_DIR, ignore_errors=True)


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load(ROOT / "knowledge").use()


@pytest.fixture(scope="session")
def cache() -> Cache:
    return Cache(CACHE_DIR)


@pytest.fixture(scope="session")
def store() -> TrainedStore:
    return TrainedStore(CACHE_DIR)


@pytest.fixture(scope="session")
def assistant(knowledge: Knowledge, store: TrainedStore) -> Assistant:
    return Assistant(knowledge, lambda: NOW, store)
