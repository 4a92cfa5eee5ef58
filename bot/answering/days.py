"""Days and times of day as people say them."""

from datetime import date, time

from bot import sentences
from bot.knowledge.calendar import WEEKDAYS, Season


def day_name(day: date) -> str:
    """`thứ Hai 23/11/2026`."""
    return f"{WEEKDAYS[day.weekday()]} {day.day}/{day.month}/{day.year}"


def time_name(at: time) -> str:
    """`16 giờ 45`, `17 giờ`."""
    form = sentences.TIME_OF_DAY if at.minute else sentences.FULL_HOUR
    return form.format(hour=at.hour, minute=f"{at.minute:02}")


def hours_line(season: Season) -> str:
    """A season's hours in one line."""
    (opens, pauses), (resumes, closes) = season.morning, season.afternoon
    morning, afternoon = (
        f"{time_name(first)} - {time_name(last)}" for first, last in ((opens, pauses), (resumes, closes))
    )
    return sentences.HOURS_OF_SEASON.format(season=season.name, morning=morning, afternoon=afternoon)
