from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.knowledge import load
from bot.knowledge.entries import Information, Procedure
from bot.knowledge.yaml_text import parse


def test_keeps_every_scalar_as_typed(folder: Path) -> None:
    text = (folder / "thu.yaml").read_text(encoding="utf-8")
    text = text.replace("legal: Luật thử", "legal: [0234, 7:30, no, 1e3, 0x1F, ~, 2026-01-02]")
    (folder / "thu.yaml").write_text(text, encoding="utf-8")
    knowledge = load(folder).use()
    entry = knowledge.entries["dang-ky-thu"]
    assert isinstance(entry, Procedure)
    assert entry.legal == ("0234", "7:30", "no", "1e3", "0x1F", "~", "2026-01-02")
    assert knowledge.ward.hotlines[0].number == "0234"
    hours = knowledge.find("gio")
    assert isinstance(hours, Information)
    assert hours.text == ("Sáng 7:30",)


def test_finds_an_entry_by_id_older_id_and_any_case(folder: Path) -> None:
    text = (folder / "thu.yaml").read_text(encoding="utf-8")
    (folder / "thu.yaml").write_text(
        text.replace("  name: Đăng", "  also: [ten-cu]\n  name: Đăng"), encoding="utf-8"
    )
    knowledge = load(folder).use()
    entry = knowledge.entries["dang-ky-thu"]
    assert knowledge.find("dang-ky-thu") is knowledge.find("TEN-CU") is knowledge.find("Dang-Ky-Thu") is entry
    assert knowledge.find("khong-co") is None


def test_the_version_follows_the_bytes(folder: Path) -> None:
    first = load(folder).use().version
    assert load(folder).use().version == first
    (folder / "thu.yaml").write_text(
        (folder / "thu.yaml").read_text(encoding="utf-8") + "\n", encoding="utf-8"
    )
    assert load(folder).use().version != first


def test_the_snapshot_cannot_be_changed(folder: Path) -> None:
    knowledge = load(folder).use()
    with pytest.raises(TypeError):
        knowledge.entries["x"] = knowledge.entries["gio"]  # type: ignore[index]
    with pytest.raises(ValueError, match="frozen"):
        knowledge.entries["gio"].name = "x"


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    loaded = load(tmp_path / "nowhere")
    assert loaded.knowledge is None
    assert "KNOWLEDGE_DIR" in loaded.problems[0].advice


@pytest.mark.parametrize("name", ["ward.yaml", "language/facets.yaml", "language/emergencies.yaml"])
def test_a_missing_file_is_told(folder: Path, name: str) -> None:
    (folder / name).unlink()
    assert [problem.file for problem in load(folder).problems if problem.severity == "error"] == [name]


def test_a_mistyped_key_of_a_language_list_is_told(folder: Path) -> None:
    (folder / "language" / "dialect.yaml").write_text("- from: mô\n  too: đâu\n", encoding="utf-8")
    problem = next(p for p in load(folder).problems if p.severity == "error")
    assert (problem.file, problem.line) == ("language/dialect.yaml", 2)
    assert "`to`" in problem.advice


def test_a_file_in_another_encoding_is_told(folder: Path) -> None:
    (folder / "thu.yaml").write_bytes("- id: thử".encode("utf-16"))
    assert any("UTF-8" in problem.what for problem in load(folder).problems)


def test_an_empty_file_is_told(folder: Path) -> None:
    (folder / "moi.yaml").write_text("# chưa viết\n", encoding="utf-8")
    assert any("trống" in problem.what for problem in load(folder).problems)


@pytest.mark.parametrize("text", ["&a [*a]", "a: &x [1, *x]", "- &a {b: *a}"])
def test_a_node_that_holds_itself_is_told(text: str) -> None:
    assert any("chính nó" in problem.what for problem in parse(text.encode(), "x").problems)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.one_of(
        st.binary(), st.text().map(str.encode), st.text(alphabet="-: \n\t'\"[]{}#&*!|>ab").map(str.encode)
    )
)
def test_parses_any_bytes_without_raising(data: bytes) -> None:
    parsed = parse(data, "x.yaml")
    assert parsed.problems or parsed.value is None or parsed.lines[()] >= 1
