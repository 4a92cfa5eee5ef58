"""What is wrong in a knowledge file, in words a clerk can act on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ValidationError
from rapidfuzz import fuzz, process

from bot.knowledge.dated import DatedText
from bot.knowledge.entries import ENTRY_KINDS, BaseEntry
from bot.knowledge.model import ID_LENGTH

Severity = Literal["error", "warning"]
Path = tuple[str | int, ...]
M = TypeVar("M", bound=BaseModel)
MEANT_ABOVE = 60  # rapidfuzz ratio, 0–100: a key this near is worth a "did you mean"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: where it is, what is wrong, what to write instead."""

    file: str
    line: int
    field: str
    what: str
    advice: str
    severity: Severity = "error"

    def __str__(self) -> str:
        label = "LỖI" if self.severity == "error" else "Lưu ý"
        field = f" [{self.field}]" if self.field else ""
        return f"{label} {self.file}, dòng {self.line}{field}: {self.what} → {self.advice}"


FIELD_ADVICE: Mapping[str, str] = {
    "id": "viết mã của mục bằng chữ thường không dấu, nối bằng gạch ngang, ví dụ: id: dang-ky-khai-sinh",
    "kind": "ghi một trong: " + ", ".join(ENTRY_KINDS),
    "name": "ghi tên ngắn mà người dân hiểu, ví dụ: name: Đăng ký khai sinh",
    "topic": "ghi mã một chủ đề có trong ward.yaml, ví dụ: topic: ho-tich",
    "phrasings": "ghi 8–10 cách người dân hay hỏi, mỗi dòng một cách, bắt đầu bằng gạch đầu dòng '- '",
    "sources": "ghi ít nhất một nguồn (luật, Cổng Dịch vụ công hoặc báo, kèm ngày)",
    "verified": "ghi ngày kiểm tra theo dạng năm-tháng-ngày, ví dụ: verified: 2026-11-26",
    "review_by": "ghi ngày phải xem lại theo dạng năm-tháng-ngày, ví dụ: review_by: 2027-02-28",
    "audience": "ghi ai được làm thủ tục này",
    "documents": "ghi giấy tờ phải nộp dưới `submit:` và giấy tờ chỉ cần cho xem dưới `show:`",
    "where": "ghi nơi nộp hồ sơ",
    "legal": "ghi tên và số của luật, nghị định, thông tư làm căn cứ",
    "statement": "ghi cả câu đúng như đã công bố",
    "occasion": "ghi số liệu được công bố ở đâu, ngày nào",
    "missing": "ghi một câu nói rõ điều gì chưa được công bố",
    "who": "ghi cơ quan làm việc này",
    "how": "ghi cách làm, mỗi dòng một ý",
    "text": "ghi nội dung trả lời, mỗi dòng một ý",
}
DAY_ADVICE: Mapping[str, str] = {
    "from": "ghi ngày đầu tiên còn đúng, theo dạng năm-tháng-ngày, ví dụ: from: 2027-01-01",
    "until": "ghi ngày cuối cùng còn đúng, theo dạng năm-tháng-ngày, ví dụ: until: 2026-12-31",
}


README_ADVICE = "xem mẫu trong knowledge/README.md"
ID_ADVICE: Mapping[str, str] = {
    "topic": FIELD_ADVICE["topic"],
    "hours": "ghi mã của mục giờ làm việc, ví dụ: hours: p12-gio-lam-viec",
    "family": "ghi mã của mục đầu nhóm, ví dụ: family: dang-ky-khai-sinh",
    "also": "ghi mã cũ, chỉ gồm chữ không dấu, số và gạch ngang",
}
NAMED_ITEMS = frozenset({"submit", "show", "forms", "sources"})


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """The known word nearest to `word`, or None when none is near."""
    found = process.extractOne(word, list(known), scorer=fuzz.ratio, score_cutoff=MEANT_ABOVE)
    return None if found is None else found[0]


def _suggest(word: str, known: Sequence[str]) -> str:
    meant = did_you_mean(word, known)
    return f"có phải ý bạn là `{meant}`? " if meant else ""


def _advice(named: str, path: Path, model: type[BaseModel]) -> str:
    """What to write in a field; the examples are those of an entry's own fields."""
    if named in DAY_ADVICE:
        return DAY_ADVICE[named]
    if issubclass(model, BaseEntry) and len(path) <= 2:
        return FIELD_ADVICE.get(named, README_ADVICE)
    return README_ADVICE


def _value(error: Mapping[str, Any]) -> str:
    shown = str(error.get("input", ""))
    return shown if len(shown) <= 40 else shown[:37] + "…"


