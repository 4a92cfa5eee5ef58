"""The query log: one row a question, nothing personal, one writer thread."""

from bot.log.row import Row
from bot.log.store import QueryLog

__all__ = ["QueryLog", "Row"]
