from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import SETTINGS, describe, example, masked, read_settings
from tests.conftest import ROOT

TOKEN = "123456789:AAHabcdefghijklmnopqrstuvwxyz012345"


def test_an_empty_environment_gives_the_defaults() -> None:
    settings = read_settings({})
    assert settings.bot_token is None
    assert settings.telegram_api_url == "https://api.telegram.org"
    assert settings.knowledge_dir == ROOT / "knowledge"


def test_reads_every_setting() -> None:
    settings = read_settings(
        {
            "BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": "http://127.0.0.1:8081/",
            "KNOWLEDGE_DIR": "/srv/k",
            "DATABASE": "~/log.db",
            "PSEUDONYM_KEY_FILE": "x/key",
            "LOG_LEVEL": "debug",
            "WEBHOOK_URL": "https://phuong.example/hook",
            "WEBHOOK_SECRET": "s3cret-s3cret",
            "WEBHOOK_LISTEN": "0.0.0.0",
            "WEBHOOK_PORT": "9000",
        }
    )
    assert settings.webhook_url == "https://phuong.example/hook"
    assert settings.webhook_secret == "s3cret-s3cret"
    assert (settings.webhook_listen, settings.webhook_port) == ("0.0.0.0", 9000)
    assert settings.bot_token == TOKEN
    assert settings.telegram_api_url == "http://127.0.0.1:8081"
    assert settings.knowledge_dir == Path("/srv/k")
    assert settings.database == Path.home() / "log.db"
    assert settings.pseudonym_key_file == ROOT / "x" / "key"
    assert settings.logging_level == 10


def test_tells_all_that_is_wrong_at_once_with_name_value_and_what_is_allowed() -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({"BOT_TOKEN": "my-secret-token", "TELEGRAM_API_URL": "telegram", "LOG_LEVEL": "loud"})
    token, url, level = caught.value.problems
    assert token.startswith("BOT_TOKEN=my… ")
    assert "secret" not in token
    assert "BotFather" in token
    assert "TELEGRAM_API_URL=telegram" in url
    assert "http://" in url
    assert "LOG_LEVEL=loud" in level
    assert "WARNING" in level


@pytest.mark.parametrize("url", ["ftp://x", "http://", "http://x/?a=1", "x.y"])
def test_refuses_what_is_no_root_url(url: str) -> None:
    with pytest.raises(SettingsError, match="TELEGRAM_API_URL"):
        read_settings({"TELEGRAM_API_URL": url})


@pytest.mark.parametrize("secret", ["", "short", TOKEN])
def test_a_masked_secret_cannot_be_read(secret: str) -> None:
    assert len(masked(secret)) <= 3
    assert secret not in masked(secret) or not secret


def test_no_secret_in_a_repr() -> None:
    assert TOKEN not in repr(read_settings({"BOT_TOKEN": TOKEN}))


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_each_setting_is_documented_with_its_default(setting: object) -> None:
    name, default = setting.name, setting.default  # type: ignore[attr-defined]
    assert f"{name} (mặc định: {default or 'trống'})" in describe()
    assert f"# {name}={default}" in example()


def test_the_example_file_is_fresh() -> None:
    assert (ROOT / ".env.example").read_text(encoding="utf-8") == example()


def test_a_webhook_needs_a_secret_and_the_sentence_says_how_to_make_one() -> None:
    with pytest.raises(SettingsError, match="WEBHOOK_SECRET; tạo bằng"):
        read_settings({"WEBHOOK_URL": "https://phuong.example/hook"})


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("WEBHOOK_URL", "phuong.example"),
        ("WEBHOOK_SECRET", "có dấu"),
        ("WEBHOOK_SECRET", "x" * 257),
        ("WEBHOOK_LISTEN", "máy này"),
        ("WEBHOOK_PORT", "0"),
        ("WEBHOOK_PORT", "65536"),
        ("WEBHOOK_PORT", "８０"),
    ],
)
def test_what_a_webhook_cannot_use_is_named(name: str, text: str) -> None:
    with pytest.raises(SettingsError, match=name):
        read_settings({name: text})


def test_no_secret_of_the_webhook_is_shown() -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({"WEBHOOK_SECRET": "bí mật của phường"})
    assert "mật của phường" not in str(caught.value)
