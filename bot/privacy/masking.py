"""Personal data taken out of a text before anything is stored.

A token with digits goes unless it is known to be harmless; e-mails, links, handles and full names go too.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from bot.text.words import INVISIBLE, MOST_CHARACTERS

LATELY = 8192  # characters that are remembered, each with how it is read
NUMBER, CONTACT, NAME = "[số]", "[liên hệ]", "[tên]"
PLACEHOLDERS = re.compile(
    "|".join(map(re.escape, (NUMBER, CONTACT, NAME)))
)  # what stands for something masked

# Each alternative begins where no such character stands before, so that no run is scanned twice.
_LOCAL, _HOST, _AT = r"(?<![\w.+'-])[\w.+'-]{1,64}", r"[\w-]{1,64}", r"(?:@|\(at\))+"
_DOMAINS = "com|net|org|vn|me|io|info|gov|edu|ly|be|xyz|app|site|link|tv|asia"
_CONTACT = re.compile(
    rf"{_LOCAL}{_AT}{_HOST}(?: ?[.,] ?[\w-]{{2,64}}){{0,4}}"  # e-mail, whole or not
    rf"|{_LOCAL} {{0,2}}{_AT} {{0,2}}{_HOST}(?: ?[.,] ?[\w-]{{2,64}}){{1,4}}"  # e-mail with spaces
    r"|\w{1,20}://\S+|www\.\S+"  # link
    rf"|(?<![\w.-])(?:{_HOST}\.){{1,8}}(?:{_DOMAINS})\b(?:[/?:#]\S*)?"  # bare link
    r"|(?<!\w)@[\w.]{3,}",  # handle
    re.IGNORECASE,
)
_HARMLESS_LINK = re.compile(
    r"(?:https?://)?(?:www\.)?(?:dichvucong\.gov|vneid\.gov|(?:tuongtac\.)?hue\.gov|thuathienhue\.gov)\.vn/?",
    re.IGNORECASE,
)

# A run of digit groups with anything but letters between them: "0912 345 678", "09;12", "75A-123.45".
_RUN = re.compile(r"(?<!\w)\w*\d\w*(?:[\W_]{1,8}\w*\d\w*)*")
_ITEMS = re.compile(r"[,;] ?| [-–] ")  # between the items of a list
_GROUP = re.compile(r"\w*\d\w*")
MOST_LINES = 12  # kept apart; a text of more is a story
LONG_RUN = 8  # digits; from here on several groups together are a personal number

# 123/2015/NĐ-CP, 1675/NQ-UBTVQH15, 60/2014/QH13, 4010/QĐ-UBND
_LAW = re.compile(
    r"(?<![\w.,-])\d{1,5}(?:/(?:19|20)\d{2})?/(?:NĐ|ND|NQ|QĐ|QD|TT|TTLT|QH|CT|KH|CV|VBHN|UBTVQH|PL)\d{0,2}(?:-[A-ZĐ]{2,8}\d{0,2}){0,3}\b",
    re.IGNORECASE,
)
_LAW_YEAR = re.compile(r"\d{1,4}/(?:19|20)\d{2}")
_CODE = re.compile(r"\d\.\d{6}")
# The code on a receipt, H57.25.28-261103-0012 or 000.28.25.H57-261103-0012: the office, the day, the number.
_FILE_CODE = re.compile(
    r"\b(?:[A-Z]\d{2}(?:\.\d{1,3}){1,4}|\d{3}(?:\.\d{1,3}){1,3}\.[A-Z]\d{2}) ?- ?\d{6} ?- ?\d{3,6}\b(?!@)",
    re.IGNORECASE,
)
FILE = " hồ sơ của tôi "  # what such a code stands for
_YEAR = re.compile(r"(?:19|20)\d{2}")
_YEARS = re.compile(r"(?:19|20)\d{2}\s?[-–]\s?(?:19|20)\d{2}")
_DAY_MONTH = re.compile(r"\d{1,2}[/\-]\d{1,2}")
_MONTH_YEAR = re.compile(r"\d{1,2}[/\-](?:19|20)\d{2}")
_DATE = re.compile(r"\d{1,2}\W{1,4}\d{1,2}\W{1,4}(?:\d{2}|\d{4})|(?:19|20)\d{2}\W{1,4}\d{1,2}\W{1,4}\d{1,2}")
_DATE_WORDS = re.compile(
    r"\b(?:ngày|ngay|mồng|mong)?\s?\d{1,2}\s?(?:[/.-]|tháng|thang)\s?\d{1,2},?\s(?:năm|nam)\s\d{2}(?:\d{2})?\b",
    re.I,
)
_ADDRESS = re.compile(
    r"\b(số nhà|so nha|nhà số|nha so|kiệt|kiet|hẻm|hem|ngách|ngach|ngõ|ngo)\s+\d+\w?(?:/\d+\w?)*", re.I
)
_CLOCK = re.compile(r"\d{1,2}(?:[:hg]\d{0,2}|\s?giờ)", re.I)
_SMALL = re.compile(r"\d{1,2}")
_FORM = re.compile(r"[A-Za-zĐđ]{1,4}\d{1,2}[A-Za-z]?")  # CT01, A4, NA17, t7
_AMOUNT = re.compile(
    r"(?!0\d)\d{1,3}(?:[.,]\d{3})?(?:,\d{1,2})?\s?(?:k|tr|m2|m²|m|km|kg|ha|km2|%|cm)"
    r"|(?!0\d)\d{1,3}(?:\.\d{3}){0,3}\s?đ"
    r"|[1-9]\d?(?:tr|t|ty|tỷ)\d{0,3}",
    re.I,
)
HARMLESS = (_CODE, _YEAR, _YEARS, _DAY_MONTH, _MONTH_YEAR, _CLOCK, _SMALL, _FORM, _AMOUNT, _LAW_YEAR)
_MONEY = re.compile(r" ?(?:đồng|dong|vnđ|vnd|nghìn|nghin|ngàn|ngan|triệu|trieu|tỷ|tỉ|ty|đ)\b", re.I)
_UNIT = re.compile(
    r" ?(?:%|đồng|dong|vnđ|vnd|nghìn|nghin|ngàn|ngan|triệu|trieu|tỷ|tỉ|ty|m2|m²|mét|met|km|ha|ngày|ngay|"
    r"tháng|thang|năm|nam|tuổi|tuoi|giờ|gio|phút|phut|bản|ban|trang|người|nguoi|hồ sơ|ho so|hộ|lần|lan|"
    r"tờ|cái|k|tr|đ|phòng|tầng|tang|chỗ|kw)\b",
    re.I,
)  # fmt: skip
_PLAIN_AMOUNT = re.compile(r"\d{1,3}(?:[.,]\d{3})*(?:,\d{1,3})?|\d{1,6}")
MOST_AMOUNT_DIGITS = 12
MONEY_DIGITS = 7  # from here on only money is counted so; a number of papers or days is not
HOTLINES = frozenset({"111", "112", "113", "114", "115", "1022", "19001075", "18001096", "1900", "1800"})

SURNAMES = (
    "Nguyễn|Trần|Lê|Phạm|Huỳnh|Hoàng|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đoàn|Đào|Trương|Đinh|Lâm|Trịnh|Mai"
    "|Tôn|Công Tằng|Cao|Châu|Hà|Tạ|Thái|Lương|Phùng|Tô|Vương|La|Hứa|Lưu|Từ|Chu|Quách|Tống|Kiều|Nghiêm|Đàm"
    "|Vĩnh|Bửu|Nguyen|Tran|Le|Pham|Huynh|Hoang|Vu|Vo|Dang|Bui|Do|Ho|Ngo|Duong|Ly|Doan|Dao|Truong|Dinh|Lam|Trinh|Ton|Chau"
    "|Ha|Thai|Luong|Phung"
)
_UPPER = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐ"
_PART = rf"(?:[{_UPPER}][^\W\d_]*)"
_PLACES = (
    r"Hồ Chí Minh|Hồ Sơ|Công An|Lý Lịch|Mai Táng|Hà Nội|Hà Tĩnh|Hà Giang|Thái Bình|Cao Bằng|Văn Phòng|Văn Hóa"
)
_NAME = re.compile(
    rf"\b(?!(?:{_PLACES}|{_PLACES.upper()})\b)(?:{SURNAMES}|{SURNAMES.upper()})(?:[ .-]{_PART}){{2,6}}\b"
    r"|\b(?i:(?:nguyễn|trần|lê|phạm|huỳnh|hoàng|phan|võ|vũ|đặng|bùi|đỗ|hồ|ngô|dương|tôn nữ)\s+(?:văn|thị)"
    r"(?:\s+[^\W\d_]+){1,2})\b"
    r"|\b(?i:(?:nguyen|tran|pham|huynh|hoang|bui)\s+(?:van|thi)(?:\s+[^\W\d_]+){1,2})\b"
)
_KIN = r"(?:con|bé|vợ|chồng|cha|mẹ|ba|má|cháu)"
_SELF = r"(?:tôi|toi|tui|em|con|cháu|chau|mình|minh)"
_NAMED = re.compile(
    rf"(\b(?:tên|ten)(?: (?:của |cua )?(?:{_SELF}|{_KIN}))?(?: {_SELF})? ?(?:là|la|:|=)+:? )"
    r"(?!(?:gì|gi|chi|sao|ai|j)\b)([^\W\d_]+(?: [^\W\d_]+){1,4})",
    re.IGNORECASE,
)

# Words that only say what kind of personal data follows.
LABELS = (
    "số", "họ tên", "tên", "họ và tên", "căn cước", "căn cước công dân", "chứng minh nhân dân", "chứng minh",
    "cccd", "cmnd", "cmt", "điện thoại", "số điện thoại", "sđt", "đt", "dt", "liên hệ", "email", "mail",
    "gmail", "zalo", "facebook", "fb", "địa chỉ", "ngày sinh", "sinh ngày", "sinh năm", "mã số thuế", "mst",
    "tài khoản", "stk", "số tài khoản", "hộ chiếu", "mã hồ sơ", "biên nhận", "biển số",
)  # fmt: skip
_MASK = "|".join(map(re.escape, (NUMBER, CONTACT, NAME)))
_SPACES = re.compile(r"[\s\x00-\x1f]+")
_DIGIT_MARKS = re.compile(r"(?<=\d)[\u0300-\u036f\ufe00-\ufe0f\u20d0-\u20ff]+")
_LABEL = "|".join(sorted(LABELS, key=len, reverse=True))
_OF_ME = r"(?:(?:của|cua|tôi|toi|tui|em|mình|minh|cháu|là|la)\b[\s:,]*)"
_LABELLED = re.compile(rf"(?:\b(?:{_LABEL})\b[\s:,]*{_OF_ME}{{0,3}}){{0,3}}(?:{_MASK})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without what was personal in it.

    `text` has a mask where something was and may be stored. `bare` is for understanding: numbers and contacts
    are gone with the words that label them, names are still there.
    `numbers_or_contacts`: whether a number or contact was taken out (the person is told not to send them).
    `anything`: whether anything was. `names_file`: whether the code of a receipt was among it, which `bare`
    says in words. `bare` keeps the line ends of a few lines, since each may ask something.
    """

    text: str
    bare: str
    numbers_or_contacts: bool
    anything: bool
    names_file: bool = False


