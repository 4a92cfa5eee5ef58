from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from bot.clock import ZONE
from bot.errors import LogError
from bot.mailbox import mailbox
from bot.mailbox.mailbox import Waiting
from bot.mailbox.sent import KEPT, SentJournal
from bot.storage import Storage

NOON = datetime(2026, 11, 26, 12, tzinfo=ZONE)


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[Storage]:
    storage = Storage(tmp_path / "log.db")
    yield storage
    storage.close()


def test_remembers_what_was_handled(storage: Storage) -> None:
    for name in ("1-a", "2-b", "1-a"):
        storage.submit(lambda db, name=name: mailbox.mark_handled(db, name, NOON)).result(10)
    assert storage.submit(mailbox.handled).result(10) == {"1-a", "2-b"}


def test_the_outbox_gives_back_what_was_put_in_in_its_order(storage: Storage) -> None:
    letters = [Waiting(str(number), NOON, 7, f"thư {number}", "q", "p") for number in range(3)]
    for one in letters:
        storage.submit(lambda db, one=one: mailbox.put(db, one)).result(10)
    assert storage.submit(mailbox.waiting).result(10) == letters
    assert storage.submit(lambda db: mailbox.remove(db, ["0", "1"])).result(10)
    assert not storage.submit(lambda db: mailbox.remove(db, ["0"])).result(10)
    assert storage.submit(mailbox.waiting).result(10) == letters[2:]


def test_knows_which_messages_answer_a_question(storage: Storage) -> None:
    storage.submit(lambda db: mailbox.note_answer(db, "q", [5], NOON, "p")).result(10)
    storage.submit(lambda db: mailbox.note_answer(db, "q", [6], NOON, "p")).result(10)
    storage.submit(lambda db: mailbox.note_answer(db, "q", [5], NOON, "p")).result(10)
    assert sorted(storage.submit(lambda db: mailbox.answers(db, "q")).result(10)) == [5, 6]
    assert storage.submit(lambda db: mailbox.answers(db, "other")).result(10) == []


def test_the_journal_knows_after_a_restart_what_was_sent(tmp_path: Path) -> None:
    journal = SentJournal(tmp_path / "sent")
    journal.open()
    journal.add("update 1")
    again = SentJournal(tmp_path / "sent")  # the first was not closed: a kill
    again.open()
    assert "update 1" in again
    assert "update 2" not in again
    assert (tmp_path / "sent").stat().st_mode & 0o777 == 0o600
    journal.close()
    again.close()


def test_the_journal_passes_over_a_torn_last_line_and_stays_small(tmp_path: Path) -> None:
    (tmp_path / "sent").write_text("".join(f"update {n}\n" for n in range(KEPT + 10)) + "update 7777777")
    journal = SentJournal(tmp_path / "sent")
    journal.open()
    assert "update 7777777" not in journal
    assert "update 5" not in journal
    assert f"update {KEPT + 9}" in journal
    assert len((tmp_path / "sent").read_text().splitlines()) == KEPT
    journal.close()


def test_the_journal_is_cut_while_it_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.mailbox.sent.LONGEST", KEPT + 5)
    journal = SentJournal(tmp_path / "sent")
    journal.open()
    for number in range(2 * KEPT):
        journal.add(str(number))
    assert str(2 * KEPT - 1) in journal
    assert len((tmp_path / "sent").read_text().splitlines()) <= KEPT + 5
    journal.close()


def test_a_journal_that_cannot_be_written_is_told_and_still_knows(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    journal = SentJournal(tmp_path / "file" / "sent")
    with pytest.raises(LogError, match="Không mở được"):
        journal.open()
    journal.add("update 1")
    assert "update 1" in journal
