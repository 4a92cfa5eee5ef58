"""Learning from phrasings: weights for matching, and how far the signals can be trusted."""

from bot.learning.store import TrainedStore
from bot.learning.workshop import prepare

__all__ = ["TrainedStore", "prepare"]
