"""Every entry of the real knowledge base, changed in a field: nothing else may change."""

import copy
from datetime import date
from typing import Any

import pytest

from bot.knowledge.contents import read_files
from bot.knowledge.load import NOT_ENTRIES
from bot.publishing.edits import (
    Edit,
    SetDays,
    SetLines,
)
from bot.publishing.finding import Place, place_of
from bot.publishing.pieces import Sheet
from tests.conftest import ROOT
from tests.publishing.test_edits import rows

REAL = read_files(ROOT / "knowledge")

FIELD_OF = {
    "procedure": "fee",
    "elsewhere": "where",
    "result": "statement",
    "information": "text",
    "unpublished": "notes",
    "personal": "look_up",
}
CHANGES = ["one line", "three lines", "days"]


def real_places() -> list[tuple[Place, dict[str, bytes]]]:
    """Every real entry between its neighbours in a file of its own, and some in their whole file."""
    found = []
    for name, content in REAL.items():
        sheet = Sheet.of(content, name)
        if name.split("/")[0] in NOT_ENTRIES:
            continue
        spans = list(sheet.spans().values())
        for at in range(len(sheet.value)):
            start, end = spans[max(at - 1, 0)].start, spans[min(at + 1, len(spans) - 1)].end
            is_whole = at % 40 == 0 and len(content) < 60_000
            data = content if is_whole else sheet.text(start, end).encode()
            found.append((place_of({name: data}, sheet.value[at]["id"]), {name: data}))
    return found


REAL_PLACES = real_places()


@pytest.mark.parametrize("change", CHANGES)
def test_in_every_real_entry_only_the_touched_field_is_changed(change: str) -> None:
    assert len(REAL_PLACES) > 500
    for place, files in REAL_PLACES:
        edit, fields = edit_for(place, change)
        check_only(place, files, edit.apply(files), fields)


def edit_for(place: Place, change: str) -> tuple[Edit, dict[str, Any]]:
    entry = place.raw["id"]
    if change == "days":
        days = date(2027, 1, 2), date(2027, 9, 8)
        return SetDays(entry, *days), {"verified": "2027-01-02", "review_by": "2027-09-08"}
    name = FIELD_OF[place.raw["kind"]]
    lines = (
        ("Dòng một", "7:30", "# ba") if change == "three lines" and name != "statement" else ("Một: dòng",)
    )
    return SetLines(entry, name, lines), {name: lines[0] if len(lines) == 1 else list(lines)}


def check_only(
    place: Place, before: dict[str, bytes], after: dict[str, bytes], fields: dict[str, Any]
) -> None:
    name = place.sheet.file
    expected = copy.deepcopy(place.sheet.value)
    expected[place.at].update(fields)
    assert rows(after, name) == expected
    span = place.sheet.spans()[place.at]
    lines, new = before[name].decode().splitlines(), after[name].decode().splitlines()
    rest = len(lines) - span.end
    assert new[: span.own] == lines[: span.own]
    assert new[len(new) - rest :] == lines[span.end :]
    kept = [line.strip() for line in lines[span.own : span.end] if line.strip().startswith("#")]
    assert all(any(each in line for line in new) for each in kept)
