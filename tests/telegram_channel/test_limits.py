"""How fast one person may ask, and the sign that an answer is on its way."""

from typing import Any

import pytest

from bot import sentences
from bot.assistant import Assistant
from bot.pace import MOST
from tests.telegram_channel.conftest import Talk, all_text


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

    def slowly(self: Assistant, question: str, last: str | None = None) -> Any:
        talk.api.wait_for(1, "sendChatAction")
        return quick(self, question, last)

    monkeypatch.setattr(Assistant, "ask", slowly)
    await talk.says("đăng ký khai tử")
    assert talk.api.sent("sendChatAction")[0]["action"] == "typing"
