"""From a question nobody could answer to the right answer."""

from tests.staff.conftest import EDITOR, Ward

QUESTION = "gả con gái qua Mỹ"


async def test_a_question_without_an_answer_becomes_a_phrasing_and_is_answered(ward: Ward) -> None:
    await ward.writes(QUESTION, 7)
    assert ward.outcomes() == ["no_match"]
    assert QUESTION in await ward.writes("/hangdoi", EDITOR)
    await ward.presses("1.", EDITOR)
    await ward.presses("Tìm mục khác", EDITOR)
    await ward.replies("đăng ký thử", EDITOR)
    tried = await ward.presses("Là cách hỏi của: Đăng ký thử", EDITOR)
    assert f"✅ “{QUESTION}” → Đăng ký thử" in tried
    assert "Không câu nào đổi câu trả lời" in tried
    assert "Đã công bố" in await ward.presses("Công bố", EDITOR)
    assert "Đăng ký thử" in await ward.writes("ga con gai qua my", 8)
    assert ward.outcomes()[-1] == "answered"
