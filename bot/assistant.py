"""The walk of a question: read → guard → match → decide → answer."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from bot import sentences
from bot.answering import (
    Answer,
    Browse,
    Composer,
    Explain,
    Menu,
    Message,
    NoneFits,
    Open,
    Pages,
    ReasonOff,
    WaysOn,
    nothing_off,
)
from bot.answering.open_now import opening_lines
from bot.answering.together import together
from bot.calendar import State
from bot.deciding import Candidate, Decision, Guarded, Guards
from bot.deciding.asking import About, Asker
from bot.deciding.decide import OUTCOME_BY_KIND, STATE_PLAINLY
from bot.deciding.fallback import Step
from bot.deciding.interpret import Interpreter
from bot.deciding.several import Way
from bot.deciding.spoken import Spoken
from bot.facets import Facet
from bot.knowledge import Knowledge
from bot.knowledge.entries import Entry, Procedure, Result
from bot.learning import TrainedStore, prepare
from bot.matching import Act, Ranking
from bot.outcomes import OUTCOMES, Outcome
from bot.privacy import mask
from bot.reading import LONGEST, OFTEN, Reader, Reading
from bot.reading.former_names import Former, FormerNames
from bot.reading.moments import Moment, MomentReader
from bot.text.word_lists import WordList

ASKED_ITSELF = frozenset({Facet.FEE, Facet.DOCUMENTS})  # answered as such, not by whether one can come
NOTHING_KEPT = TrainedStore(None)
MOST_ANSWERS = 3  # in one message
NO_FORMER = Former((), frozenset())
URGENT = 300  # characters; a cry for help is short


class Assistant:
    """Answers questions from one knowledge snapshot; holds no state of any conversation."""

    def __init__(
        self,
        knowledge: Knowledge,
        now: Callable[[], datetime],
        store: TrainedStore = NOTHING_KEPT,
        reason_off: ReasonOff = nothing_off,
    ) -> None:
        """`now` gives the moment at which an answer must be right, in the ward's zone.

        `store` has what was learned of this knowledge; where it has not, that is learned now. `reason_off`
        says why staff turned an entry off, None where they did not; it is asked for each answer.
        """
        language = knowledge.language
        self._now = now
        self._stop_words = stop_words = WordList(language.stop_words.always, language.stop_words.marked_only)
        self.knowledge = knowledge
        prepared = prepare(knowledge, store)
        index = prepared.index
        self._reader = Reader(language).with_vocabulary(
            index.counts, index.words, index.pairs(OFTEN), index.neighbours()
        )
        self.prepared = prepared
        self._guards = Guards(language, stop_words)
        self._moments = MomentReader(language.moments, knowledge.calendar)
        self._former_names = FormerNames(language.former_names)
        self._asker = Asker(language.asking, language.terms, stop_words)
        self._interpreter = Interpreter(knowledge, prepared, self._reader, self._asker, self._today)
        self._composer = Composer(knowledge, now, reason_off)
        self.ways_on = WaysOn(knowledge, self._today, reason_off)
        self.pages = Pages(knowledge)

    def ask(self, question: str, last: str | None = None) -> Answer:
        """Answer a typed question, whatever it holds; `last`: id of the entry of the last answer."""
        masked = mask(question[:LONGEST])
        reading = self._reader.read(question, masked.bare)
        guarded = self._guards.check(reading, masked)
        if guarded is not None:
            return Answer(guarded.outcome, self._guarded(guarded), masked=masked.text)
        reading = reading.shortened()
        moment = self._moments.read(question, reading.words, self._now())
        answer = self._aside(reading, moment, last)
        if answer is None:
            answer = self._matched(reading, moment, masked.bare, last)
        if masked.numbers_or_contacts and not (moment.day and not mask(moment.rest).numbers_or_contacts):
            answer = replace(answer, message=answer.message.with_footer(sentences.PRIVACY_ADVICE))
        return replace(answer, masked=masked.text)

    def _aside(self, reading: Reading, moment: Moment, last: str | None) -> Answer | None:
        """The answer to a question about no procedure: a word's meaning, the ward's hours, a due date."""
        if last is not None and moment.day is None and self._interpreter.names_nothing(reading):
            return None  # it goes on with what was answered last
        terms = self._asker.defined(reading.words) or self._asker.defined(reading.typed)
        if terms:
            return Answer(Outcome.ANSWERED, self._composer.glossary.definition(terms))
        about = self._asker.about(reading.words, moment)
        if about is not About.NOTHING and moment.is_unclear:
            return Answer(Outcome.CLARIFIED, self.ways_on.with_menu(sentences.WHICH_DAY))
        if about is About.OPENING or (about is About.HOURS and moment.day is not None):
            return self._opening(moment)
        if about is About.HOURS:
            return self.open(self.knowledge.ward.hours, outcome=Outcome.ANSWERED)
        if self._asker.is_due(reading.words, moment):
            if last is not None and isinstance(self._entry(last), Procedure):
                return self._part(Decision(Outcome.FOLLOWED_UP, last, Facet.TIME), moment, NO_FORMER, reading)
            return Answer(Outcome.CLARIFIED, self.ways_on.which(), facet=Facet.TIME)
        return None

    def _opening(self, moment: Moment) -> Answer:
        """Whether the ward is open at the moment asked for, or now."""
        state = self._composer.state(moment.day, moment.at)
        entry = self._composer.entry_of(state)
        outcome = OUTCOME_BY_KIND.get(entry.kind, Outcome.ANSWERED)
        if state.state is State.UNKNOWN:
            outcome = Outcome.NO_PUBLISHED_FIGURE
        answer = Answer(outcome, self._composer.opening(entry, state), entry.id, (entry.id,))
        return self._unless_off(answer, entry.id, self.knowledge.ward.hours)

    def _matched(self, reading: Reading, moment: Moment, text: str, last: str | None) -> Answer:
        """The answer by matching: of one question, or of several together."""
        former = self._former_names.read(reading.words)
        dated = moment.positions if moment.day else frozenset()
        found = self._interpreter.interpret(reading, text, last, frozenset(former.positions | dated))
        if found.spoken is not None:
            return Answer(found.spoken.outcome, self._said(found.spoken))
        answers = []
        for part in found.parts:
            facets = self._interpreter.facets_of(part) or (part.decision.facet,)
            for facet in facets:
                decision = replace(part.decision, facet=facet)
                answers.append(self._part(decision, moment, former, reading))
        if len(answers) == 1:
            return answers[0]
        first = found.parts[0].decision
        told = dict.fromkeys(id_ for answer in answers for id_ in answer.entries)
        main = replace(answers[0], facet=first.facet, entries=tuple(told))
        return replace(main, message=together(answers[:MOST_ANSWERS]), parts=tuple(answers[:MOST_ANSWERS]))

    def _part(self, decision: Decision, moment: Moment, former: Former, reading: Reading) -> Answer:
        """The answer to one question; told when the ward is open, where that was asked too."""
        entry = self._entry(decision.entry) if decision.entry else None
        asks_opening = self._asker.about(reading.words, moment) is About.OPENING_FOR
        asked = self._asker.goes_on(reading.words, moment, self._today())
        is_now = asked is not None or moment.day == self._today()
        if asks_opening and is_now and isinstance(entry, Procedure) and decision.facet not in ASKED_ITSELF:
            decision = replace(decision, facet=Facet.WHERE)
            message = self._composer.entry(entry, Facet.WHERE, asked)
            message = self._composer.with_opening(message, entry, moment.day, moment.at)
        else:
            message = self._message(decision, asked)
        kin = self.knowledge.family(decision.entry) if decision.entry else ()
        message = message.with_footer(*former.said_beside(kin))
        return self._answer(decision, message)

    def _said(self, said: Spoken) -> Message:
        """What is answered to what was no question."""
        if said.outcome is Outcome.EMERGENCY:
            return self.ways_on.emergency(self._guards.services_of(said.kind))
        return self._greeting(said.kind.replace("-", "_"))

    def urgent(self, question: str) -> Answer | None:
        """The answer to a cry for help among the first URGENT characters; None when there is none."""
        masked = mask(question[:URGENT])
        guarded = self._guards.emergency(self._reader.read(question[:URGENT], masked.bare), masked)
        if guarded is None:
            return None
        return Answer(guarded.outcome, self._guarded(guarded), masked=masked.text)

    def open(self, entry_id: str, facet: Facet | None = None, outcome: Outcome = Outcome.CHOSEN) -> Answer:
        """Answer a link: the entry with this id or older id, `facet` on top."""
        entry = self.knowledge.find(entry_id)
        if entry is None:
            return self.gone()
        decision = Decision(outcome, entry.id, facet)
        return self._answer(decision, self._composer.entry(entry, facet))

    def explain(self, entry_id: str) -> Answer:
        """Answer a tap on the hard words of an entry."""
        entry = self.knowledge.find(entry_id)
        message = self._composer.terms(entry) if entry else None
        if entry is None or message is None:
            return self.gone()
        return self._unless_off(Answer(Outcome.CHOSEN, message, entry.id), entry.id)

    def act(self, action: Open | Explain | Menu | Browse | NoneFits) -> Answer:
        """Answer a tap."""
        match action:
            case Open():
                return self.open(action.entry, action.facet)
            case Explain():
                return self.explain(action.entry)
            case Menu():
                return self.act(Browse())
            case Browse():
                page = self.pages.browse(action.topic, action.page)
                return Answer(Outcome.GREETING, page) if page else self.gone()
            case NoneFits():
                return Answer(Outcome.NO_MATCH, self.ways_on.rephrase(sentences.NONE_FITS))

    def not_understood(self, answer: Answer, step: Step) -> Answer:
        """An answer that ended in NO_MATCH or CLARIFIED, as the conversation so far makes it.

        What says by itself how to ask again is left as it is, unless people take over.
        """
        if answer.outcome is Outcome.CLARIFIED and not answer.candidates and step is not Step.PEOPLE:
            return answer
        first = answer.message.lead[0]
        message = self.ways_on.not_understood(step, answer.candidates, answer.facet, first)
        advice = [line for line in answer.message.footer if line == sentences.PRIVACY_ADVICE]
        return replace(answer, message=message.with_footer(*advice))

    def gone(self) -> Answer:
        """A button or link that leads nowhere any more."""
        return Answer(Outcome.UNSUPPORTED, self.ways_on.with_menu(sentences.GONE))

    def welcome(self) -> Answer:
        """What a citizen sees first."""
        return Answer(Outcome.GREETING, self.ways_on.greeting(sentences.GREETING, sentences.WELCOME_PRIVACY))

    def menu(self) -> Answer:
        """The topics."""
        return self.act(Browse())

    def help(self) -> Answer:
        """How to ask, and whom to ask instead."""
        return Answer(Outcome.GREETING, self.ways_on.help())

    def privacy(self) -> Answer:
        """What is kept, how long, who sees it."""
        return Answer(Outcome.GREETING, self.pages.privacy())

    def ask_erase(self) -> Answer:
        """Ask whether all that is stored about the person is to go."""
        return Answer(Outcome.GREETING, self.pages.ask_erase())

    def say(self, outcome: Outcome, sentence: str | None = None) -> Answer:
        """The sentence of an outcome that needs no knowledge (unsupported, error, paused …), or another."""
        return Answer(outcome, self.ways_on.plain(sentence or OUTCOMES[outcome].sentence))

    def read(self, question: str) -> Reading:
        """What the question was read as."""
        return self._reader.read(question)

    def rank(self, reading: Reading) -> Ranking:
        """The entries that may be meant, best first, each with its signals."""
        return self._interpreter.rank(reading)

    def nearest(self, text: str) -> tuple[Candidate, ...]:
        """The entries that a text may mean, whatever would be decided, the likeliest first."""
        return self._interpreter.candidates(self._reader.read(text).shortened())

    def gist(self, text: str) -> frozenset[str]:
        """The words of a text that say something, without marks."""
        words = self._reader.read(text).shortened().words
        padding = self._stop_words.positions(words)
        return frozenset(word.folded for at, word in enumerate(words) if at not in padding)

    def when_somebody_is_there(self) -> tuple[str, ...]:
        """Whether staff are there now; where not, when they are next."""
        state = self._composer.state(None, None)
        if state.state is State.OPEN:
            return (sentences.SOMEBODY_IS_THERE,)
        return (sentences.NOBODY_IS_THERE, opening_lines(state)[0])

    def act_of(self, reading: Reading) -> Act:
        """What the message does."""
        return self._interpreter.act_of(reading)

    def ways(self, question: str) -> list[Way]:
        """Every way to take a message apart into two questions."""
        return self._interpreter.ways(self._reader.read(question).shortened(), question)

    def decide(self, reading: Reading) -> Decision:
        """What is decided of a reading as one question by itself."""
        return self._interpreter.decide(reading).decision

    def _guarded(self, guarded: Guarded) -> Message:
        match guarded.outcome:
            case Outcome.EMERGENCY:
                return self.ways_on.emergency(guarded.services)
            case Outcome.GREETING:
                return self._greeting(guarded.greeting or "hello")
            case Outcome.UNSUPPORTED if guarded.is_foreign:
                return self.ways_on.english()
            case Outcome.UNSUPPORTED:
                return self.ways_on.plain(sentences.NO_WORDS)
        return self.ways_on.plain(OUTCOMES[guarded.outcome].sentence)

    def _greeting(self, kind: str) -> Message:
        sentence = sentences.GREETINGS[kind]
        if kind in sentences.GREETINGS_WITH_EXAMPLES:
            return self.ways_on.greeting(sentence)
        return self.ways_on.plain(sentence)

    def _today(self) -> date:
        return self._now().date()

    def _message(self, decision: Decision, day: date | None = None) -> Message:
        if decision.outcome is Outcome.CLARIFIED:
            return self.ways_on.candidates(decision.candidates, decision.facet)
        if decision.entry is not None:
            entry = self._entry(decision.entry)
            by_when = decision.by_when and decision.facet is Facet.TIME
            message = self._composer.entry(entry, decision.facet, day, by_when=by_when)
            if decision.candidates and (decision.confidence or 0) < STATE_PLAINLY:
                message = replace(message, lead=(sentences.UNDERSTOOD_AS, *message.lead))
            return self.ways_on.beside(message, decision.candidates)
        if decision.outcome is Outcome.NO_PUBLISHED_FIGURE:
            nearest = self._entry(decision.nearest) if decision.nearest else None
            return self.ways_on.not_published(nearest)
        return self.ways_on.no_match()

    def _answer(self, decision: Decision, message: Message) -> Answer:
        answer = Answer(
            decision.outcome,
            message,
            decision.entry,
            self._told(decision.entry),
            decision.facet,
            decision.confidence,
            decision.candidates,
        )
        return self._unless_off(answer, *((decision.entry,) if decision.entry else ()))

    def _unless_off(self, answer: Answer, *sources: str) -> Answer:
        """The answer; where staff turned off an entry that it is made from, that and whom to ask instead."""
        for source in sources:
            message = self.ways_on.entry_off(self._entry(source))
            if message is not None:
                message = self.ways_on.beside(message, answer.candidates)
                return replace(answer, outcome=Outcome.PAUSED, message=message, entry=source, entries=())
        return answer

    def _told(self, entry_id: str | None) -> tuple[str, ...]:
        """The entry that answers, and the results that are always told with it."""
        if entry_id is None:
            return ()
        entry = self._entry(entry_id)
        together = self._composer.together(entry) if isinstance(entry, Result) else ()
        return (entry.id, *(other.id for other in together))

    def _entry(self, entry_id: str) -> Entry:
        return self.knowledge.entries[entry_id]