def mask(text: str) -> Masked:
    """Take the personal data out of a text; what is left is safe to store."""
    plain = _visible(text)
    numbers = _without_numbers(plain)
    named = _NAMED.sub(lambda match: match.group(1) + NAME, _NAME.sub(NAME, numbers))
    names_file = _FILE_CODE.search(plain) is not None
    lines = [line for line in text.splitlines() if line.strip()]
    is_listed = 1 < len(lines) <= MOST_LINES
    whole = "\n".join(map(_visible, lines)) if is_listed else plain
    bare = _without_numbers(_FILE_CODE.sub(FILE, whole)) if is_listed or names_file else numbers
    return Masked(named, without_masks(bare), numbers != plain, named != plain, names_file)


def _without_numbers(plain: str) -> str:
    contacts = _CONTACT.sub(_mask_contact, plain)
    dates = _DATE_WORDS.sub(f" {NUMBER}", _ADDRESS.sub(rf"\1 {NUMBER}", contacts))
    return _mask_between_laws(dates)


def _visible(text: str) -> str:
    """NFKC, at most MOST_CHARACTERS; no invisible ones, every digit 0–9, white space as one space."""
    composed = _DIGIT_MARKS.sub("", unicodedata.normalize("NFKC", text))[:MOST_CHARACTERS]
    if not composed.isascii():
        composed = "".join(map(_plain, composed))
    return _SPACES.sub(" ", composed)


