"""What comes when a question was not understood, once and again."""

from datetime import timedelta
from pathlib import Path

from bot import sentences
from bot.assistant import Assistant
from tests.telegram_channel.conftest import NONSENSE, Talk, all_text, buttons, talking


async def test_candidates_then_none_fits_then_rephrase_then_people_and_never_a_third_refusal(
    talk: Talk,
) -> None:
    first = await talk.says("gia hạn cần giấy tờ gì")
    assert buttons(first)[-1][0] == sentences.NONE_FITS_BUTTON
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


async def test_personal_data_in_a_question_is_advised_against_also_when_it_is_not_understood(
    talk: Talk,
) -> None:
    await talk.says(NONSENSE[0])
    assert sentences.PRIVACY_ADVICE in all_text(await talk.says("zzz qqq sđt 0912345678"))
