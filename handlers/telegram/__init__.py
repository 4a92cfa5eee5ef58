"""Telegram: updates in, messages out; nothing here knows what a question means."""

import os

os.environ.setdefault("PTB_TIMEDELTA", "true")  # the library then gives waits as timedelta, without a warning

from handlers.telegram.run import Office, run
from handlers.telegram.webhook import Webhook

__all__ = ["Office", "Webhook", "run"]
