"""The shape of the language lists: how people type, in lists a clerk can edit."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, model_validator

from bot.knowledge.calendar import Weekday
from bot.knowledge.dated import Lines
from bot.knowledge.model import Day, Id, Model, Text


class Condition(Model):
    """When an ambiguous reading holds; every key that is given must hold.

    `after`/`before`: one of these phrases stands immediately before/after the word.
    `near`: one of these phrases stands anywhere else in the question.
    `at`: the word is the last (`end`) or first (`start`) of the question.
    `after_number`: a number stands immediately before it.
    """

    after: tuple[Text, ...] = ()
    not_after: tuple[Text, ...] = ()
    before: tuple[Text, ...] = ()
    not_before: tuple[Text, ...] = ()
    near: tuple[Text, ...] = ()
    not_near: tuple[Text, ...] = ()
    at: Literal["start", "end"] | None = None
    after_number: Literal["yes", "no"] | None = None


class Sense(Model):
    """One way to read an ambiguous word, and when."""

    to: Text
    when: Condition


class Row(Model):
    """One abbreviation or dialect word.

    Either `to` (always read so) or `readings` (the first whose condition holds; none holds: the word stays
    as typed), or neither, but then `other` says why it is never read as anything else.
    """

    from_: Annotated[Text, Field(alias="from")]
    to: Text | None = None
    readings: tuple[Sense, ...] = ()
    other: tuple[Text, ...] = ()
    note: Text | None = None
    source: Text | None = None

    @model_validator(mode="after")
    def _has_one_meaning(self) -> "Row":
        if self.to is not None and self.readings:
            raise ValueError("row_both")
        if self.to is None and not self.readings and not self.other:
            raise ValueError("row_none")
        return self


class EmergencyService(Model):
    """One emergency number and how people tell of its kind of danger.

    `kind`: names it where another service has the same number (the background kind `emergency-` + kind).
    """

    number: Text
    name: Text
    kind: Id | None = None
    danger: tuple[Text, ...]
    signs: tuple[Text, ...] = ()


class Emergencies(Model):
    """How danger sounds.

    `danger` by itself tells it, `signs` only beside `urgency`; `calm` takes both back unless a cry for help
    (`cries`) stands there. `alone`: words that tell it when the message holds nothing else.
    """

    services: Annotated[tuple[EmergencyService, ...], Field(min_length=1)]
    urgency: tuple[Text, ...]
    cries: tuple[Text, ...]
    calm: tuple[Text, ...]
    alone: tuple[Text, ...]


class Greetings(Model):
    """Small talk by kind; a question that is only this (and padding) is a greeting."""

    hello: tuple[Text, ...]
    thanks: tuple[Text, ...]
    goodbye: tuple[Text, ...]
    about_bot: tuple[Text, ...]
    insult: tuple[Text, ...]
    small_talk: tuple[Text, ...]


class FacetCues(Model):
    """Cue phrases by what they ask for: the facets (bot/facets.py) and four things that are none.

    `quantity`: a published figure. `by_when`: by which day, how long it is valid. `deadline`: what fine, what
    comes of being late. `told`: what asks nothing, though a shorter cue in it would. `mentions`: cues of
    `online` that ask where nothing else does.
    """

    documents: tuple[Text, ...]
    fee: tuple[Text, ...]
    time: tuple[Text, ...]
    where: tuple[Text, ...]
    online: tuple[Text, ...]
    how: tuple[Text, ...]
    eligibility: tuple[Text, ...]
    legal: tuple[Text, ...]
    result: tuple[Text, ...]
    returned: tuple[Text, ...]
    quantity: tuple[Text, ...]
    by_when: tuple[Text, ...]
    deadline: tuple[Text, ...]
    told: tuple[Text, ...] = ()
    mentions: tuple[Text, ...] = ()


class Moments(Model):
    """How people say when.

    `days`: by how many days from today. `named_days`: by day and month, days that are no holidays.
    `around`: what says nothing by itself.
    """

    now: tuple[Text, ...]
    days: Mapping[int, tuple[Text, ...]]
    weekdays: Mapping[Weekday, tuple[Text, ...]]
    next_week: tuple[Text, ...]
    last_week: tuple[Text, ...]
    named_days: Mapping[Text, tuple[Text, ...]]
    morning: tuple[Text, ...]
    noon: tuple[Text, ...]
    afternoon: tuple[Text, ...]
    evening: tuple[Text, ...]
    around: tuple[Text, ...]


class Asking(Model):
    """Cues of questions about no procedure, and the words that may stand beside them."""

    opening: tuple[Text, ...]
    opening_then: tuple[Text, ...]
    going: tuple[Text, ...]
    address: tuple[Text, ...]
    hours: tuple[Text, ...]
    ward: tuple[Text, ...]
    holiday: tuple[Text, ...]
    other_desks: tuple[Text, ...]
    definition: tuple[Text, ...]
    difference: tuple[Text, ...]
    word_for: tuple[Text, ...]
    why: tuple[Text, ...]
    due: tuple[Text, ...]
    handed_in: tuple[Text, ...]
    events: tuple[Text, ...]


class Conversation(Model):
    """How people go on, put right what was understood, and ask several things at once.

    `denies`: cues with `...` where the words stand that are not asked about. `negates`: words that may do so
    by themselves. `joins`: what joins two questions. `asks`: words with which a sentence asks.
    """

    goes_on: tuple[Text, ...]
    refers: tuple[Text, ...]
    names_nothing: tuple[Text, ...]
    facet_words: Mapping[Literal["documents", "fee", "time", "where", "online"], tuple[Text, ...]]
    corrects: tuple[Text, ...]
    denies: tuple[Annotated[Text, Field(pattern=r"^[^.]+ \.\.\.[^.]*$")], ...]
    negates: tuple[Text, ...]
    joins: tuple[Text, ...]
    asks: tuple[Text, ...]


class WordLists(Model):
    """Words that count `always`, and single words that count only where typed with their marks."""

    always: tuple[Text, ...]
    marked_only: tuple[Text, ...]


class Term(Model):
    """A word people may not know: what it `means`, or the word to use `instead`.

    `also`: other words for it. `more`: what is told beside, when someone asks for the term. `see`: entries
    that have to do with it. `source`, `verified`: where and when the meaning was read.
    """

    term: Text
    also: tuple[Text, ...] = ()
    means: Text | None = None
    more: Lines | None = None
    see: tuple[Id, ...] = ()
    source: Text | None = None
    verified: Day | None = None
    instead: Text | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The term and the other words for it."""
        return (self.term, *self.also)

    @model_validator(mode="after")
    def _says_one_thing(self) -> "Term":
        if (self.means is None) == (self.instead is None):
            raise ValueError("term_one")
        return self


