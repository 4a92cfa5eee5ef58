"""YAML text in; plain strings, lists and mappings out, with a line number for every node.

Every scalar stays what the clerk typed (`0234`, `7:30`, `no`); a key written twice is refused.
"""

from dataclasses import dataclass, field
from typing import Any

import yaml

from bot.knowledge.problems import Path, Problem

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

# What libyaml says → (what is wrong, what to write instead). The first that fits wins.
SYNTAX: tuple[tuple[str, str, str], ...] = (
    ("found a tab character", "có phím Tab ở đầu dòng", "thụt lề bằng dấu cách, không dùng phím Tab"),
    ("that cannot start any token", "có ký tự không được đứng đầu ở đây (thường là phím Tab)",
     "thụt lề bằng dấu cách, không dùng phím Tab; chữ bắt đầu bằng ký hiệu thì đặt trong ngoặc kép"),
    ("mapping values are not allowed", "có dấu hai chấm ': ' ở giữa dòng chữ",
     "đặt cả phần chữ trong ngoặc kép, ví dụ: fee: \"Lệ phí: 8.000 đồng\""),
    ("while scanning a quoted scalar", "mở ngoặc kép mà không đóng", "thêm dấu \" ở cuối phần chữ"),
    ("found unexpected end of stream", "mở ngoặc kép mà không đóng", "thêm dấu \" ở cuối phần chữ"),
    ("could not find expected ':'", "thiếu dấu hai chấm sau tên mục",
     "viết `tên: giá trị`, có một dấu cách sau dấu hai chấm"),
    ("did not find expected '-' indicator", "dòng này thụt lề lệch so với danh sách ở trên",
     "cho các gạch đầu dòng '- ' thẳng cột với nhau"),
    ("did not find expected key", "dòng này thụt lề lệch hoặc còn chữ sau ngoặc kép",
     "cho các mục cùng cấp thẳng cột với nhau; kiểm tra ngoặc kép ở dòng trên"),
    ("block sequence entries are not allowed", "gạch đầu dòng '- ' đứng sai chỗ",
     "xuống dòng rồi mới viết '- '"),
    ("did not find expected ',' or", "mở ngoặc vuông hoặc nhọn mà không đóng", "thêm ] hoặc } cho đủ"),
    ("found undefined alias", "dấu * ở đầu được hiểu là ký hiệu riêng", "đặt cả dòng trong ngoặc kép"),
    ("expected a single document", "tệp có dòng '---' chia làm hai", "xóa dòng '---'"),
)  # fmt: skip
UNKNOWN_SYNTAX = ("tệp viết sai cú pháp YAML", "so với mẫu trong knowledge/README.md")


@dataclass(slots=True)
class Parsed:
    """What one file holds. `lines` maps the path of each node to its line (1 is the first)."""

    value: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def parse(data: bytes, file: str) -> Parsed:
    """Parse one file's bytes; never raises, what is wrong is in `problems`."""
    parsed = Parsed()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        parsed.problems.append(
            Problem(file, line, "", "tệp không ở dạng UTF-8", "lưu lại tệp với mã hóa UTF-8")
        )
        return parsed
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        parsed.problems.append(_syntax_problem(error, file))
        return parsed
    except RecursionError:
        parsed.problems.append(Problem(file, 1, "", "tệp lồng quá nhiều cấp", UNKNOWN_SYNTAX[1]))
        return parsed
    if node is not None:
        parsed.value = _convert(node, (), parsed, file, frozenset())
    return parsed


def _syntax_problem(error: yaml.YAMLError, file: str) -> Problem:
    if not isinstance(error, yaml.MarkedYAMLError):  # a character YAML does not allow at all
        return Problem(file, 1, "", "tệp có ký tự điều khiển lạ", "xóa ký tự đó hoặc gõ lại dòng")
    mark = error.problem_mark or error.context_mark
    said = f"{error.context or ''} {error.problem or ''}"
    what, advice = next(((w, a) for sign, w, a in SYNTAX if sign in said), UNKNOWN_SYNTAX)
    if error.context_mark is not None and ("quoted scalar" in said or "simple key" in said):
        mark = error.context_mark  # where it began, not where it was noticed
    return Problem(file, mark.line + 1 if mark else 1, "", what, advice)


def _convert(node: yaml.Node, path: Path, parsed: Parsed, file: str, open_: frozenset[int]) -> Any:
    parsed.lines[path] = node.start_mark.line + 1
    if id(node) in open_:
        parsed.problems.append(
            Problem(file, node.start_mark.line + 1, "", "mục này chứa chính nó", "bỏ dấu & và *")
        )
        return None
    open_ |= {id(node)}
    if isinstance(node, yaml.SequenceNode):
        return [_convert(n, (*path, i), parsed, file, open_) for i, n in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, parsed, file, open_)
    return node.value


def _mapping(
    node: yaml.MappingNode, path: Path, parsed: Parsed, file: str, open_: frozenset[int]
) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key, line = str(key_node.value), key_node.start_mark.line + 1
        if key in result:
            first = parsed.lines[(*path, key)]
            parsed.problems.append(
                Problem(file, line, key, f"mục `{key}` viết hai lần (lần đầu ở dòng {first})",
                        "giữ một lần, xóa lần kia")
            )  # fmt: skip
            continue
        result[key] = _convert(value_node, (*path, key), parsed, file, open_)
        parsed.lines[(*path, key)] = line
    return result
