"""Messages where no entry answers: which one is meant, how to ask, whom to ask instead."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date

from bot import sentences
from bot.answering.actions import Menu, NoneFits, Open, Rate, Role
from bot.answering.answer import Button, Message
from bot.answering.contact import contact_lines, hotline_lines
from bot.answering.keyed import LEAVE
from bot.answering.off import Off, ReasonOff, ended, nothing_off
from bot.deciding import Candidate
from bot.deciding.fallback import Step
from bot.facets import Facet
from bot.knowledge import Knowledge
from bot.knowledge.entries import Entry
from bot.knowledge.language import EmergencyService
from bot.outcomes import OUTCOMES, Outcome

MENU = Button(sentences.MENU_BUTTON, Menu())


class WaysOn:
    """Writes the messages that lead a citizen on, from one knowledge snapshot."""

    def __init__(
        self, knowledge: Knowledge, today: Callable[[], date], reason_off: ReasonOff = nothing_off
    ) -> None:
        """`today` says whose season's hours are told; `reason_off` whether they may be."""
        self._knowledge = knowledge
        self._today = today
        self._off = Off(knowledge, reason_off)

    def not_understood(
        self, step: Step, candidates: Sequence[Candidate], facet: Facet | None, sentence: str
    ) -> Message:
        """The message of a step of the fallback; `sentence` begins the request to rephrase."""
        if step is Step.PEOPLE:
            return self.people(candidates, facet)
        if candidates:
            return self.candidates(candidates, facet)
        return self.rephrase(sentence)

    def candidates(self, candidates: Sequence[Candidate], facet: Facet | None) -> Message:
        """Ask back: which of these is meant?"""
        question = sentences.CLARIFIED_ONE if len(candidates) == 1 else OUTCOMES[Outcome.CLARIFIED].sentence
        return Message(
            lead=(question,),
            buttons=(*_offers(candidates, facet), Button(sentences.NONE_FITS_BUTTON, NoneFits())),
        )

    def beside(self, message: Message, others: Sequence[Candidate]) -> Message:
        """An answer, with what else may have been meant within reach."""
        offered = {offer.entry for offer in message.offers}
        buttons = tuple(
            Button(sentences.OR_BUTTON.format(name=other.name), Open(other.entry, None, Role.CANDIDATE))
            for other in others
            if other.entry not in offered
        )
        rating = tuple(button for button in message.buttons if isinstance(button.action, Rate))
        first = tuple(button for button in message.buttons if button not in rating)
        return replace(message, buttons=(*first, *buttons, *rating))

    def rephrase(self, sentence: str) -> Message:
        """Ask for other words, once, with an example."""
        example = sentences.REPHRASE.format(example=self._knowledge.ward.examples[0])
        return Message(lead=(sentence, example), buttons=(MENU,))

    def people(self, candidates: Sequence[Candidate], facet: Facet | None) -> Message:
        """People take over: whom to call, when; the candidates stay within reach."""
        lead = [sentences.ASK_PEOPLE, *self._contact()]
        if candidates:
            lead.append(sentences.OR_ONE_OF_THESE)
        return Message(lead=tuple(lead), buttons=(*_offers(candidates, facet), *LEAVE, MENU))

    def no_match(self) -> Message:
        """All at once, for who asks only once: no answer, how to ask again, whom to ask."""
        message = self.rephrase(OUTCOMES[Outcome.NO_MATCH].sentence)
        return Message(lead=message.lead, footer=self._contact(), buttons=message.buttons)

    def not_published(self, nearest: Entry | None) -> Message:
        """No published figure for what was asked; what is published nearest is a tap away."""
        lead = [OUTCOMES[Outcome.NO_PUBLISHED_FIGURE].sentence]
        buttons: tuple[Button, ...] = ()
        if nearest is not None and self._off.reason(nearest) is None:
            lead.append(sentences.NEAREST_BUTTON.format(ward=self._knowledge.ward.name))
            buttons = (Button(nearest.name, Open(nearest.id, None, Role.FAMILY)),)
        return Message(tuple(lead), footer=self._contact(), buttons=(*buttons, *LEAVE))

    def plain(self, *lines: str) -> Message:
        """These lines and nothing else."""
        return Message(lead=lines)

    def with_menu(self, *lines: str) -> Message:
        """These lines, and the way to the menu."""
        return Message(lead=lines, buttons=(MENU,))

    def with_reception(self, sentence: str) -> Message:
        """One sentence, and the desk to turn to."""
        return Message(lead=(sentence, *self._contact()))

    def paused(self, reason: str) -> Message:
        """Staff have paused the bot: why, and the desk to turn to."""
        return self.with_reception(sentences.PAUSED_FOR.format(reason=ended(reason)))

    def entry_off(self, entry: Entry) -> Message | None:
        """Staff have turned the entry off: why, and the desk to turn to; None where it is not off."""
        reason = self._off.reason(entry)
        if reason is None:
            return None
        lead = (sentences.PAUSED_ENTRY.format(reason=ended(reason)),)
        return Message(lead=lead, title=entry.name, footer=self._contact())

    def greeting(self, *lines: str) -> Message:
        """A greeting, with examples of what can be asked."""
        return Message(lead=(*lines, sentences.EXAMPLES, *self._examples()), buttons=(MENU,))

    def help(self) -> Message:
        """How to ask, and whom to ask instead."""
        lead = (sentences.HELP, *self._examples(), sentences.HELP_COMMANDS, sentences.HELP_PRIVACY)
        return Message(lead=lead, footer=self._contact(), buttons=(MENU,))

    def english(self) -> Message:
        """Two lines in English, and the number to call."""
        return Message(lead=(*sentences.ENGLISH, *hotline_lines(self._knowledge)))

    def emergency(self, services: Iterable[EmergencyService]) -> Message:
        """The numbers to call, nothing that must be read first."""
        lines = (sentences.HOTLINE.format(number=s.number, name=s.name) for s in services)
        lead = (OUTCOMES[Outcome.EMERGENCY].sentence, *lines)
        return Message(lead=lead, footer=(sentences.EMERGENCY_CALM,))

    def which(self) -> Message:
        """When is it ready? That depends on what: ask again with its name."""
        return self.with_menu(sentences.DUE_WHICH)

    def _contact(self) -> tuple[str, ...]:
        return contact_lines(self._knowledge, self._today(), with_hours=self._off.hours is None)

    def _examples(self) -> tuple[str, ...]:
        return tuple(sentences.EXAMPLE.format(example=e) for e in self._knowledge.ward.examples)


def _offers(candidates: Sequence[Candidate], facet: Facet | None) -> tuple[Button, ...]:
    return tuple(Button(c.name, Open(c.entry, facet, Role.CANDIDATE)) for c in candidates)
