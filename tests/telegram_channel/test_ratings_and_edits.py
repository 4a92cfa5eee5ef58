"""What people think of an answer; questions they write anew."""

from pathlib import Path

import pytest

from bot import sentences
from bot.assistant import Assistant
from tests.fakes.bot_api import message_of
from tests.telegram_channel.conftest import Talk, all_text, buttons, talking


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
