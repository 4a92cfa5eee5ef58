"""Whether the ward is open, in a sentence."""

from bot import sentences
from bot.answering.days import day_name, hours_line, time_name
from bot.calendar import Opening, State
from bot.calendar.work_days import Why

OFF = {
    Why.HOLIDAY: sentences.OFF_HOLIDAY,
    Why.OWN_DAY: sentences.OFF_OWN_DAY,
    Why.WEEK: sentences.OFF_WEEK,
    Why.UNPUBLISHED: sentences.OFF_UNPUBLISHED,
}
STATES = {
    State.OPEN: sentences.IS_OPEN,
    State.EARLY: sentences.IS_EARLY,
    State.NOON: sentences.IS_NOON,
    State.LATE: sentences.IS_LATE,
    State.WORKING_DAY: sentences.IS_WORKED,
    State.UNKNOWN: sentences.HOURS_UNKNOWN,
}


def opening_lines(opening: Opening) -> tuple[str, ...]:
    """What holds at the moment asked for; on a working day also that day's hours."""
    day = day_name(opening.day)
    moment = f"{time_name(opening.at)}, {day}" if opening.at else day
    next_ = ""
    if opening.next and opening.next_opens:
        next_ = f"{day_name(opening.next)}, {time_name(opening.next_opens)}"
    if opening.state is State.OFF and opening.off:
        line = OFF[opening.off.why].format(day=_capital(day), name=opening.off.name or "", next=next_)
        return (line,)
    until = time_name(opening.until) if opening.until else ""
    line = STATES[opening.state].format(moment=_capital(moment), until=until, next=next_)
    if opening.state is State.UNKNOWN:
        return (line,)
    return (line, sentences.HOURS.format(line=hours_line(opening.season)))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
