"""What the knowledge base must hold today, and rules that every entry of it keeps."""

import json
import re
from collections import Counter

import pytest

from bot.answering import Composer
from bot.assistant import Assistant
from bot.facets import Facet
from bot.knowledge import Knowledge, load
from bot.knowledge.entries import ENTRY_KINDS, Elsewhere, Information, Procedure, Result, Unpublished
from bot.knowledge.review import review
from bot.outcomes import Outcome
from bot.text.words import split
from tests.conftest import NOW, ROOT, TODAY

PROCEDURES = [
    "dang-ky-khai-sinh",
    "dang-ky-khai-sinh-qua-han",
    "dang-ky-khai-sinh-yeu-to-nuoc-ngoai",
    "dang-ky-lai-khai-sinh",
    "dang-ky-khai-tu",
    "dang-ky-ket-hon",
    "xac-nhan-tinh-trang-hon-nhan",
    "trich-luc-ban-sao-ho-tich",
    "thay-doi-cai-chinh-bo-sung-ho-tich",
    "chung-thuc-ban-sao-tu-ban-chinh",
    "chung-thuc-chu-ky",
    "dang-ky-thuong-tru",
    "dang-ky-tam-tru",
    "cap-can-cuoc-tu-14",
    "cap-doi-can-cuoc",
    "cap-lai-can-cuoc",
    "dang-ky-thanh-lap-ho-kinh-doanh",
    "tro-cap-huu-tri-xa-hoi",
    "cap-so-do-lan-dau",
    "gpxd-nha-o-rieng-le",
]
ELSEWHERE = [
    "elsewhere-bhxh",
    "elsewhere-giay-phep-lai-xe",
    "elsewhere-ho-chieu",
    "sang-ten-so-do",
    "phieu-ly-lich-tu-phap",
]
FREE_BY_LAW = {  # the law or the words of the portal's record say so, as the sources of each entry name
    "bao-ve-tre-em-khan-cap",
    "bhyt-nguoi-co-cong",
    "cap-ban-sao-tu-so-goc",
    "tham-vieng-mo-liet-si",
}
ANSWERED = {Outcome.ANSWERED, Outcome.NOT_OURS, Outcome.NO_PUBLISHED_FIGURE}
THIRD_PARTY = re.compile(r"github|\.json\b|\.md\b|thuvienphapluat|/src/|\btệp\b", re.IGNORECASE)


def test_the_check_has_nothing_to_say() -> None:
    loaded = load(ROOT / "knowledge")
    assert loaded.problems == ()
    assert review(loaded, ROOT / "knowledge", TODAY).problems == ()


def test_holds_what_it_held_from_the_first(knowledge: Knowledge) -> None:
    kinds = Counter(entry.kind for entry in knowledge.entries.values())
    assert {e.id for e in knowledge.entries.values() if isinstance(e, Procedure)} >= set(PROCEDURES)
    assert {e.id for e in knowledge.entries.values() if isinstance(e, Elsewhere)} >= set(ELSEWHERE)
    assert sum(id_.startswith("s") and id_[1:3].isdigit() for id_ in knowledge.entries) == 33
    assert kinds["unpublished"] >= 20
    assert {"p12-gio-lam-viec", "p32-thu-ngan-sach-2025"} <= set(knowledge.entries)


@pytest.mark.parametrize(
    ("entry", "value", "unit", "qualifier"),
    [
        ("s07-tong-thu-ngan-sach", "181,55", "tỷ đồng", "ước đạt"),
        ("p32-thu-ngan-sach-2025", "211,617", "tỷ đồng", None),
        ("s08-ho-so-dang-ky-kinh-doanh", "225", "hồ sơ", "hơn"),
        ("s12-so-ho-so-tthc", "4.817", "hồ sơ", None),
        ("s13-ty-le-dung-han", "97", "%", None),
        ("s14-so-hoa", "100", "%", None),
    ],
)
def test_figures_stand_as_published(
    knowledge: Knowledge, entry: str, value: str, unit: str, qualifier: str | None
) -> None:
    result = knowledge.entries[entry]
    assert isinstance(result, Result)
    assert (result.value, result.unit, result.qualifier) == (value, unit, qualifier)


def test_the_traps_of_the_article_are_respected(knowledge: Knowledge) -> None:
    texts = {
        id_: " ".join((e.statement, *(e.notes or ())))
        for id_, e in knowledge.entries.items()
        if isinstance(e, Result)
    }
    for wrong in ("18.155", "181.55", "4,817", "12/11", "144 hồ sơ", "145 hồ sơ", "100% nộp trực tuyến"):
        assert not [id_ for id_, text in texts.items() if wrong in text], wrong
    assert "2026 - 2031" in texts["s19-chi-thi-46-bau-cu"] or "2026-2031" in texts["s19-chi-thi-46-bau-cu"]
    assert "211,617" in texts["s07-tong-thu-ngan-sach"]


