from pathlib import Path

import pytest

from bot.cache import Cache
from bot.knowledge import load

FURTHER = "- entry: dang-ky-thu\n  phrasings:\n    - làm thử\n    - thử ở mô\n"


@pytest.fixture
def further(folder: Path) -> Path:
    (folder / "phrasings").mkdir()
    return folder / "phrasings" / "thu.yaml"


def test_further_phrasings_belong_to_their_entry(folder: Path, further: Path) -> None:
    further.write_text(FURTHER, encoding="utf-8")
    knowledge = load(folder).use()
    assert knowledge.phrasings("dang-ky-thu") == ("đăng ký thử", "làm thử", "thử ở mô")
    assert knowledge.entries["dang-ky-thu"].phrasings == ("đăng ký thử",)
    assert knowledge.phrasings("gio") == ("mấy giờ mở cửa",)


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (
            "- entry: dang-ky-thu\n  phrasings:\n    - Mấy giờ  MỞ cửa?\n",
            3,
            "đã có ở mục `gio` (gio.yaml, dòng 5)",
        ),
        ("- entry: dang-ky-thuu\n  phrasings: [làm thử]\n", 2, "không có mục `dang-ky-thuu`"),
        ("- entry: dang-ky-thu\n  phrasings: ['?!']\n", 2, "không có chữ nào"),
        ("- entry: dang-ky-thu\n", 1, "thiếu mục `phrasings`"),
        ("- dang-ky-thu\n", 1, ""),
        ("dang-ky-thu: làm thử\n", 1, "danh sách"),
    ],
)
def test_each_slip_has_its_place_and_sentence(
    folder: Path, further: Path, text: str, line: int, what: str
) -> None:
    further.write_text(text, encoding="utf-8")
    loaded = load(folder)
    assert loaded.knowledge is None
    found = [p for p in loaded.problems if p.file == "phrasings/thu.yaml" and p.severity == "error"]
    assert [problem.line for problem in found] == [line]
    assert what in found[0].what


def test_the_same_phrasing_twice_under_one_entry_is_a_warning(folder: Path, further: Path) -> None:
    further.write_text("- entry: dang-ky-thu\n  phrasings: [Đăng ký thử]\n", encoding="utf-8")
    loaded = load(folder)
    assert loaded.knowledge is not None
    [problem] = loaded.problems
    assert problem.severity == "warning"
    assert "thu.yaml, dòng 6" in problem.what


def test_a_trusted_base_reads_what_stands_beside_its_entries_when_it_is_asked_for(
    tmp_path: Path, folder: Path, further: Path
) -> None:
    further.write_text(FURTHER, encoding="utf-8")
    read = load(folder).use()
    trusted = load(folder, Cache(tmp_path / "cache"), read.version)
    assert trusted.phrasings == ()
    assert not (tmp_path / "cache").exists()
    further.unlink()  # what is read is what was checked, whatever became of the file
    assert trusted.use() == read
    assert trusted.use().phrasings("dang-ky-thu") == read.phrasings("dang-ky-thu")
    assert trusted.use().phrasings("dang-ky-thu") != trusted.use().entries["dang-ky-thu"].phrasings
    assert load(folder, trusted=read.version).phrasings  # another version is read whole
