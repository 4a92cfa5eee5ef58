"""A button's action as callback_data and back: all its state is there, so it works after a restart.

Opening an entry  `<role><facet>:<entry id>`   role f (facet), c (candidate), m (family), e (menu)
Rating an answer  `<verdict><facet>:<entry id>` verdict 1 (good), 0 (bad), w, o, n, u (the reasons)
Explaining words  `x:<entry id>`
Browsing          `t<page>:<topic id>`          `t:` for the topics
Menu, none fits, erase  `menu`, `none`, `erase`
The facet is one letter, `-` for none.
"""

import re

from bot.answering import Action, Browse, Erase, Explain, Menu, NoneFits, Open, Rate, Role
from bot.facets import Facet
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
_BROWSE = re.compile(r"t(\d{1,4}):(.+)")
_MENU, _NONE_FITS, _ERASE, _TOPICS, _EXPLAIN = "menu", "none", "erase", "t:", "x:"
_WHOLE: dict[str, Action] = {_MENU: Menu(), _NONE_FITS: NoneFits(), _ERASE: Erase(), _TOPICS: Browse()}


def pack(action: Action) -> str:
    """The callback_data of a button that does this."""
    match action:
        case Open(entry, facet, role):
            return f"{ROLES[role]}{_letter(facet)}:{entry}"
        case Rate(entry, facet, verdict):
            return f"{VERDICTS[verdict]}{_letter(facet)}:{entry}"
        case Explain(entry):
            return f"{_EXPLAIN}{entry}"
        case Browse(None, _):
            return _TOPICS
        case Browse(topic, page):
            return f"t{page}:{topic}"
        case Menu():
            return _MENU
        case NoneFits():
            return _NONE_FITS
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
    head, colon, entry = data.partition(":")
    if len(head) != 2 or not colon or not entry or head[1] not in _FACET_OF:
        return None
    facet = _FACET_OF[head[1]]
    if head[0] in _VERDICT_OF:
        return Rate(entry, facet, _VERDICT_OF[head[0]])
    return Open(entry, facet, _ROLE_OF[head[0]]) if head[0] in _ROLE_OF else None


def _letter(facet: Facet | None) -> str:
    return FACETS[facet] if facet else "-"
