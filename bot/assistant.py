"""The walk of a question: read → guard → match → decide → answer."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from bot import sentences
from bot.answering import Answer, Browse, Composer, Explain, Menu, Message, NoneFits, Open, Pages, WaysOn
from bot.cache import NO_CACHE, Cache
from bot.calendar import State
from bot.deciding import Decider, Decision, Guarded, Guards
from bot.deciding.asking import About, Asker
from bot.deciding.decide import OUTCOME_BY_KIND
from bot.deciding.fallback import NOT_UNDERSTOOD, Step
from bot.facets import Facet
from bot.knowledge import Knowledge
from bot.knowledge.entries import Entry, Information, Procedure, Result, Unpublished
from bot.matching import Contrasts, FacetReader, FeatureReader, Match, Matcher, index_of
from bot.outcomes import OUTCOMES, Outcome
from bot.privacy import mask
from bot.reading import LONGEST, Reader, Reading
from bot.reading.former_names import Former, FormerNames
from bot.reading.moments import Moment, MomentReader
from bot.text.word_lists import WordList

ASKED_ITSELF = frozenset({Facet.FEE, Facet.DOCUMENTS})  # answered as such, not by whether one can come
URGENT = 300  # characters; a cry for help is short


class Assistant:
    """Answers questions from one knowledge snapshot; holds no state of any conversation."""

    def __init__(self, knowledge: Knowledge, now: Callable[[], datetime], cache: Cache = NO_CACHE) -> None:
        """`now` gives the moment at which an answer must be right, in the ward's zone.

        `cache` keeps what is costly to prepare.
        """
        language = knowledge.language
        self._now = now
        stop_words = WordList(language.stop_words.always, language.stop_words.marked_only)
        self.knowledge = knowledge
        self._facets = FacetReader(language.facets.model_dump())
        features = FeatureReader(stop_words, self._facets)
        contrasts = Contrasts(WordList(language.contrasts.always, language.contrasts.marked_only))
        reader = Reader(language)
        index = index_of(knowledge, reader, features, contrasts, cache)
        self._reader = reader.with_vocabulary(index.counts, index.words, index.pairs())
        facts = {
            e.id for e in knowledge.entries.values() if isinstance(e, Result | Unpublished | Information)
        }
        self.matcher = Matcher(index, features, contrasts, facts)
        self._guards = Guards(language, stop_words)
        self._moments = MomentReader(language.moments, knowledge.calendar)
        self._former_names = FormerNames(language.former_names)
        self._asker = Asker(language.asking, language.terms, stop_words)
        self.decider = Decider(knowledge, self._today)
        self._composer = Composer(knowledge, now)
        self.ways_on = WaysOn(knowledge, self._today)
        self.pages = Pages(knowledge)

    def ask(self, question: str) -> Answer:
        """Answer a typed question, whatever it holds."""
        masked = mask(question[:LONGEST])
        reading = self._reader.read(question, masked.bare)
        guarded = self._guards.check(reading, masked)
        if guarded is not None:
            return Answer(guarded.outcome, self._guarded(guarded), masked=masked.text)
        moment = self._moments.read(question, reading.words, self._now())
        answer = self._aside(reading, moment)
        if answer is None:
            answer = self._matched(reading, moment)
        if masked.numbers_or_contacts and not (moment.day and not mask(moment.rest).numbers_or_contacts):
            answer = replace(answer, message=answer.message.with_footer(sentences.PRIVACY_ADVICE))
        return replace(answer, masked=masked.text)

    def _aside(self, reading: Reading, moment: Moment) -> Answer | None:
        """The answer to a question about no procedure: a word's meaning, the ward's hours, a due date."""
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
            return Answer(Outcome.CLARIFIED, self.ways_on.which(), facet=Facet.TIME)
        return None

    def _opening(self, moment: Moment) -> Answer:
        """Whether the ward is open at the moment asked for, or now."""
        state = self._composer.state(moment.day, moment.at)
        entry = self._composer.entry_of(state)
        outcome = OUTCOME_BY_KIND.get(entry.kind, Outcome.ANSWERED)
        if state.state is State.UNKNOWN:
            outcome = Outcome.NO_PUBLISHED_FIGURE
        return Answer(outcome, self._composer.opening(entry, state), entry.id, (entry.id,))

    def _matched(self, reading: Reading, moment: Moment) -> Answer:
        """The answer by matching; told when the ward is open, where that was asked too."""
        former = self._former_names.read(reading.words)
        decision = self._decide_beside(reading, former, moment)
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

    def _decide_beside(self, reading: Reading, former: Former, moment: Moment) -> Decision:
        """The decision; where a former name or a date stands in the way of a better one, that without it.

        A date leads to the holiday on that day, though it may be the day of a birth.
        """
        decision = self.decide(reading)
        if decision.outcome not in NOT_UNDERSTOOD and decision.entry not in self.knowledge.calendar.entries:
            return decision
        dated = {at for at in moment.positions if moment.day and reading.words[at].has_digit}
        beside = former.positions | dated
        if not beside:
            return decision
        words = tuple(word for at, word in enumerate(reading.words) if at not in beside)
        other = self.decide(replace(reading, words=words))
        return decision if other.outcome in NOT_UNDERSTOOD else other

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
        return Answer(Outcome.CHOSEN, message, entry.id) if entry and message else self.gone()

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

    def rank(self, reading: Reading) -> list[Match]:
        """The entries that share anything with the question, best first."""
        return self.matcher.rank(reading.words)

    def decide(self, reading: Reading) -> Decision:
        """Match and decide."""
        asked = self._facets.read(reading.words)
        reading = replace(reading, words=self._asker.subject(reading.words, asked))
        return self.decider.decide(reading, self.rank(reading), asked)

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
            return self._composer.entry(self._entry(decision.entry), decision.facet, day)
        if decision.outcome is Outcome.NO_PUBLISHED_FIGURE:
            nearest = self._entry(decision.nearest) if decision.nearest else None
            return self.ways_on.not_published(nearest)
        return self.ways_on.no_match()

    def _answer(self, decision: Decision, message: Message) -> Answer:
        return Answer(
            decision.outcome,
            message,
            decision.entry,
            self._told(decision.entry),
            decision.facet,
            decision.confidence,
            decision.candidates,
        )

    def _told(self, entry_id: str | None) -> tuple[str, ...]:
        """The entry that answers, and the results that are always told with it."""
        if entry_id is None:
            return ()
        entry = self._entry(entry_id)
        return (entry.id, *entry.together) if isinstance(entry, Result) else (entry.id,)

    def _entry(self, entry_id: str) -> Entry:
        return self.knowledge.entries[entry_id]
