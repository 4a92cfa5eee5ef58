"""An entry that staff turned off: whatever leads to it says so, and nothing else tells its facts."""

from collections.abc import Iterator

import pytest

from bot import sentences
from bot.answering import Answer, Browse, Explain, Menu, Open, Rate, Role
from bot.answering.contact import contact_lines
from bot.answering.facts import facet_lines
from bot.assistant import Assistant
from bot.facets import Facet
from bot.knowledge import Knowledge
from bot.knowledge.entries import Information, Result, Unpublished
from bot.learning import TrainedStore
from bot.outcomes import Outcome
from tests.conftest import NOW, TODAY

BIRTH, MARRIAGE = "dang-ky-khai-sinh", "dang-ky-ket-hon"
REASON = "đang sửa theo nghị quyết mới"
SENTENCE = "Phần trả lời về việc này đang tạm dừng: đang sửa theo nghị quyết mới."

Off = dict[str, str]


@pytest.fixture(scope="module")
def reasons() -> Off:
    return {}


@pytest.fixture(scope="module")
def switched(knowledge: Knowledge, store: TrainedStore, reasons: Off) -> Assistant:
    return Assistant(knowledge, lambda: NOW, store, reasons.get)


@pytest.fixture
def off(reasons: Off) -> Iterator[Off]:
    """What is off in this test, by entry."""
    yield reasons
    reasons.clear()


def assert_paused(answer: Answer, knowledge: Knowledge, entry: str) -> None:
    assert (answer.outcome, answer.entry, answer.entries) == (Outcome.PAUSED, entry, ())
    assert answer.message.title == knowledge.entries[entry].name
    assert answer.message.lead == (SENTENCE,)
    assert answer.message.footer[:1] == contact_lines(knowledge, TODAY)[:1]
    assert answer.message.details == ()
    assert not [button for button in answer.message.buttons if isinstance(button.action, Rate | Explain)]


@pytest.mark.parametrize(
    "question",
    ["đăng ký khai sinh", "dang ky khai sinh can giay to gi", "làm khai sinh mất bao lâu", "khai sinh ở đâu"],
)
def test_a_typed_question_is_told_that_it_is_paused_and_whom_to_ask(
    switched: Assistant, knowledge: Knowledge, off: Off, question: str
) -> None:
    assert switched.ask(question).entry == BIRTH
    off[BIRTH] = REASON
    answer = switched.ask(question)
    assert_paused(answer, knowledge, BIRTH)
    assert answer.message.footer == contact_lines(knowledge, TODAY)
    assert answer.masked == question


@pytest.mark.parametrize("facet", [None, *Facet])
@pytest.mark.parametrize("role", Role)
def test_buttons_and_links_are_told_the_same(
    switched: Assistant, knowledge: Knowledge, off: Off, facet: Facet | None, role: Role
) -> None:
    off[BIRTH] = REASON
    assert_paused(switched.act(Open(BIRTH, facet, role)), knowledge, BIRTH)


def test_a_link_by_an_older_id_the_hard_words_and_a_follow_up_are_told_the_same(
    switched: Assistant, knowledge: Knowledge, off: Off
) -> None:
    assert switched.explain(BIRTH).outcome is Outcome.CHOSEN
    old = next(e for e in knowledge.entries.values() if e.also)
    off |= {BIRTH: REASON, old.id: REASON}
    assert_paused(switched.open(old.also[0]), knowledge, old.id)
    assert_paused(switched.explain(BIRTH), knowledge, BIRTH)
    assert_paused(switched.ask("còn lệ phí?", BIRTH), knowledge, BIRTH)
    assert_paused(switched.ask("nộp hôm nay khi nào có", BIRTH), knowledge, BIRTH)
    copies = "chung-thuc-ban-sao-tu-ban-chinh"
    off[copies] = REASON
    assert_paused(switched.ask("bay gio len sao y duoc khong"), knowledge, copies)


def test_it_stays_off_when_a_publication_gives_it_a_new_id(
    switched: Assistant, knowledge: Knowledge, off: Off
) -> None:
    entry = next(e for e in knowledge.entries.values() if e.also)
    off[entry.also[0]] = REASON
    assert_paused(switched.open(entry.id), knowledge, entry.id)


def test_another_entry_and_another_assistant_answer_as_ever(
    switched: Assistant, assistant: Assistant, off: Off
) -> None:
    off[BIRTH] = REASON
    assert switched.ask("đăng ký kết hôn") == assistant.ask("đăng ký kết hôn")
    assert assistant.ask("đăng ký khai sinh").outcome is Outcome.ANSWERED


def test_it_answers_again_as_soon_as_it_is_on(switched: Assistant, assistant: Assistant, off: Off) -> None:
    off[BIRTH] = REASON
    switched.open(BIRTH)
    del off[BIRTH]
    assert switched.open(BIRTH) == assistant.open(BIRTH)


TWO = "đăng ký kết hôn cần giấy tờ gì, và đăng ký khai sinh ở đâu"


