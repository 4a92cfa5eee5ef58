"""Whether a question goes on with what was answered last: "còn lệ phí?", "nếu quá hạn thì sao"."""

from collections.abc import Sequence

from bot.deciding.confidence import Confidence
from bot.facets import Facet
from bot.knowledge.language import Conversation
from bot.matching import Asked, Ranking
from bot.text.phrases import Phrases, longest
from bot.text.word_lists import WordList
from bot.text.words import Word

SHORT = 14  # words; a longer question says itself what it is about
FOLLOWS = 0.35  # probability from which on a question cannot be understood by itself …
OWN_WORDS = 0.1  # … and below which a question that may be matched speaks for itself
LONGEST = 30  # words; … if it is no longer than this …
SURELY_OWN = 0.97  # … and the first entry no likelier than this
FIRST = 2  # words; a correction comes at once
OWN = 0.85  # probability of the first entry from which on a question speaks of itself, whatever came before
HALF_OWN = 0.8  # … where nothing says that it goes on
NAMED = 0.8  # coverage by the first entry from which on it is named …
MORE_OWN = 0.3  # … if it covers so much more than the entry of the last answer
OWN_NAMED = 0.6  # probability of the first entry from which on it counts as named
ELSEWHERE = 0.8  # probability of being none of ours from which on a new topic has begun


class FollowUps:
    """Knows how people go on."""

    def __init__(self, conversation: Conversation, stop_words: WordList) -> None:
        self._goes_on = Phrases(conversation.goes_on)
        self._refers = Phrases(conversation.refers)
        self._nothing = Phrases(conversation.names_nothing)
        self._corrects = Phrases(conversation.corrects)
        self._facets = {
            word: Facet(name) for name, words in conversation.facet_words.items() for word in words
        }
        self._facet_words = Phrases(self._facets)
        self._stop = stop_words

    def names_nothing(self, words: Sequence[Word], asked: Asked) -> bool:
        """Whether no word says what the question is about."""
        known = set(asked.positions) | self._stop.positions(words)
        for phrases in (self._goes_on, self._refers, self._nothing, self._facet_words):
            known |= {at for found in phrases.find(words) for at in found.positions}
        return len(known) == len(words)

    def facet(self, words: Sequence[Word]) -> Facet | None:
        """The facet that a bare word asks for, where a question names nothing else: "còn lệ phí?"."""
        found = (self._facets[each.cue] for each in longest(self._facet_words.find(words)))
        return next(found, None)

    def corrects(self, words: Sequence[Word]) -> bool:
        """Whether a question puts right what was understood before."""
        return any(found.positions[0] < FIRST for found in self._corrects.find(words))

    def goes_on(
        self,
        words: Sequence[Word],
        asked: Asked,
        ranking: Ranking,
        sure: Confidence | None,
        kin: frozenset[str],
        follows: float,
    ) -> bool:
        """Whether a question is about the entry of the last answer.

        `ranking`, `sure`: of the question by itself (None: nothing matched). `kin`: the entry's family.
        `follows`: probability that it cannot be understood by itself.
        """
        if not words:
            return False
        if self.names_nothing(words, asked):
            return True
        if sure is None or not ranking.matches or len(words) > (LONGEST if follows >= FOLLOWS else SHORT):
            return False
        first = ranking.matches[0]
        if first.entry in kin and sure.first >= HALF_OWN and follows < FOLLOWS:
            return False  # it names the same matter itself
        if first.entry in kin:
            return True
        if follows >= FOLLOWS:
            return sure.first < SURELY_OWN
        of_last = max((m.coverage for m in ranking.matches if m.entry in kin), default=0.0)
        if sure.first >= OWN_NAMED and first.coverage >= NAMED and of_last <= first.coverage - MORE_OWN:
            return False
        if follows < OWN_WORDS and sure.ours >= OWN_NAMED:
            return False
        leads_on = any(found.positions[0] == 0 for found in self._goes_on.find(words))
        if leads_on or self._refers.find(words):
            return sure.first < OWN
        is_other = ranking.background >= ELSEWHERE and ranking.like_background > first.likeness
        return sure.first < HALF_OWN and not is_other