@lru_cache(maxsize=LATELY)
def _plain(char: str) -> str:
    """One character as it is to be read: a digit of any script as 0–9, nothing for an invisible one."""
    if char.isnumeric() and not char.isascii():
        value = unicodedata.numeric(char)
        return str(int(value)) if value.is_integer() and value < 10 else "0"
    category = unicodedata.category(char)
    if category == "Cc":
        return " "
    return "" if category in INVISIBLE else char


def without_masks(text: str) -> str:
    """A masked text without its masks and the words that label them."""
    return _LABELLED.sub(" ", text)


def _mask_contact(match: re.Match[str]) -> str:
    return match.group() if _HARMLESS_LINK.fullmatch(match.group()) else CONTACT


def _mask_between_laws(text: str) -> str:
    """Mask the number runs of every part of the text that is no law number."""
    result, start = [], 0
    for law in _LAW.finditer(text):
        result += [_RUN.sub(_mask_run, text[start : law.start()]), law.group()]
        start = law.end()
    return "".join([*result, _RUN.sub(_mask_run, text[start:])])


def _mask_run(match: re.Match[str]) -> str:
    run, after = match.group(), match.string[match.end() :]
    if _is_harmless(run, after):
        return run
    if _DATE.fullmatch(run.strip("()")):
        return NUMBER
    groups = _GROUP.findall(run)
    items = _ITEMS.split(run)
    if len(items) > 1 and all(_is_harmless(item, "") and not _SMALL.fullmatch(item) for item in items):
        return run
    if all(_YEAR.fullmatch(group) or _CLOCK.fullmatch(group) for group in groups):
        return run
    if len(groups) > 1 and sum(char.isnumeric() for char in run) < LONG_RUN:
        rests = [run[group.end() :] + after for group in _GROUP.finditer(run)]
        if all(_is_harmless(group, rest) for group, rest in zip(groups, rests, strict=True)):
            return run
    return NUMBER


def _is_harmless(token: str, after: str) -> bool:
    bare = token.strip("()")
    if bare in HOTLINES or any(pattern.fullmatch(bare) for pattern in HARMLESS):
        return True
    digits = sum(char.isdigit() for char in bare)
    unit = _MONEY if digits >= MONEY_DIGITS else _UNIT
    return (
        digits <= MOST_AMOUNT_DIGITS
        and _PLAIN_AMOUNT.fullmatch(bare) is not None
        and not bare.startswith("0")
        and unit.match(after) is not None
    )
