"""`chat`: questions typed in the terminal, buttons as numbers."""

import sys
from collections.abc import Iterable, Sequence
from typing import TextIO

from bot import sentences
from bot.answering import Button
from bot.commands import COMMANDS
from bot.errors import LogError
from bot.service import Served, Service
from handlers.terminal.render import render, wants_colour

LEAVE = frozenset({"/thoat", "/exit", "/quit"})
PERSON = "terminal"
BUTTON_DIGITS = 2  # a longer number is no button but a question


class Chat:
    """One conversation; works the same typed or piped."""

    def __init__(self, service: Service, out: TextIO, err: TextIO, *, interactive: bool) -> None:
        self._service = service
        self._out = out
        self._err = err
        self._interactive = interactive
        self._coloured = interactive and wants_colour(out)
        self._buttons: Sequence[Button] = ()
        self._told_log_failure = False

    def run(self, lines: Iterable[str]) -> None:
        """Answer line after line until there are no more or the person leaves."""
        self._say(sentences.CHAT_WELCOME)
        self._prompt()
        for line in lines:
            text = line.strip()
            if text in LEAVE:
                break
            if text:
                self._take(text)
            self._prompt()
        self._say(sentences.CHAT_GOODBYE)

    def _take(self, text: str) -> None:
        command, _, argument = text.partition(" ")
        if text.isdecimal() and len(text) <= BUTTON_DIGITS:
            self._press(int(text))
        elif command.startswith("/") and (known := COMMANDS.get(command[1:])) is not None:
            self._say_served(known.serve(self._service, PERSON, argument.strip(), None))
        else:
            self._say_served(self._service.ask(text, PERSON))

    def _press(self, number: int) -> None:
        if not self._buttons:
            self._say(sentences.CHAT_NO_BUTTONS)
        elif not 1 <= number <= len(self._buttons):
            self._say(sentences.CHAT_NO_BUTTON.format(number=number, count=len(self._buttons)))
        else:
            self._say_served(self._service.act(self._buttons[number - 1].action, PERSON))

    def _say_served(self, served: Served) -> None:
        message = served.answer.message
        self._buttons = message.buttons
        self._say("\n" + render(message, coloured=self._coloured) + "\n")
        try:
            self._service.record(served, PERSON).result()
        except LogError as error:
            if not self._told_log_failure:
                print(error, file=self._err)
            self._told_log_failure = True

    def _say(self, text: str) -> None:
        print(text, file=self._out, flush=True)

    def _prompt(self) -> None:
        if self._interactive:
            print(sentences.CHAT_PROMPT, end="", file=self._out, flush=True)


def run(service: Service) -> int:
    """Chat on standard input and output; returns the exit status."""
    interactive = sys.stdin.isatty() and sys.stdout.isatty()
    try:
        Chat(service, sys.stdout, sys.stderr, interactive=interactive).run(_lines())
    except KeyboardInterrupt:
        print()
    return 0


def _lines() -> Iterable[str]:
    """Lines of standard input, whatever their bytes."""
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", errors="replace")