def explain(error: Mapping[str, Any], model: type[BaseModel]) -> tuple[str, str]:
    """(what is wrong, what to write instead) for one pydantic error of `model`."""
    kind, path = error["type"], error["loc"]
    field = str(path[-1]) if path else ""
    named = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
    advice = _advice(named, path, model)
    shown = f"`{named}`" if named else "chỗ này"
    match kind:
        case "missing":
            return f"thiếu mục `{field}`", advice
        case "extra_forbidden":
            known = _known_keys(model, path[:-1])
            return f"không có mục nào tên là `{field}`", (
                _suggest(field, known) + "Các tên dùng được: " + ", ".join(known)
            )
        case "string_type":
            if isinstance(error.get("input"), Mapping):
                return "chỗ này phải là một dòng chữ, nhưng dấu hai chấm làm nó thành mục con", (
                    'đặt cả dòng trong ngoặc kép, ví dụ: - "Lệ phí: 8.000 đồng"'
                )
            return "chỗ này phải là một dòng chữ", "viết một dòng chữ, không viết danh sách"
        case "tuple_type":
            return f"{shown} phải là danh sách", (
                "xuống dòng, mỗi ý một dòng bắt đầu bằng '- ' (gạch ngang rồi một dấu cách)"
            )
        case "string_pattern_mismatch":
            return f"mã `{_value(error)}` sai dạng", ID_ADVICE.get(named, FIELD_ADVICE["id"])
        case "string_too_long":
            return f"mã `{_value(error)}` dài quá {ID_LENGTH} ký tự", "đặt mã ngắn hơn"
        case "string_too_short" | "too_short":
            return f"{shown} đang để trống", advice
        case "literal_error":
            allowed = str(error.get("ctx", {}).get("expected", "")).replace("'", "`")
            allowed = allowed.replace(" or ", " hoặc ")
            return f"`{_value(error)}` không dùng được ở {shown}", f"ghi một trong: {allowed}"
        case "model_type" | "dict_type" | "model_attributes_type":
            if named in NAMED_ITEMS:
                return f"mỗi dòng của {shown} phải có tên", "viết `- name: …`"
            return f"{shown} phải gồm các mục con", "viết các mục con, mỗi mục một dòng `tên: giá trị`"
    match str(error.get("ctx", {}).get("error", "")):
        case "date_form":
            return f"ngày `{_value(error)}` sai dạng", advice
        case "date_missing":
            return f"không có ngày `{_value(error)}` trong lịch", "xem lại ngày và tháng"
        case "dates_turned":
            return "`until` sớm hơn `from`", "`from` là ngày đầu, `until` là ngày cuối còn đúng"
        case "hours_form":
            return f"giờ `{_value(error)}` sai dạng", "ghi giờ đầu và giờ cuối, ví dụ: 7:30-11:30"
        case "row_none":
            return "dòng này không có nghĩa nào", "thêm `to: …` (hoặc `other`, nếu không bao giờ được đổi)"
        case "rule_same":
            return "`typed` và `meant` giống nhau", "ghi chữ người dân gõ và chữ đúng"
        case "named_twice":
            return f"{shown} có tên viết hai lần", "giữ mỗi tên một lần"
        case "term_one":
            return "mỗi từ cần đúng một trong hai: `means` hoặc `instead`", (
                "`means`: giải thích cho người dân; `instead`: chữ nên viết thay"
            )
        case "row_both":
            return "một dòng không thể vừa có `to` vừa có `readings`", "bỏ bớt một trong hai"
    return f"{shown} không hợp lệ ({_value(error)})", advice


def _known_keys(model: type[BaseModel], path: Sequence[str | int]) -> list[str]:
    """The keys allowed at `path` inside `model`, in the order they are documented."""
    here: type[BaseModel] = model
    for part in path:
        if isinstance(part, str) and part in here.model_fields:
            here = _model_inside(here.model_fields[part].annotation) or DatedText
    return [field.alias or name for name, field in here.model_fields.items()]


def _model_inside(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        found = _model_inside(argument)
        if found is not None:
            return found
    return None


def from_validation(
    error: ValidationError, model: type[BaseModel], file: str, lines: Mapping[Path, int], at: Path
) -> list[Problem]:
    """Each pydantic complaint as a Problem; `at` is where the model stands in the file."""
    problems = []
    for detail in error.errors():
        what, advice = explain(detail, model)
        path = at + detail["loc"]
        field = ".".join(str(part) for part in detail["loc"] if isinstance(part, str))
        problems.append(Problem(file, _line(path, lines), field, what, advice))
    return problems


def _line(path: Path, lines: Mapping[Path, int]) -> int:
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def not_a_list(file: str, first_line: str) -> Problem:
    """A file that must hold a list and does not."""
    return Problem(file, 1, "", "tệp phải là danh sách các mục", f"mỗi mục bắt đầu bằng '{first_line}'")


def valid_rows(
    raw: Sequence[Any], model: type[M], file: str, lines: Mapping[Path, int], problems: list[Problem]
) -> Iterator[tuple[int, M]]:
    """(index, row) for each item that keeps `model`; what is wrong with the others goes to `problems`."""
    for index, item in enumerate(raw):
        try:
            row = model.model_validate(item)
        except ValidationError as error:
            problems += from_validation(error, model, file, lines, (index,))
        else:
            yield index, row