class FormerName(Model):
    """Names of a place or office that is no more, and the sentence that says what it is now.

    `marked`: counted only where typed with marks. `not_after`: words after which it is another name.
    `entry`: the entry that tells more.
    """

    names: Annotated[tuple[Text, ...], Field(min_length=1)]
    says: Text
    entry: Id
    marked: Literal["yes"] | None = None
    not_after: tuple[Text, ...] = ()


class SpellingRule(Model):
    """A spelling by ear: letters (without tone) at the start or end of a syllable, and what is meant."""

    typed: Annotated[str, Field(pattern=r"^[a-zđăâêôơư]+$")]
    meant: Annotated[str, Field(pattern=r"^[a-zđăâêôơư]+$")]
    at: Literal["start", "end"]
    example: Text
    source: Text | None = None

    @model_validator(mode="after")
    def _changes_something(self) -> "SpellingRule":
        if self.typed == self.meant:
            raise ValueError("rule_same")
        return self


class English(Model):
    """English words: `words` that no Vietnamese syllable is written like, `neutral` ones that some are."""

    words: tuple[Text, ...]
    neutral: tuple[Text, ...]


class Language(Model):
    """All language lists together."""

    abbreviations: tuple[Row, ...]
    dialect: tuple[Row, ...]
    stop_words: WordLists
    contrasts: WordLists
    facets: FacetCues
    emergencies: Emergencies
    greetings: Greetings
    english: English
    terms: tuple[Term, ...]
    moments: Moments
    asking: Asking
    conversation: Conversation
    former_names: tuple[FormerName, ...]
    spelling: tuple[SpellingRule, ...]
