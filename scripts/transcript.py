"""Plays one whole conversation through the real Telegram channel and writes it to docs/conversation.md.

    python scripts/transcript.py [--check]

With --check nothing is written; the exit status is 1 when the file is not what would be written.
"""

import asyncio
import json
import re
import sys
import tempfile
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
FILE = ROOT / "docs" / "conversation.md"
SHOWN_OF_FOLDED = 3  # lines, as Telegram shows of a folded quote
HEAD = """# Một cuộc trò chuyện

Do `scripts/transcript.py` ghi lại từ chính máy trả lời. Chữ trong ngoặc vuông là nút bấm;
`┆` là phần gấp lại, bấm vào mới mở hết.
"""
STEPS: tuple[tuple[str, str], ...] = (
    ("gõ", "/start"),
    ("gõ", "vo tui moi sinh, lam giay khai sinh can giay to chi"),
    ("bấm", "Lệ phí"),
    ("bấm", "quá hạn"),
    ("bấm", "👍"),
    ("gõ", "gia hạn cần giấy tờ gì"),
    ("bấm", "Không câu nào đúng"),
    ("gõ", "xin bản sao giấy khai sinh"),
    ("bấm", "👎"),
    ("bấm", "Khó hiểu"),
    ("gõ", "giờ này phường còn làm không"),
    ("gõ", "thu bay co lam khong con"),
    ("gõ", "làm căn cước nộp hôm nay thì khi nào có"),
    ("gõ", "cấp lại căn cước bao nhiêu tiền"),
    ("gõ", "trích lục là gì"),
    ("gõ", "đăng ký kết hôn ở phường An Đông"),
    ("bấm", "Vì sao hồ sơ hay bị trả"),
    ("gõ", "ôn mệ coi bói ở mô"),
    ("gõ", "tui muốn bay lên mặt trăng"),
    ("gõ", "cảm ơn nghe"),
)


async def play() -> str:
    """The conversation as Markdown."""
    from bot.assistant import Assistant
    from bot.clock import ZONE
    from bot.knowledge import load
    from tests.telegram_channel.conftest import talking

    assistant = Assistant(load(ROOT / "knowledge").use(), lambda: datetime(2026, 11, 26, 9, 0, tzinfo=ZONE))
    lines = [HEAD]
    with tempfile.TemporaryDirectory() as folder:
        async with talking(assistant, Path(folder)) as talk:
            for how, what in STEPS:
                seen = len(talk.api.calls)
                if how == "gõ":
                    await talk.says(what)
                else:
                    await talk.taps(what)
                lines.append(f"**Mệ {how}:** {what}\n")
                lines += [shown(method, values) for method, values in talk.api.calls[seen:]]
    return "\n".join(line for line in lines if line)


def shown(method: str, values: dict[str, Any]) -> str:
    """One call as Markdown; "" for what is not seen."""
    if method == "answerCallbackQuery" and "text" in values:
        return f"> *(hiện trên đầu màn hình)* {values['text']}\n"
    if method != "sendMessage":
        return ""
    lines = _folded(values["text"]).split("\n")
    rows = json.loads(values.get("reply_markup", '{"inline_keyboard": []}')).get("inline_keyboard", [])
    lines += [" ".join(f"`[{button['text']}]`" for button in row) for row in rows]
    return "\n".join(f"> {line}  " if line else ">" for line in lines) + "\n"


def _folded(html: str) -> str:
    """Telegram HTML as Markdown, the folded quote as it looks before it is opened."""

    def fold(match: re.Match[str]) -> str:
        lines = match.group(1).split("\n")
        more = ["┆ …"] if len(lines) > SHOWN_OF_FOLDED else []
        return "\n".join([f"┆ {line}" for line in lines[:SHOWN_OF_FOLDED]] + more)

    text = re.sub(r"<blockquote expandable>(.*?)</blockquote>", fold, html, flags=re.DOTALL)
    text = re.sub(r"</?b>", "**", text)
    return unescape(re.sub(r"</?i>", "", text))


def main() -> int:
    """Write the file, or check it; returns the exit status."""
    text = asyncio.run(play())
    if "--check" not in sys.argv:
        FILE.write_text(text, encoding="utf-8")
        return 0
    if FILE.exists() and FILE.read_text(encoding="utf-8") == text:
        return 0
    print(f"{FILE.relative_to(ROOT)} is stale; run: python scripts/transcript.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
