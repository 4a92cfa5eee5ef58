"""The bot's one SQLite file: opening, migrations, transactions, and the one thread that works on it."""

from bot.storage.storage import Job, Storage

__all__ = ["Job", "Storage"]
