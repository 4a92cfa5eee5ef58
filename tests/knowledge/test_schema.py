"""The schema for editors: fresh, in Vietnamese, and true of every file."""

import json
from typing import Any

import jsonschema
import pytest
import yaml

from bot.knowledge.load import LANGUAGE_FOLDER
from bot.knowledge.schema import schema, text
from tests.conftest import ROOT

FOLDER = ROOT / "knowledge"
FILES = sorted(file for file in FOLDER.rglob("*.yaml") if file.parent.name != LANGUAGE_FOLDER)
VALIDATOR = jsonschema.Draft202012Validator(schema())


def problems(value: Any) -> list[str]:
    return [error.message for error in VALIDATOR.iter_errors(value)]


def test_the_file_is_what_the_models_say_today() -> None:
    assert (FOLDER / "schema.json").read_text(encoding="utf-8") == text(), "python scripts/schema.py"


def test_every_field_has_help() -> None:
    models = json.loads(text())["$defs"]
    fields = [
        (model, name, field) for model, made in models.items() for name, field in made["properties"].items()
    ]
    assert len(fields) > 80
    assert [
        (m, n) for m, n, f in fields if not f.get("description") and n != "kind" and "$ref" not in f
    ] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(FOLDER).as_posix())
def test_every_file_of_the_base_keeps_it(file: Any) -> None:
    assert problems(yaml.load(file.read_text(encoding="utf-8"), yaml.CBaseLoader)) == []


@pytest.mark.parametrize(
    ("change", "value"),
    [
        ("kind", "procedures"),
        ("fees", "8.000"),
        ("phrasings", "một câu"),
        ("id", "Có Dấu"),
        ("confidence", "cao"),
    ],
)
def test_a_slip_does_not(change: str, value: str) -> None:
    entries = yaml.load((FOLDER / "quan-su.yaml").read_text(encoding="utf-8"), yaml.CBaseLoader)
    assert problems([entries[0] | {change: value}])
