"""What is learned from: every phrasing of every entry, and questions that are not ours."""

import hashlib
from collections.abc import Mapping, Sequence

from bot.knowledge import Knowledge
from bot.knowledge.entries import PersonalFile
from bot.matching import BACKGROUND, Phrasings
from bot.matching.acts import QUESTION
from bot.reading import Reader

ACTS = ("greeting-", "emergency-", "follow-")  # begin the kinds of background that are acts of their own …
ONLY_ACTS = ("not-", "follow-")  # … and those that speak of no matter, or only show what is no such act
NO_PART = "other"  # of an answer: the whole is asked for
EASILY_TAKEN = ("not-", "everyday")  # begin the kinds of questions that look like another act
NEAR = f"{QUESTION}-near"  # their act, of the group of questions
SPOKEN = ACTS + ONLY_ACTS + EASILY_TAKEN
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
    """Act → messages that do it: small talk, danger, asking after one's own file, going on; and questions."""
    acts: dict[str, list[str]] = {QUESTION: []}
    for entry in knowledge.entries.values():
        act = PERSONAL + entry.id if isinstance(entry, PersonalFile) else QUESTION
        acts.setdefault(act, []).extend(knowledge.phrasings(entry.id))
    for kind, questions in knowledge.background.items():
        act = kind if kind.startswith(ACTS) else NEAR if kind.startswith(EASILY_TAKEN) else QUESTION
        acts.setdefault(act, []).extend(questions)
    return acts


def asked_of(knowledge: Knowledge) -> Texts:
    """Part of an answer → questions that ask for it; a name alone asks for none in particular."""
    if not knowledge.asked:
        return {}
    names = tuple(entry.name for entry in knowledge.entries.values())
    return {**knowledge.asked, NO_PART: (*knowledge.asked.get(NO_PART, ()), *names)}


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


def spoken_hash(knowledge: Knowledge) -> str:
    """A hash of the messages that are no questions, and of those that are easily taken for them."""
    return _hash(
        knowledge, {kind: run for kind, run in knowledge.background.items() if kind.startswith(SPOKEN)}
    )


def asked_hash(knowledge: Knowledge) -> str:
    """A hash of the questions by what they ask for."""
    return _hash(knowledge, asked_of(knowledge))


def parts_hash(knowledge: Knowledge) -> str:
    """The same without the entries' names, which are learned along, but no reason to learn it all anew."""
    return _hash(knowledge, knowledge.asked)


def _hash(knowledge: Knowledge, texts: Texts) -> str:
    """Of texts and of how words are read (8 hex digits)."""
    digest = hashlib.sha256(knowledge.language.model_dump_json().encode())
    for name, run in texts.items():
        digest.update("\n".join(("", name, *run)).encode())
    return digest.hexdigest()[:8]


def fingerprint(knowledge: Knowledge) -> str:
    """A hash of all that is learned from: phrasings, messages, how words are read (12 hex digits).

    A fee that changes leaves it as it is: nothing has to be learned anew.
    """
    digest = hashlib.sha256(knowledge.language.model_dump_json().encode())
    for name, run in texts_of(knowledge).items():
        digest.update("\n".join(("", name, *run)).encode())
    digest.update(f"{spoken_hash(knowledge)} {asked_hash(knowledge)}".encode())
    facts = (f"{entry.id} {entry.kind} {entry.family}" for entry in knowledge.entries.values())
    digest.update("\n".join(facts).encode())
    return digest.hexdigest()[:12]
