"""Outcome and entry → a message; plain values that any channel can render."""

from bot.answering.actions import Action, Browse, Erase, Explain, Menu, NoneFits, Open, Rate, Role
from bot.answering.answer import Answer, Button, Message, Section
from bot.answering.compose import Composer
from bot.answering.off import ReasonOff, nothing_off
from bot.answering.pages import Pages
from bot.answering.ways_on import WaysOn

__all__ = [
    "Action",
    "Answer",
    "Browse",
    "Button",
    "Composer",
    "Erase",
    "Explain",
    "Menu",
    "Message",
    "NoneFits",
    "Open",
    "Pages",
    "Rate",
    "ReasonOff",
    "Role",
    "Section",
    "WaysOn",
    "nothing_off",
]
