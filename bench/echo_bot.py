"""A bare echo bot on python-telegram-bot, to stand beside ours: `python bench/echo_bot.py TOKEN URL`."""

import sys
from typing import Any

from telegram import Update
from telegram.ext import ApplicationBuilder, MessageHandler, filters


async def echo(update: Update, _: Any) -> None:
    """Say the same."""
    if update.message and update.message.text:
        await update.message.reply_text(update.message.text)


def main() -> None:
    """Poll until told to stop."""
    application = ApplicationBuilder().token(sys.argv[1]).base_url(f"{sys.argv[2]}/bot").build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling()


if __name__ == "__main__":
    main()
