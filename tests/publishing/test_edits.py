from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import EditError, KnowledgeError
from bot.knowledge.contents import read_files
from bot.knowledge.yaml_text import parse
from bot.publishing.edits import (
    ENTRIES_FILE,
    PHRASINGS_FILE,
    AddEntry,
    AddPhrasings,
    Edit,
    RemovePhrasing,
    SetDays,
    SetLines,
    edit_of,
    to_json,
)
from bot.publishing.scalars import field, item
from tests.conftest import ROOT

REAL = read_files(ROOT / "knowledge")
ENTRY = """\
# đầu tệp

# về mục này
- id: a
  kind: procedure
  name: Tên  # tên hiện trên nút
  phrasings:
    - hỏi một
    # câu của người Huế
    - "hỏi hai"
  audience: Mọi người.
  fee:
    # mức năm nay
    - text: "1.000 đồng"
      until: 2026-12-31
      unverified: đúng không
    - 2.000 đồng  # từ sang năm
    # hết lệ phí
  time: >-
    Trong
    ngày
  documents: {note: không}
  where: [phường, "quầy: 1"]
  legal: Luật
  sources: [{name: Luật}]
  verified: 2026-11-26
  review_by: "2027-02-28"
  unverified: [fee, where]  # chờ phường

- id: b
  kind: result
  name: B
  phrasings: [hỏi b, hỏi nữa]
  statement: 'Câu ''đã'' công bố'
  occasion: báo
  sources:
  - name: Báo
  verified: "2026-11-26"
  review_by: "2027-02-28"
  unverified:
    statement: số nào
"""
FILES = {
    "m.yaml": ENTRY.encode(),
    "ward.yaml": b"name: x\n",
    "phrasings/p.yaml": "- entry: a\n  phrasings:\n    - hỏi ba\n".encode(),
}
ANY_TEXT = st.text(min_size=1, max_size=60).filter(lambda text: bool(text.strip()))
HARD = ['0{', "0234", "7:30", "no", "a: b", "#x", "x #y", "- ", "- a", "'", '"q"', "😀", "x ", " x", "a\nb", "a\r\nb", "null", "~", "2026-01-01", "%", "@", "&a", "*a", "!t", "|", ">", "[a", "{a", "---", "...", "\x85", "\u2028x", "\ufeffx", "a\tb", "?", "? a", ":", "x:", "\\n", "1_000", "0x1F", "=", "<<", "\x00", "\x7f"]  # fmt: skip
EDITS: list[Edit] = [
    AddPhrasings("a", ("hỏi mới", "x: y")),
    RemovePhrasing("a", "hỏi hai"),
    SetLines("a", "fee", ("một", "hai"), confirmed=True, source="Nghị quyết", day=date(2026, 11, 26)),
    SetDays("a", date(2026, 11, 26), date(2027, 2, 27)),
    AddEntry("- id: moi\n  kind: information\n  name: Mới\n"),
]


def rows(files: dict[str, bytes], name: str = "m.yaml") -> Any:
    parsed = parse(files[name], name)
    assert not [problem for problem in parsed.problems if problem.severity == "error"]
    return parsed.value


def comments(data: bytes) -> list[str]:
    return sorted(line[line.index("#") :].strip() for line in data.decode().splitlines() if "#" in line)


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: type(edit).__name__)
def test_a_change_kept_as_json_is_the_same_change(edit: Edit) -> None:
    assert edit_of(to_json(edit)) == edit
    assert "\n" not in edit.describe()
    edit.apply(FILES)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"edit": "other"}',
        '{"edit": "add_entry"}',
        '{"edit": "set_days", "entry": "a", "verified": "x", "review_by": "y"}',
    ],
)
def test_what_is_no_change_is_told_in_a_sentence(text: str) -> None:
    with pytest.raises(EditError, match="không đọc lại được"):
        edit_of(text)


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: type(edit).__name__)
def test_files_that_are_not_touched_are_the_same_bytes(edit: Edit) -> None:
    after = edit.apply(REAL if not hasattr(edit, "entry") else FILES)
    before = REAL if not hasattr(edit, "entry") else FILES
    assert sum(after.get(name) != before.get(name) for name in {*before, *after}) == 1


@pytest.mark.parametrize("text", HARD)
def test_what_yaml_reads_as_something_else_stays_text(text: str) -> None:
    after = AddPhrasings("a", (f"{text} chữ {text}",)).apply(FILES)
    assert rows(after, PHRASINGS_FILE)[0]["phrasings"] == [f"{text} chữ {text}".strip()]
    for lines in (
        (f"{text}x",),
        (f"{text}x", "khác"),
        (f"x{text}",),
        (text, "khác") if text.strip() else ("x",),
    ):
        value = rows(SetLines("a", "time", lines).apply(FILES))[0]["time"]
        wanted = [line.strip() for line in lines]
        assert value == (wanted[0] if len(wanted) == 1 else wanted)


