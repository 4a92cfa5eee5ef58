"""A loaded, good folder, and the real one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.knowledge.load import Loaded, load
from bot.knowledge.placed import Placed
from tests.conftest import ROOT
from tests.knowledge.conftest import GOOD_ENTRY


@pytest.fixture(scope="session")
def loaded() -> Loaded:
    return load(ROOT / "knowledge")


@pytest.fixture
def placed(folder: Path) -> Callable[..., Placed]:
    """The good entry with some of its text replaced, loaded from its file."""

    def one(*changes: tuple[str, str]) -> Placed:
        text = GOOD_ENTRY
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        (folder / "thu.yaml").write_text(text, encoding="utf-8")
        made = load(folder)
        assert made.knowledge is not None, made.problems
        return next(place for place in made.placed if place.entry.id == "dang-ky-thu")

    return one
