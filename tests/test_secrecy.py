import io
import logging
from urllib.parse import quote

import pytest

from bot.secrecy import HIDDEN, HidingStream, forms

TOKEN = "123456789:AAHabcdefghijklmnopqrstuvwxyz012345"


@pytest.mark.parametrize(
    "form", [TOKEN, quote(TOKEN, safe=""), TOKEN.partition(":")[2], f"https://h/bot{TOKEN}/getMe"]
)
def test_hides_every_form_of_the_token(form: str) -> None:
    behind = io.StringIO()
    HidingStream(behind, forms(TOKEN)).write(f"before {form} after")
    assert TOKEN.partition(":")[2] not in behind.getvalue()
    assert HIDDEN in behind.getvalue()
    assert behind.getvalue().startswith("before ")
    assert behind.getvalue().endswith(" after")


def test_hides_it_in_a_logged_traceback() -> None:
    behind = io.StringIO()
    logger = logging.Logger("x")
    logger.addHandler(logging.StreamHandler(HidingStream(behind, forms(TOKEN))))
    try:
        raise ValueError(TOKEN)
    except ValueError:
        logger.exception("failed with %s", TOKEN)
    assert "Traceback" in behind.getvalue()
    assert TOKEN.partition(":")[2] not in behind.getvalue()