def test_every_entry_carries_source_dates_and_phrasings(knowledge: Knowledge) -> None:
    for entry in knowledge.entries.values():
        assert entry.sources
        assert entry.verified < entry.review_by
        assert len(entry.phrasings) >= (5 if isinstance(entry, Unpublished) else 8), entry.id
        for source in entry.sources:
            assert not THIRD_PARTY.search(f"{source.name} {source.url or ''}"), (entry.id, source.name)


def test_every_source_can_be_looked_up(knowledge: Knowledge) -> None:
    """It has a date or a number, or is a law by its name; and no source is a place only a programmer knows."""
    for entry in knowledge.entries.values():
        for source in entry.sources:
            named = f"{source.name} {source.date or ''}"
            assert re.search(r"\d|Luật|Bộ luật|Hiến pháp|Pháp lệnh", named), (entry.id, source.name)
            assert not THIRD_PARTY.search(f"{source.name} {source.url or ''}"), (entry.id, source.name)


def test_a_fee_that_ends_names_its_day(knowledge: Knowledge) -> None:
    for id_ in ("cap-doi-can-cuoc", "cap-lai-can-cuoc"):
        entry = knowledge.entries[id_]
        assert isinstance(entry, Procedure)
        assert any("31/12/2026" in line for line in entry.fee or ())


def test_every_entry_is_found_by_its_name(assistant: Assistant) -> None:
    lost = []
    for entry in assistant.knowledge.entries.values():
        answer = assistant.ask(entry.name)
        if entry.id not in (answer.entry, *(offer.entry for offer in answer.message.offers)):
            lost.append((entry.id, answer.entry))
    assert len(lost) <= len(assistant.knowledge.entries) * 0.03, lost


@pytest.mark.parametrize("kind", [Procedure, Elsewhere, Result, Information, Unpublished])
def test_phrasings_are_answered_by_their_own_entry(assistant: Assistant, kind: type) -> None:
    entries = [entry for entry in assistant.knowledge.entries.values() if isinstance(entry, kind)]
    asked = [(entry.id, phrasing) for entry in entries for phrasing in entry.phrasings[::3]]
    wrong = [
        (id_, phrasing, answer.entry)
        for id_, phrasing in asked
        if (answer := assistant.ask(phrasing)).outcome in ANSWERED
        and id_ not in (answer.entry, *answer.entries, *(offer.entry for offer in answer.message.offers))
    ]
    assert len(wrong) <= len(asked) * 0.01, wrong


def test_the_examples_shown_to_citizens_are_answered(assistant: Assistant) -> None:
    for example in assistant.knowledge.ward.examples:
        assert assistant.ask(example).outcome in ANSWERED, example


def test_a_placeholder_is_never_told_as_free(knowledge: Knowledge) -> None:
    """Free of charge is told where a law or a condition stands beside it, or as not confirmed."""
    free = re.compile(r"(?<![\d.,])0 đồng|miễn phí|không mất (?:tiền|lệ phí)|không thu", re.I)
    grounds = re.compile(r"Luật|Nghị|Thông tư|\d/\d{4}|chưa|hỏi|không có|khi |nếu |chỉ ", re.I)
    told = [
        (entry, line)
        for entry in knowledge.entries.values()
        if isinstance(entry, Procedure | Elsewhere)
        for line in entry.fee or ()
        if free.search(line)
    ]
    assert len(told) > 50
    bare = {e.id for e, line in told if "fee" not in e.unverified and not grounds.search(line)}
    assert bare == FREE_BY_LAW


def test_the_first_line_of_a_fee_that_is_not_confirmed_is_no_certainty(knowledge: Knowledge) -> None:
    """It says so itself, or the warning stands beside it: never the bare sum alone."""
    composer = Composer(knowledge, lambda: NOW)
    for entry in knowledge.entries.values():
        if isinstance(entry, Procedure | Elsewhere) and entry.fee and "fee" in entry.unverified:
            lead = composer.entry(entry, Facet.FEE).lead
            assert any(line.startswith("⚠️ Mức phí này") and "26/11/2026" in line for line in lead), entry.id


def test_the_coverage_names_every_entry_and_only_what_is_there(knowledge: Knowledge) -> None:
    text = (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z0-9]+(?:-[a-z0-9]+)*)`", text)) - {
        "python",
        "unpublished",
        *ENTRY_KINDS,
        "also",
    }
    assert {name for name in named if knowledge.find(name) is None} == set()
    assert {entry.id for entry in knowledge.entries.values()} - named == set()
    counts = dict(re.findall(r"\| `(\w+)` \| (\d+) \|", text))
    kinds = Counter(entry.kind for entry in knowledge.entries.values())
    assert counts == {kind: str(count) for kind, count in kinds.items()}


def test_no_golden_question_is_a_phrasing(knowledge: Knowledge) -> None:
    golden = (ROOT / "tests" / "golden" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    kept_out = {tuple(word.key for word in split(json.loads(line)["question"])) for line in golden}
    assert len(kept_out) > 600
    for entry in knowledge.entries:
        for phrasing in knowledge.phrasings(entry):
            assert tuple(word.key for word in split(phrasing)) not in kept_out, phrasing
