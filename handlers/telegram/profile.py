"""How the bot presents itself: commands, menu button, descriptions; each is set only where it differs."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from telegram import Bot, BotCommand, BotCommandScopeChat, MenuButtonCommands
from telegram.error import TelegramError

from bot import sentences
from bot.commands import COMMANDS
from bot.knowledge.entries import Ward
from bot.roles import Role, Roster
from bot.staff import sentences as sentences_for_staff
from bot.staff.desk import COMMAND_ROLES

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Part:
    name: str
    wanted: Any
    now: Callable[[], Awaitable[Any]]
    put: Callable[[], Awaitable[object]]


async def introduce(bot: Bot, ward: Ward) -> None:
    """Bring what Telegram shows of the bot up to date; where that fails, the bot answers all the same."""
    for part in _parts(bot, ward):
        try:
            if await _now(part) != part.wanted:
                await part.put()
        except TelegramError as error:
            logger.warning("Chưa đặt được %s (%s).", part.name, type(error).__name__)


async def introduce_to_staff(bot: Bot, roster: Roster, chat: int | None) -> None:
    """Show each member of staff the commands of their role; the staff chat those of an editor.

    Who never wrote to the bot is shown them after the next start.
    """
    scopes: list[tuple[int, Role]] = [(int(id_), role) for id_, role in roster.items()]
    if chat is not None and str(chat) not in roster:
        scopes.append((chat, Role.EDITOR))
    for id_, role in scopes:
        scope = BotCommandScopeChat(id_)
        wanted = (*_commands(), *_staff_commands(role))
        try:
            if tuple(await bot.get_my_commands(scope=scope)) != wanted:
                await bot.set_my_commands(wanted, scope=scope)
        except TelegramError as error:
            logger.warning("Chưa đặt được lệnh cho một cán bộ (%s).", type(error).__name__)


def _commands() -> tuple[BotCommand, ...]:
    return tuple(BotCommand(command.name, command.text) for command in COMMANDS.values())


def _staff_commands(role: Role) -> tuple[BotCommand, ...]:
    return tuple(
        BotCommand(name, sentences_for_staff.COMMANDS[name])
        for name, needed in COMMAND_ROLES.items()
        if role >= needed
    )


async def _now(part: _Part) -> Any:
    """What Telegram shows now; None where it does not say so that the library understands it."""
    try:
        return await part.now()
    except (TypeError, KeyError, ValueError, AttributeError):
        return None


def _parts(bot: Bot, ward: Ward) -> tuple[_Part, ...]:
    commands = _commands()
    long = sentences.DESCRIPTION.format(ward=ward.name, city=ward.city)
    short = sentences.SHORT_DESCRIPTION.format(ward=ward.name)
    menu = MenuButtonCommands()

    async def long_now() -> str:
        return (await bot.get_my_description()).description

    async def short_now() -> str:
        return (await bot.get_my_short_description()).short_description

    return (
        _Part("danh sách lệnh", commands, bot.get_my_commands, lambda: bot.set_my_commands(commands)),
        _Part("nút lệnh", menu, bot.get_chat_menu_button, lambda: bot.set_chat_menu_button(menu_button=menu)),
        _Part("phần giới thiệu", long, long_now, lambda: bot.set_my_description(long)),
        _Part("phần giới thiệu ngắn", short, short_now, lambda: bot.set_my_short_description(short)),
    )
