"""Days and hours at the ward: working days, holidays, whether it is open; plain dates in and out."""

from bot.calendar.opening import Opening, State, opening_at
from bot.calendar.work_days import Off, WorkDays

__all__ = ["Off", "Opening", "State", "WorkDays", "opening_at"]
