"""Switches: an entry off, the bot paused, a notice on top of answers."""

import re
from datetime import date

from bot.errors import BotError
from bot.roles import Staffer
from bot.staff import sentences
from bot.staff.audit import Act
from bot.staff.reply import Reply, says
from bot.staff.tools import Tools
from bot.switches import Kind, Switches

_DAYS = re.compile(
    r"(\d{1,2}/\d{1,2}(?:/\d{4})?)(?:\s*[-–]\s*(\d{1,2}/\d{1,2}(?:/\d{4})?))?[\s:]+(\S.*)", re.DOTALL
)
END = frozenset({"tat", "tắt"})  # ends a notice
HALF_A_YEAR = 183  # days; a day and month without a year so long past is one of the next year


class SwitchWork:
    """Throws switches, and notes who threw them."""

    def __init__(self, tools: Tools, switches: Switches) -> None:
        self._tools = tools
        self._switches = switches

    def off(self, staff: Staffer, argument: str) -> Reply:
        """Turn an entry off."""
        if not argument:
            return says(*self._off_lines())
        id_, *words = argument.split(maxsplit=1)
        reason = words[0] if words else ""
        found = self._tools.entry(id_)
        if found is None:
            return says(sentences.OFF_NO_ENTRY.format(id=id_), sentences.OFF_HOW)
        if not reason.strip():
            return says(sentences.OFF_HOW)
        before = self._switches.reason_off(found.id) or ""
        self._switches.turn_off(found.id, reason)
        self._tools.note(staff, Act("off", found.id, before, reason))
        return says(sentences.OFF.format(name=found.name, reason=_bare(reason), id=found.id))

    def on(self, staff: Staffer, argument: str) -> Reply:
        """Turn an entry on again."""
        if not argument:
            return says(*self._off_lines()[1:])
        found = self._tools.entry(argument)
        if found is None and self._switches.reason_off(argument) is None:
            return says(sentences.OFF_NO_ENTRY.format(id=argument), *self._off_lines()[1:])
        id_, name = (found.id, found.name) if found else (argument, argument)
        before = self._switches.reason_off(id_) or ""
        if not self._switches.turn_on(id_, found.also if found else ()):
            return says(sentences.WAS_ON.format(name=name))
        self._tools.note(staff, Act("on", id_, before, ""))
        return says(sentences.ON.format(name=name))

    def pause(self, staff: Staffer, argument: str) -> Reply:
        """Pause the bot."""
        if not argument:
            return says(sentences.PAUSE_HOW)
        before = self._switches.paused or ""
        self._switches.pause(argument)
        self._tools.note(staff, Act("pause", "", before, argument))
        return says(sentences.PAUSED.format(reason=_bare(argument)))

    def resume(self, staff: Staffer, _: str) -> Reply:
        """Let the bot answer again."""
        before = self._switches.paused or ""
        if not self._switches.resume():
            return says(sentences.NOT_PAUSED)
        self._tools.note(staff, Act("resume", "", before, ""))
        return says(sentences.RESUMED)

    def announce(self, staff: Staffer, argument: str) -> Reply:
        """Show a notice on top of answers, or end it."""
        if not argument:
            return says(*self._notice_lines())
        if argument.strip().lower() in END:
            ended = self._switches.end_notice()
            if ended:
                self._tools.note(staff, Act("notice"))
            return says(sentences.NOTICE_ENDED if ended else sentences.NO_NOTICE)
        found = _DAYS.fullmatch(argument.strip())
        if found is None:
            return says(sentences.NOTICE_HOW)
        today = self._tools.now().date()
        begins, ends = today, _day(found[1], today)
        if found[2]:
            begins, ends = _day(found[1], today), _day(found[2], today)
        if ends < today:
            return says(sentences.NOTICE_PAST.format(day=f"{ends:%d/%m/%Y}"))
        self._switches.announce(found[3], begins, ends)
        self._tools.note(staff, Act("notice", "", "", f"{begins} – {ends}: {found[3]}"))
        return says(sentences.NOTICE.format(begins=f"{begins:%d/%m}", ends=f"{ends:%d/%m/%Y}", text=found[3]))

    def _off_lines(self) -> list[str]:
        off = [switch for switch in self._switches.all() if switch.kind is Kind.OFF]
        lines = [sentences.OFF_LINE.format(id=switch.subject, reason=switch.text) for switch in off]
        return [sentences.OFF_HOW, *((sentences.ALL_OFF, *lines) if off else (sentences.NONE_OFF,))]

    def _notice_lines(self) -> list[str]:
        shown = [
            sentences.NOTICE_NOW.format(
                begins=f"{switch.begins:%d/%m}", ends=f"{switch.ends:%d/%m/%Y}", text=switch.text
            )
            for switch in self._switches.all()
            if switch.kind is Kind.NOTICE
        ]
        return [*shown, sentences.NOTICE_HOW]


def _bare(text: str) -> str:
    return text.strip().rstrip(".")


def _day(text: str, today: date) -> date:
    """A day as 30/11 or 30/11/2026; without a year the nearest that is not long past."""
    day, month, *year = map(int, text.split("/"))
    try:
        found = date(year[0] if year else today.year, month, day)
        if not year and (today - found).days > HALF_A_YEAR:
            found = found.replace(year=found.year + 1)
    except ValueError:
        raise BotError(sentences.NO_DAY.format(day=text)) from None
    return found
