import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.privacy import mask
from bot.privacy.masking import CONTACT, NAME, NUMBER


@pytest.mark.parametrize(
    "personal",
    [
        "0912345678", "0912 345 678", "0912.345.678", "+84 912 345 678", "(+84)912-345-678", "0 9 1 2 3 4 5 6 7 8",
        "046090001234", "046 090 001 234", "191234567", "C1234567", "75A-123.45", "75H1 12345", "12/05/1990",
        "1-1-1988", "H57.12.34-240101-0001", "8001234567-001", "２３４５６７８９０", "٠٩١٢٣٤٥٦٧٨", "0912\u200b345678",
        "12345", "091\u00ad2345678", "số46090001234x",
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
        "tháng 7/2025", "7h30", "từ 7:30 đến 11:30", "2 cấp", "QĐ 4010/QĐ-UBND", "thứ 7", "t7", "dichvucong.gov.vn",
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


@pytest.mark.parametrize("name", ["Nguyễn Văn An", "Tôn Nữ Thị Bích", "Le Thi Hoa", "Hồ Đắc Di"])
def test_takes_full_names_out(name: str) -> None:
    assert mask(f"con {name} làm khai sinh").text == f"con {NAME} làm khai sinh"


def test_takes_a_name_out_that_is_told_as_one() -> None:
    assert mask("em tên là trần thị b").text == f"em tên là {NAME}"


def test_keeps_words_that_only_look_like_a_surname() -> None:
    text = "Lệ phí ở Hà Nội hay Huế, hồ sơ gồm gì"
    assert mask(text.replace("Hà Nội", "đây")).text == text.replace("Hà Nội", "đây")


@given(
    st.text(alphabet="0123456789 .-", min_size=9, max_size=20).filter(
        lambda t: sum(c.isdigit() for c in t) > 8
    )
)
def test_no_run_of_nine_digits_gets_through(run: str) -> None:
    kept = [char for char in mask(f"x {run} y").text if char.isdigit()]
    assert len(kept) < 9


@given(st.text())
def test_masks_anything_and_masking_again_changes_nothing_personal(text: str) -> None:
    once = mask(text)
    assert not mask(once.text).numbers_or_contacts or once.numbers_or_contacts
