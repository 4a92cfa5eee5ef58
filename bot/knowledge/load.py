"""Read the knowledge folder: files → checked entries → one snapshot, or every problem at once."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar, cast

from pydantic import BaseModel, TypeAdapter, ValidationError

from bot.cache import NO_CACHE, Cache
from bot.errors import KnowledgeError
from bot.knowledge.base import Beside, Knowledge
from bot.knowledge.calendar import Calendar, check_calendar
from bot.knowledge.check import (
    check_english,
    check_entries,
    check_links,
    check_rows,
    check_targets,
    check_terms,
    check_ward,
)
from bot.knowledge.contents import YAML, contents_of, version_of
from bot.knowledge.entries import ENTRY_KINDS, BaseEntry, Entry, Ward
from bot.knowledge.language import (
    Asking,
    Conversation,
    Emergencies,
    English,
    FacetCues,
    FormerName,
    Greetings,
    Language,
    Moments,
    Row,
    SpellingRule,
    Term,
    WordLists,
)
from bot.knowledge.phrasings import (
    AskedFor,
    Background,
    Further,
    Phrasing,
    check_owners,
    check_phrasings,
    phrasings_at,
)
from bot.knowledge.placed import Placed
from bot.knowledge.problems import (
    FIELD_ADVICE,
    Problem,
    did_you_mean,
    from_validation,
    not_a_list,
    valid_rows,
)
from bot.knowledge.problems import Path as Path_
from bot.knowledge.yaml_text import Parsed, parse

WARD_FILE = "ward.yaml"
CALENDAR_FILE = "calendar.yaml"
LANGUAGE_FOLDER = "language"
PHRASINGS_FOLDER = "phrasings"
PROVENANCE_FOLDER = "provenance"
BACKGROUND_FOLDER = "background"
ASKED_FOLDER = "asked"
FIRST_LINES = {
    PHRASINGS_FOLDER: "- entry: …",
    BACKGROUND_FOLDER: "- background: …",
    ASKED_FOLDER: "- asks: …",
}
NOT_READ = frozenset({"README.md", "schema.json"})
NOT_ENTRIES = frozenset({WARD_FILE, CALENDAR_FILE, LANGUAGE_FOLDER, PROVENANCE_FOLDER, *FIRST_LINES})
BESIDE_ENTRIES = tuple(f"{folder}/" for folder in FIRST_LINES)  # no entry is missed where one is wrong
LANGUAGE_FILES = frozenset(Language.model_fields)
T = TypeVar("T", bound=BaseModel)
Check = Callable[[Any, str, Mapping[Path_, int]], list[Problem]]  # (value, file, lines) → what is wrong


@dataclass(frozen=True, slots=True)
class Loaded:
    """`knowledge` is None exactly when a problem is an error.

    `placed` and `phrasings` are what could be read, each with where it stands.
    """

    knowledge: Knowledge | None
    problems: tuple[Problem, ...]
    placed: tuple[Placed, ...] = ()
    phrasings: tuple[Phrasing, ...] = ()

    def use(self) -> Knowledge:
        """The snapshot; raises KnowledgeError with one line for each error."""
        if self.knowledge is None:
            errors = (str(p) for p in self.problems if p.severity == "error")
            raise KnowledgeError("\n".join(errors))
        return self.knowledge


def load(folder: Path, cache: Cache = NO_CACHE, trusted: str | None = None) -> Loaded:
    """Load and check all of `folder`; never raises for what a clerk wrote.

    `trusted`: the version that was checked when it was shipped; nothing but its shape is looked at again, and
    what stands beside the entries is read when first needed. `cache` remembers another base nothing could be
    said of. `phrasings` are empty then, and of what is remembered `placed` too.
    """
    contents = contents_of(folder)
    version = version_of(contents)
    if version == trusted:
        return _Folder(folder, contents, version).trusted()
    kept = cache.recall("knowledge", version, lambda plain: Knowledge.of_plain(plain, version))
    if kept is not None:
        return Loaded(kept, ())
    loaded = _Folder(folder, contents, version).load()
    if loaded.knowledge is not None and not loaded.problems:
        cache.keep("knowledge", version, loaded.knowledge.plain)
    return loaded


class _Folder:
    def __init__(self, folder: Path, contents: Mapping[str, bytes | OSError], version: str) -> None:
        self.folder = folder
        self.contents = contents
        self.version = version
        self.problems: list[Problem] = []
        self._all_read = True  # false: a file is missing, and with it entries that others may point to
        self._rejected: set[str] = set()  # ids of entries that are there but wrong
        self._lines: dict[str, Mapping[Path_, int]] = {}  # of each file that was read

    def load(self) -> Loaded:
        if not self.folder.is_dir():
            problem = Problem(
                str(self.folder), 1, "", "không thấy thư mục kiến thức", "xem lại KNOWLEDGE_DIR"
            )
            return Loaded(None, (problem,))
        ward = self._model(WARD_FILE, Ward)
        calendar = self._model(CALENDAR_FILE, Calendar, check_calendar)
        language = self._language()
        placed = self._entries()
        further, background, asked = self._all_questions()
        phrasings = (*(p for place in placed for p in place.phrasings()), *further)
        self._check(placed, further, background, ward, calendar, language)
        self.problems += check_phrasings(asked)
        beside = Beside(*map(_by_owner, (further, background, asked)))
        knowledge = self._knowledge(ward, calendar, placed, language, lambda: beside)
        return Loaded(knowledge, tuple(self.problems), tuple(placed), phrasings)

    def trusted(self) -> Loaded:
        """The same of what was checked before, but for what stands beside the entries."""
        ward = self._model(WARD_FILE, Ward)
        calendar = self._model(CALENDAR_FILE, Calendar)
        language, placed = self._language(), self._entries()
        knowledge = self._knowledge(ward, calendar, placed, language, self._beside)
        return Loaded(knowledge, tuple(self.problems), tuple(placed))

    def _beside(self) -> Beside:
        return Beside(*map(_by_owner, self._all_questions()))

    def _all_questions(self) -> tuple[list[Phrasing], ...]:
        """Further phrasings, background, and questions by what they ask for."""
        return (
            self._questions(PHRASINGS_FOLDER, Further),
            self._questions(BACKGROUND_FOLDER, Background),
            self._questions(ASKED_FOLDER, AskedFor),
        )

    def _knowledge(
        self,
        ward: Ward | None,
        calendar: Calendar | None,
        placed: Sequence[Placed],
        language: Language | None,
        beside: Callable[[], Beside],
    ) -> Knowledge | None:
        """The snapshot; None where a part is missing or wrong."""
        self.problems.sort(key=lambda problem: (problem.file, problem.line))
        is_whole = not any(problem.severity == "error" for problem in self.problems)
        if ward is None or calendar is None or language is None or not is_whole:
            return None
        return Knowledge.of(ward, calendar, (p.entry for p in placed), language, self.version, beside)

    def _check(
        self,
        placed: Sequence[Placed],
        further: Sequence[Phrasing],
        background: Sequence[Phrasing],
        ward: Ward | None,
        calendar: Calendar | None,
        language: Language | None,
    ) -> None:
        """Everything that one part says of another."""
        phrasings = (*(p for place in placed for p in place.phrasings()), *further)
        self._warn_of_unread_files()
        self.problems += check_entries(placed)
        self.problems += check_phrasings((*phrasings, *background))
        if self._all_read:
            self.problems += check_links(placed, self._rejected)
            ids = [place.entry.id for place in placed]
            self.problems += check_owners(further, ids, self._rejected)
            if ward is not None:
                lines = self._lines.get(WARD_FILE, {})
                self.problems += check_ward(placed, ward, self._rejected, WARD_FILE, lines)
            if calendar is not None:
                told = dict.fromkeys(calendar.entries)
                self.problems += check_targets(told, ids, self._rejected, CALENDAR_FILE, 1)
            if language is not None:
                self.problems += self._language_links(language, ids)

    def _read(self, name: str) -> Parsed | None:
        data = self.contents.get(name)
        if not isinstance(data, bytes):
            advice = "tạo lại tệp này" if data is None else "xem quyền đọc tệp"
            self.problems.append(Problem(name, 1, "", "không đọc được tệp", advice))
            return None
        parsed = parse(data, name)
        self._lines[name] = parsed.lines
        self.problems += parsed.problems
        if parsed.value is None and not parsed.problems:
            self.problems.append(Problem(name, 1, "", "tệp trống", "viết nội dung hoặc xóa tệp"))
        return parsed if parsed.value is not None else None

    def _warn_of_unread_files(self) -> None:
        """A file that is not read is one whose content citizens miss."""
        for path in sorted(self.folder.rglob("*")):
            inside = path.relative_to(self.folder)
            name = inside.as_posix()
            is_hidden = any(part.startswith(".") for part in inside.parts)
            if path.is_dir() or is_hidden or path.name in NOT_READ:
                continue
            in_language = name.startswith(f"{LANGUAGE_FOLDER}/")
            if path.suffix.lower() not in YAML or (in_language and path.stem not in LANGUAGE_FILES):
                advice = "đổi tên thành tệp .yaml ngoài thư mục language, hoặc xóa tệp"
                self.problems.append(Problem(name, 1, "", "tệp này không được đọc", advice, "warning"))

    def _model(self, name: str, model: type[T], check: Check | None = None) -> T | None:
        parsed = self._read(name)
        if parsed is None:
            return None
        value: T | None = self._validated(TypeAdapter(model), parsed, model, name, check)
        return value

    def _rows(self, name: str, model: type[T], check: Check | None = None) -> tuple[T, ...] | None:
        parsed = self._read(name)
        if parsed is None:
            return None
        adapter = TypeAdapter(tuple[model, ...])  # type: ignore[valid-type]  # a type made at run time
        rows: tuple[T, ...] | None = self._validated(adapter, parsed, model, name, check)
        return rows

    def _validated(
        self, adapter: Any, parsed: Parsed, model: type[BaseModel], name: str, check: Check | None
    ) -> Any:
        try:
            value = adapter.validate_python(parsed.value)
        except ValidationError as error:
            self.problems += from_validation(error, model, name, parsed.lines, ())
            return None
        if check is not None:
            self.problems += check(value, name, parsed.lines)
        return value

    def _language(self) -> Language | None:
        def file(name: str) -> str:
            return f"{LANGUAGE_FOLDER}/{name}.yaml"

        parts: dict[str, Any] = {
            "abbreviations": self._rows(file("abbreviations"), Row, check_rows),
            "dialect": self._rows(file("dialect"), Row, check_rows),
            "stop_words": self._model(file("stop_words"), WordLists),
            "contrasts": self._model(file("contrasts"), WordLists),
            "facets": self._model(file("facets"), FacetCues),
            "emergencies": self._model(file("emergencies"), Emergencies),
            "greetings": self._model(file("greetings"), Greetings),
            "english": self._model(file("english"), English, check_english),
            "moments": self._model(file("moments"), Moments),
            "asking": self._model(file("asking"), Asking),
            "conversation": self._model(file("conversation"), Conversation),
            "former_names": self._rows(file("former_names"), FormerName),
            "spelling": self._rows(file("spelling"), SpellingRule),
            "terms": self._rows(file("terms"), Term, check_terms),
        }
        return None if None in parts.values() else Language.model_construct(**parts)

    def _language_links(self, language: Language, ids: Sequence[str]) -> Iterator[Problem]:
        """Entries that the language lists point to and that are not there; only a button would be missing."""
        pointing: dict[str, list[tuple[str, ...]]] = {
            "terms": [term.see for term in language.terms],
            "former_names": [(row.entry,) for row in language.former_names],
        }
        for name, rows in pointing.items():
            file = f"{LANGUAGE_FOLDER}/{name}.yaml"
            for index, targets in enumerate(rows):
                line = self._lines.get(file, {}).get((index,), 1)
                for problem in check_targets(targets, ids, self._rejected, file, line):
                    yield replace(problem, severity="warning")

    def _lists(self, names: Iterable[str], first_line: str) -> Iterator[tuple[str, Parsed]]:
        """The files that hold a list, as they must; what does not is told."""
        for name in names:
            parsed = self._read(name)
            if parsed is None or not isinstance(parsed.value, list):
                self._all_read = self._all_read and name.startswith(BESIDE_ENTRIES)
            if parsed is None:
                continue
            if not isinstance(parsed.value, list):
                self.problems.append(not_a_list(name, first_line))
            else:
                yield name, parsed

    def _questions(
        self, folder: str, model: type[Further] | type[Background] | type[AskedFor]
    ) -> list[Phrasing]:
        """The questions in the files of a folder beside the entries, each with its owner."""
        names = [name for name in self.contents if name.startswith(f"{folder}/")]
        found = []
        for name, parsed in self._lists(names, FIRST_LINES[folder]):
            for index, row in valid_rows(parsed.value, model, name, parsed.lines, self.problems):
                texts = getattr(row, model.texts)
                found += phrasings_at(row.owner, texts, name, parsed.lines, index, model.texts)
        return found

    def _entries(self) -> list[Placed]:
        placed: list[Placed] = []
        names = [name for name in self.contents if name.split("/")[0] not in NOT_ENTRIES]
        for name, parsed in self._lists(names, "- id: …"):
            for index, raw in enumerate(parsed.value):
                entry = self._entry(raw, index, name, parsed)
                if entry is None:
                    self._rejected.add(str(raw.get("id")) if isinstance(raw, dict) else "")
                else:
                    placed.append(Placed(entry, name, index, parsed.lines))
        return placed

    def _entry(self, raw: Any, index: int, name: str, parsed: Parsed) -> Entry | None:
        line = parsed.lines[(index,)]
        if not isinstance(raw, dict):
            self.problems.append(
                Problem(name, line, "", "mỗi mục phải gồm các dòng `tên: giá trị`", FIELD_ADVICE["id"])
            )
            return None
        kind = raw.get("kind")
        if not isinstance(kind, str) or kind not in ENTRY_KINDS:
            self.problems.append(_kind_problem(kind, name, parsed.lines.get((index, "kind"), line)))
            return None
        model: type[BaseEntry] = ENTRY_KINDS[kind]
        try:
            return cast(Entry, model.model_validate(raw))
        except ValidationError as error:
            self.problems += from_validation(error, model, name, parsed.lines, (index,))
            return None


def _by_owner(phrasings: Iterable[Phrasing]) -> dict[str, tuple[str, ...]]:
    texts: dict[str, list[str]] = {}
    for phrasing in phrasings:
        texts.setdefault(phrasing.entry, []).append(phrasing.text)
    return {owner: tuple(each) for owner, each in texts.items()}


def _kind_problem(kind: Any, name: str, line: int) -> Problem:
    if kind is None:
        return Problem(name, line, "kind", "thiếu mục `kind`", FIELD_ADVICE["kind"])
    meant = did_you_mean(str(kind), ENTRY_KINDS)
    hint = f"có phải ý bạn là `{meant}`? " if meant else ""
    return Problem(
        name, line, "kind", f"không có loại mục `{kind}`", hint + FIELD_ADVICE["kind"].capitalize()
    )
