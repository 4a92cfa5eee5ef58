"""From the YAML files a clerk edits to one immutable snapshot, or to a list of problems."""

from bot.knowledge.base import Beside, Knowledge
from bot.knowledge.load import load
from bot.knowledge.problems import Problem

__all__ = ["Beside", "Knowledge", "Problem", "load"]
