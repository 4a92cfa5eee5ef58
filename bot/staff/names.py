"""What staff call the parts of an entry, and a change, in words that are not a programmer's."""

from bot import sentences as citizens
from bot.publishing.edits import AddEntry, AddPhrasings, Edit, RemovePhrasing, SetDays, SetLines
from bot.staff import sentences
from bot.staff.tools import Tools

SHORT = 60  # characters of a text in the name of a change


def field_name(field: str) -> str:
    """What staff call a part of an entry."""
    return sentences.PARTS.get(field) or citizens.FIELD_NAMES[field]


def change_name(edit: Edit, tools: Tools) -> str:
    """What staff call a change."""
    match edit:
        case AddPhrasings(id_, texts):
            return sentences.ADDING.format(count=len(texts), name=_entry(id_, tools))
        case RemovePhrasing(id_, text):
            return sentences.REMOVING.format(text=cut(text, SHORT), name=_entry(id_, tools))
        case SetLines():
            form = sentences.SETTING if any(line.strip() for line in edit.lines) else sentences.CLEARING
            return form.format(field=field_name(edit.field), name=_entry(edit.entry, tools))
        case SetDays():
            return sentences.DATING.format(name=_entry(edit.entry, tools))
        case AddEntry():
            return sentences.NEW_ENTRY.format(name=edit.describe().rpartition(": ")[2])
    return edit.describe()


def _entry(id_: str, tools: Tools) -> str:
    found = tools.entry(id_)
    return found.name if found else id_


def cut(text: str, longest: int) -> str:
    """A text, not too long."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def typed_lines(text: str) -> tuple[str, ...]:
    """The lines that were typed, without dashes and bullets in front of them."""
    lines = (line.strip().lstrip("-•+*–").strip() for line in text.splitlines())
    return tuple(line for line in lines if line)
