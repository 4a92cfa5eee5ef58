"""From a decision to a message: the facet asked for on top, short first, the rest folded."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time

from bot import sentences
from bot.answering.actions import Explain, Open, Rate, Role
from bot.answering.answer import Button, Message, Section
from bot.answering.changes import upcoming
from bot.answering.contact import contact_lines, hours
from bot.answering.days import day_name, hours_line
from bot.answering.due import due_line
from bot.answering.facts import facet_lines, is_unverified, paper_counts, reason_sources
from bot.answering.glossary import Glossary
from bot.answering.keyed import LEAVE
from bot.answering.off import Off, ReasonOff, ended, nothing_off
from bot.answering.open_now import opening_lines
from bot.calendar import Opening, WorkDays, opening_at
from bot.calendar.work_days import Why
from bot.facets import Facet
from bot.knowledge import Knowledge
from bot.knowledge.dated import on
from bot.knowledge.deadlines import deadline_lines
from bot.knowledge.entries import Elsewhere, Entry, Information, PersonalFile, Procedure, Result, Unpublished
from bot.outcomes import OUTCOMES, Outcome
from bot.text.units import units
from bot.verdicts import Verdict

LONGEST = 3900  # UTF-16 code units; a messenger takes some 4,096, markup and advice need the rest
MAIN_FACETS = (Facet.DOCUMENTS, Facet.FEE, Facet.TIME, Facet.WHERE, Facet.ONLINE)
BUTTON_FACETS = (*MAIN_FACETS, Facet.RETURNED)
DETAIL_FACETS = (*MAIN_FACETS, Facet.ELIGIBILITY, Facet.RESULT, Facet.LEGAL)
NEVER_CUT = frozenset({Facet.DOCUMENTS, Facet.RETURNED})
SHOWN_SOURCES = 2
SHORT = 5  # lines on top; papers are never cut


class Composer:
    """Writes messages from one knowledge snapshot, as of the moment that `now` gives."""

    def __init__(
        self, knowledge: Knowledge, now: Callable[[], datetime], reason_off: ReasonOff = nothing_off
    ) -> None:
        """`reason_off` says which entries are told beside no other (the one asked for is the caller's)."""
        self._knowledge = knowledge
        self._now = now
        self._off = Off(knowledge, reason_off)
        self._days = WorkDays(knowledge.calendar)
        self.glossary = Glossary(knowledge)

    def entry(
        self, entry: Entry, facet: Facet | None, asked: date | None = None, *, by_when: bool = False
    ) -> Message:
        """The answer that an entry gives, `facet` on top where one was asked for.

        `asked`: the day on which one means to go; what holds then is told, and a processing time is counted
        from it. None for today. `by_when`: of the time first the terms, then how long it takes.
        """
        day = asked or self._today()
        then = on(entry, day)
        soon = upcoming(entry, facet, day)
        if then != on(entry, self._today()):
            soon = (sentences.AS_OF.format(day=day_name(day)), *soon)
        if isinstance(then, Procedure):
            return self._procedure(then, facet, soon, asked, deadline_lines(then) if by_when else ())
        if isinstance(then, Elsewhere):
            return self._elsewhere(then, facet, soon, deadline_lines(then) if by_when else ())
        if isinstance(then, Result):
            return self._result(then)
        if isinstance(then, Unpublished):
            return self._unpublished(then)
        if isinstance(then, PersonalFile):
            return self._personal_file(then)
        if then.id == self._knowledge.ward.hours:
            return self.opening(then, self.state(None, None))
        return self._information(then, soon)

    def state(self, day: date | None, at: time | None) -> Opening:
        """The ward on a day, at a time of it or (None) all day; where no day is given, now."""
        now = self._now()
        if day is None:
            return opening_at(self._days, now.date(), now.time().replace(second=0, microsecond=0))
        return opening_at(self._days, day, at)

    def entry_of(self, state: Opening) -> Entry:
        """The entry that tells of such a day: of its holiday, of what is not published, of the hours."""
        off = state.off
        if off is not None and off.why is Why.UNPUBLISHED:
            return self._knowledge.entries[self._knowledge.calendar.unpublished]
        return self._knowledge.entries[(off.entry if off else None) or self._knowledge.ward.hours]

    def with_opening(self, message: Message, entry: Procedure, day: date | None, at: time | None) -> Message:
        """The answer about a procedure, told first whether its desk is open on a day."""
        if self._knowledge.ward.reception not in entry.where[0]:
            return replace(message, lead=(sentences.OTHER_DESK, *message.lead))
        reason = self._off.hours
        if reason is not None:
            hours_entry = self._knowledge.entries[self._knowledge.ward.hours]
            line = sentences.PAUSED_BESIDE.format(name=hours_entry.name, reason=ended(reason))
            return replace(message, lead=(line, *message.lead))
        return replace(message, lead=(opening_lines(self.state(day, at))[0], *message.lead))

    def opening(self, entry: Entry, state: Opening) -> Message:
        """Whether the ward is open, told before what an entry says of hours or of that day."""
        then = on(entry, self._today())
        if isinstance(then, Unpublished):
            message = self._unpublished(then)
            return replace(message, lead=(*opening_lines(state), *message.lead[1:]))
        message = self._information(then) if isinstance(then, Information) else self.entry(then, None)
        year = tuple(hours_line(season) for season in self._knowledge.calendar.seasons)
        details = (Section(sentences.HOURS_OF_YEAR, year), *message.details)
        return replace(message, lead=(*opening_lines(state), *message.lead), details=details)

    def terms(self, entry: Entry) -> Message | None:
        """The hard words of an entry explained; None when it has none."""
        found = self.glossary.in_texts(_texts(on(entry, self._today())))
        return self.glossary.page(entry, found) if found else None

    def _today(self) -> date:
        return self._now().date()

    def _procedure(
        self,
        entry: Procedure,
        facet: Facet | None,
        soon: tuple[str, ...],
        handed_in: date | None,
        terms: tuple[str, ...] = (),
    ) -> Message:
        lines = self._overview(entry) if facet is None else (*terms, *self._facet(entry, facet))
        beside = soon
        if facet is Facet.WHERE and self._knowledge.ward.reception in entry.where[0]:
            desk_hours = hours(self._knowledge, self._today())
            beside = soon if self._off.hours is not None else (desk_hours, *soon)
        if facet is Facet.TIME:
            beside = (*due_line(entry.time or (), self._days, self._now(), handed_in), *soon)
        room = len(lines) if facet in NEVER_CUT else SHORT - len(beside)
        sections = self._sections(entry, facet, lines[room:])
        return self._fitted(entry, self._title(entry, facet), (*lines[:room], *beside), sections, facet)

    def _sections(self, entry: Entry, asked: Facet | None, rest: tuple[str, ...]) -> list[Section]:
        """What else the entry says; first `rest`, what of the facet asked for has no place on top."""
        others = [self._section(entry, other) for other in DETAIL_FACETS if other is not asked]
        if isinstance(entry, Procedure) and entry.steps and asked is not Facet.HOW:
            others.insert(0, self._section(entry, Facet.HOW))  # steps of its own are worth their place
        if asked is None:
            return others
        if asked is Facet.RETURNED and isinstance(entry, Procedure | Elsewhere):
            return [Section(sentences.REASON_SOURCES, reason_sources(entry)), *others]
        return [Section(sentences.FACET_REST.format(name=sentences.FACET_NAMES[asked]), rest), *others]

    def _overview(self, entry: Procedure) -> tuple[str, ...]:
        """At most five lines: what it is, where, how long, how much, how many papers."""
        lines = list((entry.summary or ())[:1])
        for facet, form in sentences.OVERVIEW.items():
            told = facet_lines(entry, facet)
            if told:
                mark = sentences.UNVERIFIED_MARK if is_unverified(entry, facet) else ""
                lines.append(form.format(line=told[0]) + mark)
        always, sometimes = paper_counts(entry)
        if not (always or sometimes):
            note = entry.documents.note
            return (*lines, *(sentences.PAPERS_NOTE.format(line=line) for line in (note or ())[:1]))
        form = sentences.PAPERS_COUNT
        if not (always and sometimes):
            form = sentences.PAPERS_COUNT_ALWAYS if always else sentences.PAPERS_COUNT_SOMETIMES
        return (*lines, form.format(always=always, sometimes=sometimes))

    def _facet(self, entry: Procedure | Elsewhere, facet: Facet) -> tuple[str, ...]:
        lines = facet_lines(entry, facet)
        if not lines:
            return (sentences.NOT_KNOWN.get(facet, sentences.NOT_KNOWN_OTHER),)
        if not is_unverified(entry, facet):
            return lines
        form = sentences.UNVERIFIED if isinstance(entry, Procedure) else sentences.UNVERIFIED_ELSEWHERE
        what = sentences.UNVERIFIED_PART.get(facet, sentences.UNVERIFIED_OTHER)
        warning = form.format(what=what, day=f"{entry.verified:%d/%m/%Y}")
        if facet is Facet.DOCUMENTS:
            return (*lines, warning)
        return (lines[0], warning, *lines[1:])  # beside the short answer, so that it stays on top

    def _elsewhere(
        self, entry: Elsewhere, facet: Facet | None, soon: tuple[str, ...], terms: tuple[str, ...] = ()
    ) -> Message:
        if facet not in BUTTON_FACETS and not (facet and facet_lines(entry, facet)):
            facet = None  # who may do it, what comes of it: another office's own business
        asked = facet or Facet.HOW
        who = (OUTCOMES[Outcome.NOT_OURS].sentence, sentences.WHO_DOES_IT.format(who=entry.who))
        told = (*terms, *self._facet(entry, asked))
        lines = tuple(line for line in told if line != entry.who)  # said already
        room = len(lines) if asked in NEVER_CUT else SHORT - len(who) - len(soon)
        sections = self._sections(entry, asked, lines[room:])
        if asked is not Facet.HOW:
            sections.insert(1, self._section(entry, Facet.HOW))
        return self._fitted(entry, self._title(entry, facet), (*who, *lines[:room], *soon), sections, facet)

    def _result(self, entry: Result) -> Message:
        together = self.together(entry)
        lead = [entry.statement, *(other.statement for other in together)]
        about = [sentences.PERIOD.format(period=entry.period)] if entry.period else []
        about.append(sentences.OCCASION.format(occasion=entry.occasion))
        sections = [Section(sentences.ABOUT_FIGURE, tuple(about))]
        sections += [
            Section(other.name, (sentences.OCCASION.format(occasion=other.occasion),)) for other in together
        ]  # fmt: skip
        return self._fitted(entry, entry.name, tuple(lead), sections, None, sources=[entry, *together])

    def together(self, entry: Result) -> list[Result]:
        """The results that are always told with this one; but for those that are off."""
        known = (self._knowledge.find(id_) for id_ in entry.together)
        return [e for e in known if isinstance(e, Result) and self._off.reason(e) is None]

    def _information(self, entry: Information, soon: tuple[str, ...] = ()) -> Message:
        unsure = "text" in entry.unconfirmed()
        lead = (*entry.text, *((sentences.UNVERIFIED_FACT,) if unsure else ()), *soon)
        return self._fitted(entry, entry.name, lead, [], None)

    def _unpublished(self, entry: Unpublished) -> Message:
        lead = [entry.missing]
        known = (self._knowledge.find(id_) for id_ in entry.nearest)
        nearest = [on(e, self._today()) for e in known if e is not None and self._off.reason(e) is None]
        told = [self._in_short(e) for e in nearest if isinstance(e, Result | Information)]
        if told:
            lead += [sentences.NEAREST, *(f"• {line}" for line in told)]
        offered = tuple(Button(e.name, Open(e.id, None, Role.FAMILY)) for e in nearest)
        buttons = tuple(dict.fromkeys((*offered, *self._family_buttons(entry), *LEAVE)))
        contact = contact_lines(self._knowledge, self._today(), with_hours=self._off.hours is None)
        return self._fitted(entry, entry.name, tuple(lead), [], None, sources=nearest or [entry],
                            buttons=buttons, contact=contact)  # fmt: skip

    def _personal_file(self, entry: PersonalFile) -> Message:
        unsure = "look_up" in entry.unconfirmed()
        lead = [OUTCOMES[Outcome.PERSONAL_FILE].sentence, *(f"• {line}" for line in entry.look_up)]
        lead += [sentences.UNVERIFIED_FACT] if unsure else []
        return self._fitted(entry, entry.name, tuple(lead), [], None)

    def _in_short(self, entry: Result | Information) -> str:
        if entry.id == self._knowledge.ward.hours:
            return f"{entry.name}: {hours_line(self._days.season(self._today()))}"
        return entry.statement if isinstance(entry, Result) else entry.text[0]

    def _title(self, entry: Entry, facet: Facet | None) -> str:
        return entry.name if facet is None else f"{entry.name} · {sentences.FACET_NAMES[facet]}"

    def _section(self, entry: Entry, facet: Facet) -> Section:
        mark = sentences.UNVERIFIED_MARK if is_unverified(entry, facet) else ""
        return Section(sentences.FACET_NAMES[facet] + mark, facet_lines(entry, facet))

    def _fitted(
        self,
        entry: Entry,
        title: str,
        lead: tuple[str, ...],
        sections: Sequence[Section],
        facet: Facet | None,
        *,
        sources: Sequence[Entry] = (),
        buttons: tuple[Button, ...] = (),
        contact: tuple[str, ...] = (),
    ) -> Message:
        """The message with as many whole sections as one message holds, in order of need."""
        notes = Section(sentences.NOTES, entry.notes or ())
        footer = (*contact, *self._footer(entry, sources or [entry]))
        buttons = buttons or (*self._facet_buttons(entry, facet), *self._family_buttons(entry))
        if self.glossary.in_texts(_texts(entry)):
            buttons = (*buttons, Button(sentences.TERMS_BUTTON, Explain(entry.id)))
        buttons = (*buttons, *rating_buttons(entry, facet))
        whole = Message(lead, title, (), footer, buttons)
        room = LONGEST - units(whole.plain()) - units(sentences.MORE)
        details, more = _details(sections, notes, room)
        footer = (more, *footer) if more else footer
        return Message(lead, title, details, footer, buttons)

    def _footer(self, entry: Entry, sources: Sequence[Entry]) -> tuple[str, ...]:
        lines = []
        for told in dict.fromkeys((entry.id, *(source.id for source in sources))):
            of_that_day = entry if told == entry.id else on(self._knowledge.entries[told], self._today())
            lines += self._warnings(of_that_day, is_own=told == entry.id)
        if isinstance(entry, Procedure | Elsewhere) and entry.code:
            lines.append(sentences.CODE.format(code=entry.code))
        shown = dict.fromkeys(name for source in sources for name in _source_names(source))
        lines.append(sentences.SOURCE.format(sources="; ".join(shown)))
        lines.append(sentences.VERIFIED.format(day=f"{entry.verified:%d/%m/%Y}"))
        return tuple(lines)

    def _warnings(self, entry: Entry, *, is_own: bool) -> list[str]:
        """What must be said of an entry whose facts are told: unverified fields, past its day."""
        said_on_top = {"text", "returned", "look_up"} if is_own else set()
        fields = [field for field in entry.unconfirmed() if field not in said_on_top]
        names = ", ".join(dict.fromkeys(sentences.FIELD_NAMES[field] for field in fields))
        told = names if is_own else entry.name
        lines = [sentences.UNVERIFIED_ENTRY.format(fields=told)] if names else []
        if entry.review_by < self._today():
            day = f"{entry.review_by:%d/%m/%Y}"
            lines.append(sentences.STALE.format(day=day if is_own else f"{entry.name}, {day}"))
        return lines

    def _facet_buttons(self, entry: Entry, facet: Facet | None) -> tuple[Button, ...]:
        if not isinstance(entry, Procedure | Elsewhere):
            return ()
        return tuple(
            Button(sentences.FACET_NAMES[other], Open(entry.id, other, Role.FACET))
            for other in BUTTON_FACETS
            if other is not facet and facet_lines(entry, other)
        )

    def _family_buttons(self, entry: Entry) -> tuple[Button, ...]:
        head = self._knowledge.find(entry.family) if entry.family else None
        near = (head,) if head is not None else self._knowledge.members(entry.id)
        return tuple(Button(other.name, Open(other.id, None, Role.FAMILY)) for other in near)


def _details(
    sections: Sequence[Section], notes: Section, room: int
) -> tuple[tuple[Section, ...], str | None]:
    """What fits into `room` UTF-16 units, and what to say of the rest: whole sections, then single notes."""
    kept, more = [], None
    for section in sections:
        fitting, room = _fit(section, room, cut=False)
        if fitting.lines:
            kept.append(fitting)
        elif section.lines:
            more = sentences.MORE
    shown, _ = _fit(notes, room, cut=True)
    if len(shown.lines) < len(notes.lines):
        more = more or sentences.MORE_NOTES
    return tuple(section for section in (*kept, shown) if section.lines), more


def _texts(entry: Entry) -> tuple[str, ...]:
    """All that an answer from this entry may say."""
    lines = [
        line for facet in (*BUTTON_FACETS, *DETAIL_FACETS, Facet.HOW) for line in facet_lines(entry, facet)
    ]
    own = [getattr(entry, name, None) or () for name in ("summary", "text", "notes")]
    return (entry.name, *(line for text in own for line in text), *dict.fromkeys(lines))


def rating_buttons(entry: Entry, facet: Facet | None) -> tuple[Button, ...]:
    """Was this right? A thumb up, a thumb down."""
    return (
        Button(sentences.GOOD_BUTTON, Rate(entry.id, facet, Verdict.GOOD)),
        Button(sentences.BAD_BUTTON, Rate(entry.id, facet, Verdict.BAD)),
    )


def _source_names(entry: Entry) -> list[str]:
    """What an entry rests on, as a citizen is told: the law; where none is named, what was read."""
    if isinstance(entry, Procedure | Elsewhere) and entry.legal:
        return list(entry.legal[:SHOWN_SOURCES])
    return [f"{s.name} ({s.date})" if s.date else s.name for s in entry.sources[:SHOWN_SOURCES]]


def _fit(section: Section, room: int, *, cut: bool) -> tuple[Section, int]:
    """The section if it fits into `room` UTF-16 units, else (with `cut`) as many of its lines as do."""
    if not section.lines:
        return section, room
    needed = units(section.title) + sum(units(line) + 1 for line in section.lines) + 2
    if needed <= room:
        return section, room - needed
    if not cut:
        return Section(section.title, ()), room
    left, kept = room - units(section.title) - 2, []
    for line in section.lines:
        if units(line) + 1 > left:
            break
        left -= units(line) + 1
        kept.append(line)
    return Section(section.title, tuple(kept)), left if kept else room
