"""What is settled before any matching: one ordered list of guards."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.knowledge.language import EmergencyService, Language
from bot.outcomes import Outcome
from bot.privacy import LABELS, Masked, without_masks
from bot.reading import Reading
from bot.text.phrases import Phrases
from bot.text.word_lists import WordList
from bot.text.words import Word, is_latin, split

GREETING_KINDS = ("insult", "about_bot", "thanks", "goodbye", "small_talk", "hello")  # the first found counts
PEOPLE = ("con", "vợ", "chồng", "mẹ", "cha", "bố", "ba", "má")  # whose data it is
ENGLISH_WORDS, ENGLISH_SHARE = 2, 0.6  # words, share of the message's words
CRY_WORDS = 2  # content words; a cry for help with no more than these beside it is an emergency by itself


@dataclass(frozen=True, slots=True)
class Guarded:
    """A question that needs no matching: its outcome, and what the answer needs to know."""

    outcome: Outcome
    services: tuple[EmergencyService, ...] = ()
    greeting: str | None = None
    is_foreign: bool = False


class Guards:
    """Emergency, personal data, too long, nothing to read, greeting, another language: the first decides."""

    def __init__(self, language: Language, stop_words: WordList) -> None:
        danger = language.emergencies
        self._services = danger.services
        by_number = {service.number: service for service in reversed(danger.services)}
        self._each_number = tuple(reversed(by_number.values()))  # the first service of each
        self._danger = [Phrases(service.danger) for service in danger.services]
        self._signs = [Phrases(service.signs) for service in danger.services]
        self._urgency = Phrases(danger.urgency)
        self._cries = Phrases(danger.cries)
        self._calm = Phrases(danger.calm)
        self._alone = Phrases(danger.alone)
        self._stop = stop_words
        self._greetings = {kind: Phrases(getattr(language.greetings, kind)) for kind in GREETING_KINDS}
        self._labels = Phrases((*LABELS, *PEOPLE))
        self._english = frozenset(language.english.words)
        self._like_english = self._english | frozenset(language.english.neutral)
        order: tuple[Callable[[Reading, Masked], Guarded | None], ...] = (
            self.emergency,
            self.personal_data,
            self.too_long,
            self.nothing_to_read,
            self.greeting,
            self.foreign,
        )
        self._order = order

    def check(self, reading: Reading, masked: Masked) -> Guarded | None:
        """The first guard that holds; None lets the question through to matching."""
        return next((held for guard in self._order if (held := guard(reading, masked))), None)

    def emergency(self, reading: Reading, masked: Masked) -> Guarded | None:
        """Danger now: a phrase of danger, a sign with urgency, a bare cry for help or word of danger."""
        for words in dict.fromkeys((reading.words, reading.typed)):
            found = self._emergency_services(words)
            if found:
                return Guarded(Outcome.EMERGENCY, services=found)
        return None

    def services_of(self, kind: str) -> tuple[EmergencyService, ...]:
        """The service that helps in this kind of danger (its number, or its `kind`); all when none is it."""
        found = tuple(s for s in self._services if kind in (s.number, s.kind))
        return found[:1] or self._each_number

    def _emergency_services(self, words: Sequence[Word]) -> tuple[EmergencyService, ...]:
        if self._alone.find(words) and not self._rest(words, (self._alone,)):
            return self._each_number
        cries = self._cries.find(words)
        if self._calm.find(words) and not cries:
            return ()
        urgent = bool(cries or self._urgency.find(words))
        found = tuple(
            service
            for service, danger, signs in zip(self._services, self._danger, self._signs, strict=True)
            if danger.find(words) or (urgent and signs.find(words))
        )
        if not found and cries and len(self._rest(words, (self._cries,))) <= CRY_WORDS:
            return self._each_number
        return found

    def personal_data(self, reading: Reading, masked: Masked) -> Guarded | None:
        """A message that is nothing but personal data and the words that label it."""
        if not masked.anything or self._rest(split(without_masks(masked.text)), (self._labels,)):
            return None
        return Guarded(Outcome.PERSONAL_DATA)

    def too_long(self, reading: Reading, masked: Masked) -> Guarded | None:
        """Longer than is read."""
        return Guarded(Outcome.TOO_LONG) if reading.is_too_long else None

    def nothing_to_read(self, reading: Reading, masked: Masked) -> Guarded | None:
        """No word in it: empty, emoji, punctuation."""
        return Guarded(Outcome.UNSUPPORTED) if not reading.words else None

    def greeting(self, reading: Reading, masked: Masked) -> Guarded | None:
        """Small talk and nothing else."""
        for words in dict.fromkeys((reading.words, reading.typed)):
            if self._rest(words, self._greetings.values()):
                continue
            kinds = [kind for kind, phrases in self._greetings.items() if phrases.find(words)]
            if kinds:
                return Guarded(Outcome.GREETING, greeting=kinds[0])
        return None

    def foreign(self, reading: Reading, masked: Masked) -> Guarded | None:
        """A question in English (no mark, English words, most of the message), or in no Latin letters."""
        typed = reading.typed
        if not any(is_latin(word.text) for word in typed if not word.has_digit) and any(
            not word.has_digit for word in typed
        ):
            return Guarded(Outcome.UNSUPPORTED, is_foreign=True)
        if any(word.is_marked for word in typed):
            return None
        known = sum(word.text in self._english for word in typed)
        like = sum(word.text in self._like_english for word in typed)
        if known < ENGLISH_WORDS or like < ENGLISH_SHARE * len(typed):
            return None
        return Guarded(Outcome.UNSUPPORTED, is_foreign=True)

    def _rest(self, words: Sequence[Word], known: Iterable[Phrases]) -> list[Word]:
        """The words that no stop word and none of the known phrases accounts for."""
        covered = {at for phrases in known for found in phrases.find(words) for at in found.positions}
        covered |= self._stop.positions(words)
        return [word for at, word in enumerate(words) if at not in covered]
