"""Putting the parts together: what a channel needs, from the settings."""

import gc
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot import clock
from bot.assistant import Assistant
from bot.cache import Cache
from bot.errors import LogError
from bot.knowledge import Knowledge, load
from bot.learning import TrainedStore
from bot.log import query_log
from bot.pace import Pace
from bot.privacy import Pseudonyms
from bot.privacy.retention import TEXT_DAYS
from bot.publishing.live import Live, live
from bot.publishing.publisher import Publisher
from bot.publishing.rehearsal import Rehearser
from bot.service import Service
from bot.settings import ROOT, Settings
from bot.staff.desk import Desk
from bot.staff.tools import Tools
from bot.storage import Storage
from bot.switches import Switches
from bot.tickets import Kind

logger = logging.getLogger(__name__)

SHIPPED = ROOT / "knowledge"
MOST_REPLAYED = 5_000  # questions of the last TEXT_DAYS that are asked again before something is published


@dataclass(frozen=True, slots=True)
class Parts:
    """What a channel works with; `desk` None: there is no staff."""

    service: Service
    storage: Storage
    desk: Desk | None = None


@contextmanager
def terminal(settings: Settings, as_of: datetime | None, *, counts: bool) -> Iterator[Parts]:
    """For the terminal: answers from the folder that people edit, as on a moment where one is given.

    The log always has the real time. Raises KnowledgeError.
    """
    now = clock.now if as_of is None else lambda: as_of
    with _collecting_nothing():
        store = TrainedStore(settings.cache_dir)
        knowledge = load(settings.knowledge_dir, Cache(settings.cache_dir), store.checked()).use()
        storage = Storage(settings.database)
        switches = _switches(storage)
        assistant = Assistant(knowledge, now, store, switches.reason_off)
    service = Service(
        assistant,
        storage,
        Pseudonyms(settings.pseudonym_key_file),
        clock.now,
        channel="terminal",
        counts=counts,
        switches=switches,
    )
    try:
        yield Parts(service, storage)
    finally:
        service.close()


@contextmanager
def telegram(settings: Settings) -> Iterator[Parts]:
    """For Telegram: answers from what is published, and staff can publish. Raises KnowledgeError."""
    with _collecting_nothing():
        store = TrainedStore(settings.cache_dir)
        found = live(
            sources_of(settings),
            settings.published_dir,
            Cache(settings.cache_dir),
            store,
            may_publish=bool(settings.staff_ids),
        )
        storage = Storage(settings.database)
        switches = _switches(storage)
        make = _maker(store, switches)
        assistant = make(found.knowledge)
    service = Service(
        assistant,
        storage,
        Pseudonyms(settings.pseudonym_key_file),
        clock.now,
        channel="telegram",
        pace=Pace(),  # at a terminal nobody disturbs others
        switches=switches,
        leaves=leaves_of(settings),
    )
    desk = desk_of(settings, service, storage, switches, found, make) if settings.staff_ids else None
    try:
        yield Parts(service, storage, desk)
    finally:
        service.close()


def leaves_of(settings: Settings) -> frozenset[Kind]:
    """In which ways a question can be left for staff: to be answered only where a chat shows it to them."""
    if not settings.staff_ids:
        return frozenset()
    return frozenset(Kind) if settings.staff_chat_id is not None else frozenset({Kind.TELL})


def sources_of(settings: Settings) -> Mapping[str, Path]:
    """The folders that people edit: the ward's own and, where that is another, the one that is shipped."""
    own = {"own": settings.knowledge_dir}
    return own if settings.knowledge_dir.resolve() == SHIPPED.resolve() else own | {"shipped": SHIPPED}


def desk_of(
    settings: Settings,
    service: Service,
    storage: Storage,
    switches: Switches,
    found: Live,
    make: Callable[[Knowledge], Assistant],
) -> Desk:
    """The desk of staff; without published versions nothing can be published from it."""
    versions = found.versions

    def questions() -> Sequence[str]:
        since = clock.now() - timedelta(days=TEXT_DAYS)
        return tools.done(lambda db: query_log.questions(db, since, MOST_REPLAYED))

    def use(assistant: Assistant) -> None:
        service.assistant = assistant

    def folder() -> Path:
        return versions.path(service.assistant.knowledge.version) if versions else found.folder

    tools = Tools(storage, service.now, lambda: service.assistant, folder, switches.reason_off)
    publisher = None
    if versions is not None:
        rehearser = Rehearser(settings.cache_dir)
        publisher = Publisher(
            versions, sources_of(settings), rehearser, questions, make, service.assistant, use
        )
    return Desk(settings.staff_ids, tools, switches, publisher, service.pseudonym)


def _maker(store: TrainedStore, switches: Switches) -> Callable[[Knowledge], Assistant]:
    return lambda knowledge: Assistant(knowledge, clock.now, store, switches.reason_off)


@contextmanager
def _collecting_nothing() -> Iterator[None]:
    """Nothing of what is loaded here is garbage; looking for some takes a seventh of the start."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _switches(storage: Storage) -> Switches:
    """What staff have switched; where the file cannot be read that is told, and nothing is off."""
    switches = Switches(storage, clock.now)
    try:
        switches.load()
    except LogError as error:
        logger.error("%s", error)
    return switches
