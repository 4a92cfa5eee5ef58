"""Ways to ask: each with its entry and where it stands; the same way under two entries is an error."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from bot.knowledge.model import Id, Model, Text
from bot.knowledge.problems import Path, Problem, Severity, did_you_mean
from bot.text.words import split


class Further(Model):
    """Further ways to ask for an entry, in a file of their own beside the entry's eight or ten."""

    entry: Id
    phrasings: Annotated[tuple[Text, ...], Field(min_length=1)]

    texts: ClassVar = "phrasings"

    @property
    def owner(self) -> str:
        """Whose questions these are."""
        return self.entry


class Background(Model):
    """Questions of one kind that no entry answers: learned, so as not to answer them."""

    background: Id
    questions: Annotated[tuple[Text, ...], Field(min_length=1)]

    texts: ClassVar = "questions"

    @property
    def owner(self) -> str:
        """Which kind they are of."""
        return self.background


class AskedFor(Model):
    """Questions that ask for one part of an answer, or for none in particular: learned to tell the part."""

    asks: Literal["documents", "fee", "time", "where", "online", "other"]
    questions: Annotated[tuple[Text, ...], Field(min_length=1)]

    texts: ClassVar = "questions"

    @property
    def owner(self) -> str:
        """Which part they ask for."""
        return self.asks


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One way to ask for an entry; `file` and `line` say where it stands."""

    entry: str
    text: str
    file: str
    line: int

    @property
    def place(self) -> str:
        """Where it stands, for a clerk."""
        return f"{self.file}, dòng {self.line}"

    def problem(self, what: str, advice: str, severity: Severity = "error") -> Problem:
        """A problem with it."""
        return Problem(self.file, self.line, "phrasings", f"{self.entry}: {what}", advice, severity)


def phrasings_at(
    entry: str,
    texts: Sequence[str],
    file: str,
    lines: Mapping[Path, int],
    at: int,
    field: str = "phrasings",
) -> list[Phrasing]:
    """The phrasings in a field of the item `at` of a file."""
    start = lines.get((at, field), 1)
    return [
        Phrasing(entry, text, file, lines.get((at, field, number), start))
        for number, text in enumerate(texts)
    ]


def check_phrasings(phrasings: Iterable[Phrasing]) -> list[Problem]:
    """The same phrasing twice; marks count, case and spacing do not."""
    seen: dict[tuple[str, ...], Phrasing] = {}
    problems = []
    for phrasing in phrasings:
        key = tuple(word.key for word in split(phrasing.text))
        if not key:
            problems.append(phrasing.problem("câu hỏi không có chữ nào", "xóa dòng này"))
            continue
        first = seen.setdefault(key, phrasing)
        if first is phrasing:
            continue
        if first.entry == phrasing.entry:
            what = f"câu “{phrasing.text}” viết hai lần (lần đầu ở {first.place})"
            problems.append(phrasing.problem(what, "xóa một dòng", "warning"))
        else:
            what = f"câu “{phrasing.text}” đã có ở mục `{first.entry}` ({first.place})"
            problems.append(phrasing.problem(what, "giữ câu này ở một mục thôi"))
    return problems


def check_owners(
    phrasings: Iterable[Phrasing], ids: Sequence[str], rejected: Container[str]
) -> list[Problem]:
    """Phrasings of entries that are not there (`rejected` are there, but wrong)."""
    known = frozenset(ids)
    strangers: dict[str, Phrasing] = {}
    for phrasing in phrasings:
        if phrasing.entry not in known and phrasing.entry not in rejected:
            strangers.setdefault(phrasing.entry, phrasing)
    problems = []
    for entry, phrasing in strangers.items():
        meant = did_you_mean(entry, ids)
        advice = f"có phải ý bạn là `{meant}`?" if meant else "ghi mã một mục đã có, hoặc xóa các câu này"
        problems.append(Problem(phrasing.file, phrasing.line, "entry", f"không có mục `{entry}`", advice))
    return problems
