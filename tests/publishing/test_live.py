"""What answers at a start: the version published last, else the folder that people edit."""

from pathlib import Path

import pytest

from bot.cache import NO_CACHE
from bot.knowledge.contents import read_files
from bot.learning import TrainedStore
from bot.publishing.live import Live, live
from bot.publishing.versions import Versions
from tests.knowledge.conftest import folder as folder  # noqa: PLC0414  # a fixture


def started(folder: Path, published: Path, *, may_publish: bool = True) -> Live:
    return live({"own": folder}, published, NO_CACHE, TrainedStore(None), may_publish=may_publish)


def change(folder: Path) -> None:
    file = folder / "thu.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "  fee: 1 đồng\n", encoding="utf-8")


@pytest.fixture
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data") / "published"


def test_the_first_start_publishes_the_folder_as_it_is(folder: Path, published: Path) -> None:
    found = started(folder, published)
    assert found.versions is not None
    assert found.versions.current() == found.knowledge.version
    assert found.versions.files(found.knowledge.version) == read_files(folder)


def test_without_staff_the_folder_answers_and_nothing_is_written(folder: Path, published: Path) -> None:
    assert started(folder, published, may_publish=False).folder == folder
    assert not published.exists()


def test_what_is_published_answers_though_the_folder_changed(folder: Path, published: Path) -> None:
    first = started(folder, published).knowledge.version
    change(folder)
    for may_publish in (True, False):
        assert started(folder, published, may_publish=may_publish).knowledge.version == first


def test_a_damaged_version_gives_way_to_the_one_before(folder: Path, published: Path) -> None:
    first = started(folder, published).knowledge.version
    change(folder)
    versions = Versions(published)
    second = versions.add(read_files(folder))
    versions.publish(second, expected=first)
    (versions.path(second) / "thu.yaml").write_text("x")
    assert started(folder, published).knowledge.version == first


def test_a_version_that_cannot_be_read_any_more_gives_way_to_the_folder(
    folder: Path, published: Path, caplog: pytest.LogCaptureFixture
) -> None:
    first = started(folder, published).knowledge.version
    versions = Versions(published)
    broken = {**read_files(folder), "thu.yaml": b"- id: x\n  kind: gone\n"}
    version = versions.add(broken)
    versions.publish(version, expected=first)
    found = started(folder, published)
    assert (found.folder, found.versions) == (folder, None)
    assert "thu.yaml" in caplog.text
