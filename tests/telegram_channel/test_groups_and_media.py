"""Groups, other languages, and what is no text."""

import json
from typing import Any

import pytest

from bot import sentences
from tests.fakes.bot_api import BOT, private_message
from tests.telegram_channel.conftest import Talk, all_text

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
