"""Checks across entries: what no single entry can know about itself."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from bot.knowledge.check_days import check_days
from bot.knowledge.dated import change_days, on
from bot.knowledge.entries import Information, Result, Unpublished, Ward
from bot.knowledge.language import English, Row, Term
from bot.knowledge.placed import Placed
from bot.knowledge.problems import Path, Problem, did_you_mean
from bot.text.frequency import rarity
from bot.text.words import split

FACET_LINES = 5  # lines; a short answer is read on a phone
FOREIGN_THOUSANDS = re.compile(r"\b\d{1,3}(?:,\d{3})+(?= (?:đồng|hồ sơ|người|hộ)\b)")
ENGLISH_RARITY = 10.0  # nats; a bare syllable more frequent than this is Vietnamese
NO_FACTS = ("name", "summary")  # fields that a source may be given for, but that need no confirming
SHORT_FIELDS = ("audience", "fee", "time", "where", "online", "result", "text", "how")


def check_entries(placed: Sequence[Placed]) -> list[Problem]:
    """Problems that need no more than the entries that are there: ids and fields."""
    problems = _check_ids(placed)
    for place in placed:
        problems += _check_fields(place)
    return problems


def check_links(placed: Sequence[Placed], rejected: Container[str]) -> list[Problem]:
    """Entries that point to others; `rejected` are ids that exist but whose entries are wrong."""
    ids = {place.entry.id: place for place in placed}
    return [
        problem
        for place in placed
        for problem in (*_check_family(place, ids, rejected), *_check_targets(place, ids, rejected))
    ]


def check_ward(
    placed: Sequence[Placed], ward: Ward, rejected: Container[str], file: str, lines: Mapping[Path, int]
) -> list[Problem]:
    """Problems between the entries and `ward.yaml`."""
    topics = [topic.id for topic in ward.topics]
    problems = []
    for place in placed:
        if place.entry.topic not in topics:
            what = f"không có chủ đề `{place.entry.topic}`"
            problems.append(place.problem("topic", what, _choose(place.entry.topic, topics)))
    hours = [place.entry.id for place in placed if isinstance(place.entry, Information)]
    if ward.hours not in hours and ward.hours not in rejected:
        what = f"không có mục `information` nào mã `{ward.hours}` để lấy giờ làm việc"
        problems.append(Problem(file, lines.get(("hours",), 1), "hours", what, _choose(ward.hours, hours)))
    return problems


def check_rows(rows: Sequence[Row], file: str, lines: Mapping[Path, int]) -> list[Problem]:
    """The same word twice in one language list: only the first would ever be used."""
    seen: dict[tuple[str, ...], int] = {}
    problems = []
    for index, row in enumerate(rows):
        key = tuple(word.key for word in split(row.from_))
        first = seen.setdefault(key, index)
        if first != index:
            what = f"chữ `{row.from_}` đã có ở dòng {lines[(first,)]}"
            problems.append(Problem(file, lines[(index,)], "from", what, "gộp hai dòng làm một"))
    return problems


def check_terms(terms: Sequence[Term], file: str, lines: Mapping[Path, int]) -> list[Problem]:
    """The same term, or other word for one, twice: only one would ever be told."""
    seen: dict[str, int] = {}
    problems = []
    for index, name in ((index, name) for index, term in enumerate(terms) for name in term.names):
        first = seen.setdefault(name.casefold(), index)
        if first != index:
            what = f"từ `{name}` đã có ở dòng {lines[(first,)]}"
            problems.append(Problem(file, lines[(index,)], "term", what, "gộp hai dòng làm một"))
    return problems


def check_targets(
    targets: Iterable[str], ids: Sequence[str], rejected: Container[str], file: str, line: int
) -> Iterator[Problem]:
    """Entries that a line outside the entries points to and that are not there."""
    for id_ in targets:
        if id_ not in ids and id_ not in rejected:
            yield Problem(file, line, "", f"không có mục `{id_}`", _choose(id_, ids))


def check_english(english: English, file: str, lines: Mapping[Path, int]) -> list[Problem]:
    """Words that are not one plain word, stand there twice, or are written like a Vietnamese one."""
    problems = []
    for field, words in (("words", english.words), ("neutral", english.neutral)):
        for index, word in enumerate(words):
            line = lines.get((field, index), 1)
            if not re.fullmatch(r"[a-z]+", word):
                advice = "mỗi dòng một chữ thường, không dấu, không số"
                problems.append(Problem(file, line, field, f"`{word}` không phải một chữ tiếng Anh", advice))
            elif field == "words" and rarity(word) < ENGLISH_RARITY:
                advice = "chuyển xuống `neutral`, nếu không máy tưởng câu tiếng Việt là tiếng Anh"
                what = f"`{word}` cũng là chữ tiếng Việt bỏ dấu"
                problems.append(Problem(file, line, field, what, advice))
            elif words.index(word) != index:
                problems.append(
                    Problem(file, line, field, f"`{word}` viết hai lần", "bỏ một dòng", "warning")
                )
    return problems


def _choose(wrong: str, known: Iterable[str]) -> str:
    meant = did_you_mean(wrong, known)
    return f"có phải ý bạn là `{meant}`?" if meant else "ghi một mã đã có trong thư mục knowledge"


def _check_ids(placed: Sequence[Placed]) -> list[Problem]:
    seen: dict[str, Placed] = {}
    problems = []
    for place in placed:
        for field, id_ in [("id", place.entry.id), *(("also", old) for old in place.entry.also)]:
            first = seen.setdefault(id_.casefold(), place)
            if first is not place or (field == "also" and id_ == place.entry.id):
                what = f"mã `{id_}` đã dùng ở {first.file}, dòng {first.lines[(first.index,)]}"
                problems.append(place.problem(field, what, "đặt mã khác hoặc gộp hai mục"))
    return problems


def _check_family(place: Placed, ids: Mapping[str, Placed], rejected: Container[str]) -> list[Problem]:
    head = place.entry.family
    if head is None or head in rejected:
        return []
    if head not in ids:
        return [place.problem("family", f"không có mục đầu nhóm `{head}`", _choose(head, ids))]
    if head == place.entry.id:
        return [place.problem("family", "mục lấy chính nó làm đầu nhóm", "xóa dòng `family`")]
    above = ids[head].entry.family
    if above is not None:
        return [place.problem("family", f"`{head}` không phải đầu nhóm", f"ghi `{above}`")]
    return []


def _check_targets(place: Placed, ids: Mapping[str, Placed], rejected: Container[str]) -> list[Problem]:
    entry = place.entry
    links: list[tuple[str, Sequence[str]]] = []
    if isinstance(entry, Result):
        links.append(("together", entry.together))
    if isinstance(entry, Unpublished):
        links.append(("nearest", entry.nearest))
    problems = []
    for field, targets in links:
        for index, id_ in enumerate(targets):
            if id_ == entry.id:
                problems.append(place.problem(field, "mục trỏ về chính nó", "xóa dòng này", at=index))
            elif id_ not in ids and id_ not in rejected:
                problems.append(place.problem(field, f"không có mục `{id_}`", _choose(id_, ids), at=index))
    return problems


def _check_fields(place: Placed) -> list[Problem]:
    entry, problems = place.entry, []
    known = sorted(type(entry).FACTS)
    for field in entry.unverified:
        if field not in known:
            meant = did_you_mean(field, known)
            advice = f"có phải ý bạn là `{meant}`? " if meant else "ghi tên mục, không ghi nội dung. "
            what = f"không có mục `{field}` để ghi chưa xác nhận"
            advice += f"Các tên dùng được: {', '.join(known)}"
            problems.append(place.problem("unverified", what, advice, at=field))
        elif not getattr(entry, field):
            what = f"ghi `{field}` chưa xác nhận nhưng mục không có `{field}`"
            problems.append(place.problem("unverified", what, "xóa tên này", "warning", at=field))
    for source in entry.sources:
        for field in source.fields:
            if field not in (*known, *NO_FACTS):
                meant = did_you_mean(field, known)
                advice = f"có phải ý bạn là `{meant}`?" if meant else f"các tên dùng được: {', '.join(known)}"
                what = f"nguồn “{source.name}” ghi phần không có: `{field}`"
                problems.append(place.problem("sources", what, advice, "warning"))
    if isinstance(entry, Result) and entry.value and entry.value not in entry.statement:
        what = f"con số `{entry.value}` không có trong câu `statement`"
        problems.append(place.problem("value", what, "ghi số y như trong câu"))
    for field in ("statement", *SHORT_FIELDS):
        problems += _check_figures(place, field)
    if entry.review_by <= entry.verified:
        what = "ngày xem lại không sau ngày kiểm tra"
        problems.append(place.problem("review_by", what, "ghi ngày muộn hơn"))
    problems += check_days(place)
    for field in SHORT_FIELDS:
        days = (entry.verified, *change_days(entry))
        lines = max((getattr(on(entry, day), field, None) or () for day in days), key=len)
        problems += _check_length(place, field, lines)
    return problems


def _check_figures(place: Placed, field: str) -> list[Problem]:
    """Figures in the foreign style: 10,000 đồng would be read as ten."""
    value = getattr(place.entry, field, None) or ()
    lines = (value,) if isinstance(value, str) else value
    advice = "dùng dấu chấm ngăn hàng nghìn, ví dụ 10.000 đồng"
    return [
        place.problem(field, f"số `{found.group()}` viết kiểu nước ngoài", advice, "warning")
        for line in lines
        if (found := FOREIGN_THOUSANDS.search(line)) is not None
    ]


def _check_length(place: Placed, field: str, lines: Sequence[str]) -> list[Problem]:
    problems = []
    if len(lines) > FACET_LINES:
        what = f"có {len(lines)} dòng, nên tối đa {FACET_LINES}"
        problems.append(place.problem(field, what, "chuyển bớt sang `notes`", "warning"))
    return problems
