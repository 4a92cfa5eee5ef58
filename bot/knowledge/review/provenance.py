"""Each figure a citizen is told against the figures that were read in the entry's sources.

`provenance/` lists, for each entry, what was read, field by field; it was made from what was read, not from
the entries, so that a figure mistyped in an entry stands out. Who changes a figure writes it there too.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.knowledge.contents import YAML
from bot.knowledge.dated import Lines
from bot.knowledge.load import PROVENANCE_FOLDER
from bot.knowledge.model import Id, Model
from bot.knowledge.placed import Placed
from bot.knowledge.problems import Problem, did_you_mean, not_a_list, valid_rows
from bot.knowledge.review.figures import figures, is_known
from bot.knowledge.review.shown import shown
from bot.knowledge.yaml_text import parse

WHAT = "con số `{figure}` không có trong nguồn gốc đã ghi của mục"
ADVICE = "xem lại con số; nếu đúng thì thêm vào provenance/ ở mục `{entry}`, kèm nguồn trong `sources`"


class FiguresRead(Model):
    """The figures that were read for one entry, by the field they belong to."""

    entry: Id
    figures: Mapping[str, Lines]


@dataclass(slots=True)
class _Rows:
    """What the files hold: the figures by entry, where each entry stands, what is wrong."""

    known: dict[str, set[str]] = field(default_factory=dict)
    places: dict[str, tuple[str, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def review_provenance(folder: Path, placed: Iterable[Placed]) -> Iterator[Problem]:
    """Problems of the provenance files (warnings: no answer needs them), then each figure not in them."""
    rows = _read(folder)
    if rows.problems or not rows.known:  # until these are mended, every figure would seem to be missing
        first = Problem(PROVENANCE_FOLDER, 1, "", "không có số liệu nào", "lấy lại thư mục provenance/")
        yield from (replace(problem, severity="warning") for problem in rows.problems or [first])
        return
    ids = []
    for place in placed:
        ids.append(place.entry.id)
        yield from _unknown(place, rows.known.get(place.entry.id, set()))
    for entry in sorted(rows.known.keys() - set(ids)):
        meant = did_you_mean(entry, ids)
        advice = f"có phải ý bạn là `{meant}`?" if meant else "sửa mã; mục đã bỏ thì xóa cả các dòng này"
        yield Problem(*rows.places[entry], "entry", f"không có mục `{entry}`", advice, "warning")


def _read(folder: Path) -> _Rows:
    rows = _Rows()
    for path in sorted((folder / PROVENANCE_FOLDER).rglob("*")):
        if path.suffix.lower() not in YAML:
            continue
        name = path.relative_to(folder).as_posix()
        try:
            parsed = parse(path.read_bytes(), name)
        except OSError:
            rows.problems.append(Problem(name, 1, "", "không đọc được tệp", "xem quyền đọc tệp"))
            continue
        rows.problems += parsed.problems
        if not isinstance(parsed.value, list):
            if not parsed.problems:
                rows.problems.append(not_a_list(name, "- entry: …"))
            continue
        for index, row in valid_rows(parsed.value, FiguresRead, name, parsed.lines, rows.problems):
            rows.places.setdefault(row.entry, (name, parsed.lines.get((index,), 1)))
            known = rows.known.setdefault(row.entry, set())
            known.update(*(figures(figure) for each in row.figures.values() for figure in each))
    return rows


def _unknown(place: Placed, known: set[str]) -> Iterator[Problem]:
    told: dict[str, str] = {}
    for name, text in shown(place.entry):
        for figure in figures(text):
            told.setdefault(figure, name)
    for figure, name in told.items():
        if not is_known(figure, known):
            advice = ADVICE.format(entry=place.entry.id)
            yield place.problem(name, WHAT.format(figure=figure), advice, "warning")
