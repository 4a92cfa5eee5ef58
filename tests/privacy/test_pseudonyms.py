from datetime import date
from pathlib import Path

import pytest

from bot.errors import LogError
from bot.privacy import Pseudonyms

DAY = date(2026, 11, 26)


def test_is_the_same_within_a_month_and_another_the_next(tmp_path: Path) -> None:
    one = Pseudonyms(tmp_path / "key")
    first = one.of("telegram", "7", DAY)
    assert first == one.of("telegram", "7", date(2026, 11, 1))
    assert first == Pseudonyms(tmp_path / "key").of("telegram", "7", DAY)
    assert first != one.of("telegram", "7", date(2026, 12, 1))
    assert first != one.of("telegram", "8", DAY)
    assert first != one.of("terminal", "7", DAY)


def test_another_key_gives_another_pseudonym(tmp_path: Path) -> None:
    assert Pseudonyms(tmp_path / "a").of("x", "7", DAY) != Pseudonyms(tmp_path / "b").of("x", "7", DAY)


def test_makes_its_key_readable_by_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "key"
    Pseudonyms(file).of("x", "7", DAY)
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["key"]


def test_closes_a_key_that_others_could_read(tmp_path: Path) -> None:
    Pseudonyms(tmp_path / "key").of("x", "7", DAY)
    (tmp_path / "key").chmod(0o644)
    Pseudonyms(tmp_path / "key").of("x", "7", DAY)
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("content", ["abcd", "không phải hex", "2026-11 abcd"])
def test_refuses_a_broken_key(tmp_path: Path, content: str) -> None:
    (tmp_path / "key").write_text(content)
    with pytest.raises(LogError, match="khóa"):
        Pseudonyms(tmp_path / "key").of("x", "7", DAY)


def test_refuses_a_place_where_no_key_can_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LogError, match="khóa"):
        Pseudonyms(tmp_path / "file" / "key").of("x", "7", DAY)
