"""One entry from the phone: as the citizen sees it, changed in guided steps; drafts; what is due."""

from pathlib import Path

import pytest

from bot.staff import sentences
from tests.staff.conftest import EDITOR, VIEWER, Ward
from tests.telegram_channel.conftest import buttons


async def test_an_entry_is_seen_as_citizens_see_it_with_what_staff_must_know(ward: Ward) -> None:
    citizen = await ward.writes("/start dang-ky-thu", 7)
    seen = await ward.writes("/xem dang-ky-thu", VIEWER)
    assert seen.startswith(citizen.split("\n\n<i>")[0])
    assert "Mã: dang-ky-thu · loại: thủ tục · chủ đề: Hộ tịch" in seen
    assert "phải xem lại trước 28/02/2027" in seen
    assert sentences.SEEN_ALL_VERIFIED in seen
    assert buttons(ward.last(VIEWER)[1]) == []
    await ward.writes("/xem dang-ky-thu", EDITOR)
    assert buttons(ward.last(EDITOR)[1]) == [(sentences.EDIT_BUTTON, "se:dang-ky-thu")]


async def test_words_find_the_entry_and_nonsense_is_told(ward: Ward) -> None:
    await ward.writes("/xem đăng ký", VIEWER)
    assert "Đăng ký thử" in await ward.presses("Đăng ký thử", VIEWER)
    assert "Ghi mã" in await ward.writes("/xem", VIEWER)
    assert "Không có mục" in await ward.writes("/xem zzz", VIEWER)


@pytest.mark.parametrize(
    ("label", "typed", "question", "told"),
    [
        ("Lệ phí", "9.000 đồng", "lệ phí đăng ký thử", "9.000 đồng"),
        ("Thời gian", "Trong 2 ngày.", "đăng ký thử mất bao lâu", "Trong 2 ngày."),
        ("nơi nộp", "Quầy số 1.\nHoặc tại nhà.", "đăng ký thử ở đâu", "Hoặc tại nhà."),
    ],
)
async def test_fee_time_and_place_are_changed_in_guided_steps(
    ward: Ward, label: str, typed: str, question: str, told: str
) -> None:
    await ward.writes("/sua dang-ky-thu", EDITOR)
    asked = await ward.presses(label, EDITOR)
    assert "Trả lời tin này" in asked
    assert "Đã thử" in await ward.replies(typed, EDITOR)
    assert "Đã công bố" in await ward.presses("✅ Công bố", EDITOR)
    assert told in await ward.writes(question, 7)


async def test_a_part_with_its_source_is_no_longer_unverified(ward: Ward, folder: Path) -> None:
    file = folder / "thu.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text + "  fee: 1 đồng\n  unverified: {fee: hỏi lại}\n", encoding="utf-8")
    await ward.writes("/nap", EDITOR)
    await ward.presses("✅ Công bố", EDITOR)
    assert "Chưa xác nhận lệ phí: hỏi lại" in await ward.writes("/xem dang-ky-thu", EDITOR)
    await ward.presses("Sửa", EDITOR)
    await ward.presses("✏️ Lệ phí", EDITOR)
    await ward.replies("9.000 đồng\nNguồn: Nghị quyết 1/2026", EDITOR)
    await ward.presses("✅ Công bố", EDITOR)
    seen = await ward.writes("/xem dang-ky-thu", EDITOR)
    assert sentences.SEEN_ALL_VERIFIED in seen
    published = ward.channel.service.assistant.knowledge.entries["dang-ky-thu"]
    assert any(source.name == "Nghị quyết 1/2026" for source in published.sources)


async def test_a_part_is_confirmed_as_it_is(ward: Ward, folder: Path) -> None:
    file = folder / "thu.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text + "  fee: 1 đồng\n  unverified: {fee: hỏi lại}\n", encoding="utf-8")
    await ward.writes("/nap", EDITOR)
    await ward.presses("✅ Công bố", EDITOR)
    await ward.writes("/sua dang-ky-thu", EDITOR)
    await ward.presses("Xác nhận lệ phí", EDITOR)
    await ward.presses("✅ Công bố", EDITOR)
    assert sentences.SEEN_ALL_VERIFIED in await ward.writes("/xem dang-ky-thu", EDITOR)


async def test_the_days_of_checking_are_set(ward: Ward) -> None:
    await ward.writes("/sua dang-ky-thu", EDITOR)
    await ward.presses("hạn 6 tháng", EDITOR)
    await ward.presses("✅ Công bố", EDITOR)
    seen = await ward.writes("/xem dang-ky-thu", EDITOR)
    assert "Kiểm tra 26/11/2026, phải xem lại trước 25/05/2027" in seen


async def test_phrasings_are_added_and_taken_away(ward: Ward) -> None:
    await ward.writes("/sua dang-ky-thu", EDITOR)
    await ward.presses("Thêm cách hỏi", EDITOR)
    await ward.replies("gả con gái qua Mỹ\nvô sổ nhà chồng", EDITOR)
    await ward.presses("✅ Công bố", EDITOR)
    assert "Đăng ký thử" in await ward.writes("vo so nha chong", 7)
    await ward.writes("/sua dang-ky-thu", EDITOR)
    await ward.presses("Bỏ cách hỏi", EDITOR)
    await ward.presses("vô sổ nhà chồng", EDITOR)
    await ward.presses("✅ Công bố", EDITOR)
    knowledge = ward.channel.service.assistant.knowledge
    assert knowledge.phrasings("dang-ky-thu") == ("đăng ký thử", "gả con gái qua Mỹ")


