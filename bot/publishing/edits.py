"""Changes that staff make from their phones: each kept as JSON, applied to files, told in one line.

What was typed is data: it is written as YAML text that reads back as the very same string, never as YAML.
"""

import json

from pydantic import TypeAdapter, ValidationError

from bot.errors import EditError
from bot.publishing.entry_edits import ENTRIES_FILE, AddEntry, SetDays, SetLines
from bot.publishing.phrasing_edits import PHRASINGS_FILE, AddPhrasings, RemovePhrasing

__all__ = [
    "ENTRIES_FILE",
    "PHRASINGS_FILE",
    "AddEntry",
    "AddPhrasings",
    "Edit",
    "RemovePhrasing",
    "SetDays",
    "SetLines",
    "edit_of",
    "to_json",
]

Edit = AddPhrasings | RemovePhrasing | SetLines | SetDays | AddEntry
KINDS: dict[str, type[Edit]] = {
    "add_phrasings": AddPhrasings,
    "remove_phrasing": RemovePhrasing,
    "set_lines": SetLines,
    "set_days": SetDays,
    "add_entry": AddEntry,
}


def to_json(edit: Edit) -> str:
    """A change as it is kept until it is published."""
    kind = next(name for name, each in KINDS.items() if isinstance(edit, each))
    plain = TypeAdapter(type(edit)).dump_python(edit, mode="json")
    return json.dumps({"edit": kind, **plain}, ensure_ascii=False)


def edit_of(text: str) -> Edit:
    """The change that was kept so; raises EditError for anything else."""
    try:
        plain = json.loads(text)
        kind = KINDS[plain.pop("edit")]
        edit: Edit = TypeAdapter(kind).validate_python(plain)
    except (ValueError, KeyError, TypeError, AttributeError, ValidationError) as error:
        raise EditError("Thay đổi đã lưu không đọc lại được; xin làm lại thay đổi ấy.") from error
    return edit
