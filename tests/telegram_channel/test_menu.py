"""The menu: topics, pages, entries."""

import pytest

from bot import sentences
from bot.answering import Browse
from bot.assistant import Assistant
from bot.knowledge import Knowledge
from bot.knowledge.entries import Unpublished
from tests.telegram_channel.conftest import Talk, all_text, buttons


async def test_menu_leads_from_topics_over_entries_to_an_answer(talk: Talk) -> None:
    topics = await talk.says("/menu")
    assert ("Khai sinh, kết hôn, khai tử", "t0:ho-tich") in buttons(topics)
    await talk.taps("Khai sinh, kết hôn")
    page = talk.api.sent("editMessageText")[-1]
    assert ("Đăng ký kết hôn", "e-:dang-ky-ket-hon") in buttons(page)
    await talk.taps("Các lĩnh vực")
    assert buttons(talk.api.sent("editMessageText")[-1]) == buttons(topics)
    await talk.taps("Khai sinh, kết hôn")
    answer = await talk.taps("Đăng ký kết hôn")
    assert all_text(answer).startswith("<b>Đăng ký kết hôn</b>")
    assert talk.outcomes()[-1] == "chosen"


async def test_long_topics_are_paged_and_every_entry_can_be_reached(talk: Talk, knowledge: Knowledge) -> None:
    seen: set[str] = set()
    for topic in knowledge.ward.topics:
        page = 0
        while True:
            talk.api.tap(f"t{page}:{topic.id}", chat=1000 + page)
            await talk.push()
            shown = buttons(talk.api.sent("sendMessage")[-1])
            heads = {data[3:] for _, data in shown if data.startswith("e-:")}
            seen |= heads | {member.id for head in heads for member in knowledge.members(head)}
            if not any(text == sentences.MENU_ON for text, _ in shown):
                break
            page += 1
        assert (page > 0) == any(text == sentences.MENU_BACK for text, _ in shown)
    unpublished = {entry.id for entry in knowledge.entries.values() if isinstance(entry, Unpublished)}
    assert seen - unpublished == set(knowledge.entries) - unpublished


async def test_the_menu_shows_a_family_by_its_head_which_offers_the_members(assistant: Assistant) -> None:
    first = [offer.entry for offer in assistant.act(Browse("ho-tich", 0)).message.offers]
    assert {"dang-ky-khai-sinh", "dang-ky-khai-tu", "dang-ky-ket-hon"} <= set(first)
    assert "dang-ky-khai-sinh-qua-han" not in first
    offered = {offer.entry for offer in assistant.open("dang-ky-khai-sinh").message.offers}
    assert "dang-ky-khai-sinh-qua-han" in offered


@pytest.mark.parametrize("data", ["t99:ho-tich", "t0:khong-co", "tx:ho-tich"])
async def test_a_page_that_is_not_there_gets_a_kind_sentence(talk: Talk, data: str) -> None:
    talk.api.tap(data)
    assert (await talk.push())[-1]["text"] == sentences.GONE


async def test_a_page_refused_or_gone_leaves_the_menu_where_it_is(talk: Talk) -> None:
    await talk.says("/menu")
    talk.api.tap("t99:ho-tich", message_id=next(reversed(talk.api.messages))[1])
    assert (await talk.push())[-1]["text"] == sentences.GONE
    assert talk.api.sent("editMessageText") == []


async def test_the_menu_button_under_an_answer_leaves_the_answer(talk: Talk) -> None:
    await talk.says("/help")
    assert buttons(await talk.taps(sentences.MENU_BUTTON))[0][1].startswith("t0:")
    assert talk.api.sent("editMessageText") == []
