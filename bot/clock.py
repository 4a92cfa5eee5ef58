"""The ward's time, whatever the machine's zone."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """The moment, in the ward's zone."""
    return datetime.now(ZONE)


def today() -> date:
    """The day, in the ward's zone."""
    return now().date()


def stamp(time: datetime) -> str:
    """A time as files hold it: ISO 8601 with milliseconds, in the ward's zone."""
    return time.astimezone(ZONE).isoformat(timespec="milliseconds")
