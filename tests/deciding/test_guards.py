import json

import pytest

from bot import sentences
from bot.assistant import Assistant
from bot.outcomes import Outcome
from tests.golden import read_lines

EMERGENCIES = [json.loads(line) for line in read_lines("emergencies.jsonl")]
DANGERS = [row for row in EMERGENCIES if row["emergency"]]
CALM = [row["question"] for row in EMERGENCIES if not row["emergency"]]


def outcome(assistant: Assistant, question: str) -> Outcome:
    return assistant.ask(question).outcome


@pytest.mark.parametrize("row", DANGERS, ids=lambda row: row["question"])
def test_danger_now_gets_the_number_to_call(assistant: Assistant, row: dict[str, str]) -> None:
    answer = assistant.ask(row["question"])
    assert answer.outcome is Outcome.EMERGENCY
    assert row["emergency"] in answer.message.plain()


@pytest.mark.parametrize("question", CALM)
def test_a_calm_question_is_no_emergency(assistant: Assistant, question: str) -> None:
    assert outcome(assistant, question) is not Outcome.EMERGENCY


def test_the_golden_list_has_both_kinds() -> None:
    assert len(DANGERS) >= 50
    assert len(CALM) >= 40
    assert {row["emergency"] for row in DANGERS} == {"111", "112", "113", "114", "115"}


def test_a_bare_cry_for_help_gets_every_number(assistant: Assistant) -> None:
    text = assistant.ask("cứu tôi với!!!").message.plain()
    assert all(number in text for number in ("111", "112", "113", "114", "115"))


@pytest.mark.parametrize(
    "question",
    [
        "0912345678",
        "sđt 0912 345 678",
        "Nguyễn Văn An 046090001234",
        "a.b@gmail.com",
        "số cccd của em là 046090001234 ạ",
    ],
)
def test_nothing_but_personal_data_is_turned_away(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.outcome is Outcome.PERSONAL_DATA
    assert not any(char.isdigit() for char in answer.masked or "")


def test_a_question_with_personal_data_is_answered_with_one_line_of_advice(assistant: Assistant) -> None:
    answer = assistant.ask("cccd em 046090001234, đăng ký kết hôn cần giấy tờ gì")
    assert (answer.outcome, answer.entry) == (Outcome.ANSWERED, "dang-ky-ket-hon")
    assert answer.message.footer[-1].startswith("🔒")
    assert "046090001234" not in (answer.masked or "")


def test_danger_comes_before_personal_data_and_length(assistant: Assistant) -> None:
    assert outcome(assistant, "cháy nhà rồi, gọi em 0912345678") is Outcome.EMERGENCY
    assert outcome(assistant, "cháy nhà rồi cứu với " + "a" * 5000) is Outcome.EMERGENCY


@pytest.mark.parametrize("length", [4097, 100_000])
def test_too_long_is_said_to_be_so(assistant: Assistant, length: int) -> None:
    assert outcome(assistant, "a" * length) is Outcome.TOO_LONG


def test_the_longest_message_is_read(assistant: Assistant) -> None:
    assert outcome(assistant, ("đăng ký kết hôn " * 256)[:4096]) is not Outcome.TOO_LONG


@pytest.mark.parametrize(
    "question", ["H57.25.28-261103-0012", "mã hồ sơ h57.25.28 - 261103 - 0012", "000.28.25.H57-261103-0012"]
)
def test_the_code_of_a_receipt_asks_after_the_file_and_is_not_kept(
    assistant: Assistant, question: str
) -> None:
    answer = assistant.ask(question)
    assert answer.outcome is Outcome.PERSONAL_FILE
    assert "261103" not in (answer.masked or "")
    assert answer.message.footer[-1].startswith("🔒")


@pytest.mark.parametrize(
    ("said", "kind"),
    [("👍", "thanks"), ("❤️🙏", "thanks"), ("😂", "small_talk"), (":))", "small_talk"), ("👎", "insult")],
)
def test_what_is_said_by_emoji_is_small_talk(assistant: Assistant, said: str, kind: str) -> None:
    answer = assistant.ask(said)
    assert answer.outcome is Outcome.GREETING
    assert answer.message.lead[0] == sentences.GREETINGS[kind]


def test_a_sign_of_alarm_gets_every_number(assistant: Assistant) -> None:
    answer = assistant.ask("🆘🆘")
    assert answer.outcome is Outcome.EMERGENCY
    assert all(number in answer.message.plain() for number in ("112", "113", "114", "115"))


@pytest.mark.parametrize("question", ["", "   ", "?", "═══", "🔥", "!!!", "...", "\u200b\u200b"])
def test_without_a_word_there_is_nothing_to_read(assistant: Assistant, question: str) -> None:
    assert outcome(assistant, question) is Outcome.UNSUPPORTED


@pytest.mark.parametrize(
    "question",
    [
        "chào",
        "Dạ em chào anh chị ạ",
        "xin chao",
        "cảm ơn nhiều nha",
        "cam on ad",
        "bạn là ai",
        "tạm biệt",
        "ngu quá",
    ],
)
def test_small_talk_is_a_greeting(assistant: Assistant, question: str) -> None:
    assert outcome(assistant, question) is Outcome.GREETING


@pytest.mark.parametrize(
    "question", ["chào, đăng ký kết hôn cần giấy tờ gì", "cảm ơn, còn lệ phí khai sinh bao nhiêu"]
)
def test_a_polite_question_is_no_greeting(assistant: Assistant, question: str) -> None:
    assert outcome(assistant, question) is not Outcome.GREETING


@pytest.mark.parametrize("question", ["cháy", "cứu", "cấp cứu", "SOS"])
def test_a_word_of_danger_and_nothing_else_gets_every_number(assistant: Assistant, question: str) -> None:
    assert outcome(assistant, question) is Outcome.EMERGENCY


def test_asking_for_an_emergency_number_gets_it(assistant: Assistant) -> None:
    assert "115" in assistant.ask("số điện thoại cấp cứu").message.plain()
