"""The ward's time, whatever the machine's zone."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = timedelta(days=1)


def now() -> datetime:
    """The moment, in the ward's zone."""
    return datetime.now(ZONE)


def today() -> date:
    """The day, in the ward's zone."""
    return now().date()


def moment(text: str) -> datetime:
    """The moment that ISO 8601 text names (`2027-01-01T08:00`), in the ward's zone unless it names another.

    Raises ValueError for anything else.
    """
    named = datetime.fromisoformat(text)
    try:
        return named.replace(tzinfo=ZONE) if named.tzinfo is None else named.astimezone(ZONE)
    except OverflowError as error:
        raise ValueError(text) from error


def stamp(time: datetime) -> str:
    """A time as files hold it: ISO 8601 with milliseconds, in the ward's zone."""
    return time.astimezone(ZONE).isoformat(timespec="milliseconds")
