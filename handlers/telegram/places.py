"""Who an update is from and where its answer goes."""

from collections.abc import Sequence
from dataclasses import replace

from telegram import Chat, Update

from handlers.telegram.letter import Letter


def person_of(update: Update) -> str | None:
    """Who acts; None for somebody who speaks as a group or channel, and so is nobody in particular."""
    message = update.message or update.edited_message
    if message is not None and message.sender_chat is not None:
        return None
    return str(update.effective_user.id) if update.effective_user else None


def is_private(update: Update) -> bool:
    """Whether nobody else reads along."""
    return update.effective_chat is not None and update.effective_chat.type == Chat.PRIVATE


def addressed(parts: Sequence[Letter], update: Update, edits: Sequence[int]) -> tuple[Letter, ...]:
    """The letters with what they answer, in a group, and with the messages whose place they take."""
    message = update.message or update.edited_message
    if message is not None and message.chat.type != Chat.PRIVATE:
        thread = message.message_thread_id if message.is_topic_message else None
        parts = [replace(part, reply_to=message.message_id, thread=thread) for part in parts]
    places: list[int | None] = [*edits, *[None] * len(parts)]
    return tuple(replace(part, edits=place) for part, place in zip(parts, places, strict=False))
