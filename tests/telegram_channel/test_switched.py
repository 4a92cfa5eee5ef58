"""Switches that staff throw while citizens talk: raw update JSON through the real application."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot import clock, sentences
from bot.assistant import Assistant
from bot.knowledge import Knowledge
from bot.learning import TrainedStore
from bot.outcomes import Outcome
from tests.fakes.bot_api import message_of
from tests.telegram_channel.conftest import Talk, all_text, buttons, talking

BIRTH = "dang-ky-khai-sinh"
LONG = "đang sửa theo nghị quyết mới của Hội đồng nhân dân, " * 5
PAUSED = "Máy trả lời đang tạm dừng: "


async def test_an_entry_is_off_at_once_for_words_old_buttons_and_links_and_on_again(
    knowledge: Knowledge, store: TrainedStore, tmp_path: Path
) -> None:
    reasons: dict[str, str] = {}
    assistant = Assistant(knowledge, clock.now, store, reasons.get)
    async with talking(assistant, tmp_path) as talk:
        shown = await talk.says("đăng ký khai sinh")
        data = [data for _, data in buttons(shown) if data.endswith(f":{BIRTH}") and not data[0].isdigit()]
        assert len(data) >= 6
        reasons[BIRTH] = "chờ <quy định> mới"
        told = [await talk.says(words) for words in ("đăng ký khai sinh", f"/start {BIRTH}", "còn lệ phí?")]
        for each in data:
            talk.api.tap(each)
            told.append((await talk.push())[-1])
        for message in told:
            text = all_text(message)
            assert text.startswith("<b>Đăng ký khai sinh</b>\nPhần trả lời về việc này đang tạm dừng: ")
            assert "chờ &lt;quy định&gt; mới." in text
            assert "☎️ 19001075" in text
            assert "☐" not in text
        assert talk.outcomes() == ["answered"] + ["paused"] * len(told)
        del reasons[BIRTH]
        assert "☐" in all_text(await talk.says("đăng ký khai sinh"))


async def test_while_paused_every_kind_of_message_gets_the_reason_and_a_cry_for_help_is_heard(
    talk: Talk,
) -> None:
    talk.switches.pause("đang sửa <máy>")
    for words in ("đăng ký khai sinh", "/start", f"/start {BIRTH}", "/menu", "/help", "/giup", "chào"):
        assert all_text(await talk.says(words)).startswith(f"{PAUSED}đang sửa &lt;máy&gt;. Xin cô/bác")
    for data in (f"f-:{BIRTH}", "none", "m:", "zz:x"):
        talk.api.tap(data)
        assert all_text((await talk.push())[-1]).startswith(PAUSED)
    photo = message_of(7, "", 500) | {
        "photo": [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]
    }
    del photo["text"]
    talk.api.put({"update_id": 900, "message": photo})
    assert all_text((await talk.push())[-1]).startswith(PAUSED)
    assert set(talk.outcomes()) == {"paused"}
    assert "114" in all_text(await talk.says("cháy nhà cứu với"))
    assert talk.outcomes()[-1] == "emergency"
    talk.switches.resume()
    assert all_text(await talk.says("đăng ký khai sinh")).startswith("<b>Đăng ký khai sinh</b>")


async def test_while_paused_people_see_and_erase_what_is_stored(talk: Talk) -> None:
    await talk.says("đăng ký kết hôn")
    talk.switches.pause("đang sửa máy")
    assert all_text(await talk.says("/riengtu")).startswith(sentences.PRIVACY[0][:20])
    assert "“đăng ký kết hôn”" in all_text(await talk.says("/dulieu"))
    await talk.says("/xoadulieu")
    assert all_text(await talk.taps(sentences.ERASE_BUTTON)) == sentences.ERASED
    assert [row["person"] for row in talk.rows()] == [None]


@pytest.mark.parametrize("reason", ["đang sửa máy", LONG])
async def test_a_thumb_while_paused_gets_a_message_not_a_word_in_passing(talk: Talk, reason: str) -> None:
    talk.switches.pause(reason)
    for data in (f"1-:{BIRTH}", f"0-:{BIRTH}"):
        talk.api.tap(data)
        assert all_text((await talk.push())[-1]).startswith(PAUSED)
    assert all("text" not in call for call in talk.api.sent("answerCallbackQuery"))
    assert talk.rows("rating") == []
    assert talk.outcomes() == ["paused", "paused"]


async def test_a_notice_is_on_top_and_ends_by_itself(talk: Talk) -> None:
    today = clock.today()
    talk.switches.announce("Chiều nay phường nghỉ.", today, today)
    top = "📢 Chiều nay phường nghỉ.\n\n"
    assert all_text(await talk.says("đăng ký khai sinh")).startswith(f"{top}<b>Đăng ký khai sinh</b>")
    assert all_text(await talk.taps("Lệ phí")).startswith(f"{top}<b>Đăng ký khai sinh · Lệ phí</b>")
    assert "📢" not in all_text(await talk.says("cháy nhà cứu với"))
    talk.api.tap(f"1-:{BIRTH}")
    await talk.push()
    assert talk.api.sent("answerCallbackQuery")[-1]["text"] == sentences.THANKS_GOOD
    talk.shift = timedelta(days=1)
    assert all_text(await talk.says("đăng ký khai sinh")).startswith("<b>Đăng ký khai sinh</b>")


async def test_what_is_thrown_holds_after_a_restart(assistant: Assistant, tmp_path: Path) -> None:
    async with talking(assistant, tmp_path) as talk:
        talk.switches.pause("đang sửa máy")
    async with talking(assistant, tmp_path) as talk:
        talk.switches.load()
        assert all_text(await talk.says("đăng ký khai sinh")).startswith(PAUSED)
        assert talk.outcomes() == [Outcome.PAUSED]
