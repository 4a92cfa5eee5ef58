"""What the keyboard left over is read; what was meant as it stands is left alone."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.knowledge import Knowledge
from bot.reading import keys
from bot.reading.expansion import Repair
from bot.reading.keys import COMMON, HELD, repair
from bot.text.frequency import count_of, is_syllable
from bot.text.syllables import fold, key
from bot.text.words import split
from tests.conftest import ROOT

TABLE = (ROOT / "bot" / "text" / "syllables.tsv").read_text(encoding="utf-8").splitlines()[1:]
SYLLABLES = [
    syllable
    for syllable in (line.split("\t")[0] for line in TABLE)
    if key(syllable) != fold(syllable)
    and count_of(key(syllable)) >= COMMON
    and set(fold(syllable)) & set("aeiouy")
]
TELEX = (
    {"\u0300": "f", "\u0301": "s", "\u0303": "x", "\u0309": "r", "\u0323": "j"},
    {"ă": "aw", "â": "aa", "đ": "dd", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw"},
)
VNI = (
    {"\u0300": "2", "\u0301": "1", "\u0303": "4", "\u0309": "3", "\u0323": "5"},
    {"ă": "a8", "â": "a6", "đ": "d9", "ê": "e6", "ô": "o6", "ơ": "o7", "ư": "u7"},
)


def typed(syllable: str, method: tuple[dict[str, str], dict[str, str]]) -> str:
    """The keys that make a syllable, each letter's marks at once and the tone last."""
    tones, letters = method
    made, tone = "", ""
    for char in syllable:
        parts = unicodedata.normalize("NFD", char)
        tone = next((tones[part] for part in parts if part in tones), tone)
        plain = unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones))
        made += letters.get(plain, plain)
    return made + tone


def read(question: str) -> str:
    words, _ = repair(split(question))
    return " ".join(word.text for word in words)


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("ddawng kys keets hoon", "đăng ký kết hôn"),
        ("giaays khai sinh", "giấy khai sinh"),
        ("giaasy khai sinh", "giấy khai sinh"),  # the tone before the last letter
        ("dduwowcj khoong", "được không"),
        ("dduowcj khoong", "được không"),
        ("nguoiwf nhaf", "người nhà"),  # one w for both letters, at the end
        ("thuowngf trus", "thường trú"),
        ("uyr quyeenf", "ủy quyền"),
        ("uwu ddaix", "ưu đãi"),
        ("quaan ddooij", "quân đội"),
        ("GIAAYS KHAI SINH", "giấy khai sinh"),
    ],
)
def test_reads_telex(question: str, meant: str) -> None:
    assert read(question) == meant


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("d9a8ng ky1 ke61t ho6n", "đăng ký kết hôn"),
        ("gia6y1 khai sinh", "giấy khai sinh"),
        ("giay61 khai sinh", "giấy khai sinh"),  # the digits together at the end
        ("nuoc71", "nước"),  # one 7 for both letters
        ("tru7o7ng2 ho5c", "trường học"),
        ("thuong72 tru1", "thường trú"),
    ],
)
def test_reads_vni(question: str, meant: str) -> None:
    assert read(question) == meant


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("ddawng ký kết hoon ở đâu", "đăng ký kết hôn ở đâu"),
        ("dang ki keets hon", "dang ki kết hon"),
        ("giaays tru1 ct01", "giấy trú ct01"),
        ("xin mẫu ct01 ddawng kys", "xin mẫu ct01 đăng ký"),
        ("gia6y1 sinh nam 1995", "giấy sinh nam 1995"),
    ],
)
def test_reads_keys_among_other_words(question: str, meant: str) -> None:
    assert read(question) == meant


@pytest.mark.parametrize("method", [TELEX, VNI], ids=["telex", "vni"])
def test_reads_every_common_syllable_back_from_its_keys(
    method: tuple[dict[str, str], dict[str, str]],
) -> None:
    """But where the keys are a syllable themselves, as "max" is."""
    assert len(SYLLABLES) > 1500
    wrong = []
    for syllable in SYLLABLES:
        keys = typed(syllable, method)
        (_, word), _ = repair(split(f"giaays {keys}"))
        is_short = len(keys) == 2 and keys[1].isdigit()  # a1 is a licence
        if word.key != key(syllable) and not is_syllable(fold(keys)) and len(keys) <= 10 and not is_short:
            wrong.append((syllable, keys, word.text))
    assert [each for each in wrong if each[0] != "phêrô"] == []  # two syllables in one


