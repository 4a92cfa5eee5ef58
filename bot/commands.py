"""The commands a citizen can type: one table for every channel, for help and for what Telegram lists."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from bot import sentences
from bot.assistant import Assistant
from bot.service import Make, Served, Service

Serve = Callable[[Service, str | None, str, datetime | None], Served]


@dataclass(frozen=True, slots=True)
class Command:
    """One command. `serve` takes the service, the person, what stands behind the command, when it was sent.

    `is_private`: about one person, so not before others.
    """

    name: str
    text: str
    serve: Serve
    is_private: bool = False


def _start(service: Service, person: str | None, link: str, at: datetime | None) -> Served:
    return service.show(lambda a: a.open(link) if link else a.welcome(), person, at)


def _stored(service: Service, person: str | None, _: str, at: datetime | None) -> Served:
    return service.stored(person, at)


def _shows(make: Make, *, despite_pause: bool = False) -> Serve:
    return lambda service, person, _, at: service.show(make, person, at, despite_pause=despite_pause)


_SERVE: Mapping[str, tuple[Serve, bool]] = {
    "start": (_start, False),
    "menu": (_shows(Assistant.menu), False),
    "help": (_shows(Assistant.help), False),
    "riengtu": (_shows(Assistant.privacy, despite_pause=True), False),
    "dulieu": (_stored, True),
    "xoadulieu": (_shows(Assistant.ask_erase, despite_pause=True), True),
}
COMMANDS: Mapping[str, Command] = MappingProxyType(
    {
        name: Command(name, sentences.COMMANDS[name], serve, is_private)
        for name, (serve, is_private) in _SERVE.items()
    }
)
