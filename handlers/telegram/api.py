"""A call to the Bot API whose result is taken as it comes; the library's objects would only cost time."""

import warnings
from typing import Any

from telegram import Bot
from telegram.error import EndPointNotFound, InvalidToken
from telegram.warnings import PTBUserWarning

warnings.filterwarnings("ignore", "Please use 'Bot", PTBUserWarning)  # we know the methods it means


async def call(bot: Bot, method: str, *, read_seconds: float | None = None, **parameters: Any) -> Any:
    """The result of a method, as JSON has it; parameters that are None are left out.

    Raises the library's TelegramError.
    """
    given = {name: value for name, value in parameters.items() if value is not None}
    timeout: dict[str, Any] = {} if read_seconds is None else {"read_timeout": read_seconds}
    try:
        return await bot.do_api_request(method, api_kwargs=given, **timeout)
    except EndPointNotFound as error:  # what the library makes of 401 and 404 here
        raise InvalidToken from error
