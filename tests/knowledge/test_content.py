"""What the knowledge base must hold today, and rules that every entry of it keeps."""

import re
from collections import Counter

import pytest

from bot.assistant import Assistant
from bot.knowledge import Knowledge, load
from bot.knowledge.entries import Elsewhere, Information, Procedure, Result, Unpublished
from bot.outcomes import Outcome
from tests.conftest import ROOT

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
ANSWERED = {Outcome.ANSWERED, Outcome.NOT_OURS, Outcome.NO_PUBLISHED_FIGURE}
THIRD_PARTY = re.compile(r"github|\.json\b|\.md\b|thuvienphapluat|/src/|\btệp\b", re.IGNORECASE)


def test_the_check_has_nothing_to_say() -> None:
    assert load(ROOT / "knowledge").problems == ()


def test_holds_the_content_of_this_step(knowledge: Knowledge) -> None:
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
        assert len(entry.phrasings) >= 5, entry.id
        for source in entry.sources:
            assert not THIRD_PARTY.search(f"{source.name} {source.url or ''}"), (entry.id, source.name)


def test_provenance_names_a_law_the_portal_or_a_newspaper(knowledge: Knowledge) -> None:
    known = re.compile(r"Luật|Nghị định|Nghị quyết|Thông tư|Quyết định|Công văn|Cổng Dịch vụ công|Huế ngày nay|báo|Báo|"
                       r"Dân trí|Người Lao Động|VietnamPlus|Vietnam\.vn|Tin về phường|Lao động|Điện tử|dữ liệu mở|Soha|cổng", re.I)  # fmt: skip
    for entry in knowledge.entries.values():
        assert any(known.search(source.name) for source in entry.sources), (entry.id, entry.sources)


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
    asked = [(entry.id, phrasing) for entry in entries for phrasing in entry.phrasings]
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
