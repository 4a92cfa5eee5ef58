"""Every error the engine raises on purpose, by what the reader must do.

BotError
├── SettingsError    the operator must fix the environment
├── KnowledgeError   a clerk must fix a YAML file
│   ├── EditError        a change asked for cannot be made; the sentence says why
│   └── StaleError       somebody else published meanwhile; look again, then try again
├── SwitchError      staff must write a switch's text or days otherwise
└── LogError         disk or database; the citizen is still answered
"""

from collections.abc import Sequence


class BotError(Exception):
    """Root; `str()` of any of them is one or more lines fit for a person."""


class SettingsError(BotError):
    """One line for each wrong setting."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class KnowledgeError(BotError):
    """The knowledge base cannot be used; the lines say where and why."""


class SwitchError(BotError):
    """The text or the days of a switch cannot be taken; the line says what to write instead."""


class EditError(KnowledgeError):
    """A change that cannot be made as it was asked for; nothing was changed."""


class StaleError(KnowledgeError):
    """The knowledge base was published anew since the change was begun; nothing was changed."""


class LogError(BotError):
    """A row could not be written or a log file could not be opened."""
