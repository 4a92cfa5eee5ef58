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
        }
    )
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
