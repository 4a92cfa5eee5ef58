"""Checks across entries: what no single entry can know about itself."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.knowledge.entries import Entry, Procedure, Result, Unpublished, Ward
from bot.knowledge.problems import Path, Problem, Severity, did_you_mean
from bot.text.words import split

FACET_LINES = 5  # lines; a short answer is read on a phone
LINE_LENGTH = 200  # characters; longer lines are not read
SHORT_FIELDS = ("audience", "fee", "time", "where", "online", "result", "text", "how")


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry and where it stands: file, index in the file, line of each of its nodes."""

    entry: Entry
    file: str
    index: int
    lines: Mapping[Path, int]

    def problem(
        self, field: str, what: str, advice: str, severity: Severity = "error", at: int | None = None
    ) -> Problem:
        """A problem at `field` of this entry (at item `at` of it, where given)."""
        path: Path = (self.index, field) if at is None else (self.index, field, at)
        line = self.lines.get(path) or self.lines.get(path[:2]) or self.lines[(self.index,)]
        return Problem(self.file, line, field, f"{self.entry.id}: {what}", advice, severity)


def check_entries(placed: Sequence[Placed]) -> list[Problem]:
    """Problems that need no more than the entries: ids, families, references, phrasings, dates."""
    ids, problems = _check_ids(placed)
    for place in placed:
        problems += _check_family(place, ids)
        problems += _check_links(place, ids)
        problems += _check_fields(place)
    return problems + _check_phrasings(placed)


def check_references(placed: Sequence[Placed], ward: Ward, ward_file: str) -> list[Problem]:
    """Problems between the entries and `ward.yaml`."""
    topics = [topic.id for topic in ward.topics]
    problems = [
        place.problem("topic", f"không có chủ đề `{place.entry.topic}`", _choose(place.entry.topic, topics))
        for place in placed
        if place.entry.topic not in topics
    ]  # fmt: skip
    ids = [place.entry.id for place in placed]
    if ward.hours not in ids:
        what = f"không có mục giờ làm việc `{ward.hours}`"
        problems.append(Problem(ward_file, 1, "hours", what, _choose(ward.hours, ids)))
    return problems


def _choose(wrong: str, known: Iterable[str]) -> str:
    meant = did_you_mean(wrong, known)
    return f"có phải ý bạn là `{meant}`?" if meant else "ghi một mã đã có trong thư mục knowledge"


def _check_ids(placed: Sequence[Placed]) -> tuple[dict[str, Placed], list[Problem]]:
    seen: dict[str, Placed] = {}
    problems = []
    for place in placed:
        for field, id_ in [("id", place.entry.id), *(("also", old) for old in place.entry.also)]:
            first = seen.get(id_.casefold())
            if first is None:
                seen[id_.casefold()] = place
                continue
            where = f"{first.file}, dòng {first.lines[(first.index,)]}"
            problems.append(
                place.problem(field, f"mã `{id_}` đã dùng ở {where}", "đặt mã khác hoặc gộp hai mục")
            )
    return {place.entry.id: place for place in placed}, problems


def _check_family(place: Placed, ids: Mapping[str, Placed]) -> list[Problem]:
    head = place.entry.family
    if head is None:
        return []
    if head not in ids:
        return [place.problem("family", f"không có mục đầu nhóm `{head}`", _choose(head, ids))]
    if head == place.entry.id:
        return [place.problem("family", "mục lấy chính nó làm đầu nhóm", "xóa dòng `family`")]
    above = ids[head].entry.family
    if above is not None:
        return [place.problem("family", f"`{head}` không phải đầu nhóm", f"ghi `{above}`")]
    return []


def _check_links(place: Placed, ids: Mapping[str, Placed]) -> list[Problem]:
    entry = place.entry
    links: list[tuple[str, Sequence[str]]] = []
    if isinstance(entry, Result):
        links.append(("together", entry.together))
    if isinstance(entry, Unpublished):
        links.append(("nearest", entry.nearest))
    return [
        place.problem(field, f"không có mục `{id_}`", _choose(id_, ids), at=index)
        for field, targets in links
        for index, id_ in enumerate(targets)
        if id_ not in ids
    ]


def _check_fields(place: Placed) -> list[Problem]:
    entry, problems = place.entry, []
    known = sorted(type(entry).FACTS)
    for index, field in enumerate(entry.unverified):
        if field not in known:
            what = f"không có mục `{field}` để ghi chưa xác nhận"
            advice = f"{_choose(field, known)} Các tên dùng được: {', '.join(known)}"
            problems.append(place.problem("unverified", what, advice, at=index))
    if entry.review_by <= entry.verified:
        what = "ngày xem lại không sau ngày kiểm tra"
        problems.append(place.problem("review_by", what, "ghi ngày muộn hơn"))
    if isinstance(entry, Procedure) and not (entry.documents.submit or entry.documents.show):
        advice = "ghi ít nhất một giấy tờ ở `submit` hoặc `show`"
        problems.append(place.problem("documents", "chưa ghi giấy tờ nào", advice))
    for field in SHORT_FIELDS:
        problems += _check_length(place, field, getattr(entry, field, None) or ())
    return problems


def _check_length(place: Placed, field: str, lines: Sequence[str]) -> list[Problem]:
    problems = []
    if len(lines) > FACET_LINES:
        what = f"có {len(lines)} dòng, nên tối đa {FACET_LINES}"
        problems.append(place.problem(field, what, "chuyển bớt sang `notes`", "warning"))
    for index, line in enumerate(lines):
        if len(line) > LINE_LENGTH:
            what = f"dòng dài {len(line)} ký tự"
            problems.append(place.problem(field, what, "tách thành hai câu ngắn", "warning", at=index))
    return problems


def _check_phrasings(placed: Sequence[Placed]) -> list[Problem]:
    """The same phrasing under two entries cannot be told apart; marks count, case and spacing do not."""
    seen: dict[tuple[str, ...], tuple[Placed, int]] = {}
    problems = []
    for place in placed:
        for index, phrasing in enumerate(place.entry.phrasings):
            key = tuple(word.key for word in split(phrasing))
            first = seen.setdefault(key, (place, index))[0]
            if first is not place:
                what = f"câu “{phrasing}” đã có ở mục `{first.entry.id}` ({first.file})"
                advice = "giữ câu này ở một mục thôi"
                problems.append(place.problem("phrasings", what, advice, at=index))
    return problems
