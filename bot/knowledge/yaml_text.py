"""YAML text in; plain strings, lists and mappings out, with a line number for every node.

Every scalar stays what the clerk typed (`0234`, `7:30`, `no`); a key written twice is refused.
"""

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from bot.knowledge.problems import Path, Problem
from bot.knowledge.yaml_advice import explain_syntax

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

NO_DASH = ("mục mới thiếu gạch đầu dòng", "viết '- id: …', dấu gạch thẳng cột với các mục khác trong tệp")
_INLINE_COMMENT = re.compile(r"""^[^#"']*[^\s#"'] #(.*)$""")  # after two spaces it is meant as one


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
        if node is not None:
            parsed.value = _convert(node, (), parsed, file, frozenset())
    except yaml.YAMLError as error:
        parsed.problems.append(explain_syntax(error, text, file))
        return parsed
    except RecursionError:
        problem = Problem(file, 1, "", "tệp lồng quá nhiều cấp", "bớt dấu ngoặc và thụt lề")
        parsed.problems.append(problem)
        return parsed
    parsed.problems += _lost_text(text, file)
    return parsed


def _lost_text(text: str, file: str) -> list[Problem]:
    """Warn of text after ` #` on a line: YAML takes it for a comment and nobody will read it."""
    return [
        Problem(file, number, "", f"phần “#{match.group(1).rstrip()}” bị coi là ghi chú, không ai đọc được",
                "đặt cả phần chữ trong ngoặc kép, hoặc đưa ghi chú lên dòng riêng", "warning")
        for number, line in enumerate(text.split("\n"), 1)
        if (match := _INLINE_COMMENT.match(line)) is not None
    ]  # fmt: skip


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
            if key == "id":  # the next entry, run together with this one
                parsed.problems.append(Problem(file, line, key, *NO_DASH))
                break
            first = parsed.lines[(*path, key)]
            what = f"mục `{key}` viết hai lần (lần đầu ở dòng {first})"
            parsed.problems.append(Problem(file, line, key, what, "giữ một lần, xóa lần kia"))
            continue
        result[key] = _convert(value_node, (*path, key), parsed, file, open_)
        parsed.lines[(*path, key)] = line
    return result
