import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.contents import read_files
from bot.knowledge.yaml_text import parse
from bot.publishing.merge import merge
from tests.conftest import ROOT

ENTRY = "- id: {id}\n  name: {name}\n  fee:\n    - {fee}\n  phrasings:\n    - hỏi {id}\n"
names = st.dictionaries(
    st.sampled_from("abcdefgh"), st.tuples(st.sampled_from("xyz"), st.sampled_from("123")), max_size=6
)
HEADER = "# đầu tệp\n\n"


def file_of(entries: dict[str, tuple[str, str]]) -> bytes:
    items = (ENTRY.format(id=key, name=name, fee=fee) for key, (name, fee) in entries.items())
    return (HEADER + "\n".join(items)).encode()


folders = st.dictionaries(st.sampled_from(["m.yaml", "n.yaml"]), names.map(file_of))


@given(folders, folders)
def test_what_one_side_alone_changed_is_taken_as_it_is(
    base: dict[str, bytes], side: dict[str, bytes]
) -> None:
    assert merge(base, base, side).files == side
    assert merge(base, side, base).files == side
    assert merge(base, side, side).files == side
    assert not merge(base, base, side).conflicts
    assert not merge(base, side, base).changed


@given(names, st.data())
def test_changes_of_different_entries_both_survive(
    entries: dict[str, tuple[str, str]], data: st.DataObject
) -> None:
    mine = data.draw(st.sets(st.sampled_from(sorted(entries)))) if entries else set()
    ours = {key: ("ours", fee) if key in mine else (name, fee) for key, (name, fee) in entries.items()}
    theirs = {key: (name, fee) if key in mine else ("theirs", fee) for key, (name, fee) in entries.items()}
    ours["new-ours"], theirs["new-theirs"] = ("n", "1"), ("n", "2")
    found = merge({"m.yaml": file_of(entries)}, {"m.yaml": file_of(ours)}, {"m.yaml": file_of(theirs)})
    rows = {row["id"]: row["name"] for row in parse(found.files["m.yaml"], "").value}
    assert rows == {key: "ours" if key in mine else "theirs" for key in entries} | {
        "new-ours": "n",
        "new-theirs": "n",
    }
    assert not found.conflicts


@given(folders, folders, folders)
def test_whatever_happened_the_result_can_be_read(
    base: dict[str, bytes], ours: dict[str, bytes], theirs: dict[str, bytes]
) -> None:
    found = merge(base, ours, theirs)
    assert all(not parse(content, name).problems for name, content in found.files.items())
    assert set(found.changed) == {n for n in {*ours, *found.files} if ours.get(n) != found.files.get(n)}


def merged(base: str, ours: str, theirs: str, name: str = "m.yaml") -> tuple[str, list[str]]:
    found = merge({name: base.encode()}, {name: ours.encode()}, {name: theirs.encode()})
    return found.files[name].decode(), [str(conflict) for conflict in found.conflicts]


BASE = ENTRY.format(id="a", name="Tên", fee="1") + "\n" + ENTRY.format(id="b", name="B", fee="2")


def test_different_fields_of_one_entry_both_survive() -> None:
    ours, theirs = BASE.replace("name: Tên", "name: Mới"), BASE.replace("    - 1", "    - 9")
    assert merged(BASE, ours, theirs) == (ours.replace("    - 1", "    - 9"), [])


def test_the_same_field_changed_on_both_sides_is_told_and_ours_is_kept() -> None:
    ours, theirs = BASE.replace("    - 2", "    - 3"), BASE.replace("    - 2", "    - 4")
    text, told = merged(BASE, ours, theirs)
    assert text == ours
    assert len(told) == 1
    assert "`b` ở m.yaml, dòng 8," in told[0]
    assert "Máy giữ bản đã đăng" in told[0]


def test_phrasings_added_on_both_sides_are_all_kept() -> None:
    ours = BASE.replace("    - hỏi a\n", "    - hỏi a\n    - của ta\n")
    theirs = BASE.replace("    - hỏi a\n", "    - của tệp\n    - hỏi a\n")
    text, told = merged(BASE, ours, theirs)
    assert parse(text.encode(), "").value[0]["phrasings"] == ["của tệp", "hỏi a", "của ta"]
    assert not told


