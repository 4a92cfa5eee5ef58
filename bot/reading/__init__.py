"""What was typed → what was meant; every repair is kept visible."""

from bot.reading.expansion import Repair
from bot.reading.read import LONGEST, Reader, Reading
from bot.reading.spelling import OFTEN

__all__ = ["LONGEST", "OFTEN", "Reader", "Reading", "Repair"]
