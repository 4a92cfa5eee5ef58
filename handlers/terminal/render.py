"""A message as terminal text, and manners towards the terminal."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from bot.answering import Message

BOLD, DIM, CYAN, RESET = "\033[1m", "\033[2m", "\033[36m", "\033[0m"


def render(message: Message, *, coloured: bool) -> str:
    """Notice, title, short answer, details, footer, then the buttons as numbers."""

    def paint(colour: str, text: str) -> str:
        return f"{colour}{text}{RESET}" if coloured and text else text

    blocks = [message.announced or ""]
    if message.title:
        blocks.append(paint(BOLD, message.title))
    blocks.append("\n".join(message.lead))
    for section in message.details:
        blocks.append("\n".join((paint(BOLD, section.title), *section.lines)))
    blocks.append(paint(DIM, "\n".join(message.footer)))
    buttons = (f"[{number}] {button.text}" for number, button in enumerate(message.buttons, 1))
    blocks.append(paint(CYAN, "\n".join(buttons)))
    return "\n\n".join(block for block in blocks if block)


def wants_colour(stream: TextIO) -> bool:
    """Whether someone looks at this stream and likes colour (https://no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR")


@contextmanager
def quiet_pipe() -> Iterator[None]:
    """Let the command end quietly when the reader of its output went away."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - nothing may be flushed into the pipe
