"""The query log: what is kept of a question and of a rating; nothing personal."""

from bot.log.row import Rating, Row

__all__ = ["Rating", "Row"]
