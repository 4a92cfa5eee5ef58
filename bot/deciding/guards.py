"""What is settled before any matching: one ordered list of guards."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from bot.knowledge.language import EmergencyService, Language
from bot.outcomes import Outcome
from bot.privacy import LABELS, Masked, without_masks
from bot.reading import Reading
from bot.text.phrases import Found, PhraseLists, Phrases
from bot.text.word_lists import WordList
from bot.text.words import Word, is_latin, split

GREETING_KINDS = ("insult", "about_bot", "thanks", "goodbye", "small_talk", "hello")  # the first found counts
PEOPLE = ("con", "vợ", "chồng", "mẹ", "cha", "bố", "ba", "má")  # whose data it is
ENGLISH_WORDS, ENGLISH_SHARE = 2, 0.6  # words, share of the message's words
CRY_WORDS = 2  # content words; a cry for help with no more than these beside it is an emergency by itself
ALARM = re.compile("[🆘🚨🚑🚒]")
# What is said by emoji or a drawn face alone, by kind of small talk; ":D" is a word. The last: all but fire.
SHOWN = {
    "insult": re.compile("[👎😡😠🤬💔🖕]"),
    "thanks": re.compile("[👍👌👏🙏🤝💯❤💖💕💗💓🧡💛💚💙🥰😘🫶]"),
    "small_talk": re.compile(
        r"[:;=][-']?[()\[\]]|[()][:;=]|\^_?\^|(?!🔥)[\u2600-\u27bf\U0001f300-\U0001faff]"
    ),
}
LONGEST_TALK = 60  # words; a longer message is more than small talk


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
        lists: dict[str | tuple[str, int], Iterable[str]] = {
            "urgency": danger.urgency,
            "cries": danger.cries,
            "calm": danger.calm,
            "alone": danger.alone,
        }
        for number, service in enumerate(danger.services):
            lists |= {("danger", number): service.danger, ("sign", number): service.signs}
        self._danger = PhraseLists(lists)
        self._stop = stop_words
        self._greetings = PhraseLists({kind: getattr(language.greetings, kind) for kind in GREETING_KINDS})
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
        told = self._danger.find(words)
        if "alone" in told and not self._rest(words, told["alone"]):
            return self._each_number
        is_cry = "cries" in told
        if "calm" in told and not is_cry:
            return ()
        is_urgent = is_cry or "urgency" in told
        found = tuple(
            service
            for number, service in enumerate(self._services)
            if ("danger", number) in told or (is_urgent and ("sign", number) in told)
        )
        if not found and is_cry and len(self._rest(words, told["cries"])) <= CRY_WORDS:
            return self._each_number
        return found

    def personal_data(self, reading: Reading, masked: Masked) -> Guarded | None:
        """A message that is nothing but personal data and the words that label it.

        The code of a receipt asks after the file.
        """
        if not masked.anything or masked.names_file:
            return None
        words = split(without_masks(masked.text))
        return None if self._rest(words, self._labels.find(words)) else Guarded(Outcome.PERSONAL_DATA)

    def too_long(self, reading: Reading, masked: Masked) -> Guarded | None:
        """Longer than is read."""
        return Guarded(Outcome.TOO_LONG) if reading.is_too_long else None

    def nothing_to_read(self, reading: Reading, masked: Masked) -> Guarded | None:
        """No word in it: empty, punctuation; what one says by emoji is small talk or thanks."""
        if reading.words:
            return None
        if ALARM.search(reading.question):
            return Guarded(Outcome.EMERGENCY, services=self._each_number)
        kind = next((kind for kind, shown in SHOWN.items() if shown.search(reading.question)), None)
        return Guarded(Outcome.GREETING, greeting=kind) if kind else Guarded(Outcome.UNSUPPORTED)

    def greeting(self, reading: Reading, masked: Masked) -> Guarded | None:
        """Small talk and nothing else."""
        for words in dict.fromkeys((reading.words, reading.typed)):
            found = self._greetings.find(words) if len(words) <= LONGEST_TALK else {}
            if found and not self._rest(words, chain.from_iterable(found.values())):
                return Guarded(Outcome.GREETING, greeting=min(found, key=GREETING_KINDS.index))
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

    def _rest(self, words: Sequence[Word], known: Iterable[Found]) -> list[Word]:
        """The words that no stop word and nothing that was found accounts for."""
        covered = {at for found in known for at in found.positions} | self._stop.positions(words)
        return [word for at, word in enumerate(words) if at not in covered]
