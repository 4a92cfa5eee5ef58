"""Giving buttons the key of the question that they are about, so that staff can be shown the question."""

import secrets
from collections.abc import Iterator
from dataclasses import replace

from bot import sentences
from bot.answering.actions import Leave, NoneFits, Open, Rate, Role
from bot.answering.answer import Button, Message
from bot.tickets import Kind

LEAVE = tuple(Button(sentences.LEAVE_BUTTON[kind], Leave(kind, "")) for kind in Kind)  # their key comes later
KEY_BYTES = 6  # eight characters; with the longest entry id a button's data is just short enough


def new_key() -> str:
    """A key that no question is likely to have."""
    return secrets.token_urlsafe(KEY_BYTES)


def keyed(message: Message, key: str | None, kinds: frozenset[Kind]) -> Message:
    """The same message with the key in every button that wants it.

    `kinds`: in which ways a question can be left for staff here; the buttons for other ways are left out, and
    all of them where there is no key.
    """
    return replace(message, buttons=tuple(_keyed(message.buttons, key, kinds)))


def _keyed(buttons: tuple[Button, ...], key: str | None, kinds: frozenset[Kind]) -> Iterator[Button]:
    for button in buttons:
        match button.action:
            case Leave(kind):
                if key is not None and kind in kinds:
                    yield replace(button, action=replace(button.action, key=key))
            case NoneFits() | Rate() | Open(role=Role.CANDIDATE):
                yield replace(button, action=replace(button.action, key=key))
            case _:
                yield button