def test_a_phrasing_that_one_side_took_away_stays_away() -> None:
    base = BASE.replace("    - hỏi a\n", "    - hỏi a\n    - cũ\n")
    text, _ = merged(
        base, base.replace("    - cũ\n", ""), base.replace("    - cũ\n", "    - cũ\n    - mới\n")
    )
    assert parse(text.encode(), "").value[0]["phrasings"] == ["hỏi a", "mới"]


def test_an_entry_deleted_here_and_changed_there_is_told() -> None:
    gone = ENTRY.format(id="a", name="Tên", fee="1")
    text, told = merged(BASE, gone, BASE.replace("name: B", "name: C"))
    assert (text, len(told)) == (gone, 1)
    text, told = merged(BASE, BASE.replace("name: B", "name: C"), gone + "\n# cuối\n")
    assert "name: C" in text
    assert len(told) == 1


def test_comments_above_an_entry_go_with_it() -> None:
    theirs = BASE.replace("\n- id: b", "\n# về b\n# nữa\n- id: b")
    ours = BASE.replace("name: Tên", "name: Mới")
    assert merged(BASE, ours, theirs)[0] == ours.replace("\n- id: b", "\n# về b\n# nữa\n- id: b")


def test_what_cannot_be_read_goes_through_so_that_the_check_tells_it() -> None:
    broken = "- id: a\n  name: [\n"
    assert merged(BASE, BASE.replace("Tên", "Mới"), broken) == (broken, [])


def test_a_file_saved_on_windows_brings_only_what_was_changed() -> None:
    ours, theirs = BASE.replace("Tên", "Mới"), BASE.replace("    - 2", "    - 4").replace("\n", "\r\n")
    assert merged(BASE, ours, theirs) == (ours.replace("    - 2", "    - 4"), [])


def test_a_map_is_merged_by_its_keys() -> None:
    base = "# ward\nname: A\ncity: B\nportal: c\n"
    assert merged(base, base.replace("A", "X"), base.replace("c\n", "z\n"), "ward.yaml") == (
        base.replace("A", "X").replace("c\n", "z\n").replace("# ward", "# ward"),
        [],
    )
    text, told = merged(base, base.replace("A", "X"), base.replace("A", "Y"), "ward.yaml")
    assert (text, len(told)) == (base.replace("A", "X"), 1)


def test_word_lists_are_united() -> None:
    base = "always:\n  # lễ phép\n  - dạ\n  - thưa\nother:\n  - x\n"
    ours, theirs = (
        base.replace("  - dạ\n", "  - dạ\n  - ạ\n"),
        base.replace("  - thưa\n", "  - thưa\n  - kính\n"),
    )
    text, told = merged(base, ours, theirs, "language/stop_words.yaml")
    assert text == base.replace("  - dạ\n", "  - dạ\n  - ạ\n").replace("  - thưa\n", "  - thưa\n  - kính\n")
    assert not told


def test_the_second_item_of_the_same_name_is_another_item() -> None:
    base = "- entry: a\n  phrasings:\n    - một\n- entry: a\n  phrasings:\n    - hai\n"
    text, told = merged(
        base, base.replace("một", "một một"), base.replace("hai", "hai hai"), "phrasings/m.yaml"
    )
    assert (text, told) == (base.replace("một", "một một").replace("hai", "hai hai"), [])


@pytest.mark.parametrize(
    "name", ["le-phi.yaml", "phrasings/le-phi.yaml", "language/dialect.yaml", "provenance/xe.yaml"]
)
def test_in_a_real_file_every_untouched_line_stays(name: str) -> None:
    base = read_files(ROOT / "knowledge")[name].decode()
    cut = base.index("\n- ", len(base) // 2) + 1
    first, second = base[:cut], base[cut:]
    head = first.index("\n- ") + 1
    ours, theirs = first[:head] + "- id: moi\n" + first[head:] + second, base + "- id: moi-nua\n"
    text, told = merged(base, ours, theirs, name)
    assert (text, told) == (first[:head] + "- id: moi\n" + first[head:] + second + "- id: moi-nua\n", [])
