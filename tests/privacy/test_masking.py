import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.privacy import mask
from bot.privacy.masking import CONTACT, MOST_LINES, NAME, NUMBER


@pytest.mark.parametrize(
    "personal",
    [
        "0912345678", "0912 345 678", "0912.345.678", "+84 912 345 678", "(+84)912-345-678", "0 9 1 2 3 4 5 6 7 8",
        "046090001234", "046 090 001 234", "191234567", "C1234567", "75A-123.45", "75H1 12345", "12/05/1990",
        "1-1-1988", "H57.12.34-240101-0001", "8001234567-001", "２３４５６７８９０", "٠٩١٢٣٤٥٦٧٨", "0912\u200b345678",
        "12345", "cmnd 191.234.567 ngày cấp", "stk 123.456.789.012 bản sao", "046.090.001.234m", "1990-5-12", "⓿❾❶❷❸❹❺❻",
        "12/5 năm 1990", "091\u00ad2345678", "số46090001234x", "091.234.567.8k", "046.090.001.234đ", "12-5-90", "0️⃣9️⃣1️⃣2️⃣3️⃣4️⃣5️⃣",
        "ngày 12 tháng 5 năm 1990", "09;12;34;56;78", "09\n12\n34\n56\n78",
    ],
)  # fmt: skip
def test_takes_personal_numbers_out(personal: str) -> None:
    masked = mask(f"số của tôi là {personal} nhé")
    assert NUMBER in masked.text
    assert masked.numbers_or_contacts
    assert not [char for char in masked.text if char.isnumeric()]


@pytest.mark.parametrize(
    "harmless",
    [
        "năm 2025", "giai đoạn 2025 - 2030", "181,55 tỷ đồng", "4.817 hồ sơ", "500.000 đồng", "50k", "2tr5", "97%",
        "60 ngày", "15 tháng", "80 tuổi", "nhà 100m2", "nhà 120 m2 3 tầng", "123/2015/NĐ-CP", "1675/NQ-UBTVQH15",
        "luật 60/2014/QH13", "nghị quyết 39/2025", "mã 1.001193", "gọi 114", "19001075", "mẫu CT01", "sáng 14/11",
        "tháng 7/2025", "năm 2024, 2025, 2026", "7h30 - 11h30, 13h - 17h30", "1.000.000đ", "7h30", "từ 7:30 đến 11:30", "2 cấp", "QĐ 4010/QĐ-UBND", "thứ 7", "t7", "dichvucong.gov.vn",
    ],
)  # fmt: skip
def test_keeps_what_is_known_to_be_harmless(harmless: str) -> None:
    masked = mask(f"cho hỏi {harmless} ạ")
    assert masked.text == f"cho hỏi {harmless} ạ"
    assert not masked.anything


@pytest.mark.parametrize(
    "contact",
    [
        "a.b@gmail.com",
        "nguyenvana@gmail",
        "bit.ly/abc",
        "tg://user?id=5",
        "A_B+c@mail.co.uk",
        "@nguyenvana",
        "https://x.y/z?a=1",
        "facebook.com/abc.d",
        "www.abc.xyz",
    ],
)
def test_takes_contacts_out(contact: str) -> None:
    masked = mask(f"liên hệ {contact} ạ")
    assert masked.text == f"liên hệ {CONTACT} ạ"
    assert masked.numbers_or_contacts


@pytest.mark.parametrize(
    "name", ["Nguyễn Văn An", "Lưu Từ Bình", "Nguyễn-Văn-An", "Tôn Nữ Thị Bích", "Le Thi Hoa", "Hồ Đắc Di"]
)
def test_takes_full_names_out(name: str) -> None:
    assert mask(f"con {name} làm khai sinh").text == f"con {NAME} làm khai sinh"


def test_takes_a_name_out_that_is_told_as_one() -> None:
    assert mask("em tên là trần thị b").text == f"em tên là {NAME}"


@pytest.mark.parametrize("name", ["NGUYỄN VĂN AN", "nguyễn văn an", "trần thị bích hoa", "nguyen van an"])
def test_takes_names_out_in_any_case(name: str) -> None:
    assert mask(f"tui là {name}, hỏi khai sinh").text == f"tui là {NAME}, hỏi khai sinh"


@pytest.mark.parametrize(
    "text",
    [
        "Hà Nội",
        "Lê Lợi",
        "Hồ Chí Minh",
        "Công An ở đâu",
        "Làm Hồ Sơ Khai Sinh",
        "Lệ phí ở Huế",
        "sang tên sổ đỏ",
        "họ tên con",
    ],
)
def test_keeps_words_that_only_look_like_a_name(text: str) -> None:
    assert mask(text).text == text


@pytest.mark.parametrize("text", ["nhà số 5", "số nhà 12 kiệt 45/3", "hẻm 120"])
def test_takes_house_numbers_out(text: str) -> None:
    assert not [char for char in mask(text).text if char.isnumeric()]


@given(st.sampled_from(";*|~/.,-–_:+ \n\t()[]#"), st.integers(1, 4), st.integers(1, 3))
def test_no_separator_hides_a_phone_number(separator: str, times: int, size: int) -> None:
    number = "0912345678"
    groups = (separator * times).join(number[at : at + size] for at in range(0, 10, size))
    assert not [char for char in mask(f"sđt {groups} ạ").text if char.isdigit()]


@given(
    st.text(alphabet="0123456789 .-", min_size=9, max_size=20).filter(
        lambda t: sum(c.isdigit() for c in t) > 8
    )
)
def test_no_run_of_nine_digits_gets_through(run: str) -> None:
    kept = [char for char in mask(f"x {run} y").text if char.isdigit()]
    assert len(kept) < 9


@given(st.text())
def test_masks_anything_and_says_whether_it_did(text: str) -> None:
    once = mask(text)
    assert once.anything or not once.numbers_or_contacts
    assert not once.anything or any(sign in once.text for sign in (NUMBER, NAME, CONTACT))


@pytest.mark.parametrize(
    "text",
    [
        "Công đoàn ở đâu",
        "Công Chứng ở đâu",
        "em tên bị sai giờ sửa sao",
        "con ten bi sai chu dem",
        "1.001193, 1.004884",
        "113, 114",
    ],
)
def test_leaves_plain_questions_alone(text: str) -> None:
    assert mask(text).text == text


def test_each_of_a_few_lines_is_understood_by_itself() -> None:
    masked = mask("làm khai sinh\n\n  ở đâu \nlệ phí")
    assert masked.bare.split("\n") == ["làm khai sinh", " ở đâu ", "lệ phí"]
    assert "\n" not in masked.text
    story = "\n".join(["một dòng"] * (MOST_LINES + 1))
    assert "\n" not in mask(story).bare


@pytest.mark.parametrize(
    "text", ["09\n12\n34\n56\n78\nlàm khai sinh", "CCCD:\n046090001234\nlàm lại", "sđt 0912\n345 678"]
)
def test_a_number_over_several_lines_is_gone_for_understanding_too(text: str) -> None:
    masked = mask(text)
    assert not any(char.isdigit() for char in masked.bare + masked.text)
    assert masked.numbers_or_contacts


def test_the_code_of_a_receipt_is_said_in_words_and_not_kept() -> None:
    masked = mask("H57.25.28-261103-0012 và H57.25.28-261103-0013 xong chưa")
    assert masked.names_file
    assert masked.bare.count("hồ sơ của tôi") == 2
    assert not any(char.isdigit() for char in masked.text + masked.bare)
