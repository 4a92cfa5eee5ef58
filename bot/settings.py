"""Settings: one table drives parsing, --help, .env.example and the documentation test."""

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot.errors import SettingsError
from bot.roles import Roster, roster_of

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. `parse` raises ValueError whose text says what is allowed."""

    name: str
    default: str
    help: str
    parse: Callable[[str], Any]
    secret: bool = False


def _token(text: str) -> str | None:
    if not text:
        return None
    if not re.fullmatch(r"\d+:[A-Za-z0-9_-]{30,}", text):
        raise ValueError("mã bot do @BotFather cấp, dạng 123456789:AAE… (số, dấu hai chấm, ít nhất 30 ký tự)")
    return text


def _root_url(text: str) -> str:
    try:
        parts = urlsplit(text)
        is_good = parts.scheme in ("http", "https") and bool(parts.netloc) and parts.port != 0
    except ValueError:  # an impossible port or address
        is_good = False
    if not is_good or parts.query or parts.fragment:
        raise ValueError("địa chỉ gốc bắt đầu bằng http:// hoặc https://, ví dụ http://127.0.0.1:8081")
    return text.rstrip("/")


def _webhook_url(text: str) -> str | None:
    return _root_url(text) if text else None


def _webhook_secret(text: str) -> str | None:
    if not text:
        return None
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", text):
        raise ValueError("1 đến 256 ký tự (nên từ 32) trong A–Z, a–z, 0–9, _ và -")
    return text


def _port(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,5}", text) or not 0 < int(text) < 65536:
        raise ValueError("một số từ 1 đến 65535")
    return int(text)


def _address(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9.:-]+", text):
        raise ValueError("một địa chỉ của máy này, ví dụ 127.0.0.1 hoặc 0.0.0.0")
    return text


def _path(text: str) -> Path:
    if not text:
        raise ValueError("một đường dẫn, tính từ thư mục của chương trình")
    path = Path(text).expanduser()
    return path if path.is_absolute() else ROOT / path


def _chat(text: str) -> int | None:
    if not text:
        return None
    if not re.fullmatch(r"-?[0-9]{1,20}", text):
        raise ValueError("mã khung chat là một số; của nhóm thì có dấu trừ, ví dụ -1001234567890")
    return int(text)


def _level(text: str) -> str:
    names = ("DEBUG", "INFO", "WARNING", "ERROR")
    if text.upper() not in names:
        raise ValueError("một trong: " + ", ".join(names))
    return text.upper()


NEEDS_SECRET = (
    'WEBHOOK_URL cần WEBHOOK_SECRET; tạo bằng: python -c "import secrets; print(secrets.token_urlsafe(32))"'
)
SETTINGS: tuple[Setting, ...] = (
    Setting(
        "BOT_TOKEN", "", "Mã bot Telegram do @BotFather cấp; để trống thì trò chuyện trong cửa sổ lệnh.",
        _token, secret=True,
    ),
    Setting(
        "TELEGRAM_API_URL", "https://api.telegram.org",
        "Địa chỉ gốc của máy chủ Bot API (đổi khi tự chạy máy chủ riêng).", _root_url,
    ),
    Setting(
        "WEBHOOK_URL", "",
        "Địa chỉ công khai mà Telegram mang tin tới (https://…); để trống thì máy tự hỏi Telegram.",
        _webhook_url,
    ),
    Setting(
        "WEBHOOK_SECRET", "",
        "Chuỗi bí mật Telegram gửi kèm mỗi tin; bắt buộc khi có WEBHOOK_URL.", _webhook_secret, secret=True,
    ),
    Setting("WEBHOOK_LISTEN", "127.0.0.1", "Địa chỉ của máy này để nghe webhook.", _address),
    Setting("WEBHOOK_PORT", "8080", "Cổng để nghe webhook.", _port),
    Setting(
        "STAFF_IDS", "",
        "Cán bộ được dùng lệnh riêng: mã Telegram kèm vai trò viewer, editor, admin; mã không kèm là editor."
        " Ví dụ admin:111,editor:222,333.", roster_of,
    ),
    Setting(
        "STAFF_CHAT_ID", "",
        "Mã khung chat của cán bộ: câu người dân nhờ hỏi hiện ở đó; để trống thì không nhận.", _chat,
    ),
    Setting("KNOWLEDGE_DIR", "knowledge", "Thư mục kiến thức để sửa (các tệp YAML).", _path),
    Setting(
        "PUBLISHED_DIR", "data/published",
        "Thư mục máy giữ các bản kiến thức đã công bố; cần khi có STAFF_IDS.", _path,
    ),
    Setting("DATABASE", "data/log.db", "Tệp SQLite ghi nhật ký câu hỏi.", _path),
    Setting(
        "PSEUDONYM_KEY_FILE", "data/pseudonym.key",
        "Tệp khóa để đổi mã người hỏi thành bí danh; tự tạo khi chưa có.", _path,
    ),
    Setting(
        "CACHE_DIR", "data/cache",
        "Thư mục giữ phần đã tính sẵn để lần sau khởi động nhanh; xóa lúc nào cũng được.", _path,
    ),
    Setting("LOG_LEVEL", "WARNING", "Mức ghi lỗi ra màn hình: DEBUG, INFO, WARNING, ERROR.", _level),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one run, parsed."""

    bot_token: str | None
    telegram_api_url: str
    webhook_url: str | None
    webhook_secret: str | None
    webhook_listen: str
    webhook_port: int
    staff_ids: Roster
    staff_chat_id: int | None
    knowledge_dir: Path
    published_dir: Path
    database: Path
    pseudonym_key_file: Path
    cache_dir: Path
    log_level: str

    @property
    def logging_level(self) -> int:
        """`log_level` as the standard library counts it."""
        return logging.getLevelNamesMapping()[self.log_level]

    def __repr__(self) -> str:
        shown = {s.name: getattr(self, s.name.lower()) for s in SETTINGS if not s.secret}
        return f"Settings({shown})"


def read_settings(environment: Mapping[str, str | None]) -> Settings:
    """Parse the settings out of an environment; raises SettingsError with all that is wrong at once."""
    values: dict[str, Any] = {}
    problems = []
    for setting in SETTINGS:
        text = (environment.get(setting.name) or "").strip() or setting.default
        try:
            values[setting.name.lower()] = setting.parse(text)
        except ValueError as error:
            shown = masked(text) if setting.secret else text
            problems.append(f"{setting.name}={shown} không dùng được; cần {error}.")
    if values.get("webhook_url") and "webhook_secret" in values and not values["webhook_secret"]:
        problems.append(NEEDS_SECRET)
    if problems:
        raise SettingsError(problems)
    return Settings(**values)


def masked(secret: str) -> str:
    """A secret as it may be shown: its first two characters at most."""
    return secret[:2] + "…" if len(secret) > 8 else "…"


def describe() -> str:
    """Every setting with its default, for --help."""
    return "\n".join(f"  {s.name} (mặc định: {s.default or 'trống'})\n      {s.help}" for s in SETTINGS)


def example() -> str:
    """The text of `.env.example`."""
    blocks = (f"# {setting.help}\n# {setting.name}={setting.default}" for setting in SETTINGS)
    return "# Chép tệp này thành .env rồi bỏ dấu # ở dòng cần đổi.\n\n" + "\n\n".join(blocks) + "\n"
