"""What was typed → what was meant; every repair is kept visible."""

from bot.reading.expansion import Repair
from bot.reading.read import LONGEST, Reader, Reading

__all__ = ["LONGEST", "Reader", "Reading", "Repair"]
