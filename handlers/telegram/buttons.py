"""A button's action as callback_data and back: all its state is there, so it works after a restart.

Opening an entry  `<role><facet>:<entry id>[:<key>]`   role f (facet), c (candidate), m (family), e (menu)
Rating an answer  `<verdict><facet>:<entry id>[:<key>]` verdict 1 (good), 0 (bad), w, o, n, u (the reasons)
Explaining words  `x:<entry id>`
Browsing          `t<page>:<topic id>`                  `t:` for the topics
Leaving a question for staff  `l<kind><agreed>:<key>`   kind a (ask), t (tell); agreed 0 or 1
A step of staff   `s<step>:<argument>`                  see bot/staff/steps.py
Menu, none fits, erase  `menu`, `none[:<key>]`, `erase`
The facet is one letter, `-` for none; the key is that of the question.
"""

import re

from bot.answering import Action, Browse, Erase, Explain, Menu, NoneFits, Open, Rate, Role
from bot.answering.actions import Leave, Staff
from bot.facets import Facet
from bot.tickets import Kind
from bot.verdicts import Verdict

LONGEST = 64  # bytes, set by Telegram
FACETS = {
    Facet.DOCUMENTS: "d",
    Facet.FEE: "f",
    Facet.TIME: "t",
    Facet.WHERE: "w",
    Facet.ONLINE: "o",
    Facet.HOW: "h",
    Facet.ELIGIBILITY: "e",
    Facet.LEGAL: "l",
    Facet.RESULT: "r",
    Facet.RETURNED: "y",
}
ROLES = {Role.FACET: "f", Role.CANDIDATE: "c", Role.FAMILY: "m", Role.MENU: "e"}
VERDICTS = {
    Verdict.GOOD: "1",
    Verdict.BAD: "0",
    Verdict.WRONG: "w",
    Verdict.OUTDATED: "o",
    Verdict.NOT_MY_CASE: "n",
    Verdict.UNCLEAR: "u",
}
_FACET_OF: dict[str, Facet | None] = {letter: facet for facet, letter in FACETS.items()} | {"-": None}
_VERDICT_OF = {letter: verdict for verdict, letter in VERDICTS.items()}
_ROLE_OF = {letter: role for role, letter in ROLES.items()}
KINDS = {Kind.ASK: "a", Kind.TELL: "t"}
_KIND_OF = {letter: kind for kind, letter in KINDS.items()}
_KEY = re.compile(r"[A-Za-z0-9_-]{1,12}")
_LEAVE = re.compile(r"l([at])([01]):([A-Za-z0-9_-]{1,12})")
STAFF_DATA = re.compile(r"s([a-z]{1,2}):(.*)", re.DOTALL)
_BROWSE = re.compile(r"t(\d{1,4}):(.+)")
_MENU, _NONE_FITS, _ERASE, _TOPICS, _EXPLAIN = "menu", "none", "erase", "t:", "x:"
_WHOLE: dict[str, Action] = {_MENU: Menu(), _NONE_FITS: NoneFits(), _ERASE: Erase(), _TOPICS: Browse()}


def pack(action: Action) -> str:
    """The callback_data of a button that does this."""
    match action:
        case Open(entry, facet, role, key):
            return f"{ROLES[role]}{_letter(facet)}:{entry}{_tail(key)}"
        case Rate(entry, facet, verdict, key):
            return f"{VERDICTS[verdict]}{_letter(facet)}:{entry}{_tail(key)}"
        case Leave(kind, key, agreed):
            return f"l{KINDS[kind]}{int(agreed)}:{key}"
        case Staff(step, argument):
            return f"s{step}:{argument}"
        case Explain(entry):
            return f"{_EXPLAIN}{entry}"
        case Browse(None, _):
            return _TOPICS
        case Browse(topic, page):
            return f"t{page}:{topic}"
        case Menu():
            return _MENU
        case NoneFits(key):
            return f"{_NONE_FITS}{_tail(key)}"
        case Erase():
            return _ERASE


def unpack(data: str) -> Action | None:
    """The action behind callback_data; None when it is not ours or too old to be understood."""
    if data in _WHOLE:
        return _WHOLE[data]
    browse = _BROWSE.fullmatch(data)
    if browse:
        return Browse(browse.group(2), int(browse.group(1)))
    if data.startswith(_EXPLAIN) and data != _EXPLAIN:
        return Explain(data.removeprefix(_EXPLAIN))
    found = _LEAVE.fullmatch(data)
    if found:
        return Leave(_KIND_OF[found[1]], found[3], agreed=found[2] == "1")
    found = STAFF_DATA.fullmatch(data)
    if found:
        return Staff(found[1], found[2])
    head, colon, rest = data.partition(":")
    entry, _, last = rest.partition(":")
    key = last if _KEY.fullmatch(last) else None
    if head == _NONE_FITS and colon:
        return NoneFits(entry if _KEY.fullmatch(entry) else None)
    if len(head) != 2 or not colon or not entry or head[1] not in _FACET_OF:
        return None
    facet = _FACET_OF[head[1]]
    if head[0] in _VERDICT_OF:
        return Rate(entry, facet, _VERDICT_OF[head[0]], key)
    return Open(entry, facet, _ROLE_OF[head[0]], key) if head[0] in _ROLE_OF else None


def _tail(key: str | None) -> str:
    return f":{key}" if key else ""


def _letter(facet: Facet | None) -> str:
    return FACETS[facet] if facet else "-"
