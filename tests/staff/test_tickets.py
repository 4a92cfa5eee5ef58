"""A question left for staff and its answer: to the right person, with consent, and then forgotten."""

import re
from datetime import timedelta

import pytest

from bot import sentences
from bot.staff import sentences as staff_sentences
from tests.staff.conftest import EDITOR, OTHER_EDITOR, STAFF_CHAT, VIEWER, Ward
from tests.telegram_channel.conftest import buttons

ONE, OTHER = 4815162342, 9876543210  # citizens; numbers that no other bytes of the file hold
WIFI, CHAIRS = "wifi mật khẩu gì", "mượn ghế nhựa chỗ mô"


async def ask(ward: Ward, question: str, chat: int) -> None:
    """Ask until people take over."""
    await ward.writes(question, chat)
    await ward.writes(question, chat)


async def leave(ward: Ward, question: str, chat: int) -> tuple[str, int]:
    """Leave a question for staff; the ticket's code, and the message that shows it."""
    await ask(ward, question, chat)
    await ward.presses("Gửi câu hỏi cho cán bộ", chat)
    told = await ward.presses("Đồng ý", chat)
    found = re.search(r"mã phiếu ([A-Z0-9]{6})", told)
    assert found is not None
    return found[1], ward.last(STAFF_CHAT)[0]


async def test_consent_is_asked_in_one_sentence_before_anything_is_kept(ward: Ward) -> None:
    await ask(ward, WIFI, ONE)
    consent = await ward.presses("Gửi câu hỏi cho cán bộ", ONE)
    assert consent.count("?") == 1
    assert "30 ngày" in consent
    assert ward.rows("ticket") == []
    assert all(key[0] != STAFF_CHAT for key in ward.api.messages)


async def test_the_answer_comes_back_signed_with_the_code(ward: Ward) -> None:
    code, message = await leave(ward, WIFI, ONE)
    shown = ward.last(STAFF_CHAT)[1]["text"]
    assert WIFI in shown
    assert code in shown
    await ward.replies("Wifi khách, không mật khẩu <b>", STAFF_CHAT, message, sender=EDITOR)
    answer = ward.last(ONE)[1]["text"]
    assert "Wifi khách, không mật khẩu &lt;b&gt;" in answer
    assert "cán bộ phường" in answer
    assert code in answer


async def test_two_citizens_and_two_clerks_at_once_and_no_answer_to_the_wrong_person(ward: Ward) -> None:
    for round_ in range(3):
        tickets = {
            chat: await leave(ward, f"{question} lần {round_}", chat)
            for chat, question in ((ONE, WIFI), (OTHER, CHAIRS))
        }
        replies = [
            (chat, clerk, number)
            for number in range(2)
            for chat, clerk in ((OTHER, EDITOR), (ONE, OTHER_EDITOR), (ONE, EDITOR), (OTHER, OTHER_EDITOR))
        ]
        for chat, clerk, number in replies:
            ward.api.reply(
                f"gửi {chat} từ {clerk} số {round_}{number}", tickets[chat][1], STAFF_CHAT, sender=clerk
            )
        await ward.push()
    told = [
        (key[0], values["text"])
        for key, values in ward.api.messages.items()
        if f" từ {EDITOR}" in values["text"] or f" từ {OTHER_EDITOR}" in values["text"]
    ]
    assert len(told) == 24
    for chat, text in told:
        assert f"gửi {chat} từ" in text


@pytest.mark.parametrize("answered", [True, False])
async def test_after_closing_nothing_links_chat_and_ticket_in_the_files(ward: Ward, answered: bool) -> None:
    code, message = await leave(ward, WIFI, ONE)
    assert str(ONE).encode() in ward.files()
    if answered:
        await ward.replies("Không có ạ", STAFF_CHAT, message, sender=EDITOR)
    assert await ward.writes(
        f"/daxong {code.lower()}", STAFF_CHAT, sender=EDITOR
    ) == staff_sentences.TICKET_DONE.format(code=code)
    files = ward.files()
    assert str(ONE).encode() not in files
    assert ONE.to_bytes(6, "big") not in files
    assert ONE.to_bytes(8, "big") not in files
    told = ward.last(ONE)[1]["text"]
    assert ("Không có ạ" in told) if answered else told.startswith(sentences.CLOSED_UNANSWERED)
    again = await ward.replies("muộn rồi", STAFF_CHAT, message, sender=EDITOR)
    assert again == staff_sentences.TICKET_GONE.format(code=code)
    assert "muộn rồi" not in ward.last(ONE)[1]["text"]


async def test_a_ticket_that_nobody_closes_ends_after_thirty_days(ward: Ward, at: list) -> None:
    await leave(ward, WIFI, ONE)
    at[0] += timedelta(days=31)
    ward.channel.service.upkeep().run()
    assert ward.rows("ticket") == []
    assert str(ONE).encode() not in ward.files()


async def test_out_of_hours_the_citizen_is_told_when_somebody_is_there(ward: Ward, at: list) -> None:
    await ask(ward, WIFI, ONE)
    await ward.presses("Gửi câu hỏi cho cán bộ", ONE)
    assert sentences.SOMEBODY_IS_THERE in await ward.presses("Đồng ý", ONE)
    at[0] = at[0].replace(hour=20)
    await ask(ward, CHAIRS, OTHER)
    await ward.presses("Gửi câu hỏi cho cán bộ", OTHER)
    told = await ward.presses("Đồng ý", OTHER)
    assert sentences.NOBODY_IS_THERE in told
    assert "7 giờ 30" in told


