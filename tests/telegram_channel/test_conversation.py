"""Raw update JSON through the real application, with a fake request class below it."""

import json
import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import clock, sentences
from bot.answering import Browse
from bot.assistant import Assistant
from bot.knowledge import Knowledge
from bot.knowledge.entries import Unpublished
from bot.pace import MOST
from bot.privacy import Pseudonyms
from bot.service import Service
from bot.storage import Storage
from handlers.telegram.run import build
from tests.fakes.bot_api import BOT, TOKEN, message_of, private_message
from tests.fakes.request import FakeRequest, refusing
from tests.telegram_channel.conftest import Talk, buttons, talking


async def test_answers_a_question_with_folded_details_and_buttons(talk: Talk) -> None:
    talk.api.text("đăng ký khai sinh")
    sent = (await talk.push())[0]
    assert sent["text"].startswith("<b>Đăng ký khai sinh</b>")
    assert "<blockquote expandable>" in sent["text"]
    keyboard = json.loads(sent["reply_markup"])["inline_keyboard"]
    texts = [button["text"] for row in keyboard for button in row]
    assert texts[:5] == ["Giấy tờ", "Lệ phí", "Thời gian", "Nộp ở đâu", "Trực tuyến"]
    assert "Đăng ký lại khai sinh" in " ".join(texts)
    assert all(len(button["callback_data"].encode()) <= 64 for row in keyboard for button in row)


async def test_a_facet_button_puts_that_part_on_top(talk: Talk) -> None:
    talk.api.tap("ft:dang-ky-khai-sinh")
    sent = (await talk.push())[0]
    assert sent["text"].startswith("<b>Đăng ký khai sinh · Thời gian</b>\nTrong ngày làm việc.")
    assert len(talk.api.sent("answerCallbackQuery")) == 1
    row = talk.rows()[0]
    assert (row["outcome"], row["entry"], row["facet"], row["text"]) == (
        "chosen",
        "dang-ky-khai-sinh",
        "time",
        None,
    )


async def test_a_family_button_opens_the_member(talk: Talk) -> None:
    talk.api.tap("m-:dang-ky-khai-sinh-qua-han")
    assert "quá hạn" in (await talk.push())[0]["text"]


@pytest.mark.parametrize("data", ["", "x", "zz:dang-ky-khai-sinh", "f-:khong-con-nua", "f?:a", "::::", "f-:"])
async def test_an_old_or_foreign_button_gets_a_kind_sentence(talk: Talk, data: str) -> None:
    talk.api.tap(data)
    assert (await talk.push())[0]["text"] == sentences.GONE


async def test_start_welcomes_and_says_it_is_a_machine(talk: Talk) -> None:
    talk.api.text("/start")
    assert "máy trả lời tự động" in (await talk.push())[0]["text"]


async def test_start_with_a_link_opens_the_entry_also_by_an_older_id(talk: Talk) -> None:
    talk.api.text("/start elsewhere-ly-lich-tu-phap")
    assert "lý lịch tư pháp" in (await talk.push())[0]["text"]
    assert talk.rows()[0]["entry"] == "phieu-ly-lich-tu-phap"


@pytest.mark.parametrize("command", ["/help", "/help@ancuu_test_bot", "/giup"])
async def test_help_and_unknown_commands_say_how_to_ask(talk: Talk, command: str) -> None:
    talk.api.text(command)
    assert sentences.HELP in (await talk.push())[0]["text"]


async def test_candidates_are_buttons_and_lead_to_the_facet_asked_for(talk: Talk) -> None:
    talk.api.text("bị mất giấy khai sinh xin lại giấy tờ gì")
    sent = (await talk.push())[0]
    row = talk.rows()[0]
    assert row["outcome"] == "clarified"
    data = [
        button["callback_data"]
        for line in json.loads(sent["reply_markup"])["inline_keyboard"]
        for button in line
    ]
    assert [entry.partition(":")[2] for entry in data[:-1]] == json.loads(row["candidates"])
    assert data[-1] == "none"
    assert all(entry.startswith("cd:") for entry in data[:-1])


