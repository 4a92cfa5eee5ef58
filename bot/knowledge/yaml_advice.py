"""A YAML syntax error in words a clerk can act on, at the line where the mistake was made.

The parser says where it gave up, which is often further down: so the lines up to there are first looked
through for the usual slips.
"""

import re
from collections.abc import Sequence

import yaml

from bot.knowledge.problems import Problem

Advice = tuple[str, str]  # what is wrong, what to write instead

TAB = ("có phím Tab ở đầu dòng", "thụt lề bằng dấu cách, không dùng phím Tab")
OPEN_QUOTE = ("mở ngoặc kép mà không đóng", 'thêm dấu " ở cuối phần chữ')
DASH = ("sau gạch đầu dòng thiếu dấu cách", "viết '- ' (dấu gạch ngang rồi một dấu cách) trước phần chữ")
BULLET = ("gạch đầu dòng không phải dấu '-'", "viết '- ' (dấu gạch ngang trên bàn phím rồi một dấu cách)")
SIGN = ("phần chữ bắt đầu bằng một ký hiệu riêng của YAML", "đặt cả phần chữ trong ngoặc kép")
OPEN_BRACKET = ("mở ngoặc vuông hoặc nhọn mà không đóng", "thêm ] hoặc } cho đủ")
COLON = ("có dấu hai chấm ': ' ở giữa dòng chữ",
         'đặt cả phần chữ trong ngoặc kép, ví dụ: fee: "Lệ phí: 8.000 đồng"')  # fmt: skip
INDENT = ("dòng này thụt lề lệch so với các dòng cùng mục",
          "cho các mục cùng cấp thẳng cột với nhau (thụt lề bằng dấu cách)")  # fmt: skip
NO_COLON = ("thiếu dấu hai chấm sau tên mục, hoặc thiếu gạch đầu dòng",
            "viết `tên: giá trị`, hoặc '- ' trước một dòng của danh sách")  # fmt: skip
TWO_PARTS = ("tệp có dòng '---' chia làm hai", "xóa dòng '---'")
CONTROL = ("có ký tự điều khiển không nhìn thấy", "xóa ký tự đó hoặc gõ lại dòng")
UNKNOWN = ("tệp viết sai cú pháp YAML", "so với mẫu trong knowledge/README.md")

# What the parser says → advice. The first that fits wins.
SAID: tuple[tuple[str, Advice], ...] = (
    ("found a tab character", TAB),
    ("mapping values are not allowed", COLON),
    ("quoted scalar", OPEN_QUOTE),
    ("found unexpected end of stream", OPEN_QUOTE),
    ("could not find expected ':'", NO_COLON),
    ("did not find expected '-' indicator", INDENT),
    ("did not find expected key", INDENT),
    ("block sequence entries are not allowed", INDENT),
    ("did not find expected ',' or", OPEN_BRACKET),
    ("expected a single document", TWO_PARTS),
    ("that cannot start any token", SIGN),
    ("found undefined alias", SIGN),
)
# How a mistaken line looks → advice; looked for from the line of the error upwards.
SLIPS: tuple[tuple[re.Pattern[str], Advice], ...] = (
    (re.compile(r"^ *\t"), TAB),
    (re.compile(r"^\s*-(?![-\s])\S"), DASH),
    (re.compile(r"^\s*-\u00a0"), DASH),
    (re.compile(r"^\s*[–—•·]"), BULLET),
    (re.compile(r"^\s*(?:- )?(?:\w+: )?[*>!%`@&|](?![\s]*$)\S?"), SIGN),
    (re.compile(r"^\s*(?:- )?(?:\w+: )?[\[{][^\]}]*$"), OPEN_BRACKET),
)
_VALUE = re.compile(r'^\s*(?:- )?(?:[\w-]+:\s+)?(".*)$')
_KEY = re.compile(r"^\s*\w+: ")
NEAR = 2  # lines above the error in which a slip other than a quote is looked for


def explain_syntax(error: yaml.YAMLError, text: str, file: str) -> Problem:
    """The problem behind a syntax error of `text`."""
    if isinstance(error, yaml.reader.ReaderError):
        line = text.encode()[: error.position].count(b"\n") + 1  # the parser counts bytes
        return Problem(file, line, "", *CONTROL)
    mark = None
    said = ""
    if isinstance(error, yaml.MarkedYAMLError):
        said = f"{error.context or ''} {error.problem or ''}"
        mark = error.problem_mark or error.context_mark
        if error.context_mark is not None and "simple key" in said:
            mark = error.context_mark  # where the line began, not where it was noticed
    at = mark.line if mark else 0
    lines = text.split("\n")
    slip = _slip(lines, at)
    if slip is not None:
        return Problem(file, slip[0] + 1, "", *slip[1])
    advice = next((advice for sign, advice in SAID if sign in said), UNKNOWN)
    if advice is COLON and lines[at].count(": ") == 1 and _KEY.match(lines[at]):
        advice = INDENT  # a key of its own, only out of line with the others
    return Problem(file, at + 1, "", *advice)


def _slip(lines: Sequence[str], at: int) -> tuple[int, Advice] | None:
    """The nearest mistaken line at or above line `at` (counted from 0), and what is wrong with it."""
    for number in range(min(at, len(lines) - 1), max(at - NEAR, 0) - 1, -1):
        for pattern, advice in SLIPS:
            if pattern.search(lines[number]):
                return number, advice
    for number in range(min(at, len(lines) - 1), -1, -1):
        value = _VALUE.match(lines[number])
        if value is not None and value.group(1).replace('\\"', "").count('"') % 2:
            return number, OPEN_QUOTE
    return None
