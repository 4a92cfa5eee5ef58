"""Whether a message speaks to the bot, and what it says: in a group only when mentioned or replied to."""

from telegram import Message, MessageEntity, Update
from telegram.ext import filters

from bot.staff.steps import REFERENCE

MENTIONS = (MessageEntity.MENTION, MessageEntity.TEXT_MENTION, MessageEntity.BOT_COMMAND)


class ForUs(filters.UpdateFilter):
    """New messages that speak to the bot: all in a private chat, in a group those that name or answer it."""

    def filter(self, update: Update) -> bool:
        """Whether this update is one."""
        message = update.message
        return message is not None and speaks_to_us(message)


class Here(filters.UpdateFilter):
    """New messages in which staff's commands are heard: in the staff chat also those that do not name us."""

    def __init__(self, staff_chat: int | None) -> None:
        super().__init__()
        self._staff_chat = staff_chat

    def filter(self, update: Update) -> bool:
        """Whether this update is one."""
        message = update.message
        return message is not None and (message.chat.id == self._staff_chat or speaks_to_us(message))


class About(filters.UpdateFilter):
    """Replies to a message of ours that says what a reply to it means."""

    def filter(self, update: Update) -> bool:
        """Whether this update is one."""
        message = update.message or update.edited_message
        return message is not None and reference_of(message) is not None


def reference_of(message: Message) -> str | None:
    """What the last line of our message that this one replies to refers to; None for any other message."""
    replied = message.reply_to_message
    if replied is None or replied.from_user is None or replied.from_user.id != message.get_bot().id:
        return None
    last = (replied.text or "").rpartition("\n")[2]
    return last.removeprefix(REFERENCE) if last.startswith(REFERENCE) else None


def speaks_to_us(message: Message) -> bool:
    """Whether a message of any chat speaks to the bot."""
    if message.chat.type == message.chat.PRIVATE:
        return True
    if message.chat.type == message.chat.CHANNEL:
        return False
    bot = message.get_bot()
    replied = message.reply_to_message
    if replied is not None and replied.from_user is not None and replied.from_user.id == bot.id:
        return True
    return bool(_names_of_us(message))


def question_of(message: Message) -> str:
    """The text of a message, or the words under its picture, without the bot's own name."""
    written = message.text or message.caption or ""
    text = written
    for name in _names_of_us(message):
        text = text.replace(name, " ")
    return text if text == written else " ".join(text.split())


def _names_of_us(message: Message) -> list[str]:
    """The words of a message that name the bot: @its_name, a mention without a name, /command@its_name."""
    bot = message.get_bot()
    named = f"@{bot.username}".lower()
    entities = {**message.parse_entities(list(MENTIONS)), **message.parse_caption_entities(list(MENTIONS))}
    return [
        word
        for entity, word in entities.items()
        if word.lower().endswith(named) or (entity.user is not None and entity.user.id == bot.id)
    ]
