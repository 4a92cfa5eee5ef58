"""The queue of questions that got no answer, grouped by likeness, each group with its state."""

from bot.queue.states import State, Why

__all__ = ["State", "Why"]