@pytest.mark.parametrize("text", HARD)
def test_a_text_is_written_on_one_line_and_read_back_the_same(text: str) -> None:
    for column in (0, 4):
        written = item(text, column)
        assert written.count("\n") == 1
        assert parse(written.encode(), "").value == [text]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_any_text_is_read_back_the_same(text: str) -> None:
    assert parse(field("a", text, 2, 2).encode(), "").value == {"a": text}
    assert parse(field("a", [text, {"text": text, "fields": [text]}], 2, 2).encode(), "").value == {
        "a": [text, {"text": text, "fields": [text]}]
    }


@given(ANY_TEXT, ANY_TEXT)
@settings(max_examples=300, deadline=None)
def test_any_text_comes_back_as_it_was_sent(first: str, second: str) -> None:
    texts = [text.strip() for text in (first, second)]
    after = SetLines("b", "notes", (first, second)).apply(FILES)
    assert rows(after)[1]["notes"] == texts
    assert rows(SetLines("a", "name", (first,)).apply(FILES))[0]["name"] == texts[0]


def test_a_broken_character_is_refused() -> None:
    for edit in (SetLines("a", "name", ("x\ud800",)), AddPhrasings("a", ("x\ud800",))):
        with pytest.raises(EditError, match="ký tự hỏng"):
            edit.apply(FILES)


def test_a_line_that_was_there_keeps_its_days_its_lines_and_comments() -> None:
    after = SetLines("a", "fee", ("1.000 đồng", "3.000 đồng")).apply(FILES)
    fee = '  fee:\n    # mức năm nay\n    - text: "1.000 đồng"\n      until: 2026-12-31\n      unverified: đúng không\n    - 3.000 đồng\n'
    assert fee in after["m.yaml"].decode()
    assert comments(after["m.yaml"]) == comments(FILES["m.yaml"])


def test_the_lines_that_would_lose_their_days_are_known_before() -> None:
    assert SetLines("a", "fee", ("2.000 đồng",)).losing_days(FILES) == ("1.000 đồng",)
    assert SetLines("a", "fee", ("1.000 đồng",)).losing_days(FILES) == ()
    assert SetLines("a", "time", ("x",)).losing_days(FILES) == ()


def test_a_field_that_is_confirmed_is_unverified_no_more() -> None:
    kept = rows(SetLines("a", "fee", ("1.000 đồng",)).apply(FILES))[0]
    assert kept["unverified"] == ["fee", "where"]
    once = SetLines("a", "fee", ("1.000 đồng",), confirmed=True).apply(FILES)
    assert rows(once)[0]["unverified"] == ["where"]
    assert rows(once)[0]["fee"] == [{"text": "1.000 đồng", "until": "2026-12-31"}]
    assert "# chờ phường" in once["m.yaml"].decode()
    twice = SetLines("a", "where", ("phường",), confirmed=True).apply(once)
    assert "unverified" not in rows(twice)[0]
    assert "unverified" not in rows(SetLines("b", "statement", ("Câu",), confirmed=True).apply(FILES))[1]


@pytest.mark.parametrize("entry", ["a", "b"])
def test_where_it_was_read_is_added_to_the_sources(entry: str) -> None:
    name = {"a": "fee", "b": "statement"}[entry]
    after = SetLines(entry, name, ("x",), source="Thông báo: 1", day=date(2026, 3, 4)).apply(FILES)
    sources = parse(after["m.yaml"], "").value[entry == "b"]["sources"]
    assert sources[1:] == [{"name": "Thông báo: 1", "date": "04/03/2026", "fields": [name]}]
    with pytest.raises(EditError, match="ngày đọc"):
        SetLines(entry, name, ("x",), source="Thông báo").apply(FILES)


def test_no_lines_take_a_field_away_where_the_entry_can_be_without() -> None:
    assert "fee" not in rows(SetLines("a", "fee", ()).apply(FILES))[0]
    for name, what in (("where", "không bỏ trống"), ("name", "không bỏ trống"), ("online", "vốn không có")):
        with pytest.raises(EditError, match=what):
            SetLines("a", name, (" ",)).apply(FILES)


def test_a_field_that_was_missing_finds_its_place() -> None:
    text = SetLines("a", "online", ("Có.",)).apply(FILES)["m.yaml"].decode()
    assert '  where: [phường, "quầy: 1"]\n  online: Có.\n  legal' in text


@pytest.mark.parametrize("name", ["id", "phrasings", "documents", "sources", "statement", "verified", "x"])
def test_a_field_that_is_not_told_in_lines_is_refused(name: str) -> None:
    with pytest.raises(EditError, match="các phần sửa được: audience, fee"):
        SetLines("a", name, ("x",)).apply(FILES)


def test_a_name_is_one_line() -> None:
    with pytest.raises(EditError, match="một dòng"):
        SetLines("a", "name", ("x", "y")).apply(FILES)


def test_days_are_set_as_the_clerk_writes_them() -> None:
    text = SetDays("a", date(2027, 1, 2), date(2027, 3, 4)).apply(FILES)["m.yaml"].decode()
    assert '  verified: 2027-01-02\n  review_by: "2027-03-04"\n' in text
    with pytest.raises(EditError, match="phải sau"):
        SetDays("a", date(2027, 1, 2), date(2027, 1, 2)).apply(FILES)


