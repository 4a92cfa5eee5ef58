"""Files that were edited on disk: taken in, or told where they are wrong."""

from pathlib import Path

import pytest

from bot.publishing.publisher import NOTHING_NEW
from bot.staff import sentences
from tests.knowledge.conftest import GOOD_ENTRY
from tests.staff.conftest import EDITOR, STAFF_CHAT, Ward

QUESTION = "đăng ký thử hết bao nhiêu tiền"


def edit(folder: Path, before: str, after: str, file: str = "thu.yaml") -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert before in text
    (folder / file).write_text(text.replace(before, after), encoding="utf-8")


async def test_an_edited_file_answers_only_when_it_is_taken_in_and_published(
    ward: Ward, folder: Path
) -> None:
    await ward.writes(QUESTION, 7)
    edit(folder, "  legal:", "  fee: 8.000 đồng một bản\n  legal:")
    assert "8.000" not in await ward.writes(QUESTION, 7)
    tried = await ward.writes("/nap", EDITOR)
    assert "1 câu đổi câu trả lời" in tried
    assert "8.000" in tried
    assert "8.000" not in await ward.writes(QUESTION, 7)
    await ward.presses("Công bố", EDITOR)
    assert "8.000 đồng một bản" in await ward.writes(QUESTION, 7)


async def test_a_broken_file_leaves_the_old_answers_and_is_told_with_file_line_and_sentence(
    ward: Ward, folder: Path
) -> None:
    before = await ward.writes(QUESTION, 7)
    pointer = (ward.folder / "published" / "pointer.json").read_bytes()
    edit(folder, "  where: Trung tâm.", "  where: Trung tâm.\n  fees: 8.000 đồng")
    told = await ward.writes("/nap", STAFF_CHAT, sender=EDITOR)
    assert told.startswith(f"<b>{sentences.WRONG_TITLE}</b>")
    assert "thu.yaml, dòng 12 [fees]" in told
    assert "có phải ý bạn là `fee`?" in told
    assert await ward.writes(QUESTION, 7) == before
    assert (ward.folder / "published" / "pointer.json").read_bytes() == pointer


@pytest.mark.parametrize("broken", ["- id: [x", "\tx", "- id: a\n id: b", "x: 1"])
async def test_a_file_that_is_no_yaml_is_told_too(ward: Ward, folder: Path, broken: str) -> None:
    (folder / "thu.yaml").write_text(GOOD_ENTRY + broken, encoding="utf-8")
    told = await ward.writes("/nap", EDITOR)
    assert "thu.yaml, dòng" in told
    assert "Công bố" not in ward.last(EDITOR)[1].get("reply_markup", "")


async def test_nothing_new_is_said_to_be_nothing_new(ward: Ward) -> None:
    assert await ward.writes("/nap", EDITOR) == NOTHING_NEW


async def test_what_was_changed_on_the_phone_survives_the_next_nap(ward: Ward, folder: Path) -> None:
    await ward.writes("/sua dang-ky-thu", EDITOR)
    await ward.presses("Lệ phí", EDITOR)
    await ward.replies("9.000 đồng", EDITOR)
    await ward.presses("Công bố", EDITOR)
    edit(folder, "  where: Trung tâm.", "  where: Quầy số 3.")
    await ward.writes("/nap", EDITOR)
    await ward.presses("Công bố", EDITOR)
    told = await ward.writes("đăng ký thử", 7)
    assert "9.000 đồng" in told
    assert "Quầy số 3" in told


async def test_the_same_part_changed_on_both_sides_keeps_the_published_and_says_so(
    ward: Ward, folder: Path
) -> None:
    await ward.writes("/sua dang-ky-thu", EDITOR)
    await ward.presses("nơi nộp", EDITOR)
    await ward.replies("Quầy số 1.", EDITOR)
    await ward.presses("Công bố", EDITOR)
    edit(folder, "  where: Trung tâm.", "  where: Quầy số 3.")
    told = await ward.writes("/nap", EDITOR)
    assert "Mục `dang-ky-thu`" in told
    assert "vừa đổi trong tệp" in told
    await ward.presses("Công bố", EDITOR)
    assert "Quầy số 1" in await ward.writes("đăng ký thử", 7)


async def test_the_next_release_of_the_shipped_knowledge_is_merged(
    environment: dict[str, str], at: list, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import shutil
    from functools import partial

    from bot.publishing.rehearsal import Rehearser
    from handlers import parts
    from tests.staff.conftest import opened

    monkeypatch.setattr(parts, "Rehearser", partial(Rehearser, with_golden=False))
    shipped = Path(shutil.copytree(folder, tmp_path.with_name(tmp_path.name + "-shipped")))
    monkeypatch.setattr(parts, "SHIPPED", shipped)
    edit(folder, "  where: Trung tâm.", "  where: Quầy của phường.")
    async with opened(environment) as ward:
        assert "Quầy của phường" in await ward.writes("đăng ký thử", 7)
    edit(shipped, "  legal:", "  fee: 5.000 đồng\n  legal:")
    async with opened(environment, ward.api) as ward:
        await ward.staff.greet()
        assert "1 tệp" in ward.last(STAFF_CHAT)[1]["text"]
        await ward.writes("/nap", EDITOR)
        await ward.presses("Công bố", EDITOR)
        told = await ward.writes("đăng ký thử", 7)
        assert "Quầy của phường" in told
        assert "5.000 đồng" in told
        assert await ward.writes("/nap", EDITOR) == NOTHING_NEW
