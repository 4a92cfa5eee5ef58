"""What enters the queue, how it is grouped, what becomes of a group."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from bot.clock import ZONE, stamp
from bot.log import Row, query_log
from bot.outcomes import OUTCOMES, Outcome
from bot.privacy import retention, rights
from bot.queue import State, Why, queue
from bot.queue.grouping import Groups, likeness
from bot.queue.states import OPEN
from bot.storage.migrations import migrate
from bot.text.words import split

NOW = datetime(2026, 11, 26, 9, tzinfo=ZONE)
ROW = Row(
    NOW, Outcome.NO_MATCH, None, None, None, (), 1.0, "telegram", "mượn loa của phường", "abcd", counts=True
)


def gist(text: str) -> frozenset[str]:
    return frozenset(word.folded for word in split(text))


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    db = Database(tmp_path / "log.db")
    migrate(db)
    db.conn.isolation_level = None
    yield db
    db.close()


def ask(db: Database, text: str, key: str, **more: Any) -> None:
    query_log.insert(db, replace(ROW, text=text, key=key, **more))


def collect(db: Database) -> None:
    queue.join(db, queue.grouped(queue.collect(db), gist), NOW)


def examples(db: Database) -> list[tuple[str, int]]:
    collect(db)
    return [(one.example, one.times) for one in queue.groups(db, OPEN, 0, 20)[0]]


@pytest.mark.parametrize("outcome", Outcome)
def test_only_questions_without_an_answer_come_in_by_themselves(db: Database, outcome: Outcome) -> None:
    ask(db, "mượn loa của phường", "a", outcome=outcome)
    waits = outcome in {Outcome.NO_MATCH, Outcome.NO_PUBLISHED_FIGURE}
    assert bool(examples(db)) is waits


@pytest.mark.parametrize("outcome", [outcome for outcome in Outcome if not OUTCOMES[outcome].has_question])
def test_greetings_danger_insults_and_personal_data_never_come_in(db: Database, outcome: Outcome) -> None:
    assert {Outcome.GREETING, Outcome.EMERGENCY, Outcome.PERSONAL_DATA} <= {
        one for one in Outcome if not OUTCOMES[one].has_question
    }
    ask(db, "cháy nhà", "a", outcome=outcome)
    queue.put(db, "a", Why.ASKED, NOW)
    assert examples(db) == []


def test_what_the_command_ask_asked_does_not_come_in(db: Database) -> None:
    ask(db, "mượn loa của phường", "a", counts=False)
    assert examples(db) == []


def test_a_citizen_can_put_an_answered_question_in(db: Database) -> None:
    ask(db, "lệ phí khai sinh", "a", outcome=Outcome.ANSWERED)
    assert examples(db) == []
    queue.put(db, "a", Why.BAD, NOW)
    assert examples(db) == [("lệ phí khai sinh", 1)]


def test_alike_questions_are_one_group_and_others_are_not(db: Database) -> None:
    ask(db, "mượn loa kéo của phường", "a")
    ask(db, "muon loa keo cua phuong duoc khong", "b", time=NOW + timedelta(minutes=1))
    ask(db, "xe lăn cho người già", "c")
    assert examples(db) == [("muon loa keo cua phuong duoc khong", 2), ("xe lăn cho người già", 1)]


def test_a_group_tells_when_it_was_asked_and_why_it_waits(db: Database) -> None:
    ask(db, "mượn loa kéo", "a")
    ask(db, "muon loa keo", "b", time=NOW + timedelta(days=2))
    queue.put(db, "b", Why.NONE_FITS, NOW)
    collect(db)
    (found,), count = queue.groups(db, OPEN, 0, 20)
    assert (found.first, found.last) == (NOW, NOW)  # the second came in when it was said that none fits
    assert found.whys == {Why.NO_MATCH, Why.NONE_FITS}
    assert (found.state, count) == (State.NEW, 1)


def test_states_go_from_new_over_doing_to_done_and_done_is_not_shown(db: Database) -> None:
    ask(db, "mượn loa kéo", "a")
    examples(db)
    for state in (State.DOING, State.DONE):
        before = queue.set_state(db, 1, state, "thử", NOW)
        assert before is not None
    assert before.state is State.DOING
    assert examples(db) == []
    found = queue.group(db, 1)
    assert found is not None
    assert (found.state, found.reason) == (State.DONE, "thử")


def test_asked_again_after_it_was_done_opens_a_group_but_not_an_ignored_one(db: Database) -> None:
    for state, opens in ((State.DONE, True), (State.IGNORED, False)):
        ask(db, f"mượn loa kéo {state}", f"a{state}")
        examples(db)
        number = queue.groups(db, OPEN, 0, 20)[0][0].id
        queue.set_state(db, number, state, "", NOW)
        ask(db, f"muon loa keo {state}", f"b{state}", time=NOW + timedelta(hours=1))
        assert bool(examples(db)) is opens
        if opens:
            queue.set_state(db, number, State.IGNORED, "", NOW + timedelta(hours=2))


def test_what_is_erased_or_too_old_leaves_no_question_and_no_group(db: Database) -> None:
    ask(db, "mượn loa kéo", "a")
    ask(db, "xe lăn cho người già", "b", person="other", time=NOW - timedelta(days=31))
    assert len(examples(db)) == 2
    rights.erase(db, ["abcd"])
    assert examples(db) == [("xe lăn cho người già", 1)]
    retention.sweep(db, NOW, dry_run=False)
    assert db["queue_item"].count == db["queue_group"].count == 0


def test_the_questions_of_a_group_are_told_once_each_newest_first(db: Database) -> None:
    for at, text in enumerate(("mượn loa kéo", "muon loa keo", "mượn loa kéo")):
        ask(db, text, str(at), time=NOW + timedelta(minutes=at))
    examples(db)
    assert queue.questions(db, 1) == ["mượn loa kéo", "muon loa keo"]


def test_likeness_is_symmetric_and_one_for_the_same_words() -> None:
    one, other = gist("mượn loa kéo"), gist("mượn loa")
    assert likeness(one, one) == 1
    assert likeness(one, other) == likeness(other, one) < 1
    assert likeness(frozenset(), frozenset()) == 0


def test_a_question_without_telling_words_has_no_group_but_its_own() -> None:
    groups = Groups()
    groups.add(1, frozenset())
    assert groups.nearest(frozenset()) is None


def test_the_replay_asks_what_counts_and_has_words_newest_first(db: Database) -> None:
    ask(db, "một", "a")
    ask(db, "hai", "b")
    ask(db, "một", "c")
    ask(db, "ba", "d", counts=False)
    ask(db, "bốn", "e", outcome=Outcome.GREETING)
    ask(db, "cũ", "f", time=NOW - timedelta(days=40))
    assert query_log.questions(db, NOW - timedelta(days=30), 10) == ["một", "hai"]
    assert stamp(NOW)
