from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.cache import Cache
from bot.knowledge import Knowledge, load
from bot.knowledge.entries import Information, Procedure
from bot.knowledge.yaml_text import parse
from tests.conftest import ROOT


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


SLIPS = {
    "a quote left open far above": ('  name: "Đăng ký thử\n', 3, "ngoặc kép mà không đóng"),
    "a dash without a space": ("  phrasings:\n    - đăng ký thử\n    -làm giấy\n", 7, "thiếu dấu cách"),
    "a bullet instead of a dash": (
        "  phrasings:\n    - đăng ký thử\n    – làm giấy\n",
        7,
        "không phải dấu '-'",
    ),
    "a star at the start": ("  summary: *quan trọng\n", 3, "ký hiệu riêng"),
    "a bracket at the start": ("  summary: [mới\n", 3, "ngoặc vuông"),
    "a key one column off": ("   name: Đăng ký thử\n", 3, "thụt lề lệch"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_told_at_its_own_line(folder: Path, slip: str) -> None:
    change, line, what = SLIPS[slip]
    text = (folder / "thu.yaml").read_text(encoding="utf-8")
    if "phrasings" in change:
        text = text.replace("  phrasings:\n    - đăng ký thử\n", change)
    else:
        text = text.replace("  name: Đăng ký thử\n", change)
    (folder / "thu.yaml").write_text(text, encoding="utf-8")
    problem = next(p for p in load(folder).problems if p.file == "thu.yaml")
    assert (problem.line, problem.field) == (line, "")
    assert what in problem.what, problem


def test_a_control_character_is_told_at_its_line(folder: Path) -> None:
    text = (folder / "thu.yaml").read_text(encoding="utf-8").replace("Mọi người", "Mọi\x07 người")
    (folder / "thu.yaml").write_text(text, encoding="utf-8")
    problem = next(p for p in load(folder).problems if p.file == "thu.yaml")
    assert (problem.line, "không nhìn thấy" in problem.what) == (7, True)


def test_one_wrong_entry_makes_no_other_look_wrong(folder: Path) -> None:
    member = (folder / "thu.yaml").read_text(encoding="utf-8")
    member = member.replace("id: dang-ky-thu", "id: thanh-vien\n  family: dang-ky-thu")
    member = member.replace("đăng ký thử", "thành viên").replace("Đăng ký thử", "Thành viên")
    (folder / "vien.yaml").write_text(member, encoding="utf-8")
    head = (folder / "thu.yaml").read_text(encoding="utf-8").replace("audience", "audiens")
    (folder / "thu.yaml").write_text(head, encoding="utf-8")
    assert {problem.file for problem in load(folder).problems} == {"thu.yaml"}
    (folder / "thu.yaml").write_text('- "', encoding="utf-8")
    assert {problem.file for problem in load(folder).problems} == {"thu.yaml"}


def test_an_entry_without_its_dash_is_told_once(folder: Path) -> None:
    text = (folder / "thu.yaml").read_text(encoding="utf-8")
    (folder / "thu.yaml").write_text(
        text + text.replace("- id: dang-ky-thu", "  id: viec-hai"), encoding="utf-8"
    )
    problems = [p for p in load(folder).problems if p.file == "thu.yaml"]
    assert [(p.line, p.field) for p in problems] == [(17, "id")]
    assert "thiếu gạch đầu dòng" in problems[0].what


def test_what_nobody_will_read_is_warned_of(folder: Path) -> None:
    (folder / "ho-tich.yaml.txt").write_text("- id: a", encoding="utf-8")
    (folder / "language" / "moi.yaml").write_text("- a", encoding="utf-8")
    text = (folder / "thu.yaml").read_text(encoding="utf-8").replace("Mọi người.", "Xem mục #5 của bảng.")
    (folder / "thu.yaml").write_text(text, encoding="utf-8")
    loaded = load(folder)
    assert loaded.knowledge is not None
    warned = {(p.file, p.line) for p in loaded.problems}
    assert warned == {("ho-tich.yaml.txt", 1), ("language/moi.yaml", 1), ("thu.yaml", 7)}


def test_an_upper_case_ending_is_read_all_the_same(folder: Path) -> None:
    (folder / "thu.yaml").rename(folder / "Thu.YAML")
    assert "dang-ky-thu" in load(folder).use().entries


def test_a_topic_in_words_gets_advice_for_topics(folder: Path) -> None:
    text = (folder / "thu.yaml").read_text(encoding="utf-8").replace("topic: ho-tich", "topic: hộ tịch")
    (folder / "thu.yaml").write_text(text, encoding="utf-8")
    assert "topic: ho-tich" in next(p for p in load(folder).problems if p.field == "topic").advice


def test_hours_must_be_information(folder: Path) -> None:
    text = (folder / "ward.yaml").read_text(encoding="utf-8").replace("hours: gio", "hours: dang-ky-thu")
    (folder / "ward.yaml").write_text(text, encoding="utf-8")
    problem = next(p for p in load(folder).problems if p.severity == "error")
    assert (problem.file, problem.line, problem.field) == ("ward.yaml", 8, "hours")


@pytest.mark.parametrize(
    ("row", "what"),
    [("- from: cccd\n", "không có nghĩa"), ("- {from: a, to: b}\n- {from: A, to: c}\n", "đã có ở dòng 1")],
)
def test_a_row_that_does_nothing_is_told(folder: Path, row: str, what: str) -> None:
    (folder / "language" / "abbreviations.yaml").write_text(row, encoding="utf-8")
    assert any(what in p.what for p in load(folder).problems if p.severity == "error")


RESULT = """\
- id: thu-ngan-sach
  kind: result
  name: Thu ngân sách
  topic: ho-tich
  phrasings: [thu ngân sách]
  statement: Thu ngân sách đạt 211,617 tỷ đồng.
  value: "211,617"
  occasion: Hội nghị
  together: [gio]
  sources: [{name: Báo}]
  verified: 2026-11-26
  review_by: 2027-02-28
"""


@pytest.mark.parametrize(
    ("wrong", "right", "field"),
    [
        ('"211.617"', '"211,617"', "value"),
        ("[thu-ngan-sach]", "[gio]", "together"),
        ("['?']", "[thu ngân sách]", "phrasings"),
    ],
)
def test_a_figure_or_link_that_cannot_be_right_is_told(
    folder: Path, wrong: str, right: str, field: str
) -> None:
    (folder / "so.yaml").write_text(RESULT, encoding="utf-8")
    assert load(folder).problems == ()
    (folder / "so.yaml").write_text(RESULT.replace(right, wrong), encoding="utf-8")
    assert [p.field for p in load(folder).problems if p.severity == "error"] == [field]


def test_foreign_thousands_are_warned_of(folder: Path) -> None:
    text = (
        (folder / "thu.yaml").read_text(encoding="utf-8").replace("  where:", "  fee: 10,000 đồng\n  where:")
    )
    (folder / "thu.yaml").write_text(text, encoding="utf-8")
    assert [(p.field, p.severity) for p in load(folder).problems] == [("fee", "warning")]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("to", "cũng là chữ tiếng Việt"),
        ("opening hours", "không phải một chữ"),
        ("What", "không phải một chữ"),
        ("tôi", "không phải một chữ"),
        ("certificate", "viết hai lần"),
    ],
)
def test_an_english_word_that_would_mislead_is_named_with_its_line(
    folder: Path, line: str, told: str
) -> None:
    file = folder / "language" / "english.yaml"
    file.write_text(f"words:\n  - certificate\n  - {line}\nneutral:\n  - to\n", encoding="utf-8")
    (problem,) = [one for one in load(folder).problems if one.file == "language/english.yaml"]
    assert problem.line == 3
    assert told in str(problem)


