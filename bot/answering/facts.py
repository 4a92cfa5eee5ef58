"""The parts of an entry as short lines, by facet; nothing about messages."""

from collections.abc import Iterable

from bot import sentences
from bot.facets import Facet
from bot.knowledge.entries import Document, Documents, Elsewhere, Entry, Procedure

# Which field of an entry holds a facet; a facet answered from several fields names the main one.
FIELDS = {
    Facet.DOCUMENTS: "documents",
    Facet.FEE: "fee",
    Facet.TIME: "time",
    Facet.WHERE: "where",
    Facet.ONLINE: "online",
    Facet.ELIGIBILITY: "audience",
    Facet.LEGAL: "legal",
    Facet.RESULT: "result",
    Facet.RETURNED: "returned",
}


def facet_lines(entry: Entry, facet: Facet) -> tuple[str, ...]:
    """What the entry says about a facet; empty when it says nothing."""
    if facet is Facet.HOW:
        return how_lines(entry)
    if facet is Facet.DOCUMENTS:
        return document_lines(entry)
    if facet is Facet.RETURNED:
        return returned_lines(entry)
    lines: tuple[str, ...] = tuple(getattr(entry, FIELDS[facet], None) or ())
    return lines


def is_unverified(entry: Entry, facet: Facet) -> bool:
    """Whether any field that a facet is answered from is not confirmed."""
    fields = {FIELDS.get(facet, "how")}
    if facet is Facet.HOW and isinstance(entry, Procedure):
        fields = {"steps"} if entry.steps else {"where", "time"}
    elif facet is Facet.DOCUMENTS:
        fields.add("forms")
    return not fields.isdisjoint(entry.unconfirmed())


def how_lines(entry: Entry) -> tuple[str, ...]:
    """The steps a source gives; else the plain way: papers, where to hand in, when it is ready."""
    if isinstance(entry, Elsewhere):
        return entry.how
    if not isinstance(entry, Procedure):
        return ()
    if entry.steps:
        return entry.steps
    time = (sentences.STEP_WAIT.format(line=entry.time[0]),) if entry.time else ()
    steps = (sentences.STEP_PAPERS, sentences.STEP_HAND_IN.format(line=entry.where[0]), *time)
    return tuple(f"{number}. {step}" for number, step in enumerate(steps, 1))


def document_lines(entry: Entry) -> tuple[str, ...]:
    """Every paper and form with a box to tick; never cut."""
    documents = getattr(entry, "documents", None) or Documents()
    lines = [*_papers(sentences.TO_SUBMIT, documents.submit), *_papers(sentences.TO_SHOW, documents.show)]
    lines += documents.note or ()
    forms = entry.forms if isinstance(entry, Procedure | Elsewhere) else ()
    named = [f"• {form.name}" + (f" — {form.code}" if form.code else "") for form in forms]
    return (*lines, *((sentences.FORMS, *named) if named else ()))


def returned_lines(entry: Entry) -> tuple[str, ...]:
    """Why files are sent back and how to avoid that; never cut."""
    reasons = entry.returned if isinstance(entry, Procedure | Elsewhere) else ()
    lines = [
        line
        for number, each in enumerate(reasons, 1)
        for line in (
            sentences.REASON.format(number=number, reason=each.reason),
            sentences.AVOID.format(avoid=each.avoid),
        )
    ]
    return (sentences.RETURNED, *lines) if lines else ()


def reason_sources(entry: Procedure | Elsewhere) -> tuple[str, ...]:
    """Where each reason was read, by its number."""
    read = (f"{each.source} ({each.date})" if each.date else each.source for each in entry.returned)
    return tuple(
        sentences.REASON_SOURCE.format(number=number, source=source) for number, source in enumerate(read, 1)
    )


def paper_counts(entry: Procedure) -> tuple[int, int]:
    """How many papers are always needed, and how many in some cases only."""
    papers = (*entry.documents.submit, *entry.documents.show)
    sometimes = sum(paper.when is not None for paper in papers)
    return len(papers) - sometimes, sometimes


def _papers(title: str, documents: Iterable[Document]) -> list[str]:
    lines = [
        f"☐ {document.name}" + (f" — {document.when}" if document.when else "") for document in documents
    ]
    return [title, *lines] if lines else []
