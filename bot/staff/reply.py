"""What staff's doings come to: a message, messages to others, work that takes a while."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.answering import Button, Message
from bot.answering.actions import Staff
from bot.staff.steps import REFERENCE, Step
from bot.storage import Job

Progress = Callable[[str], None]  # takes a line about how far the work got


@dataclass(frozen=True, slots=True)
class Post:
    """A message to somebody else; `to`: the address of a citizen's chat, None: the staff chat.

    `person`: the citizen's pseudonym.
    """

    to: str | None
    message: Message
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Notices:
    """Messages to people who waited, and what is done in the same transaction."""

    posts: tuple[Post, ...] = ()
    jobs: tuple[Job[Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """What is shown to who acted.

    `replaces`: the message whose button was tapped gives way to it. `posts` are sent, and `jobs` done, in
    one transaction with what the channel keeps. `work` goes on after the message is shown, off the event
    loop; its reply comes when it is done. `purges`: once the posts are sent, nothing of them may be left.
    """

    message: Message
    replaces: bool = False
    posts: tuple[Post, ...] = ()
    jobs: tuple[Job[Any], ...] = ()
    work: "Callable[[Progress], Reply] | None" = None
    purges: bool = False


def says(*lines: str, buttons: tuple[Button, ...] = ()) -> Reply:
    """A reply of a few lines."""
    return Reply(Message(lead=lines, buttons=buttons))


def button(text: str, step: Step, *argument: object) -> Button:
    """A button that does a step."""
    return Button(text, Staff(step.value, ":".join(map(str, argument))))


def reference(step: Step, *argument: object) -> str:
    """The last line of a message, by which a reply to it is understood."""
    return REFERENCE + ":".join((step.value, *map(str, argument)))


def asks(line: str, step: Step, *argument: object) -> Reply:
    """A question to be answered by replying to it."""
    return Reply(Message(lead=(line,), reference=reference(step, *argument)))
