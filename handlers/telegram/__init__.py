"""Telegram: updates in, messages out; nothing here knows what a question means."""

from handlers.telegram.run import run

__all__ = ["run"]