@pytest.mark.parametrize(
    "question",
    [
        *("ct01", "mẫu ct01", "a1", "bằng lái a1", "b2", "tk1", "nd06", "vneid", "h2", "1995", "12", "2024"),
        *("tks", "thanks", "ok", "sdt", "cccd", "cmnd", "ubnd", "dkks", "khong dc", "ko", "email", "zalo"),
        *("facebook", "wifi", "gmail", "app", "web", "window", "download", "file", "scan", "visa", "taxi"),
        *("đăng ký kết hôn", "dang ky ket hon", "cho tui hoi", "xe oto", "so do", "tai dau", "lam sao"),
    ],
)
def test_leaves_alone_what_is_meant_as_it_stands(question: str) -> None:
    assert repair(split(question)) == (split(question), ())


def test_every_abbreviation_and_dialect_word_stays_as_typed(knowledge: Knowledge) -> None:
    language = knowledge.language
    rows = [row.from_ for row in (*language.abbreviations, *language.dialect)]
    assert [text for text in rows if repair(split(text))[1]] == []


def test_english_stays_english(knowledge: Knowledge) -> None:
    """An English word read as a marked one hides that a question is in English."""
    english = knowledge.language.english
    known = frozenset((*english.words, *english.neutral))
    assert [word for word in sorted(known) if repair(split(word), known)[1]] == []


def test_a_class_of_licence_stays_one_beside_leftover_keys() -> None:
    assert read("giaays pheps lái xe a1") == "giấy phép lái xe a1"


@pytest.mark.parametrize("short", ["tuj", "gif", "cos", "ky1", "d9o"])
def test_a_very_short_one_is_read_only_beside_a_longer_one(short: str) -> None:
    assert read(short) == short
    assert read(f"giaays {short}").split(" ")[0] == "giấy"
    assert read(f"giaays {short}").split(" ")[1] != short


def test_a_syllable_stays_the_syllable_it_is_though_its_keys_make_another() -> None:
    assert read("giaays max as") == "giấy max as"


def test_each_repair_is_told() -> None:
    _, repairs = repair(split("xin giaays ct01 ho6n"))
    assert repairs == (Repair("giaays", "giấy", "phím gõ"), Repair("ho6n", "hôn", "phím gõ"))


KEYS = st.text("aeioudgnthcyksxfrjwđăâêôơưấệ0123456789", min_size=1, max_size=12)


@given(st.lists(KEYS, max_size=8))
def test_only_makes_common_syllables_word_by_word(words: list[str]) -> None:
    before = split(" ".join(words))
    after, repairs = repair(before)
    assert len(after) == len(before)
    changed = [(one, two) for one, two in zip(before, after, strict=True) if one != two]
    assert [(one.text, two.text) for one, two in changed] == [(each.typed, each.read) for each in repairs]
    pressed = [two for one, two in changed if not HELD.search(one.text)]
    assert all(word.is_marked and count_of(word.key) >= COMMON for word in pressed)


@given(st.lists(st.sampled_from(SYLLABLES), max_size=8))
def test_text_that_was_typed_well_stays_as_it_is(syllables: list[str]) -> None:
    assert repair(split(" ".join(syllables)))[1] == ()


@given(st.lists(KEYS, max_size=8))
@example(["hoosssss"])
@example(["0aaa", "ddawnggggg"])
def test_reading_again_changes_nothing(words: list[str]) -> None:
    once, _ = repair(split(" ".join(words)))
    assert repair(once) == (once, ())


@pytest.mark.parametrize(
    ("typed_", "read"),
    [
        ("alooo", "alo"),
        ("chàoooo bot", "chào bot"),
        ("camơnnnn nhiềuuu", "camơn nhiều"),
        ("hiiii", "hi"),
        ("tieenggggs", "tiếng"),
    ],
)
def test_a_key_held_down_is_one_letter(typed_: str, read: str) -> None:
    words, repairs = repair(split(typed_))
    assert " ".join(word.text for word in words) == read
    assert all(made.why == "phím gõ" for made in repairs)
    assert repairs


@pytest.mark.parametrize("text", ["aaaaaa", "2000", "phòng 1000", "www", "xiii", "kho bạc khu vực xviii"])
def test_a_run_that_is_all_there_is_stays(text: str) -> None:
    assert repair(split(text)) == (split(text), ())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("phong,f xin", "phongf, xin"),
        ("khoong a?j", "khoong aj?"),
        ("phòng,f xin", "phòng,f xin"),  # it has its tone
        ("hồ sơ,số 2", "hồ sơ,số 2"),
        ("a" * 4000, "a" * 4000),
    ],
)
def test_a_tone_key_behind_a_stop_belongs_before_it(typed: str, meant: str) -> None:
    assert keys.before_its_stop(typed) == meant


def test_a_rare_word_that_the_base_knows_may_be_meant() -> None:
    words = split("muoons chuwf laamf")
    assert keys.repair(words)[0][1] == words[1]
    assert keys.repair(words, known={split("chừ")[0].key})[0][1].text == "chừ"