async def test_an_error_is_one_apology_and_a_report_without_the_words(
    talk: Talk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(self: Assistant, question: str) -> None:
        raise ZeroDivisionError(question)

    monkeypatch.setattr(Assistant, "ask", broken)
    talk.api.text("câu hỏi riêng tư")
    with caplog.at_level(logging.ERROR):
        sent = await talk.push()
    assert [message["text"] for message in sent] == [sentences.ERROR]
    assert "ZeroDivisionError tại test_conversation.py:" in caplog.text
    assert "riêng tư" not in caplog.text
    assert talk.rows()[0]["outcome"] == "error"


async def test_a_tap_too_old_to_acknowledge_is_answered_all_the_same(talk: Talk) -> None:
    talk.api.refuse = refusing(400, "Bad Request: query is too old", "answerCallbackQuery")
    talk.api.tap("ff:dang-ky-khai-sinh")
    assert "Lệ phí" in (await talk.push())[0]["text"]


async def test_calls_and_files_go_to_the_server_that_is_set(assistant: Assistant, tmp_path: Path) -> None:
    storage = Storage(tmp_path / "log.db")
    service = Service(assistant, storage, Pseudonyms(tmp_path / "key"), clock.now, channel="telegram")
    bot = build(TOKEN, "http://127.0.0.1:8081", service, storage, request=FakeRequest()).application.bot
    assert bot.base_url == f"http://127.0.0.1:8081/bot{TOKEN}"
    assert bot.base_file_url == f"http://127.0.0.1:8081/file/bot{TOKEN}"


async def test_a_failing_acknowledgement_costs_no_answer(talk: Talk) -> None:
    talk.api.refuse = refusing(500, "Internal", "answerCallbackQuery")
    talk.api.tap("ff:dang-ky-khai-sinh")
    assert "Lệ phí" in (await talk.push())[0]["text"]


NONSENSE = ("xin quy hoạch sao hỏa", "zzz qqq kkk", "blah blah sao thổ")


def all_text(message: dict[str, Any]) -> str:
    return str(message["text"])


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
            seen |= {data[3:] for _, data in shown if data.startswith("e-:")}
            if not any(text == sentences.MENU_ON for text, _ in shown):
                break
            page += 1
        assert (page > 0) == any(text == sentences.MENU_BACK for text, _ in shown)
    unpublished = {entry.id for entry in knowledge.entries.values() if isinstance(entry, Unpublished)}
    assert seen == set(knowledge.entries) - unpublished


async def test_a_family_stands_together_in_the_menu_its_head_first(assistant: Assistant) -> None:
    page = assistant.act(Browse("can-cuoc", 0)).message.offers
    ids = [offer.entry for offer in page]
    head = ids[0]
    members = [member.id for member in assistant.knowledge.members(head)]
    assert members
    assert ids[1 : 1 + len(members)] == members


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


async def test_candidates_then_none_fits_then_rephrase_then_people_and_never_a_third_refusal(
    talk: Talk,
) -> None:
    first = await talk.says("bị mất giấy khai sinh xin lại giấy tờ gì")
    assert buttons(first)[-1] == (sentences.NONE_FITS_BUTTON, "none")
    second = await talk.taps(sentences.NONE_FITS_BUTTON)
    assert sentences.NONE_FITS in all_text(second)
    assert "ví dụ" in all_text(second)
    assert "19001075" not in all_text(second)
    for question in NONSENSE:
        later = all_text(await talk.says(question))
        assert "19001075" in later
        assert "7 giờ 30" in later
        assert not any(words in later for words in ("chưa tìm được", "chưa chắc", "không hiểu"))


async def test_after_an_answer_the_conversation_begins_anew(talk: Talk) -> None:
    await talk.says(NONSENSE[0])
    assert sentences.ASK_PEOPLE in all_text(await talk.says(NONSENSE[1]))
    await talk.says("đăng ký kết hôn")
    assert sentences.NO_MATCH in all_text(await talk.says(NONSENSE[2]))


async def test_after_a_long_silence_the_conversation_begins_anew(talk: Talk) -> None:
    await talk.says(NONSENSE[0])
    talk.shift = timedelta(minutes=31)
    assert sentences.NO_MATCH in all_text(await talk.says(NONSENSE[1]))


async def test_one_persons_failures_are_not_anothers(talk: Talk) -> None:
    await talk.says(NONSENSE[0], chat=7)
    assert sentences.NO_MATCH in all_text(await talk.says(NONSENSE[1], chat=8))


async def test_the_fallback_goes_on_after_a_restart(assistant: Assistant, tmp_path: Path) -> None:
    async with talking(assistant, tmp_path) as talk:
        await talk.says(NONSENSE[0])
    async with talking(assistant, tmp_path, talk.api) as talk:
        assert sentences.ASK_PEOPLE in all_text(await talk.says(NONSENSE[1]))


async def test_a_thumb_up_is_thanked_for_and_kept(talk: Talk) -> None:
    await talk.says("đăng ký kết hôn")
    talk.api.tap("1-:dang-ky-ket-hon")
    await talk.push()
    assert talk.api.sent("answerCallbackQuery")[-1]["text"] == sentences.THANKS_GOOD
    assert [(row["entry"], row["verdict"]) for row in talk.rows("rating")] == [("dang-ky-ket-hon", "good")]
    assert talk.outcomes() == ["answered"]


@pytest.mark.parametrize(
    ("reason", "verdict"),
    [
        ("Thông tin sai", "wrong"),
        ("Thông tin đã cũ", "outdated"),
        ("trường hợp của tôi", "not_my_case"),
        ("Khó hiểu", "unclear"),
    ],
)
async def test_a_thumb_down_asks_for_the_reason_and_keeps_it(talk: Talk, reason: str, verdict: str) -> None:
    await talk.says("đăng ký kết hôn")
    asked = await talk.taps("👎")
    assert len(buttons(asked)) == 4
    thanks = await talk.taps(reason)
    assert "Cảm ơn" in all_text(thanks)
    assert [row["verdict"] for row in talk.rows("rating")] == [verdict]


async def test_an_edited_question_edits_its_answer(talk: Talk) -> None:
    talk.api.text("đăng ký kết hôn")
    asked = talk.api.take()
    talk.api.put(*asked)
    await talk.push()
    question = asked[0]["message"]["message_id"]
    talk.api.edit("đăng ký khai tử", question)
    await talk.push()
    (edit,) = talk.api.sent("editMessageText")
    assert all_text(edit).startswith("<b>Đăng ký khai tử</b>")
    assert len(talk.api.sent()) == 1
    talk.api.edit("đăng ký khai tử ", question)  # nothing new: "message is not modified"
    await talk.push()
    assert len(talk.api.sent()) == 1
    assert talk.outcomes() == ["answered"] * 3


async def test_an_edited_question_edits_its_answer_after_a_restart(
    assistant: Assistant, tmp_path: Path
) -> None:
    async with talking(assistant, tmp_path) as talk:
        talk.api.put({"update_id": 1, "message": message_of(7, "đăng ký kết hôn", 555)})
        await talk.push()
    async with talking(assistant, tmp_path, talk.api) as talk:
        talk.api.edit("đăng ký khai tử", 555)
        await talk.push()
        assert len(talk.api.sent("editMessageText")) == len(talk.api.sent()) == 1


async def test_an_edited_question_whose_answer_is_gone_gets_a_new_one(talk: Talk) -> None:
    talk.api.put({"update_id": 1, "message": message_of(7, "đăng ký kết hôn", 555)})
    await talk.push()
    talk.api.messages.clear()
    talk.api.edit("đăng ký khai tử", 555)
    assert all_text((await talk.push())[-1]).startswith("<b>Đăng ký khai tử</b>")
    talk.api.edit("đăng ký kết hôn", 444)  # a question nobody knows of
    assert all_text((await talk.push())[-1]).startswith("<b>Đăng ký kết hôn</b>")


FILE = {"file_id": "a", "file_unique_id": "b"}
PHOTO = {**FILE, "width": 1, "height": 1}
MEDIA: dict[str, tuple[dict[str, Any], str]] = {
    "photo": ({"photo": [PHOTO]}, sentences.PICTURE),
    "document": ({"document": FILE}, sentences.PICTURE),
    "video": ({"video": {**PHOTO, "duration": 1}}, sentences.PICTURE),
    "voice": ({"voice": {**FILE, "duration": 1}}, sentences.VOICE),
    "video_note": ({"video_note": {**FILE, "length": 1, "duration": 1}}, sentences.VOICE),
    "sticker": (
        {"sticker": {**PHOTO, "type": "regular", "is_animated": False, "is_video": False}},
        sentences.STICKER,
    ),
    "location": ({"location": {"longitude": 107.6, "latitude": 16.4}}, sentences.LOCATION),
    "contact": ({"contact": {"phone_number": "0912345678", "first_name": "An"}}, sentences.CONTACT),
    "poll": (
        {
            "poll": {
                "id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": False,
                "is_anonymous": True, "type": "regular", "allows_multiple_answers": False,
                "allows_revoting": False, "members_only": False,
            }
        },
        sentences.UNSUPPORTED,
    ),
}  # fmt: skip


def media_message(kind: str) -> dict[str, Any]:
    message = private_message(7, text="", message_id=5)
    del message["text"]
    return message | MEDIA[kind][0]


@pytest.mark.parametrize("kind", MEDIA)
async def test_what_is_no_text_is_told_what_to_do_instead(talk: Talk, kind: str) -> None:
    talk.api.send(message=media_message(kind))
    assert (await talk.push())[0]["text"] == MEDIA[kind][1]
    assert talk.outcomes() == ["unsupported"]


async def test_words_under_a_picture_are_answered_also_when_they_are_edited(talk: Talk) -> None:
    photo = media_message("photo") | {"caption": "đăng ký kết hôn"}
    talk.api.send(message=photo)
    first = (await talk.push())[-1]
    assert all_text(first).startswith("<b>Đăng ký kết hôn</b>")
    assert sentences.CAPTION_ONLY in all_text(first)
    talk.api.send(message=photo | {"caption": "cháy nhà cứu với", "message_id": 6})
    assert "114" in all_text((await talk.push())[-1])
    talk.api.send(edited_message=photo | {"caption": "đăng ký khai tử", "edit_date": 1795651300})
    await talk.push()
    assert all_text(talk.api.sent("editMessageText")[-1]).startswith("<b>Đăng ký khai tử</b>")


async def test_an_album_gets_one_sentence(talk: Talk) -> None:
    for number in range(5):
        talk.api.send(message=media_message("photo") | {"media_group_id": "a", "message_id": 10 + number})
    assert len(await talk.push()) == 1


async def test_words_behind_an_unknown_command_are_a_question(talk: Talk) -> None:
    assert all_text(await talk.says("/dang ky ket hon")).startswith("<b>Đăng ký kết hôn</b>")


async def test_nothing_but_our_name_is_a_greeting(talk: Talk) -> None:
    talk.api.send(message=group_message("@ancuu_test_bot", **mention("@ancuu_test_bot")))
    assert "máy trả lời tự động" in all_text((await talk.push())[-1])


async def test_somebody_joining_is_no_question(talk: Talk) -> None:
    message = private_message(7, text="", message_id=5)
    del message["text"]
    talk.api.send(message=message | {"new_chat_title": "Tổ 5"})
    assert await talk.push() == []
    assert talk.rows() == []


def group_message(text: str, **more: Any) -> dict[str, Any]:
    chat = {"id": -5, "type": "supergroup", "title": "Tổ dân phố"}
    return private_message(7, text=text, message_id=5) | {"chat": chat} | more


def mention(text: str, name: str = "@ancuu_test_bot", kind: str = "mention") -> dict[str, Any]:
    return {"entities": [{"type": kind, "offset": text.index(name), "length": len(name)}]}


async def test_says_nothing_in_a_group_that_does_not_speak_to_it(talk: Talk) -> None:
    talk.api.send(message=group_message("đăng ký khai sinh"))
    talk.api.send(message=group_message("/help", **mention("/help", "/help", "bot_command")))
    other = "@ai_khac hỏi đi"
    talk.api.send(message=group_message(other, **mention(other, "@ai_khac")))
    talk.api.send(message=media_message("sticker") | {"chat": {"id": -5, "type": "group", "title": "Tổ"}})
    talk.api.send(edited_message=group_message("đăng ký khai sinh", edit_date=1795651300))
    talk.api.send(channel_post=group_message("đăng ký khai sinh"))
    assert await talk.push() == []
    assert talk.rows() == []


async def test_answers_in_a_group_when_named_replied_to_or_commanded(talk: Talk) -> None:
    named = "@ancuu_test_bot đăng ký khai sinh"
    talk.api.send(message=group_message(named, **mention(named)))
    ours = private_message(7, text="…", message_id=4) | {"from": BOT}
    talk.api.send(message=group_message("đăng ký kết hôn", reply_to_message=ours))
    command = "/help@ancuu_test_bot"
    talk.api.send(message=group_message(command, **mention(command, command, "bot_command")))
    birth, marriage, help_ = await talk.push()
    assert all_text(birth).startswith("<b>Đăng ký khai sinh</b>")
    assert all_text(marriage).startswith("<b>Đăng ký kết hôn</b>")
    assert sentences.HELP in all_text(help_)
    assert all(json.loads(sent["reply_parameters"])["message_id"] == 5 for sent in (birth, marriage, help_))
    assert talk.rows()[0]["text"] == "đăng ký khai sinh"


async def test_somebody_who_speaks_as_a_group_is_nobody_in_particular(talk: Talk) -> None:
    named = "@ancuu_test_bot đăng ký khai sinh"
    admin = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    group = {"id": -5, "type": "supergroup", "title": "Tổ dân phố"}
    talk.api.send(message=group_message(named, **mention(named), sender_chat=group) | {"from": admin})
    await talk.push()
    assert talk.rows()[0]["person"] is None


@pytest.mark.parametrize("command", ["/dulieu@ancuu_test_bot", "/xoadulieu@ancuu_test_bot"])
async def test_shows_and_erases_nothing_before_others(talk: Talk, command: str) -> None:
    talk.api.send(message=group_message(command, **mention(command, command, "bot_command")))
    assert (await talk.push())[0]["text"] == sentences.PRIVATE_ONLY


@pytest.mark.parametrize(
    "question",
    [
        "what documents do I need for a birth certificate?",
        "Where is the ward office",
        "how much is the fee",
        "I want to register my marriage to a Vietnamese woman",
        "my house is on fire",
        "can i get a birth certificate for my son",
        "你好吗",
        "привет, где посольство",
    ],
)
async def test_english_gets_two_lines_and_the_hotline(talk: Talk, question: str) -> None:
    lines = all_text(await talk.says(question)).splitlines()
    assert lines[:2] == list(sentences.ENGLISH)
    assert "19001075" in lines[2]
    assert talk.outcomes() == ["unsupported"]


async def test_twenty_messages_a_minute_then_one_notice_and_nothing_lost_silently(talk: Talk) -> None:
    for _ in range(MOST + 5):
        talk.api.text("đăng ký kết hôn")
    sent = await talk.push()
    assert len(sent) == MOST + 1
    assert sent[-1]["text"] == sentences.RATE_LIMITED
    assert talk.outcomes() == ["answered"] * MOST + ["rate_limited"] * 5
    assert [row["text"] for row in talk.rows()] == ["đăng ký kết hôn"] * (MOST + 5)
    talk.api.text("đăng ký kết hôn", chat=8)
    assert all_text((await talk.push())[-1]).startswith("<b>Đăng ký kết hôn</b>")
    talk.api.text("đăng ký kết hôn", date=1795651200 + 61)
    assert sentences.MISSED.format(count=5) in all_text((await talk.push())[-1])


async def test_a_cry_for_help_is_heard_whatever_the_pace(talk: Talk) -> None:
    for _ in range(MOST + 1):
        talk.api.text("đăng ký kết hôn")
    await talk.push()
    assert "114" in all_text(await talk.says("cháy nhà rồi cứu với"))
    talk.api.text("đăng ký kết hôn", date=1795651200 + 61)
    assert sentences.MISSED.format(count=1) in all_text((await talk.push())[-1])  # the cry was answered


async def test_typing_shows_only_while_an_answer_is_slow(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    await talk.says("đăng ký kết hôn")
    assert talk.api.sent("sendChatAction") == []
    monkeypatch.setattr("handlers.telegram.typing_sign.SLOW_SECONDS", 0.0)
    quick = Assistant.ask

    def slowly(self: Assistant, question: str) -> Any:
        talk.api.wait_for(1, "sendChatAction")
        return quick(self, question)

    monkeypatch.setattr(Assistant, "ask", slowly)
    await talk.says("đăng ký khai tử")
    assert talk.api.sent("sendChatAction")[0]["action"] == "typing"


async def test_an_old_button_of_the_first_version_still_works(talk: Talk) -> None:
    talk.api.tap("ff:dang-ky-khai-sinh")
    assert "Lệ phí" in all_text((await talk.push())[0])


async def test_personal_data_in_a_question_is_advised_against_also_when_it_is_not_understood(
    talk: Talk,
) -> None:
    await talk.says(NONSENSE[0])
    assert sentences.PRIVACY_ADVICE in all_text(await talk.says("zzz qqq sđt 0912345678"))
