"""What changes between two days, and what must be read again before."""

from datetime import date

from bot.knowledge.load import Loaded
from bot.knowledge.review import changes, due
from tests.conftest import TODAY

MARCH = date(2027, 3, 1)


def test_a_fee_that_ends_and_the_one_that_follows_are_one_change(loaded: Loaded) -> None:
    found = changes(loaded.placed, date(2026, 12, 31), date(2027, 1, 1))
    (fee,) = [change for change in found if (change.entry, change.field) == ("cap-lai-can-cuoc", "fee")]
    assert fee.day == date(2027, 1, 1)
    assert fee.ends[0].startswith("35.000 đồng")
    assert fee.begins[0].startswith("70.000 đồng")


def test_nothing_changes_between_two_days_that_no_value_names(loaded: Loaded) -> None:
    assert changes(loaded.placed, date(2026, 12, 1), date(2026, 12, 30)) == []
    assert changes(loaded.placed, date(2027, 1, 1), date(2027, 1, 2)) == []


def test_the_parts_of_a_span_together_are_the_span(loaded: Loaded) -> None:
    middle = date(2027, 1, 15)
    whole = changes(loaded.placed, TODAY, MARCH)
    assert whole == changes(loaded.placed, TODAY, middle) + changes(loaded.placed, middle, MARCH)
    assert whole == sorted(whole, key=lambda change: change.day)


def test_lists_the_entries_to_be_read_again_before_the_day(loaded: Loaded) -> None:
    found = {place.entry.id for place in due(loaded.placed, MARCH)}
    assert found == {place.entry.id for place in loaded.placed if place.entry.review_by < MARCH}
    assert {"dang-ky-ket-hon", "cap-lai-can-cuoc", "dang-ky-thuong-tru"} <= found


def test_every_entry_that_changes_by_then_must_be_read_again_before(loaded: Loaded) -> None:
    """Nothing may change unread: what has a change on a day has its review before that day."""
    late = {place.entry.id for place in due(loaded.placed, MARCH)}
    assert {change.entry for change in changes(loaded.placed, TODAY, MARCH)} <= late
