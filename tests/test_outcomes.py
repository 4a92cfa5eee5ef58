import re
from pathlib import Path

import pytest

from bot import sentences
from bot.deciding.guards import GREETING_KINDS
from bot.knowledge.entries import ENTRY_KINDS
from bot.knowledge.language import Greetings
from bot.outcomes import OUTCOMES, Outcome

NAMES = [
    "answered",
    "clarified",
    "chosen",
    "followed_up",
    "not_ours",
    "no_published_figure",
    "personal_file",
    "personal_data",
    "greeting",
    "emergency",
    "too_long",
    "unsupported",
    "no_match",
    "rate_limited",
    "paused",
    "error",
]
SAID_BY_ENTRY = {Outcome.ANSWERED, Outcome.CHOSEN, Outcome.FOLLOWED_UP}


def test_the_list_is_closed() -> None:
    assert [outcome.value for outcome in Outcome] == NAMES
    assert list(OUTCOMES) == list(Outcome)


@pytest.mark.parametrize("outcome", [outcome for outcome in Outcome if outcome not in SAID_BY_ENTRY])
def test_each_outcome_has_its_sentence(outcome: Outcome) -> None:
    assert OUTCOMES[outcome].sentence.strip().endswith((".", "?", ":"))


def test_greetings_and_guards_never_enter_the_queue_of_unanswered_questions() -> None:
    queue = {outcome for outcome, meaning in OUTCOMES.items() if meaning.for_staff}
    assert queue == {Outcome.NO_MATCH, Outcome.NO_PUBLISHED_FIGURE}


ROOMS = ("answering", "deciding", "matching", "reading", "log", "assistant.py", "service.py")
LABELS = "guards.py"  # words that a citizen types, not words that a citizen reads


def test_no_sentence_for_citizens_stands_in_the_engine_outside_its_module() -> None:
    sentence = re.compile(r'f?"[^"\n]*[ạảãầấậẩẫăằắặẳẵẹẻẽềếểễệịỉọỏồốổỗộờớởợụủừứửữựỳỵỷỹđ][^"\n]* [^"\n]*[.?:]"')
    bot = Path(sentences.__file__).parent
    files = [
        file
        for room in ROOMS
        for file in ([bot / room] if room.endswith(".py") else (bot / room).glob("*.py"))
    ]
    found = {
        (file.name, line.strip())
        for file in files
        if file.name != LABELS
        for line in file.read_text(encoding="utf-8").splitlines()
        if sentence.search(line) and "LogError(" not in line and not line.strip().startswith(('"""', "#"))
    }
    assert found == set()


def test_every_fact_field_has_a_name_for_citizens() -> None:
    fields = {field for kind in ENTRY_KINDS.values() for field in kind.FACTS}
    assert fields <= set(sentences.FIELD_NAMES)


def test_no_sentence_is_left_over() -> None:
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for room in ("bot", "handlers")
        for path in (Path(sentences.__file__).parent.parent / room).rglob("*.py")
    )
    names = [name for name in vars(sentences) if name.isupper()]
    assert [name for name in names if len(re.findall(rf"\b{name}\b", code)) < 2] == []


def test_every_kind_of_greeting_has_its_list_and_its_sentence() -> None:
    assert set(GREETING_KINDS) == set(Greetings.model_fields) == set(sentences.GREETINGS)
