import re
from typing import Any

import pytest
import yaml

from bot.knowledge.entries import ENTRY_KINDS, Procedure
from bot.knowledge.language import Row
from bot.knowledge.phrasings import Further
from bot.knowledge.review.provenance import FiguresRead
from bot.outcomes import Outcome
from bot.settings import SETTINGS
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "knowledge" / "README.md").read_text(encoding="utf-8")


def commands() -> list[str]:
    return re.findall(r"<!-- (?:run|test) command -->\n```\n(.+)\n```", README)


def test_has_two_commands_of_one_line_each() -> None:
    assert len(commands()) == 2
    for command in commands():
        for file in re.findall(r"[\w.-]+\.(?:txt|py)", command):
            assert (ROOT / file).is_file()


def test_every_place_on_the_map_exists_and_every_room_is_on_it() -> None:
    table = README.split("## A map of the house")[1].split("##")[0]
    places = re.findall(r"`((?:bot|handlers|knowledge|tests|bench|scripts|docs)[\w./]*|run_bot\.py)`", table)
    assert len(places) > 15
    for place in places:
        assert (ROOT / place).exists(), place
    for room in (ROOT / "bot").iterdir():
        if room.is_dir() and room.name != "__pycache__":
            assert f"bot/{room.name}/" in places


@pytest.mark.parametrize(
    "word",
    [
        "reading",
        "matching",
        "deciding",
        "answering",
        "logging",
        "a telegram button",
        "every sentence",
        "every setting",
    ],
)
def test_a_newcomer_finds_where_each_thing_lives(word: str) -> None:
    assert f"**{word}**" in README.lower()


def test_counts_the_outcomes_right() -> None:
    assert len(Outcome) == 16
    assert "closed list of sixteen" in README


def yaml_blocks() -> list[Any]:
    return [
        yaml.load(block, Loader=yaml.BaseLoader)
        for block in re.findall(r"```yaml\n(.+?)```", GUIDE, re.DOTALL)
    ]


def test_the_guide_for_clerks_holds_one_whole_valid_example() -> None:
    (raw,) = yaml_blocks()[0]
    entry = Procedure.model_validate(raw)
    assert set(Procedure.model_fields) - set(raw) <= {"family", "steps"}
    assert entry.fee is not None


def test_the_short_examples_of_the_guide_are_valid() -> None:
    common = {"sources": [{"name": "x"}], "verified": "2026-11-26", "review_by": "2027-02-28"}
    kinds = [ENTRY_KINDS[raw["kind"]].model_validate(raw | common).kind for raw in yaml_blocks()[1]]  # type: ignore[attr-defined]
    assert sorted(["procedure", *kinds]) == sorted(ENTRY_KINDS)
    for model, block in ((Further, yaml_blocks()[2]), (FiguresRead, yaml_blocks()[3])):
        assert [model.model_validate(raw).entry for raw in block] == ["dang-ky-khai-sinh"]
    assert [Row.model_validate(raw).from_ for raw in yaml_blocks()[4]] == ["gks", "kh"]


def test_the_guide_names_every_field_of_every_kind() -> None:
    named = set(re.findall(r"`(\w+)`", GUIDE)) | set(re.findall(r"^ *-? ?(\w+):", GUIDE, re.MULTILINE))
    fields: set[Any] = {field for kind in ENTRY_KINDS.values() for field in kind.model_fields}
    assert fields <= named


def test_help_and_readme_speak_of_the_same_commands() -> None:
    for command in ("telegram", "chat", "ask", "check", "evaluate", "train", "sweep", "--help"):
        assert f"run_bot.py {command}" in README
    assert all(setting.name.isupper() for setting in SETTINGS)
