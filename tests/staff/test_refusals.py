"""Nobody does what their role may not, whatever they type, tap or forge."""

import pytest

from bot.pace import MOST
from bot.roles import Role
from bot.staff import sentences
from bot.staff.desk import COMMAND_ROLES
from bot.staff.steps import REFERENCE, Step
from tests.staff.conftest import EDITOR, STAFF_CHAT, STRANGER, VIEWER, Ward

DATA = tuple(
    f"s{step.value}:{argument}" for step in Step for argument in ("", "1", "dang-ky-thu", "1:dang-ky-thu")
)
LOWER = {Role.EDITOR: VIEWER, Role.ADMIN: EDITOR}


def published(ward: Ward) -> bytes:
    return (ward.folder / "published" / "pointer.json").read_bytes()


async def test_each_command_of_a_stranger_is_refused_noted_and_does_nothing(ward: Ward) -> None:
    before = published(ward)
    for name in COMMAND_ROLES:
        assert await ward.writes(f"/{name} dang-ky-thu đang sửa", STRANGER) == sentences.NOT_STAFF
    assert [action for _, action, _ in ward.audit()] == ["refused"] * len(COMMAND_ROLES)
    assert {staff for staff, _, _ in ward.audit()} != {str(STRANGER)}
    assert str(STRANGER).encode() not in b"".join(row["staff"].encode() for row in ward.rows("audit"))
    assert published(ward) == before
    assert ward.rows("switch") == ward.rows("draft") == ward.rows("queue_group") == []


async def test_forged_buttons_of_a_stranger_are_refused_noted_and_do_nothing(ward: Ward) -> None:
    before = published(ward)
    for data in DATA:
        ward.api.tap(data[:64], STRANGER)
    await ward.push()
    assert {values["text"] for values in ward.api.sent()} == {sentences.NOT_STAFF}
    assert len(ward.audit()) == MOST  # more than that of one person in a minute are not even answered
    assert {action for _, action, _ in ward.audit()} == {"refused"}
    assert published(ward) == before


async def test_a_viewer_cannot_edit_and_an_editor_cannot_pause(ward: Ward) -> None:
    for name, role in COMMAND_ROLES.items():
        if role in LOWER:
            told = await ward.writes(f"/{name} dang-ky-thu đang sửa", LOWER[role])
            assert told.startswith("Việc này cần vai trò"), name
    assert {action for _, action, _ in ward.audit()} == {"refused"}
    assert ward.rows("switch") == []


async def test_a_viewer_taps_no_editors_button(ward: Ward) -> None:
    before = published(ward)
    for data in DATA:
        ward.api.tap(data[:64], VIEWER)
    await ward.push()
    assert published(ward) == before
    assert {action for _, action, _ in ward.audit()} == {"refused"}
    assert ward.rows("switch") == ward.rows("draft") == []


async def test_forged_arguments_of_an_editor_get_a_sentence_and_no_error(
    ward: Ward, caplog: pytest.LogCaptureFixture
) -> None:
    before = published(ward)
    for data in (
        *DATA,
        "sp:a:b:c",
        "sp:::",
        "s:",
        "szz:1",
        "sq:-1",
        "sq:99999999999999999999",
        "sef:id:dang-ky-thu",
    ):
        ward.api.tap(data[:64], EDITOR)
    await ward.push()
    assert published(ward) == before
    assert "Lỗi" not in caplog.text


async def test_a_reply_counts_only_from_staff_and_only_to_our_own_message(ward: Ward) -> None:
    fake = {
        "message_id": 5,
        "date": 1,
        "chat": {"id": EDITOR, "type": "private"},
        "text": f"x\n{REFERENCE}gn:1",
    }
    ward.api.text(
        "tên mục",
        EDITOR,
        reply_to_message=fake | {"from": {"id": EDITOR, "is_bot": False, "first_name": "A"}},
    )
    await ward.push()
    assert ward.rows("draft") == []  # it was taken for a question
    assert ward.rows()[-1]["text"] == "tên mục"
    ours = {"id": 123456789, "is_bot": True, "first_name": "x", "username": "ancuu_test_bot"}
    ward.api.text("tên mục", STAFF_CHAT, sender=STRANGER, reply_to_message=fake | {"from": ours})
    await ward.push()
    assert ward.last(STAFF_CHAT)[1]["text"] == sentences.NOT_STAFF


async def test_who_speaks_as_a_group_is_nobody(ward: Ward) -> None:
    ward.api.text("/hangdoi", STAFF_CHAT, sender=EDITOR, sender_chat={"id": STAFF_CHAT, "type": "supergroup"})
    await ward.push()
    assert ward.last(STAFF_CHAT)[1]["text"] == sentences.NOT_STAFF
