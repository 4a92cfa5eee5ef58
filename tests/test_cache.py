import json
from pathlib import Path
from typing import Any

import pytest

import bot.cache
from bot.cache import KEPT, Cache


def remember(cache: Cache, made_from: str, value: int, calls: list[str]) -> int:
    def make() -> int:
        calls.append(made_from)
        return value

    return cache.remember(
        "number", made_from, make, lambda number: {"number": number}, lambda p: int(p["number"])
    )


def test_makes_a_value_once_for_each_state_of_its_sources(tmp_path: Path) -> None:
    calls: list[str] = []
    assert [remember(Cache(tmp_path), "a", 1, calls) for _ in range(3)] == [1, 1, 1]
    assert remember(Cache(tmp_path), "b", 2, calls) == 2
    assert calls == ["a", "b"]


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"number": null}', "{}", "\udcff"])
def test_makes_anew_what_is_damaged_and_mends_the_file(tmp_path: Path, damage: str) -> None:
    calls: list[str] = []
    remember(Cache(tmp_path), "a", 1, calls)
    [file] = tmp_path.glob("number-a*.json")
    file.write_bytes(damage.encode("utf-8", "surrogateescape"))
    assert remember(Cache(tmp_path), "a", 1, calls) == 1
    assert calls == ["a", "a"]
    assert json.loads(file.read_bytes()) == {"number": 1}


def test_keeps_the_last_few_and_no_half_written_file(tmp_path: Path) -> None:
    for number in range(KEPT + 3):
        remember(Cache(tmp_path), str(number), number, [])
    assert len(list(tmp_path.iterdir())) == KEPT
    assert list(tmp_path.glob(f"number-{KEPT + 2}*.json"))


def test_does_without_a_folder_it_cannot_write_to(tmp_path: Path) -> None:
    calls: list[str] = []
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    assert [remember(Cache(blocked / "cache"), "a", 1, calls) for _ in range(2)] == [1, 1]
    assert [remember(Cache(None), "b", 2, calls) for _ in range(2)] == [2, 2]
    assert calls == ["a", "a", "b", "b"]


def test_a_failing_maker_keeps_nothing(tmp_path: Path) -> None:
    def fail() -> Any:
        raise LookupError

    with pytest.raises(LookupError):
        Cache(tmp_path).remember("number", "a", fail, dict, dict)
    assert list(tmp_path.iterdir()) == []


def test_a_value_made_by_other_code_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    remember(Cache(tmp_path), "a", 1, calls)
    monkeypatch.setattr("bot.cache._code", lambda: "other")
    remember(Cache(tmp_path), "a", 1, calls)
    assert calls == ["a", "a"]


def test_the_code_is_all_of_ours(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    for file in ("a.py", "deep/b.py", "deep/c.tsv"):
        (tmp_path / file).write_text("one")
    monkeypatch.setattr("bot.cache.ROOM", tmp_path)
    seen = set()
    for file in ("a.py", "deep/b.py", "deep/c.tsv", "deep/none.txt"):
        (tmp_path / file).write_text("two")
        bot.cache._code.cache_clear()
        seen.add(bot.cache._code())
    bot.cache._code.cache_clear()
    assert len(seen) == 3  # the last file is no code


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: Path, __: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert remember(Cache(tmp_path), "a", 1, []) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_file_nested_too_deep_does_not_stop_the_start(tmp_path: Path) -> None:
    calls: list[str] = []
    remember(Cache(tmp_path), "a", 1, calls)
    [file] = tmp_path.glob("number-a*.json")
    file.write_text("[" * 200_000)
    assert remember(Cache(tmp_path), "a", 1, calls) == 1