def test_a_base_that_was_remembered_is_the_one_that_was_read(tmp_path: Path, knowledge: Knowledge) -> None:
    cache = Cache(tmp_path)
    read = load(ROOT / "knowledge", cache)
    again = load(ROOT / "knowledge", cache)
    assert read.placed
    assert again.placed == ()  # so it was remembered
    assert read.use() == again.use() == knowledge
    assert again.use().version == knowledge.version
    assert again.use().background == knowledge.background


def test_a_changed_file_is_read_anew(tmp_path: Path, folder: Path) -> None:
    cache = Cache(tmp_path / "cache")
    assert load(folder, cache).use().entries["dang-ky-thu"].name == "Đăng ký thử"
    file = folder / "thu.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("Đăng ký thử", "Đăng ký mới"), encoding="utf-8")
    assert load(folder, cache).use().entries["dang-ky-thu"].name == "Đăng ký mới"
    file.write_text("- id: [", encoding="utf-8")
    assert load(folder, cache).knowledge is None


def test_a_base_with_something_to_say_of_it_says_it_each_time(tmp_path: Path, folder: Path) -> None:
    cache = Cache(tmp_path / "cache")
    (folder / "ghi-chu.txt").write_text("không đọc", encoding="utf-8")
    assert len(load(folder, cache).problems) == 1
    assert len(load(folder, cache).problems) == 1
