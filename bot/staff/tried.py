"""What staff are shown of an attempt: what was mended, what else changes, what is wrong."""

from collections import Counter
from collections.abc import Iterator, Sequence

from bot.answering import Button, Message, Section
from bot.publishing.edits import AddPhrasings
from bot.publishing.publisher import Attempt
from bot.publishing.replay import Change, ChangeKind
from bot.staff import sentences

SHOWN = 4  # changed answers beside the button that publishes; the others a page further
YOURS = 8  # phrasings that were added, each with what answers it now
PROBLEMS, WARNINGS = 6, 5  # told at once
WORTH_A_LOOK = frozenset({ChangeKind.LOST_RIGHT, ChangeKind.LOST, ChangeKind.OTHER, ChangeKind.TEXT})


def tried(attempt: Attempt, shown: Sequence[str], buttons: tuple[Button, ...]) -> Message:
    """What came of it; `shown`: what is told first."""
    rehearsal = attempt.rehearsal
    own = attempt.edit.texts if isinstance(attempt.edit, AddPhrasings) else ()
    others = [change for change in rehearsal.changes if change.question not in own]
    lead = [*shown, *_yours(rehearsal.changes, own)]
    lead += map(str, attempt.conflicts)
    form = sentences.CHANGED if others else sentences.UNCHANGED
    lead.append(form.format(count=len(others), asked=rehearsal.asked))
    lead += _counts(others)
    worth = [change for change in others if change.kind in WORTH_A_LOOK]
    if worth:
        lead += [sentences.WORST_FIRST, *lines(worth[:SHOWN], 1)]
    warnings = tuple(map(str, rehearsal.warnings[:WARNINGS]))
    details = (Section(sentences.WARNINGS, warnings),) if warnings else ()
    return Message(tuple(lead), sentences.TRIED_TITLE.format(what=attempt.what), details, buttons=buttons)


def _yours(changes: Sequence[Change], own: Sequence[str]) -> Iterator[str]:
    """Of each phrasing that was added, what answers it now."""
    if own:
        yield sentences.YOURS
    found = {change.question: change for change in changes}
    for question in own[:YOURS]:
        if question in found:
            told = found[question].after.text.split("\n")[0]
            yield sentences.YOURS_CHANGED.format(question=question, told=told)
        else:
            yield sentences.YOURS_SAME.format(question=question)


def _counts(changes: Sequence[Change]) -> Iterator[str]:
    counts = Counter(change.kind for change in changes)
    told = [form.format(count=counts[kind]) for kind, form in sentences.COUNTS.items() if counts[kind]]
    if told:
        yield " · ".join(told)


def lines(changes: Sequence[Change], first: int) -> Iterator[str]:
    """Each answer that changes, before and after."""
    for number, change in enumerate(changes, first):
        kind = sentences.CHANGE_KINDS[change.kind]
        yield sentences.CHANGE_QUESTION.format(number=number, kind=kind, question=change.question)
        if change.before.text != change.after.text:
            yield sentences.CHANGE_BEFORE.format(told=_line(change.before.text))
            yield sentences.CHANGE_AFTER.format(told=_line(change.after.text))
        elif change.before.candidates != change.after.candidates:
            before, after = (", ".join(each.candidates) for each in (change.before, change.after))
            yield sentences.OFFERS_CHANGED.format(
                before=before or sentences.NO_OFFERS, after=after or sentences.NO_OFFERS
            )
        else:
            yield sentences.DETAILS_CHANGED


def _line(text: str) -> str:
    return " ".join(text.split())


def wrong(attempt: Attempt) -> Message:
    """Why a version cannot be published: file, line, what is wrong and what to write instead."""
    problems = attempt.rehearsal.problems
    told = [sentences.WRONG.format(count=len(problems)), *map(str, problems[:PROBLEMS])]
    if len(problems) > PROBLEMS:
        told.append(sentences.WRONG_MORE.format(count=len(problems) - PROBLEMS))
    return Message(tuple(told), sentences.WRONG_TITLE)
