"""Outcome and entry → what the citizen reads: plain values that any channel can render."""

from bot.answering.answer import Answer, Button, Message, Role, Section
from bot.answering.compose import Composer

__all__ = ["Answer", "Button", "Composer", "Message", "Role", "Section"]
