from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from bot import sentences
from bot.answering import Composer, Message, Role
from bot.answering.compose import NEVER_CUT
from bot.answering.facts import document_lines, facet_lines
from bot.assistant import Assistant
from bot.clock import ZONE
from bot.facets import Facet
from bot.knowledge import Knowledge
from bot.knowledge.dated import on
from bot.knowledge.entries import Elsewhere, Form, Procedure, Result, Unpublished
from bot.outcomes import Outcome
from tests.conftest import NOW, TODAY

TELEGRAM_LIMIT = 4096  # UTF-16 code units
SHORT = 5  # lines


@pytest.fixture(scope="module")
def composer(knowledge: Knowledge) -> Composer:
    return Composer(knowledge, lambda: NOW)


def every(knowledge: Knowledge, kind: type) -> list[object]:
    return [on(entry, TODAY) for entry in knowledge.entries.values() if isinstance(entry, kind)]


@pytest.mark.parametrize("facet", [None, *Facet])
def test_every_answer_of_every_entry_is_one_message(
    knowledge: Knowledge, composer: Composer, facet: Facet | None
) -> None:
    for entry in knowledge.entries.values():
        message = composer.entry(entry, facet).with_footer(sentences.PRIVACY_ADVICE)
        assert len(message.plain().encode("utf-16-le")) // 2 <= TELEGRAM_LIMIT, entry.id
        assert message.lead
        assert all(line.strip() for line in message.lead)


def test_papers_are_never_cut(knowledge: Knowledge, composer: Composer) -> None:
    for entry in every(knowledge, Procedure):
        assert isinstance(entry, Procedure)
        papers = document_lines(entry)
        assert len([line for line in papers if line.startswith("☐")]) == len(
            entry.documents.submit + entry.documents.show
        )
        for facet in (None, Facet.DOCUMENTS):
            shown = composer.entry(entry, facet).plain()
            assert all(line in shown for line in papers), entry.id


def test_the_short_answer_has_at_most_five_lines_but_for_papers(
    knowledge: Knowledge, composer: Composer
) -> None:
    for entry in knowledge.entries.values():
        for facet in (None, *Facet):
            if facet not in NEVER_CUT and isinstance(entry, Procedure | Elsewhere):
                assert len(composer.entry(entry, facet).lead) <= SHORT, (entry.id, facet)


def test_the_facet_asked_for_stands_on_top(knowledge: Knowledge, composer: Composer) -> None:
    for id_ in ("dang-ky-khai-sinh", "elsewhere-ho-chieu"):
        entry = on(knowledge.entries[id_], TODAY)
        for facet in Facet:
            told = facet_lines(entry, facet)
            message = composer.entry(entry, facet)
            if told:
                assert message.title == f"{entry.name} · {sentences.FACET_NAMES[facet]}"
                assert any(told[0] in line for line in message.lead)
            assert all(line in message.plain() for line in told), (id_, facet)


def test_the_head_of_a_family_offers_its_members_and_a_member_its_head(
    knowledge: Knowledge, composer: Composer
) -> None:
    heads = {entry.family for entry in knowledge.entries.values() if entry.family}
    assert len(heads) > 3
    for head in heads:
        assert head is not None
        members = [member.id for member in knowledge.members(head)]
        offers = composer.entry(knowledge.entries[head], None).offers
        offered = [offer.entry for offer in offers if offer.role is Role.FAMILY]
        assert offered[-len(members) :] == members
        for member in members:
            assert head in [offer.entry for offer in composer.entry(knowledge.entries[member], None).offers]


def test_an_unverified_part_is_said_to_be_so(knowledge: Knowledge, composer: Composer) -> None:
    entry = knowledge.entries["dang-ky-thanh-lap-ho-kinh-doanh"]
    assert "fee" in entry.unverified
    [warning] = [line for line in composer.entry(entry, Facet.FEE).lead if line.startswith("⚠️")]
    assert warning.startswith("⚠️ Mức phí này phường chưa xác nhận (ghi nhận 26/11/2026)")
    overview = composer.entry(entry, None)
    assert any(line.startswith("💰") and line.endswith("⚠️") for line in overview.lead)
    assert "lệ phí" in next(line for line in overview.footer if line.startswith("⚠️"))


def test_a_verified_part_is_not(knowledge: Knowledge, composer: Composer) -> None:
    entry = knowledge.entries["dang-ky-khai-sinh"]
    assert "fee" not in entry.unverified
    assert not [line for line in composer.entry(entry, Facet.FEE).lead if line.startswith("⚠️")]


def test_every_answer_names_its_source_and_day(knowledge: Knowledge, composer: Composer) -> None:
    for entry in knowledge.entries.values():
        footer = "\n".join(composer.entry(entry, None).footer)
        assert "Nguồn: " in footer
        assert f"Kiểm tra ngày {entry.verified:%d/%m/%Y}." in footer


def test_a_stale_entry_says_so_only_after_its_day(knowledge: Knowledge) -> None:
    entry = knowledge.entries["dang-ky-khai-sinh"]

    def footer(day: date) -> str:
        return "\n".join(
            Composer(knowledge, lambda: datetime.combine(day, time(9), ZONE)).entry(entry, None).footer
        )

    assert "quá hạn xem lại" not in footer(entry.review_by)
    assert "quá hạn xem lại" in footer(entry.review_by + timedelta(days=1))


def test_a_result_is_told_as_published_with_occasion(knowledge: Knowledge, composer: Composer) -> None:
    for entry in every(knowledge, Result):
        assert isinstance(entry, Result)
        message = composer.entry(entry, None)
        assert entry.statement in message.lead
        assert entry.occasion in message.plain()
        if entry.value:
            assert entry.value in entry.statement, entry.id
        if entry.qualifier:
            assert entry.qualifier in entry.statement.lower(), entry.id