async def test_tapping_twice_makes_one_ticket(ward: Ward) -> None:
    code, _ = await leave(ward, WIFI, ONE)
    assert code in await ward.presses("Đồng ý", ONE)
    assert len(ward.rows("ticket")) == 1
    assert sum(key[0] == STAFF_CHAT for key in ward.api.messages) == 1


async def test_nobody_leaves_the_question_of_another(ward: Ward) -> None:
    await ask(ward, WIFI, ONE)
    key = ward.rows()[-1]["key"]
    ward.api.tap(f"la1:{key}", OTHER)
    await ward.push()
    assert ward.last(OTHER)[1]["text"] == sentences.LEAVE_GONE
    assert ward.rows("ticket") == []


async def test_erasing_ones_data_closes_ones_tickets(ward: Ward) -> None:
    code, message = await leave(ward, WIFI, ONE)
    assert sentences.STORED_TICKET["ask"] in await ward.writes("/dulieu", ONE)
    await ward.writes("/xoadulieu", ONE)
    await ward.presses("Xóa", ONE)
    assert str(ONE).encode() not in ward.files()
    assert code in await ward.replies("x", STAFF_CHAT, message, sender=EDITOR)
    assert ward.last(ONE)[1]["text"] == sentences.ERASED


async def test_a_viewer_cannot_answer(ward: Ward) -> None:
    _, message = await leave(ward, WIFI, ONE)
    await ward.replies("x", STAFF_CHAT, message, sender=VIEWER)
    assert "cán bộ phường trả lời" not in ward.last(ONE)[1]["text"].lower()


async def test_the_words_of_a_citizen_cannot_point_the_reply_elsewhere(ward: Ward) -> None:
    first, _ = await leave(ward, WIFI, ONE)
    _, message = await leave(ward, f"mượn ghế\n🔖 t:{first}", OTHER)
    await ward.replies("ghế thì có", STAFF_CHAT, message, sender=EDITOR)
    assert "ghế thì có" in ward.last(OTHER)[1]["text"]
    assert "ghế thì có" not in ward.last(ONE)[1]["text"]


async def test_masked_words_stay_masked_for_staff(ward: Ward) -> None:
    await leave(ward, "wifi của ông Nguyễn Văn Minh 0912345678 mật khẩu gì", ONE)
    shown = ward.last(STAFF_CHAT)[1]["text"]
    assert "0912345678" not in shown
    assert "Minh" not in shown


async def test_a_reply_without_words_is_sent_to_nobody(ward: Ward) -> None:
    _, message = await leave(ward, WIFI, ONE)
    before = ward.last(ONE)
    ward.api.reply("", message, STAFF_CHAT, sender=EDITOR)
    await ward.push()
    assert ward.last(STAFF_CHAT)[1]["text"] == staff_sentences.REPLY_EMPTY
    assert ward.last(ONE) == before


async def test_told_once_when_the_missing_answer_is_published_and_then_forgotten(ward: Ward) -> None:
    await ask(ward, "gả con gái qua Mỹ", ONE)
    await ward.presses("Báo cho tôi", ONE)
    await ward.presses("Đồng ý", ONE)
    await ward.writes("/hangdoi", EDITOR)
    await ward.presses("1.", EDITOR)
    await ward.presses("Tìm mục khác", EDITOR)
    await ward.replies("đăng ký thử", EDITOR)
    await ward.presses("Là cách hỏi của: Đăng ký thử", EDITOR)
    assert "Đã báo cho 1 người" in await ward.presses("Công bố", EDITOR)
    told = ward.last(ONE)[1]
    assert "nay đã có câu trả lời" in told["text"]
    assert "Đăng ký thử" in told["text"]
    assert ward.rows("ticket") == []
    count = len(ward.api.messages)
    await ward.writes("/hoantac", EDITOR)
    await ward.presses("Quay lại", EDITOR)
    assert all(key[0] == EDITOR for key in list(ward.api.messages)[count:])


async def test_a_reply_becomes_a_draft_with_the_answer_as_its_text(ward: Ward) -> None:
    _, message = await leave(ward, WIFI, ONE)
    await ward.replies("Wifi khách tên An Cựu.\nKhông cần mật khẩu.", STAFF_CHAT, message, sender=EDITOR)
    await ward.presses("Lập mục mới", STAFF_CHAT, sender=EDITOR)
    page = await ward.replies("Wifi cho khách", STAFF_CHAT, sender=EDITOR)
    assert "Wifi khách tên An Cựu. / Không cần mật khẩu." in page
    assert "Còn thiếu: nguồn" in page


async def test_without_a_staff_chat_only_being_told_is_offered(
    environment: dict[str, str], at: list, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.staff.conftest import opened

    environment["STAFF_CHAT_ID"] = ""
    async with opened(environment) as ward:
        await ask(ward, WIFI, ONE)
        labels = [text for text, _ in buttons(ward.last(ONE)[1])]
        assert sentences.LEAVE_BUTTON["tell"] in labels
        assert sentences.LEAVE_BUTTON["ask"] not in labels
        ward.api.tap(f"la1:{ward.rows()[-1]['key']}", ONE)
        await ward.push()
        assert ward.rows("ticket") == []
