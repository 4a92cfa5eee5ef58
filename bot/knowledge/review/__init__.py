"""What a clerk should look at though the base can be used: sentences, figures, likenesses, open work."""

from bot.knowledge.review.changes import Change, changes, due
from bot.knowledge.review.review import Review, review
from bot.knowledge.review.work_list import Task, write_tasks

__all__ = ["Change", "Review", "Task", "changes", "due", "review", "write_tasks"]
