"""Which knowledge answers: the version that was published last, or the folder that people edit."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.cache import Cache
from bot.errors import KnowledgeError
from bot.knowledge import Knowledge, load
from bot.knowledge.contents import read_files
from bot.learning import TrainedStore
from bot.publishing.versions import Versions

logger = logging.getLogger(__name__)

UNREADABLE = (
    "Bản đã công bố {folder} không dùng được nữa; máy trả lời theo {source}, chưa công bố được:\n{errors}"
)
NOT_WRITTEN = "Không ghi được {folder} ({why}), nên chưa công bố được từ máy này; máy trả lời theo {source}."


@dataclass(frozen=True, slots=True)
class Live:
    """The knowledge that answers, where its files are, and the published versions; None: of none."""

    knowledge: Knowledge
    folder: Path
    versions: Versions | None


def live(
    sources: Mapping[str, Path], published: Path, cache: Cache, store: TrainedStore, *, may_publish: bool
) -> Live:
    """What answers from a start on. `sources`: the folders that people edit, the first of them their own.

    What was published last; where nothing was, the first source, which is published so with `may_publish`.
    Raises KnowledgeError where it has errors.
    """
    versions = Versions(published)
    own = next(iter(sources.values()))
    try:
        current = versions.current()
    except KnowledgeError as error:
        logger.error("%s", error)
        return Live(load(own, cache, store.checked()).use(), own, None)
    if current is None:
        knowledge = load(own, cache, store.checked()).use()
        if not may_publish:
            return Live(knowledge, own, None)
        current = _first(versions, sources)
        if current is None:
            return Live(knowledge, own, None)
        return Live(knowledge, versions.path(current), versions)
    folder = versions.path(current)
    found = load(folder, cache, current)
    if found.knowledge is None:  # as when a release reads the files otherwise than the one before
        errors = "\n".join(str(problem) for problem in found.problems if problem.severity == "error")
        logger.error("%s", UNREADABLE.format(folder=folder, source=own, errors=errors))
        return Live(load(own, cache, store.checked()).use(), own, None)
    return Live(found.knowledge, folder, versions)


def _first(versions: Versions, sources: Mapping[str, Path]) -> str | None:
    """Publish the first source as it is; None where that cannot be written, which is told."""
    own = next(iter(sources.values()))
    try:
        taken = {name: versions.add(read_files(folder)) for name, folder in sources.items()}
        current = next(iter(taken.values()))
        versions.publish(current, expected=None, taken=taken)
    except (OSError, KnowledgeError) as error:
        logger.error("%s", NOT_WRITTEN.format(folder=versions.folder, why=error, source=own))
        return None
    return current
