"""The closed list of what a button or a reply of staff can do; the value stands in buttons and references."""

from enum import StrEnum


class Step(StrEnum):
    """One step; behind it in brackets what its argument holds, parts set apart by colons."""

    QUEUE = "q"  # a page of the queue (page)
    GROUP = "g"  # one group (group)
    GROUP_DONE = "gy"  # everything was done for it (group)
    DOING = "gd"  # somebody works on it (group)
    PHRASE = "gp"  # its questions are phrasings of an entry (group, entry)
    SEARCH = "gf"  # look for the entry; the reply has words for it (group)
    OFFICE = "go"  # not ours: choose the office (group, page)
    IGNORE = "gi"  # choose why it is ignored (group)
    IGNORED = "gx"  # ignored (group, number of the reason); without a number the reply has the reason
    NEW = "gn"  # a new entry; the reply has its name (group)
    CHANGES = "pc"  # a page of the answers that change (version, page, group or nothing)
    PUBLISH = "p"  # publish (base, version, group or nothing)
    DROP = "px"  # do not publish (version)
    UNDO = "u"  # back to the version before (version that is published)
    TAKE = "n"  # take in what was edited on disk
    SEE = "v"  # an entry as the citizen sees it (entry)
    EDIT = "e"  # what can be changed of an entry (entry)
    FIELD = "ef"  # change a part; the reply has the new text (number of the part, entry)
    CONFIRM = "ec"  # a part is confirmed as it is (number of the part, entry)
    DAYS = "ed"  # read today, read again after so many months (months, entry)
    ADD = "ea"  # a further phrasing; the reply has it (entry)
    REMOVE = "er"  # which phrasing goes (page, entry)
    REMOVED = "ex"  # a phrasing goes (number, entry)
    DUE = "d"  # what is due (page, kind of task)
    DRAFT = "a"  # a draft entry (draft)
    DRAFT_KIND = "ak"  # another kind (kind, draft)
    DRAFT_TOPIC = "at"  # choose or set its topic (topic or nothing, draft)
    DRAFT_FIELD = "af"  # a part of it; the reply has the text (field, draft)
    DRAFT_DONE = "ap"  # try it (draft)
    DRAFT_DROP = "ax"  # throw it away (draft)
    TICKET = "t"  # a ticket; the reply is the answer to the citizen (code)
    TICKET_PHRASE = "tp"  # its question is a phrasing of an entry (code, entry)
    TICKET_NEW = "tn"  # its question and answer become a draft (code)
    TICKET_DONE = "tc"  # close it (code)


REFERENCE = "🔖 "  # begins the last line of a message that can be replied to


def parsed(text: str) -> tuple[Step, str] | None:
    """The step and the argument that a button's data or a reference names; None for anything else."""
    name, _, argument = text.partition(":")
    return (Step(name), argument) if name in Step._value2member_map_ else None
