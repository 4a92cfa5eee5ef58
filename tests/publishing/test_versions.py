import json
import multiprocessing
import random
import time
from pathlib import Path

import pytest

from bot.errors import KnowledgeError, StaleError
from bot.knowledge.contents import read_files, version_of
from bot.publishing.versions import POINTER_FILE, Versions

ONE = {"a.yaml": b"- id: a\n", "phrasings/a.yaml": b"- entry: a\n", "ward.yaml": b"name: x\n"}
TWO = {**ONE, "a.yaml": b"- id: b\n"}
THREE = {**ONE, "a.yaml": b"- id: c\n"}
FORK = multiprocessing.get_context("fork")


def small_files(number: int) -> dict[str, bytes]:
    return {
        f"phrasings/{i}.yaml" if i % 2 else f"{i}.yaml": f"- id: x{number}\n".encode() * 50
        for i in range(3 + number % 4)
    }


def publish_for_ever(folder: Path, start: int) -> None:
    versions = Versions(folder)
    number = start
    while True:
        number += 1
        versions.publish(
            versions.add(small_files(number)), expected=versions.current(), taken={"own": versions.add(ONE)}
        )


@pytest.fixture
def versions(tmp_path: Path) -> Versions:
    return Versions(tmp_path / "versions")


def published(versions: Versions, *all_files: dict[str, bytes]) -> list[str]:
    names = []
    for files in all_files:
        version = versions.add(files)
        versions.publish(version, expected=versions.current())
        names.append(version)
    return names


def test_nothing_published_is_none(versions: Versions) -> None:
    assert versions.pointer() is None
    assert versions.current() is None


def test_the_name_of_a_version_is_that_of_the_folder_it_came_from(tmp_path: Path, versions: Versions) -> None:
    version = versions.add(ONE)
    assert (
        version == version_of(read_files(versions.path(version))) == version_of(dict(reversed(ONE.items())))
    )
    assert versions.files(version) == ONE
    assert versions.has(version)


def test_what_is_there_is_not_written_again(versions: Versions) -> None:
    version = versions.add(ONE)
    before = versions.path(version).stat().st_ino
    assert versions.add(ONE) == version
    assert versions.path(version).stat().st_ino == before


def test_a_damaged_version_is_replaced(versions: Versions) -> None:
    version = versions.add(ONE)
    (versions.path(version) / "a.yaml").write_bytes(b"- id: hacked\n")
    assert not versions.has(version)
    with pytest.raises(KnowledgeError, match="bị thiếu hoặc bị sửa"):
        versions.files(version)
    assert versions.add(ONE) == version
    assert versions.files(version) == ONE


@pytest.mark.parametrize("name", ["../a.yaml", "/tmp/a.yaml", "a.txt"])
def test_a_file_outside_the_folder_is_refused(versions: Versions, name: str) -> None:
    with pytest.raises(KnowledgeError, match="Tên tệp"):
        versions.add({name: b""})


def test_a_damaged_current_folder_falls_back_to_the_one_before(versions: Versions) -> None:
    one, two = published(versions, ONE, TWO)
    (versions.path(two) / "ward.yaml").unlink()
    assert versions.current() == one
    pointer = versions.pointer()
    assert pointer is not None
    assert (pointer.current, pointer.before) == (two, (one,))
    three = versions.add(THREE)
    versions.publish(three, expected=one)
    assert versions.current() == three


def test_a_damaged_pointer_is_told_in_a_sentence(versions: Versions) -> None:
    published(versions, ONE)
    for damaged in [
        "",
        "{",
        "[]",
        '{"current": "../x", "before": [], "taken": {}}',
        '{"current": 1}',
        "null",
    ]:
        (versions.folder / POINTER_FILE).write_text(damaged, encoding="utf-8")
        with pytest.raises(KnowledgeError, match="bị hỏng"):
            versions.current()


def test_who_is_late_is_told_and_nothing_is_changed(versions: Versions) -> None:
    one, two = published(versions, ONE, TWO)
    with pytest.raises(StaleError, match="vừa có bản mới"):
        versions.publish(versions.add(THREE), expected=one)
    assert versions.current() == two