def test_new_phrasings_go_to_the_file_that_the_machine_writes() -> None:
    once = AddPhrasings("a", ("HỎI  MỘT?", "hỏi ba", "mới", "Mới!", "...")).apply(FILES)
    assert rows(once, PHRASINGS_FILE) == [{"entry": "a", "phrasings": ["mới"]}]
    twice = AddPhrasings("a", ("thêm",)).apply(AddPhrasings("b", ("của b",)).apply(once))
    assert rows(twice, PHRASINGS_FILE) == [
        {"entry": "a", "phrasings": ["mới", "thêm"]},
        {"entry": "b", "phrasings": ["của b"]},
    ]
    assert twice[PHRASINGS_FILE].startswith(b"#")
    with pytest.raises(EditError, match="đã có các cách hỏi này"):
        AddPhrasings("a", ("mới", "hỏi hai")).apply(once)


@pytest.mark.parametrize(
    "edit",
    [
        AddPhrasings("aa", ("x",)),
        RemovePhrasing("aa", "x"),
        SetDays("aa", date(2026, 1, 1), date(2027, 1, 1)),
    ],
)
def test_an_unknown_entry_is_told(edit: Edit) -> None:
    with pytest.raises(EditError, match="Không có mục `aa`"):
        edit.apply(FILES)


def test_a_file_that_is_broken_is_told_with_its_line() -> None:
    with pytest.raises(EditError, match=r"them-tu-cau-hoi\.yaml đang có lỗi ở dòng"):
        AddPhrasings("b", ("mới",)).apply({**FILES, PHRASINGS_FILE: b"- entry: [\n"})


def test_a_phrasing_is_removed_from_wherever_it_stands() -> None:
    assert rows(RemovePhrasing("a", "Hỏi hai").apply(FILES))[0]["phrasings"] == ["hỏi một"]
    assert "# câu của người Huế" in RemovePhrasing("a", "hỏi hai").apply(FILES)["m.yaml"].decode()
    assert rows(RemovePhrasing("b", "hỏi b").apply(FILES))[1]["phrasings"] == ["hỏi nữa"]
    assert "phrasings/p.yaml" not in RemovePhrasing("a", "hỏi ba").apply(FILES)
    two = AddPhrasings("b", ("khác",)).apply(AddPhrasings("a", ("mới",)).apply(FILES))
    assert rows(RemovePhrasing("a", "mới").apply(two), PHRASINGS_FILE) == [
        {"entry": "b", "phrasings": ["khác"]}
    ]


def test_the_last_phrasing_of_an_entry_stays() -> None:
    files = RemovePhrasing("a", "hỏi một").apply(FILES)
    with pytest.raises(EditError, match="cuối cùng"):
        RemovePhrasing("a", "hỏi hai").apply(files)
    with pytest.raises(EditError, match="không có cách hỏi"):
        RemovePhrasing("a", "không có").apply(FILES)


def test_a_new_entry_goes_to_the_file_of_new_entries() -> None:
    text = "\r\n- id: moi  # ghi chú\r\n  kind: information\r\n  name: Mới"
    once = AddEntry(text).apply(FILES)
    twice = AddEntry("- id: hai\n  name: Hai\n").apply(once)
    assert [row["id"] for row in rows(twice, ENTRIES_FILE)] == ["moi", "hai"]
    assert (
        "- id: moi  # ghi chú\n  kind: information\n  name: Mới\n\n- id: hai\n"
        in twice[ENTRIES_FILE].decode()
    )
    for again in (text, "- id: a\n"):
        with pytest.raises(EditError, match="Đã có mục"):
            AddEntry(again).apply(once)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "- a",
        "id: x",
        "- id: x\n- id: y",
        "- id: [\n",
        "- name: x",
        "- id: {a: b}",
        "---\n- id: x\n---\n",
    ],
)
def test_what_is_not_one_entry_is_refused(text: str) -> None:
    with pytest.raises(EditError):
        AddEntry(text).apply(AddEntry("- id: first\n").apply(FILES))


def test_a_change_that_cannot_be_made_is_a_fault_of_the_knowledge() -> None:
    assert issubclass(EditError, KnowledgeError)


def test_an_entry_in_brackets_is_left_to_a_person() -> None:
    files = {"m.yaml": b"- {id: a, kind: information, name: x, text: y, phrasings: [z]}\n"}
    with pytest.raises(EditError, match=r"m\.yaml, dòng 1 .*xin sửa thẳng trong tệp"):
        SetLines("a", "name", ("x",)).apply(files)


def test_line_ends_of_windows_stay() -> None:
    files = {"m.yaml": ENTRY.replace("\n", "\r\n").encode()}
    data = SetLines("a", "fee", ("một", "hai")).apply(files)["m.yaml"]
    assert data.count(b"\n") == data.count(b"\r\n")
    assert rows({"m.yaml": data})[0]["fee"] == ["một", "hai"]
