"""What an entry says of terms: by when a citizen must do something, how long a paper is good."""

import re

from bot.knowledge.entries import Elsewhere, Entry, Procedure

FIELDS = ("summary", "audience", "notes", "result", "how")  # a processing time stands in `time`
SPAN = r"(?<![\d/])\d+ (?:giờ|ngày|tháng|năm)\b"
TELLS = re.compile(
    rf"\b(?:giá trị|hiệu lực|dùng|hết hạn|phải|cần|chậm nhất|muộn nhất|quá|trước)\b[^.;]*?{SPAN}"
    rf"|\btrong (?:vòng )?{SPAN}[^.;]* (?:kể )?từ (?:ngày|khi)\b",
    re.IGNORECASE,
)
AHEAD = re.compile(rf"\b(?:trước ít nhất|chậm nhất|muộn nhất)\b[^.;]*?{SPAN}", re.IGNORECASE)
OFFICE = re.compile(
    r"\b(?:trả lời|giải quyết|xác minh|dán|niêm yết|không dùng nữa|phường|chờ)\b", re.IGNORECASE
)


def tells_with_time(entry: Entry) -> bool:
    """Whether a term of the citizen's stands with the processing time: "gửi trước ít nhất 3 ngày"."""
    lines = (entry.time or ()) if isinstance(entry, Procedure | Elsewhere) else ()
    return any(AHEAD.search(line) and not OFFICE.search(line) for line in lines)


def deadline_lines(entry: Entry) -> tuple[str, ...]:
    """The lines that name a term of the citizen's; of an entry as it is on one day. Empty where none does."""
    if not isinstance(entry, Procedure | Elsewhere):
        return ()
    lines = (line for field in FIELDS for line in getattr(entry, field, None) or ())
    return tuple(line for line in lines if TELLS.search(line) and not OFFICE.search(line))
