"""No figure without a source: the real base, and proof that a planted one is found."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.knowledge.load import Loaded
from bot.knowledge.placed import Placed
from bot.knowledge.problems import Problem
from bot.knowledge.review.figures import figures, is_known
from bot.knowledge.review.provenance import review_provenance
from bot.knowledge.review.shown import shown
from tests.conftest import ROOT

READ = """\
- entry: dang-ky-thu
  figures:
    fee: ["8.000"]
    legal: ["123/2015/NĐ-CP", "15/8/2026"]
"""


def unknown(folder: Path, *placed: Placed) -> list[Problem]:
    return list(review_provenance(folder, placed))


def test_no_figure_stands_in_the_base_that_was_not_read(loaded: Loaded) -> None:
    assert unknown(ROOT / "knowledge", *loaded.placed) == []
    told = sum(len(figures(text)) for place in loaded.placed for _, text in shown(place.entry))
    assert told > 5000


@pytest.mark.parametrize(
    "planted", ["80.000 đồng", "Nghị định 999/2030/NĐ-CP", "mã 9.999999", "trước 31/12/2099"]
)
def test_a_planted_figure_is_found_in_a_real_entry(loaded: Loaded, planted: str) -> None:
    place = next(p for p in loaded.placed if p.entry.id == "dang-ky-khai-sinh")
    wrong = place.entry.model_copy(update={"fee": (*place.entry.fee, f"Phải nộp {planted}.")})  # type: ignore[union-attr]
    found = unknown(ROOT / "knowledge", Placed(wrong, place.file, place.index, place.lines))
    here = [problem for problem in found if "dang-ky-khai-sinh" in problem.what and "con số" in problem.what]
    assert len(here) == 1
    assert here[0].field == "fee"
    assert here[0].line == place.lines[(place.index, "fee")]


def test_the_last_digit_dropped_from_any_figure_of_the_base_would_be_found(loaded: Loaded) -> None:
    """Of the figures of five digits and more; shorter ones may by chance be figures of the entry too."""
    missed = total = 0
    for place in loaded.placed[:80]:
        own = {figure for _, text in shown(place.entry) for figure in figures(text)}
        for figure in own:
            if sum(char.isdigit() for char in figure) < 5 or not figure[0].isdigit():
                continue
            total += 1
            missed += is_known(figure[:-1].rstrip("./"), own)
    assert total > 300
    assert missed <= total * 0.05


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("07 ngày, từ 01/07/2026", {"7", "1/7/2026"}),
        ("8.000 đồng một bản", {"8.000"}),
        ("ước đạt 181,55 tỷ đồng", {"181,55"}),
        ("Nghị định 123/2015/NĐ-CP và Luật 60/2014/QH13", {"123/2015/NĐ-CP", "60/2014/QH13"}),
        ("Quyết định 163/QĐ-BTP, mã 1.001193", {"163/QĐ-BTP", "1.001193"}),
        ("Mẫu CT01, giấy NA17", {"1", "17"}),
        ("153/153 hồ sơ, 97%", {"153/153", "97"}),
        ("không có số nào", set()),
    ],
)
def test_reads_figures_in_one_form(text: str, expected: set[str]) -> None:
    assert figures(text) == expected


def test_a_part_of_a_date_or_law_number_is_known() -> None:
    known = figures("Nghị định 18/2026/NĐ-CP, từ 15/8/2026")
    for part in ("18/2026", "15/8", "8/2026", "15/8/2026"):
        assert is_known(part, known)
    for other in ("2026", "18", "5/8", "8/202", "18/2026/NQ-CP"):
        assert not is_known(other, known)


def test_reads_the_files_a_clerk_writes(folder: Path, placed: Callable[..., Placed]) -> None:
    (folder / "provenance").mkdir()
    file = folder / "provenance" / "thu.yaml"
    file.write_text(READ, encoding="utf-8")
    good = placed(("where: Trung tâm.", "where: Trung tâm.\n  fee: 8.000 đồng, từ 15/8."))
    assert unknown(folder, good) == []
    wrong = placed(("where: Trung tâm.", "where: Trung tâm.\n  fee: 80.000 đồng."))
    [problem] = unknown(folder, wrong)
    assert "`80.000`" in problem.what
    assert "`dang-ky-thu`" in problem.advice
    file.write_text(READ.replace("dang-ky-thu", "dang-ky-la"), encoding="utf-8")
    assert any("không có mục `dang-ky-la`" in problem.what for problem in unknown(folder, good))
    file.write_text("- entry: dang-ky-thu\n  figure: 3\n", encoding="utf-8")
    assert {problem.field for problem in unknown(folder)} >= {"figure", "figures"}
