"""What each chat was told last: for ten minutes, for so many chats, on a clock that tests wind."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import ZONE
from bot.recent import MOST_CHATS, REMEMBERED, Recent

NOON = datetime(2026, 11, 26, 12, tzinfo=ZONE)
MOMENT = timedelta(microseconds=1)


class Clock:
    """A clock that stands still until it is wound."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def wind(self, by: timedelta) -> None:
        self.now += by


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def recent(clock: Clock) -> Recent:
    return Recent(clock)


def test_tells_what_a_chat_was_told_last(recent: Recent) -> None:
    recent.remember("a", "khai-sinh")
    recent.remember("b", "ket-hon")
    recent.remember("a", "khai-tu")
    assert [recent.entry(chat) for chat in ("a", "b", "c")] == ["khai-tu", "ket-hon", None]


def test_forgets_after_ten_minutes(recent: Recent, clock: Clock) -> None:
    assert timedelta(minutes=10) == REMEMBERED
    recent.remember("a", "khai-sinh")
    clock.wind(REMEMBERED)
    assert recent.entry("a") == "khai-sinh"
    clock.wind(MOMENT)
    assert recent.entry("a") is None
    clock.wind(-REMEMBERED)
    assert recent.entry("a") is None  # gone for good


def test_being_told_anew_begins_the_ten_minutes_anew_and_being_asked_does_not(
    recent: Recent, clock: Clock
) -> None:
    recent.remember("a", "khai-sinh")
    recent.remember("b", "khai-sinh")
    clock.wind(REMEMBERED)
    recent.remember("a", "khai-sinh")
    assert recent.entry("b") == "khai-sinh"
    clock.wind(MOMENT)
    assert recent.entry("a") == "khai-sinh"
    assert recent.entry("b") is None


def test_forgets_a_chat_on_request_and_no_other(recent: Recent) -> None:
    recent.remember("a", "khai-sinh")
    recent.remember("b", "ket-hon")
    recent.forget("a")
    recent.forget("nobody")
    assert (recent.entry("a"), recent.entry("b")) == (None, "ket-hon")


def test_a_message_of_no_chat_leaves_nothing(recent: Recent) -> None:
    recent.remember(None, "khai-sinh")
    recent.remember("a", "khai-sinh")
    recent.forget(None)
    assert recent.entry(None) is None
    assert recent.entry("a") == "khai-sinh"


def test_beyond_the_most_chats_the_one_silent_for_longest_is_forgotten(recent: Recent) -> None:
    for number in range(MOST_CHATS):
        recent.remember(str(number), "khai-sinh")
    recent.remember("0", "ket-hon")
    recent.remember("one more", "khai-tu")
    assert [recent.entry(chat) for chat in ("0", "1", "2", "one more")] == [
        "ket-hon",
        None,
        "khai-sinh",
        "khai-tu",
    ]


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("told"), st.sampled_from("abc"), st.sampled_from(["khai-sinh", "ket-hon"])),
        st.tuples(st.just("forget"), st.sampled_from("abc"), st.just("")),
        st.tuples(st.just("wait"), st.integers(0, 700), st.just("")),
        st.tuples(st.just("ask"), st.sampled_from("abc"), st.just("")),
    ),
    max_size=30,
)


@given(STEPS)
def test_remembers_as_a_list_of_all_that_was_told_would(steps: list[tuple[str, str | int, str]]) -> None:
    clock = Clock()
    recent = Recent(clock)
    told: list[tuple[str, str | None, datetime]] = []
    for what, whom, entry in steps:
        match what:
            case "wait":
                clock.wind(timedelta(seconds=int(whom)))
            case "told":
                recent.remember(str(whom), entry)
                told.append((str(whom), entry, clock.now))
            case "forget":
                recent.forget(str(whom))
                told.append((str(whom), None, clock.now))
            case "ask":
                last, at = ([(told_, at) for chat, told_, at in told if chat == whom] or [(None, NOON)])[-1]
                assert recent.entry(str(whom)) == (last if clock.now - at <= REMEMBERED else None)