@pytest.mark.parametrize(("paused", "told"), [(BIRTH, MARRIAGE), (MARRIAGE, BIRTH)])
def test_of_several_questions_only_the_one_is_paused(
    switched: Assistant, knowledge: Knowledge, off: Off, paused: str, told: str
) -> None:
    assert [part.entry for part in switched.ask(TWO).parts] == [MARRIAGE, BIRTH]
    off[paused] = REASON
    answer = switched.ask(TWO)
    outcomes = {part.entry: part.outcome for part in answer.parts}
    assert outcomes == {paused: Outcome.PAUSED, told: Outcome.ANSWERED}
    assert answer.outcome is outcomes[MARRIAGE]  # that of the first
    assert answer.entries == (told,)
    text = answer.message.plain()
    assert SENTENCE in text
    facet = next(part.facet for part in switched.ask(TWO).parts if part.entry == paused)
    assert not set(facet_lines(knowledge.entries[paused], facet)) & set(text.splitlines())


def test_others_that_may_have_been_meant_stay_within_reach(
    switched: Assistant, knowledge: Knowledge, off: Off
) -> None:
    question = "làm giấy khai sinh ở đâu giờ có mở cửa không"
    near = switched.ask(question).candidates
    assert near
    off[BIRTH] = REASON
    answer = switched.ask(question)
    assert_paused(answer, knowledge, BIRTH)
    assert [offer.entry for offer in answer.message.offers] == [candidate.entry for candidate in near]


def test_the_menu_still_lists_it(switched: Assistant, assistant: Assistant, off: Off) -> None:
    off[BIRTH] = REASON
    topic = switched.knowledge.entries[BIRTH].topic
    for action in (Menu(), Browse(topic)):
        assert switched.act(action) == assistant.act(action)


def test_a_result_is_not_told_together_with_another(
    switched: Assistant, knowledge: Knowledge, off: Off
) -> None:
    result = next(e for e in knowledge.entries.values() if isinstance(e, Result) and e.together)
    other = knowledge.entries[result.together[0]]
    assert isinstance(other, Result)
    assert other.statement in switched.open(result.id).message.plain()
    off[other.id] = REASON
    answer = switched.open(result.id)
    assert answer.entries == (result.id,)
    assert answer.outcome is Outcome.CHOSEN
    text = answer.message.plain()
    assert other.statement not in text
    assert other.name not in text
    assert other.occasion == result.occasion or other.occasion not in text


def test_nothing_unpublished_tells_it_as_the_nearest(
    switched: Assistant, knowledge: Knowledge, off: Off
) -> None:
    offered = 0
    for entry in knowledge.entries.values():
        for id_ in entry.nearest if isinstance(entry, Unpublished) else ():
            near = knowledge.entries[id_]
            if not isinstance(near, Result | Information):
                continue
            fact = near.statement if isinstance(near, Result) else str(near.text[0])
            before = switched.open(entry.id).message
            off[id_] = REASON
            after = switched.open(entry.id).message
            off.clear()
            offered += f"• {fact}" in before.lead
            assert f"• {fact}" not in after.lead
            assert len(after.lead) < len(before.lead)
    assert offered > 10


def test_what_is_published_nearest_is_not_promised_while_it_is_off(
    switched: Assistant, knowledge: Knowledge, off: Off
) -> None:
    near = knowledge.entries["k01-19001075"]
    assert switched.ways_on.not_published(near).offers
    off[near.id] = REASON
    message = switched.ways_on.not_published(near)
    assert message.offers == ()
    assert message.lead == (sentences.NO_PUBLISHED_FIGURE,)


def test_while_the_hours_are_off_no_answer_tells_them(
    switched: Assistant, knowledge: Knowledge, off: Off
) -> None:
    hours = knowledge.ward.hours
    off[hours] = REASON
    for question in ("giờ làm việc", "phường có mở cửa không", "mùng 2 tháng 9 phường có làm không"):
        assert_paused(switched.ask(question), knowledge, hours)
    there = switched.ask("bay gio len sao y duoc khong")
    assert there.outcome is Outcome.ANSWERED
    assert there.message.lead[0] == f"⏸ Giờ làm việc, phần trả lời này đang tạm dừng: {REASON}."
    asked = (
        "đăng ký kết hôn ở đâu",
        "số điện thoại chủ tịch phường",
        "xyz abc",
        "phường thu ngân sách bao nhiêu",
    )
    shown = [switched.ask(question) for question in asked]
    shown += [
        switched.open(entry.id) for entry in knowledge.entries.values() if isinstance(entry, Unpublished)
    ]
    season = contact_lines(knowledge, TODAY)[-1]
    assert season.startswith("🕘")
    assert [answer.entry for answer in shown if season.removeprefix("🕘 ") in answer.message.plain()] == []
    assert "🕘" not in switched.help().message.plain()


@pytest.mark.parametrize(
    ("reason", "told"),
    [("mất điện", "mất điện."), ("mất điện.", "mất điện."), ("Tại sao?", "Tại sao?"), ("{x} %s", "{x} %s.")],
)
def test_a_reason_reads_well_however_it_ends(switched: Assistant, off: Off, reason: str, told: str) -> None:
    off[BIRTH] = reason
    assert switched.open(BIRTH).message.lead == (sentences.PAUSED_ENTRY.format(reason=told),)
    assert switched.ways_on.paused(reason).lead[0] == sentences.PAUSED_FOR.format(reason=told)


def test_every_entry_can_be_turned_off(switched: Assistant, knowledge: Knowledge, off: Off) -> None:
    off |= dict.fromkeys(knowledge.entries, REASON)
    for entry in knowledge.entries:
        assert_paused(switched.open(entry), knowledge, entry)
        assert_paused(switched.open(entry, Facet.FEE), knowledge, entry)
