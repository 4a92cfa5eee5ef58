"""From a reading to what is asked: one question or several, by itself or going on with the last answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.deciding.asking import Asker
from bot.deciding.decide import (
    OTHERS,
    OUTCOME_BY_KIND,
    STATE_PLAINLY,
    Candidate,
    Decider,
    Decision,
    itself,
)
from bot.deciding.denied import Denied
from bot.deciding.fallback import NOT_UNDERSTOOD
from bot.deciding.follow_up import FollowUps
from bot.deciding.part import Decide, Part
from bot.deciding.prepared import Prepared
from bot.deciding.several import Several, Way
from bot.deciding.spoken import CLEAR_TALK, Spoken, maybe_talk, spoken
from bot.facets import Facet
from bot.knowledge import Knowledge
from bot.knowledge.entries import Elsewhere, PersonalFile, Procedure
from bot.matching import Act, Ranking
from bot.matching.acts import FOLLOW, GREETING, PERSONAL, QUESTION
from bot.outcomes import Outcome
from bot.reading import Reader, Reading
from bot.reading.parts import Denials, after_greeting, fragments_of
from bot.text.phrases import Phrases
from bot.text.word_lists import WordList
from bot.text.words import Word

MOST_FRAGMENTS = 12  # sentences and parts of them; a message of more is a story, not several questions
LONGEST_IN_FRAGMENTS = 1000  # characters; a longer message is not looked at part by part: a story as well
LEAST_PERSONAL = 0.35  # probability below which a question is about nobody's own file
CLEAR_OWN_FILE = 0.95  # probability from which on who asks after the own file goes on with no answer
SURE_QUESTION = 0.65  # probability from which on a question stands beside small talk
LONGEST_BESIDE = 60  # words; in a longer story no date or former name stands in the way
SURELY_MEANT = 0.97  # probability from which on neither date nor former name stands in the way
SURE_BESIDE = 0.65  # probability that what is left must have, where a date or former name is left out …
SURE_OF_MORE = 0.85  # … and must have where the former name is understood by itself
MOST_FACETS = 3  # of one entry, answered in one message


@dataclass(frozen=True, slots=True)
class Interpretation:
    """What is asked: parts in order, or what was said that asks nothing (`spoken`)."""

    parts: tuple[Part, ...]
    spoken: Spoken | None = None


class Interpreter:
    """Interprets readings on one knowledge snapshot."""

    def __init__(
        self, knowledge: Knowledge, learned: Prepared, reader: Reader, asker: Asker, today: Callable[[], date]
    ) -> None:
        """`learned`: what matching needs. `today` says which year "năm ngoái" is."""
        language = knowledge.language
        stop_words = WordList(language.stop_words.always, language.stop_words.marked_only)
        self._knowledge = knowledge
        self._matcher = learned.matcher
        self._acts = learned.acts
        self._facets = learned.facets
        self._guesser = learned.guesser
        self._reader = reader
        self._asker = asker
        self._decider = Decider(knowledge, learned.judge, today)
        denials = Denials(language.conversation.denies, language.conversation.negates, stop_words)
        self._denied = Denied(knowledge, denials, self.rank, self.decide)
        self._follow_ups = FollowUps(language.conversation, stop_words)
        self._openings = Phrases((*language.greetings.hello, *language.greetings.thanks))
        self._former = frozenset(row.entry for row in language.former_names)
        self._several = Several(
            knowledge,
            language.conversation,
            learned.judge,
            self.rank,
            self.names_nothing,
            self._facets.told,
        )

    def interpret(
        self, reading: Reading, text: str, last: str | None = None, beside: frozenset[int] = frozenset()
    ) -> Interpretation:
        """What a reading asks.

        `text`: what was typed, for its sentences. `last`: id of the entry of the last answer. `beside`:
        positions of words (a date, a former name) that are left out where they stand in the way.
        """
        fragments: Sequence[Reading] = self._fragments(text)
        if not beside:
            reading, fragments = self._denied.left(reading, fragments)
        asked = self._facets.main(reading.words)
        act = self.act_of(reading)
        said = spoken(act, asked, len(reading.words))
        if said is not None and said.outcome is Outcome.EMERGENCY:
            return Interpretation((), said)
        ranking = self.rank(reading)
        whole = self._decided(reading, ranking)
        is_talk = said is not None and said.outcome is Outcome.GREETING and act.of_group >= CLEAR_TALK
        is_free = said is None or (
            act.of_group < CLEAR_OWN_FILE and (asked.what or self.names_nothing(reading))
        )
        if last is not None and not is_talk and is_free:
            following = self._following(whole, ranking, last, act.of(FOLLOW))
            if following is not None:
                return Interpretation((following,))
        if said is not None and said.outcome is Outcome.GREETING:
            if is_talk or (whole.decision.confidence or 0.0) < SURE_QUESTION:
                return Interpretation((), said)
            said = None  # a question that begins or ends with a greeting
        asks_why = asked.facet is Facet.RETURNED and whole.decision.entry is not None
        if said is not None and not asks_why:
            return Interpretation((self._own_file(whole, said),))
        if beside and len(reading.words) <= LONGEST_BESIDE:
            whole = self._beside(whole, beside)
        whole = self._denied.instead(whole, fragments)
        asking = self._denied.asking(fragments)
        parts = self._several.parts(whole, asking, _remembering(self._part))
        if len(parts) == 1 and parts[0].decision.outcome is Outcome.NO_MATCH:
            talk = maybe_talk(self._acts.of(reading.words), asked, len(reading.words))
            return Interpretation(() if talk else parts, talk)
        return Interpretation(parts)

    def ways(self, reading: Reading, text: str) -> list[Way]:
        """Every way to take a message apart into two questions; `text`: what was typed."""
        reading, fragments = self._denied.left(reading, self._fragments(text))
        asking = self._denied.asking(fragments)
        return list(self._several.ways(self.decide(reading), asking, self._part))

    def decide(self, reading: Reading) -> Part:
        """What was decided of a reading as one question by itself."""
        return self._decided(reading, self.rank(reading))

    def _part(self, reading: Reading) -> Part:
        """The same of a part of a message."""
        return self._decided(reading, self.rank(reading), is_part=True)

    def _beside(self, whole: Part, beside: frozenset[int]) -> Part:
        """The part, or what is decided without those words, where they stand in the way.

        They do where nothing is sure with them, where they lead to a holiday, a former name, or a
        kindred entry.
        """
        decision = whole.decision
        if (decision.confidence or 0.0) >= SURELY_MEANT:
            return whole
        words = whole.reading.words
        left = tuple(word for at, word in enumerate(words) if at not in beside)
        other = self.decide(replace(whole.reading, words=left))
        entry = other.decision.entry
        if entry is None or (other.decision.confidence or 0) < SURE_BESIDE:
            return whole
        if entry in self._knowledge.calendar.entries:
            return whole  # the day named says which holiday is meant
        is_weak = decision.outcome in NOT_UNDERSTOOD or (decision.confidence or 0) < STATE_PLAINLY
        is_holiday = decision.entry in self._knowledge.calendar.entries
        is_kin = decision.entry is not None and entry in self._knowledge.family(decision.entry)
        is_former = decision.entry in self._former and (other.decision.confidence or 0) >= SURE_OF_MORE
        if not (is_weak or is_holiday or is_former or is_kin):
            return whole
        cued = self._facets.main(words).facet
        facet = cued or other.decision.facet or decision.facet
        return replace(other, decision=replace(other.decision, facet=facet), facets=whole.facets)

    def _fragments(self, text: str) -> list[Reading]:
        """The parts of a text, each read by itself; none of a text that is one, or a story."""
        parts = fragments_of(text) if len(text) <= LONGEST_IN_FRAGMENTS else []
        return [self._reader.read(part) for part in parts] if 1 < len(parts) <= MOST_FRAGMENTS else []

    def rank(self, reading: Reading) -> Ranking:
        """The entries that may be meant; those of one's own file only where one may be asked after."""
        asked = self._facets.main(reading.words)
        words = self._asker.subject(reading.words, asked)
        ranking = self._matcher.rank(after_greeting(words, self._openings))
        if self.act_of(reading).of(PERSONAL) >= LEAST_PERSONAL:
            return ranking
        entries = self._knowledge.entries
        left = tuple(m for m in ranking.matches if not isinstance(entries[m.entry], PersonalFile))
        return replace(ranking, matches=left)

    def candidates(self, reading: Reading) -> tuple[Candidate, ...]:
        """The entries that a reading may mean, whatever is decided, the likeliest first."""
        return self._decider.candidates(self.rank(reading))

    def act_of(self, reading: Reading) -> Act:
        """What a message does; behind a greeting or thanks one may ask, of one's own file too.

        What else stands there ("chào bạn, mình là Tú") says little by itself.
        """
        act = self._acts.of(reading.words)
        if act.group != GREETING:
            return act
        behind = self._acts.of(after_greeting(reading.words, self._openings))
        return behind if behind.group in {QUESTION, PERSONAL} else act

    def facets_of(self, part: Part) -> tuple[Facet, ...]:
        """The facets that a part is answered by: one, or several of the same entry."""
        entry = self._knowledge.find(part.decision.entry or "")
        if isinstance(entry, Procedure | Elsewhere) and len(part.facets) > 1:
            return part.facets[:MOST_FACETS]
        return ()

    def _decided(self, reading: Reading, ranking: Ranking, *, is_part: bool = False) -> Part:
        asked = self._guesser.of(reading.words)
        decision = self._decider.decide(reading, ranking, asked, is_part=is_part)
        return Part(reading, decision, self._facets.several(reading.words))

    def names_nothing(self, reading: Reading) -> bool:
        """Whether a reading does not say what it is about."""
        return self._follow_ups.names_nothing(reading.words, self._facets.main(reading.words))

    def _following(self, whole: Part, ranking: Ranking, last: str, follows: float) -> Part | None:
        """The part as a question that goes on with the last entry; None where it does not.

        The name of the last entry is thought of with it: so the member of its family is found that is meant.
        """
        words = whole.reading.words
        asked = self._facets.main(words)
        sure = self._decider.confidence(ranking) if ranking.matches else None
        family = self._knowledge.family(last)
        if self._follow_ups.corrects(words):
            return self._corrected(whole, last)
        if not self._follow_ups.goes_on(words, asked, ranking, sure, family, follows):
            return None
        entry = last
        if not self._follow_ups.names_nothing(words, asked):
            entry = self._thought_of(words, last) or last
        facet = asked.facet or self._follow_ups.facet(words)
        decision = Decision(Outcome.FOLLOWED_UP, entry, facet, whole.decision.confidence)
        decision = self._decider.with_term(decision, self._knowledge.entries[entry], asked)
        return replace(whole, decision=decision)

    def _corrected(self, whole: Part, last: str) -> Part | None:
        """What was meant instead: of the last entry's family, else what is named; None: it is sure."""
        decision = whole.decision
        if decision.entry is not None or not decision.candidates:
            return None
        member = self._thought_of(whole.reading.words, last)
        if member is not None and member != last:
            return replace(whole, decision=replace(decision, outcome=Outcome.FOLLOWED_UP, entry=member))
        first, *others = decision.candidates
        kind = self._knowledge.entries[first.entry].kind
        outcome = OUTCOME_BY_KIND.get(kind, Outcome.ANSWERED)
        stated = replace(decision, outcome=outcome, entry=first.entry, candidates=tuple(others))
        return replace(whole, decision=stated)

    def _thought_of(self, words: Sequence[Word], last: str) -> str | None:
        """The entry of the last one's family that comes first where its name is thought of with the words."""
        name = self._reader.phrase(self._knowledge.entries[last].name)
        matches = self._matcher.rank((*words, *name)).matches
        family = self._knowledge.family(last)
        return matches[0].entry if matches and matches[0].entry in family else None

    def _own_file(self, whole: Part, said: Spoken) -> Part:
        """The part as a question after one's own file; what it is a file of stays within reach."""
        decision = whole.decision
        beside = tuple(one for one in decision.candidates if one.entry != said.kind)
        if decision.entry != said.kind:
            beside = (*itself(decision, self._knowledge), *beside)
        own = Decision(Outcome.PERSONAL_FILE, said.kind, None, decision.confidence, beside[:OTHERS])
        return replace(whole, decision=own, facets=())


def _remembering(decide: Decide) -> Decide:
    """The same, each run of words decided once: the ways to take a message apart share their halves."""
    known: dict[Sequence[Word], Part] = {}

    def remembered(reading: Reading) -> Part:
        if reading.words not in known:
            known[reading.words] = decide(reading)
        return known[reading.words]

    return remembered