def test_a_version_that_is_not_whole_is_not_published(versions: Versions) -> None:
    (one,) = published(versions, ONE)
    with pytest.raises(KnowledgeError):
        versions.publish("000000000000", expected=one)
    assert versions.current() == one


def test_undo_goes_further_back_each_time_and_what_was_taken_goes_back_too(versions: Versions) -> None:
    one, two, three = (versions.add(files) for files in (ONE, TWO, THREE))
    versions.publish(one, expected=None, taken={"own": one, "shipped": one})
    versions.publish(two, expected=one, taken={"own": two})
    versions.publish(three, expected=two)
    assert versions.pointer().taken == {"own": two, "shipped": one}  # type: ignore[union-attr]
    assert versions.undo() == (three, two)
    assert versions.undo() == (two, one)
    assert versions.pointer().taken == {"own": one, "shipped": one}  # type: ignore[union-attr]
    with pytest.raises(KnowledgeError, match="không lùi lại được nữa"):
        versions.undo()
    assert versions.current() == one


def test_publishing_the_same_version_only_notes_what_was_taken(versions: Versions) -> None:
    one, two = published(versions, ONE, TWO)
    versions.publish(two, expected=two, taken={"own": one})
    pointer = versions.pointer()
    assert pointer is not None
    assert (pointer.current, pointer.before, pointer.taken) == (two, (one,), {"own": one})


def test_at_most_twenty_earlier_versions_are_kept(versions: Versions) -> None:
    names = published(versions, *map(small_files, range(25)))
    pointer = versions.pointer()
    assert pointer is not None
    assert pointer.before == tuple(reversed(names[4:24]))


def test_sweep_keeps_what_is_named_and_nothing_else(versions: Versions) -> None:
    one, two = published(versions, ONE, TWO)
    taken, kept, loose = (versions.add(small_files(number)) for number in (1, 2, 3))
    versions.publish(two, expected=two, taken={"own": taken})
    (versions.folder / ".new-half").mkdir()
    (versions.folder / ".new-pointer.json").write_bytes(b"{")
    versions.sweep([kept])
    assert all(versions.has(version) for version in (one, two, taken, kept))
    assert not versions.path(loose).exists()
    assert not list(versions.folder.glob(".new-*"))


def test_a_process_killed_at_any_moment_leaves_a_whole_version(versions: Versions) -> None:
    chance = random.Random(7)
    published(versions, ONE)
    for attempt in range(20):
        child = FORK.Process(target=publish_for_ever, args=(versions.folder, attempt * 1000))
        child.start()
        time.sleep(chance.uniform(0.005, 0.15))  # the moment of the kill is what is tested
        child.kill()
        child.join()
        pointer = versions.pointer()
        assert pointer is not None
        assert version_of(read_files(versions.path(pointer.current))) == pointer.current
        assert all(versions.has(version) for version in pointer.named())
    versions.sweep()
    assert not list(versions.folder.glob(".new-*"))


def publish_when_all_are_ready(
    folder: Path, files: dict[str, bytes], expected: str, ready: object, told: object
) -> None:
    versions = Versions(folder)
    version = versions.add(files)
    ready.wait()  # type: ignore[attr-defined]
    try:
        versions.publish(version, expected=expected)
    except StaleError:
        told.put("stale")  # type: ignore[attr-defined]
    else:
        told.put(version)  # type: ignore[attr-defined]


def test_of_two_that_publish_at_once_one_is_told_that_it_is_late(versions: Versions) -> None:
    (one,) = published(versions, ONE)
    ready, told = FORK.Barrier(2), FORK.Queue()
    children = [
        FORK.Process(target=publish_when_all_are_ready, args=(versions.folder, files, one, ready, told))
        for files in (TWO, THREE)
    ]
    for child in children:
        child.start()
    said = [told.get(timeout=20) for _ in children]
    for child in children:
        child.join()
    told.close()
    told.join_thread()
    assert said.count("stale") == 1
    assert versions.current() in said
    assert json.loads((versions.folder / POINTER_FILE).read_text("utf-8"))["before"] == [
        {"version": one, "taken": {}}
    ]
