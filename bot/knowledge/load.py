"""Read the knowledge folder: files → checked entries → one snapshot, or every problem at once."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

from pydantic import BaseModel, TypeAdapter, ValidationError

from bot.errors import KnowledgeError
from bot.knowledge.base import Knowledge
from bot.knowledge.check import Placed, check_english, check_entries, check_links, check_rows, check_ward
from bot.knowledge.entries import ENTRY_KINDS, BaseEntry, Entry, Ward
from bot.knowledge.language import Emergencies, English, FacetCues, Greetings, Language, Row, WordLists
from bot.knowledge.problems import FIELD_ADVICE, Problem, did_you_mean, from_validation
from bot.knowledge.problems import Path as Path_
from bot.knowledge.yaml_text import Parsed, parse

WARD_FILE = "ward.yaml"
LANGUAGE_FOLDER = "language"
LANGUAGE_FILES = frozenset(Language.model_fields)
YAML = frozenset({".yaml", ".yml"})
T = TypeVar("T", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Loaded:
    """`knowledge` is None exactly when a problem is an error."""

    knowledge: Knowledge | None
    problems: tuple[Problem, ...]

    def use(self) -> Knowledge:
        """The snapshot; raises KnowledgeError with one line for each error."""
        if self.knowledge is None:
            errors = (str(p) for p in self.problems if p.severity == "error")
            raise KnowledgeError("\n".join(errors))
        return self.knowledge


def load(folder: Path) -> Loaded:
    """Load and check all of `folder`; never raises for what a clerk wrote."""
    return _Folder(folder).load()


class _Folder:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.hash = hashlib.sha256()
        self._all_read = True  # false: a file is missing, and with it entries that others may point to
        self._rejected: set[str] = set()  # ids of entries that are there but wrong
        self._ward_lines: dict[Path_, int] = {}

    def load(self) -> Loaded:
        if not self.folder.is_dir():
            problem = Problem(
                str(self.folder), 1, "", "không thấy thư mục kiến thức", "xem lại KNOWLEDGE_DIR"
            )
            return Loaded(None, (problem,))
        ward = self._model(WARD_FILE, Ward)
        language = self._language()
        placed = self._entries()
        self._warn_of_unread_files()
        self.problems += check_entries(placed)
        if self._all_read:
            self.problems += check_links(placed, self._rejected)
            if ward is not None:
                self.problems += check_ward(placed, ward, self._rejected, WARD_FILE, self._ward_lines)
        self.problems.sort(key=lambda problem: (problem.file, problem.line))
        if ward is None or language is None or any(p.severity == "error" for p in self.problems):
            return Loaded(None, tuple(self.problems))
        entries = (p.entry for p in placed)
        knowledge = Knowledge.of(ward, entries, language, self.hash.hexdigest()[:12])
        return Loaded(knowledge, tuple(self.problems))

    def _read(self, name: str) -> Parsed | None:
        try:
            data = (self.folder / name).read_bytes()
        except OSError as error:
            advice = "tạo lại tệp này" if isinstance(error, FileNotFoundError) else "xem quyền đọc tệp"
            self.problems.append(Problem(name, 1, "", "không đọc được tệp", advice))
            return None
        self.hash.update(name.encode() + b"\0" + data + b"\0")
        parsed = parse(data, name)
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
            if path.is_dir() or is_hidden or path.name == "README.md":
                continue
            in_language = name.startswith(f"{LANGUAGE_FOLDER}/")
            if path.suffix.lower() not in YAML or (in_language and path.stem not in LANGUAGE_FILES):
                advice = "đổi tên thành tệp .yaml ngoài thư mục language, hoặc xóa tệp"
                self.problems.append(Problem(name, 1, "", "tệp này không được đọc", advice, "warning"))

    def _model(self, name: str, model: type[T]) -> T | None:
        parsed = self._read(name)
        if parsed is None:
            return None
        if name == WARD_FILE:
            self._ward_lines = parsed.lines
        try:
            return model.model_validate(parsed.value)
        except ValidationError as error:
            self.problems += from_validation(error, model, name, parsed.lines, ())
            return None

    def _rows(self, name: str, type_: Any, model: type[BaseModel]) -> Any:
        parsed = self._read(f"{LANGUAGE_FOLDER}/{name}.yaml")
        if parsed is None:
            return None
        try:
            rows = TypeAdapter(type_).validate_python(parsed.value)
        except ValidationError as error:
            self.problems += from_validation(error, model, f"{LANGUAGE_FOLDER}/{name}.yaml", parsed.lines, ())
            return None
        self.problems += check_rows(rows, f"{LANGUAGE_FOLDER}/{name}.yaml", parsed.lines)
        return rows

    def _language(self) -> Language | None:
        fields = Language.model_fields
        parts = {
            "abbreviations": self._rows("abbreviations", fields["abbreviations"].annotation, Row),
            "dialect": self._rows("dialect", fields["dialect"].annotation, Row),
            "stop_words": self._model(f"{LANGUAGE_FOLDER}/stop_words.yaml", WordLists),
            "contrasts": self._model(f"{LANGUAGE_FOLDER}/contrasts.yaml", WordLists),
            "facets": self._model(f"{LANGUAGE_FOLDER}/facets.yaml", FacetCues),
            "emergencies": self._model(f"{LANGUAGE_FOLDER}/emergencies.yaml", Emergencies),
            "greetings": self._model(f"{LANGUAGE_FOLDER}/greetings.yaml", Greetings),
            "english": self._english(),
        }
        return None if None in parts.values() else Language.model_construct(**parts)

    def _english(self) -> English | None:
        name = f"{LANGUAGE_FOLDER}/english.yaml"
        parsed = self._read(name)
        if parsed is None:
            return None
        try:
            english = English.model_validate(parsed.value)
        except ValidationError as error:
            self.problems += from_validation(error, English, name, parsed.lines, ())
            return None
        self.problems += check_english(english, name, parsed.lines)
        return english

    def _entries(self) -> list[Placed]:
        placed: list[Placed] = []
        for path in sorted(self.folder.rglob("*")):
            if path.suffix.lower() not in YAML:
                continue
            name = path.relative_to(self.folder).as_posix()
            if name == WARD_FILE or name.startswith(f"{LANGUAGE_FOLDER}/"):
                continue
            parsed = self._read(name)
            if parsed is None:
                self._all_read = False
                continue
            if not isinstance(parsed.value, list):
                self._all_read = False
                advice = "mỗi mục bắt đầu bằng '- id: …'"
                self.problems.append(Problem(name, 1, "", "tệp phải là danh sách các mục", advice))
                continue
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


def _kind_problem(kind: Any, name: str, line: int) -> Problem:
    if kind is None:
        return Problem(name, line, "kind", "thiếu mục `kind`", FIELD_ADVICE["kind"])
    meant = did_you_mean(str(kind), ENTRY_KINDS)
    hint = f"có phải ý bạn là `{meant}`? " if meant else ""
    return Problem(
        name, line, "kind", f"không có loại mục `{kind}`", hint + FIELD_ADVICE["kind"].capitalize()
    )
