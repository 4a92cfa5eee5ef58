"""Typical mistakes of a clerk, each with the file, line and sentence that it must be answered with."""

import shutil
from pathlib import Path

import pytest

from bot.errors import KnowledgeError
from bot.knowledge import load

BROKEN = Path(__file__).resolve().parent.parent / "data" / "broken"

# file → (line, field, words of what is wrong, words of what to write instead)
MISTAKES = {
    "tab-thut-le": (7, "", "phím Tab", "dấu cách"),
    "ngoac-kep-khong-dong": (12, "", "mở ngoặc kép mà không đóng", 'thêm dấu "'),
    "hai-cham-trong-chu": (12, "", "dấu hai chấm", "ngoặc kép"),
    "hai-cham-trong-danh-sach": (7, "phrasings", "dấu hai chấm làm nó thành mục con", "ngoặc kép"),
    "go-sai-ten-muc": (8, "audiense", "không có mục nào tên là `audiense`", "có phải ý bạn là `audience`?"),
    "viet-hai-lan": (14, "fee", "viết hai lần (lần đầu ở dòng 12)", "xóa lần kia"),
    "thieu-ten": (1, "name", "thiếu mục `name`", "name: Đăng ký khai sinh"),
    "ma-co-dau": (1, "id", "mã `Đăng ký thử` sai dạng", "id: dang-ky-khai-sinh"),
    "ngay-kieu-viet-nam": (18, "review_by", "ngày `28/02/2027` sai dạng", "năm-tháng-ngày"),
    "ngay-khong-co": (18, "review_by", "không có ngày `2027-02-30`", "tháng"),
    "sai-dau-nhom": (5, "family", "không có mục đầu nhóm `dang-ky-thuu`", "có phải ý bạn là `dang-ky-thu`?"),
    "sai-chu-de": (4, "topic", "không có chủ đề `ho-tic`", "có phải ý bạn là `ho-tich`?"),
    "sai-loai": (2, "kind", "không có loại mục `procedures`", "có phải ý bạn là `procedure`?"),
    "chua-xac-nhan-sai": (17, "unverified", "không có mục `fees`", "có phải ý bạn là `fee`?"),
    "chua-xac-nhan-lan-lon": (17, "unverified", "`unverified`", "tên: giá trị"),
    "chua-xac-nhan-hai-lan": (17, "unverified", "viết hai lần", "giữ mỗi tên một lần"),
    "trung-ma": (20, "id", "mã `dang-ky-thu` đã dùng ở sai.yaml, dòng 1", "đặt mã khác"),
    "trung-cau-hoi": (26, "phrasings", "đã có ở mục `dang-ky-thu`", "một mục thôi"),
    "thieu-hai-cham": (12, "", "thiếu dấu hai chấm", "tên: giá trị"),
    "de-trong": (12, "fee", "`fee` đang để trống", "README"),
    "lech-cot": (7, "", "thụt lề lệch", "thẳng cột"),
    "khong-phai-danh-sach": (1, "", "tệp phải là danh sách các mục", "- id"),
}


def test_every_broken_file_is_tried() -> None:
    assert {path.stem for path in BROKEN.glob("*.yaml")} == set(MISTAKES)


@pytest.mark.parametrize("name", MISTAKES)
def test_refuses_a_mistake_with_its_line_and_sentence(folder: Path, name: str) -> None:
    (folder / "thu.yaml").unlink()
    shutil.copy(BROKEN / f"{name}.yaml", folder / "sai.yaml")
    line, field, what, advice = MISTAKES[name]
    loaded = load(folder)
    assert loaded.knowledge is None
    problem = next(p for p in loaded.problems if p.severity == "error" and (p.field or "").endswith(field))
    assert (problem.file, problem.line) == ("sai.yaml", line), problem
    assert what in problem.what
    assert advice in problem.advice
    with pytest.raises(KnowledgeError, match=f"sai.yaml, dòng {line}"):
        loaded.use()


def test_tells_all_mistakes_of_all_files_at_once(folder: Path) -> None:
    for name in ("tab-thut-le", "go-sai-ten-muc", "thieu-ten"):
        shutil.copy(BROKEN / f"{name}.yaml", folder / f"{name}.yaml")
    text = (
        (folder / "thu.yaml")
        .read_text(encoding="utf-8")
        .replace("kind: procedure", "kind: procedur\n  nam: x")
    )
    (folder / "thu.yaml").write_text(text, encoding="utf-8")
    files = {problem.file for problem in load(folder).problems if problem.severity == "error"}
    assert files == {"tab-thut-le.yaml", "go-sai-ten-muc.yaml", "thieu-ten.yaml", "thu.yaml"}


def test_tells_all_mistakes_of_one_entry_at_once(folder: Path) -> None:
    text = (folder / "thu.yaml").read_text(encoding="utf-8")
    text = (
        text.replace("audience", "audiens")
        .replace("2026-11-26", "26-11-2026")
        .replace("name: Đăng ký thử\n", "fe: 1\n")
    )
    (folder / "thu.yaml").write_text(text, encoding="utf-8")
    fields = {problem.field for problem in load(folder).problems}
    assert fields >= {"audiens", "audience", "verified", "name", "fe"}
