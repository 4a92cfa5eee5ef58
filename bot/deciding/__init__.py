"""Signals → one of the closed outcomes."""

from bot.deciding.decide import Candidate, Decider, Decision
from bot.deciding.guards import Guarded, Guards

__all__ = ["Candidate", "Decider", "Decision", "Guarded", "Guards"]
