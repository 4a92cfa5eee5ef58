"""What is learned from: every phrasing of every entry, and questions that are not ours."""

import hashlib
from collections.abc import Mapping, Sequence

from bot.knowledge import Knowledge
from bot.knowledge.entries import PersonalFile
from bot.matching import BACKGROUND, Phrasings
from bot.matching.acts import QUESTION
from bot.reading import Reader

ACTS = ("greeting-", "emergency-")  # begin the kinds of background that are acts of their own …
ONLY_ACTS = "not-"  # … and those that only show what is none of them, and may well be ours
PERSONAL = "personal-"  # begins the act of asking after one's own file; the entry's id follows

Texts = Mapping[str, Sequence[str]]  # class → its phrasings


def texts_of(knowledge: Knowledge) -> Texts:
    """Entry id → its name, then its phrasings; then each kind of background → its questions."""
    ours = {e.id: (e.name, *knowledge.phrasings(e.id)) for e in knowledge.entries.values()}
    return ours | {
        BACKGROUND + kind: questions
        for kind, questions in knowledge.background.items()
        if not kind.startswith(ONLY_ACTS)
    }


def acts_of(knowledge: Knowledge) -> Texts:
    """Act → messages that do it: small talk, danger, asking after one's own file; the rest is a question."""
    acts: dict[str, list[str]] = {QUESTION: []}
    for entry in knowledge.entries.values():
        act = PERSONAL + entry.id if isinstance(entry, PersonalFile) else QUESTION
        acts.setdefault(act, []).extend(knowledge.phrasings(entry.id))
    for kind, questions in knowledge.background.items():
        act = kind if kind.startswith(ACTS) else QUESTION
        acts.setdefault(act, []).extend(questions)
    return acts


def read_all(texts: Texts, reader: Reader) -> Phrasings:
    """The same, each as the words it is read as."""
    return {name: [reader.phrase(text) for text in run] for name, run in texts.items()}


def hashes_of(knowledge: Knowledge) -> dict[str, str]:
    """Of each class a hash of its phrasings and of how words are read (8 hex digits)."""
    language = hashlib.sha256(knowledge.language.model_dump_json().encode())
    hashes = {}
    for name, run in texts_of(knowledge).items():
        digest = language.copy()
        digest.update("\n".join(run).encode())
        hashes[name] = digest.hexdigest()[:8]
    return hashes


def fingerprint(knowledge: Knowledge) -> str:
    """A hash of all that is learned from: the phrasings and how words are read (12 hex digits).

    A fee that changes leaves it as it is: nothing has to be learned anew.
    """
    digest = hashlib.sha256(knowledge.language.model_dump_json().encode())
    for name, run in texts_of(knowledge).items():
        digest.update("\n".join(("", name, *run)).encode())
    facts = (f"{entry.id} {entry.kind} {entry.family}" for entry in knowledge.entries.values())
    digest.update("\n".join(facts).encode())
    return digest.hexdigest()[:12]