async def test_a_change_that_would_break_the_entry_is_told_and_not_made(ward: Ward) -> None:
    await ward.writes("/sua dang-ky-thu", EDITOR)
    await ward.presses("nơi nộp", EDITOR)
    told = await ward.replies("bỏ", EDITOR)
    assert "where" in told or "bỏ" in told
    assert "Công bố" not in ward.last(EDITOR)[1].get("reply_markup", "")
    await ward.writes("/sua dang-ky-thu", EDITOR)
    await ward.presses("Bỏ cách hỏi", EDITOR)
    assert "Công bố" not in await ward.presses("đăng ký thử", EDITOR)


async def test_a_new_entry_is_completed_from_the_phone_and_answers(ward: Ward) -> None:
    await ward.writes("wifi mật khẩu gì", 7)
    await ward.writes("/hangdoi", EDITOR)
    await ward.presses("1.", EDITOR)
    await ward.presses("Mục mới", EDITOR)
    page = await ward.replies("Wifi cho khách", EDITOR)
    assert "Còn thiếu: nội dung trả lời, nguồn" in page
    await ward.presses("Nội dung trả lời", EDITOR)
    await ward.replies('Có wifi cho khách: "AnCuu".\nKhông cần mật khẩu.', EDITOR)
    await ward.presses("✍️ Nguồn", EDITOR)
    assert sentences.DRAFT_READY in await ward.replies("Thông báo 12/TB-UBND (11/2026)", EDITOR)
    assert "Đã thử" in await ward.presses("Thử rồi công bố", EDITOR)
    assert "Đã công bố" in await ward.presses("✅ Công bố", EDITOR)
    told = await ward.writes("wifi mat khau gi", 8)
    assert "AnCuu" in told
    assert "Thông báo 12/TB-UBND (11/2026)" in told
    assert [row["state"] for row in ward.rows("queue_group")] == ["done"]
    assert ward.rows("draft") == []


async def test_a_draft_changes_its_kind_and_topic_and_can_be_thrown_away(ward: Ward) -> None:
    await ward.writes("wifi mật khẩu gì", 7)
    await ward.writes("/hangdoi", EDITOR)
    await ward.presses("1.", EDITOR)
    await ward.presses("Mục mới", EDITOR)
    await ward.replies("Wifi cho khách", EDITOR)
    assert "Loại: việc nơi khác" in await ward.presses("Đổi thành: việc nơi khác", EDITOR)
    await ward.presses("Chủ đề:", EDITOR)
    assert "chủ đề: Hộ tịch" in await ward.presses("Hộ tịch", EDITOR)
    await ward.presses("Bỏ nháp", EDITOR)
    assert ward.rows("draft") == []


@pytest.mark.parametrize("name", ["!!!", "Đăng ký thử"])
async def test_a_name_that_will_not_do_is_told(ward: Ward, name: str) -> None:
    await ward.writes("wifi mật khẩu gì", 7)
    await ward.writes("/hangdoi", EDITOR)
    await ward.presses("1.", EDITOR)
    await ward.presses("Mục mới", EDITOR)
    told = await ward.replies(name, EDITOR)
    assert "bằng tên khác" in told


async def test_not_ours_and_ignored_and_taken_on(ward: Ward) -> None:
    await ward.writes("wifi mật khẩu gì", 7)
    await ward.writes("/hangdoi", EDITOR)
    await ward.presses("1.", EDITOR)
    assert "đang làm" in await ward.presses("Tôi đang làm", EDITOR)
    assert "Nơi nào" in await ward.presses("Việc nơi khác", EDITOR)
    await ward.presses("Nhóm câu", EDITOR)
    await ward.presses("Bỏ qua", EDITOR)
    assert "Đã bỏ qua" in await ward.presses("không rõ hỏi gì", EDITOR)
    assert await ward.writes("/hangdoi", EDITOR) == sentences.QUEUE_EMPTY
    assert [(row["state"], row["reason"]) for row in ward.rows("queue_group")] == [
        ("ignored", "không rõ hỏi gì")
    ]


async def test_a_thumb_down_and_none_fits_bring_the_question_into_the_queue(ward: Ward) -> None:
    await ward.writes("đăng ký thử ở đâu", 7)
    await ward.presses("Chưa đúng", 7)
    assert "đăng ký thử ở đâu" in await ward.writes("/hangdoi", VIEWER)
    assert "chê câu trả lời" in await ward.presses("1.", VIEWER)
    assert [text for text, _ in buttons(ward.last(VIEWER)[1])] == [sentences.QUEUE_BACK]


async def test_what_is_due_is_listed_by_kind(ward: Ward) -> None:
    kinds = await ward.writes("/canlam", VIEWER)
    assert "Bấm một loại để xem" in kinds
    page = await ward.presses("ít cách hỏi", VIEWER)
    assert "Đăng ký thử" in page
    assert "1 cách hỏi" in page