def test_an_elsewhere_answer_says_who_does_it(knowledge: Knowledge, composer: Composer) -> None:
    for entry in every(knowledge, Elsewhere):
        assert isinstance(entry, Elsewhere)
        for facet in (None, Facet.FEE, Facet.WHERE, Facet.DOCUMENTS):
            lead = composer.entry(entry, facet).lead
            assert lead[0] == sentences.NOT_OURS
            assert entry.who in lead[1]


def test_an_unpublished_answer_offers_the_nearest_and_claims_nothing(
    knowledge: Knowledge, composer: Composer
) -> None:
    for entry in every(knowledge, Unpublished):
        assert isinstance(entry, Unpublished)
        message = composer.entry(entry, None)
        assert message.lead[0] == entry.missing
        assert [offer.entry for offer in message.offers][: len(entry.nearest)] == list(entry.nearest)


def test_a_facet_without_facts_is_admitted(knowledge: Knowledge, composer: Composer) -> None:
    entry = knowledge.entries["dang-ky-khai-sinh"].model_copy(update={"fee": None})
    assert composer.entry(entry, Facet.FEE).lead == (sentences.NOT_KNOWN[Facet.FEE],)


def test_what_does_not_fit_is_left_to_the_buttons(knowledge: Knowledge, composer: Composer) -> None:
    entry = knowledge.entries["dang-ky-khai-sinh"].model_copy(update={"notes": ("dài " * 30,) * 80})
    message = composer.entry(entry, None)
    assert len(message.plain().encode("utf-16-le")) // 2 <= TELEGRAM_LIMIT
    assert sentences.MORE_NOTES in message.footer


def test_plain_text_holds_title_answer_details_and_footer() -> None:
    message = Message(lead=("b", "c"), title="a", footer=("f",))
    assert message.plain() == "a\nb\nc\n\nf"
    assert replace(message, title=None).plain() == "b\nc\n\nf"


def test_a_tap_on_what_is_gone_says_so(assistant: Assistant) -> None:
    answer = assistant.open("khong-co")
    assert (answer.outcome, answer.message.lead) == (Outcome.UNSUPPORTED, (sentences.GONE,))


def test_what_is_told_along_brings_its_warnings(knowledge: Knowledge) -> None:
    partner = knowledge.entries["p32-thu-ngan-sach-2025"].model_copy(update={"unverified": {"value": ""}})
    entries = [partner if e.id == partner.id else e for e in knowledge.entries.values()]
    changed = Knowledge.of(knowledge.ward, knowledge.calendar, entries, knowledge.language, "x")
    day = partner.review_by + timedelta(days=1)
    footer = "\n".join(
        Composer(changed, lambda: datetime.combine(day, time(9), ZONE))
        .entry(changed.entries["s07-tong-thu-ngan-sach"], None)
        .footer
    )
    assert f"Chưa được phường xác nhận: {partner.name}" in footer
    assert f"quá hạn xem lại ({partner.name}" in footer


def test_every_form_and_the_national_code_are_shown(knowledge: Knowledge, composer: Composer) -> None:
    for entry in every(knowledge, Procedure):
        assert isinstance(entry, Procedure)
        shown = composer.entry(entry, Facet.DOCUMENTS).plain()
        assert all(form.name in shown for form in entry.forms)
        assert entry.code is None or entry.code in shown


def test_an_office_is_not_named_twice_in_a_row(knowledge: Knowledge, composer: Composer) -> None:
    for entry in every(knowledge, Elsewhere):
        assert isinstance(entry, Elsewhere)
        lead = composer.entry(entry, Facet.WHERE).lead
        assert sum(entry.who in line for line in lead) == 1, entry.id


def test_who_may_do_another_offices_job_is_answered_by_how_it_is_done(
    knowledge: Knowledge, composer: Composer
) -> None:
    entry = knowledge.entries["ly-hon"]
    assert isinstance(entry, Elsewhere)
    for facet in (Facet.ELIGIBILITY, Facet.RESULT, None):
        message = composer.entry(entry, facet)
        assert entry.how[0] in message.lead
        assert message.title == entry.name


def test_forms_of_another_offices_job_are_told_also_without_a_list_of_papers(knowledge: Knowledge) -> None:
    entry = knowledge.entries["ly-hon"]
    assert isinstance(entry, Elsewhere)
    form = Form(name="Đơn xin ly hôn", code="Mẫu 1")
    bare = entry.model_copy(update={"documents": None, "forms": (form,)})
    assert "• Đơn xin ly hôn — Mẫu 1" in document_lines(bare)


def test_a_procedure_with_nothing_but_a_note_on_papers_says_the_note(
    knowledge: Knowledge, composer: Composer
) -> None:
    entries = [e for e in knowledge.entries.values() if isinstance(e, Procedure) and e.documents.note]
    only = [e for e in entries if not (e.documents.submit or e.documents.show)]
    assert len(only) > 5
    for entry in only:
        lead = composer.entry(entry, None).lead
        assert entry.documents.note
        assert f"📄 {entry.documents.note[0]}" in lead
        assert not any("0 loại" in line for line in lead)


def test_the_plain_way_carries_the_doubts_of_what_it_is_made_of(
    knowledge: Knowledge, composer: Composer
) -> None:
    entry = knowledge.entries["dang-ky-tam-tru"]
    assert isinstance(entry, Procedure)
    assert not entry.steps
    assert "where" in entry.unverified
    assert any(line.startswith("⚠️") for line in composer.entry(entry, Facet.HOW).lead)
