"""The whole review of a knowledge folder."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.knowledge.load import Loaded
from bot.knowledge.problems import Problem
from bot.knowledge.review.likeness import compare
from bot.knowledge.review.provenance import review_provenance
from bot.knowledge.review.readability import review_readability
from bot.knowledge.review.work_list import Task, tasks


@dataclass(frozen=True, slots=True)
class Review:
    """`problems`: what is written badly; `tasks`: what is left to do even so."""

    problems: tuple[Problem, ...]
    tasks: tuple[Task, ...]


def review(loaded: Loaded, folder: Path, today: date) -> Review:
    """Look over a base that could be loaded; nothing to say of one that could not."""
    if loaded.knowledge is None:
        return Review((), ())
    language = loaded.knowledge.language
    padding = (*language.stop_words.always, *language.stop_words.marked_only)
    same, confusable = compare(loaded.phrasings, padding)
    problems = [
        *review_readability(loaded.placed, language.terms),
        *same,
        *review_provenance(folder, loaded.placed),
    ]
    problems.sort(key=lambda problem: (problem.file, problem.line))
    return Review(tuple(problems), tuple(tasks(loaded.placed, confusable, today)))
