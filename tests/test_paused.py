"""The bot paused, and a notice: what a citizen is answered through the service, and what is logged."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlite_utils import Database

from bot import sentences
from bot.answering import Action, Browse, Erase, Explain, Menu, NoneFits, Open, Rate, Role
from bot.answering.contact import contact_lines
from bot.assistant import Assistant
from bot.clock import ZONE
from bot.commands import COMMANDS
from bot.outcomes import Outcome
from bot.pace import Pace
from bot.privacy import Pseudonyms
from bot.service import Served, Service
from bot.storage import Storage
from bot.switches import Switches
from bot.verdicts import Verdict
from tests.conftest import NOW, TODAY
from tests.fakes.clock import Clock

BIRTH = "dang-ky-khai-sinh"
PERSON = "4815162342"
FIRST, LAST = date(2026, 11, 28), date(2026, 11, 30)
LEAD = "Máy trả lời đang tạm dừng: đang sửa máy. Xin cô/bác hỏi trực tiếp hoặc gọi:"


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[Storage]:
    storage = Storage(tmp_path / "log.db")
    yield storage
    storage.close()


@pytest.fixture
def switches(storage: Storage, clock: Clock) -> Switches:
    return Switches(storage, clock)


@pytest.fixture
def service(
    assistant: Assistant, storage: Storage, switches: Switches, clock: Clock, tmp_path: Path
) -> Service:
    keys = Pseudonyms(tmp_path / "key")
    return Service(assistant, storage, keys, clock, channel="telegram", pace=Pace(), switches=switches)


def rows(storage: Storage) -> list[dict[str, object]]:
    def read(db: Database) -> list[dict[str, object]]:
        return list(db.query("SELECT outcome, entry, text, person FROM query_log ORDER BY id"))

    return storage.submit(read).result(10)


def assert_paused(served: Served, assistant: Assistant) -> None:
    assert served.answer.outcome is Outcome.PAUSED
    assert served.answer.message.lead == (LEAD, *contact_lines(assistant.knowledge, TODAY))
    assert served.answer.message.buttons == ()
    assert served.rating is None


def test_every_question_is_told_that_the_bot_is_paused_and_whom_to_ask(
    service: Service, switches: Switches, assistant: Assistant, storage: Storage
) -> None:
    switches.pause("đang sửa máy")
    for question in ("đăng ký khai sinh", "chào", "a" * 5000, "giờ làm việc", "hello", ""):
        assert_paused(service.ask(question, PERSON), assistant)
    switches.resume()
    assert service.ask("đăng ký khai sinh", PERSON).answer.outcome is Outcome.ANSWERED


ACTIONS: tuple[Action, ...] = (
    Open(BIRTH, None, Role.CANDIDATE),
    Explain(BIRTH),
    Menu(),
    Browse(),
    NoneFits(),
    *(Rate(BIRTH, None, verdict) for verdict in Verdict),
)


@pytest.mark.parametrize("action", ACTIONS)
def test_every_tap_is_told_the_same(
    service: Service, switches: Switches, assistant: Assistant, action: Action
) -> None:
    switches.pause("đang sửa máy")
    assert_paused(service.act(action, PERSON), assistant)


RIGHTS = {"riengtu", "dulieu", "xoadulieu"}


def test_every_command_is_told_the_same_but_for_a_persons_rights(
    service: Service, switches: Switches, assistant: Assistant, storage: Storage
) -> None:
    service.record(service.ask("đăng ký khai sinh", PERSON), PERSON).result(10)
    switches.pause("đang sửa máy")
    outcomes = {name: command.serve(service, PERSON, "", None) for name, command in COMMANDS.items()}
    assert {name for name, served in outcomes.items() if served.answer.outcome is Outcome.GREETING} >= RIGHTS
    for name in ("start", "menu", "help"):
        assert_paused(outcomes[name], assistant)
    assert_paused(COMMANDS["start"].serve(service, PERSON, BIRTH, None), assistant)
    assert "đăng ký khai sinh" in outcomes["dulieu"].answer.message.plain()
    (erase,) = outcomes["xoadulieu"].answer.message.buttons
    assert service.act(erase.action, PERSON).answer.message.lead == (sentences.ERASED,)
    assert isinstance(erase.action, Erase)
    assert rows(storage) == []


@pytest.mark.parametrize("question", ["cháy nhà cứu với", "chay nha roi"])
def test_a_cry_for_help_is_heard_while_paused_and_carries_no_notice(
    service: Service, switches: Switches, question: str
) -> None:
    switches.pause("đang sửa máy")
    switches.announce("Nghỉ.", TODAY, TODAY)
    answer = service.ask(question, PERSON).answer
    assert answer.outcome is Outcome.EMERGENCY
    assert answer.message.notice is None
    assert "114" in answer.message.plain()


def test_what_was_asked_while_paused_is_logged_masked(
    service: Service, switches: Switches, storage: Storage
) -> None:
    switches.pause("đang sửa máy")
    for served in (
        service.ask("khai sinh, số tui 0905123456", PERSON),
        service.act(Open(BIRTH, None, Role.FACET), PERSON),
    ):
        service.record(served, PERSON).result(10)
    asked, tapped = rows(storage)
    assert {asked["outcome"], tapped["outcome"]} == {"paused"}
    assert asked["entry"] is tapped["entry"] is tapped["text"] is None
    assert str(asked["text"]).startswith("khai sinh")
    assert "0905123456" not in str(asked["text"])
    assert asked["person"] == service.pseudonym(PERSON)


def test_who_writes_too_fast_while_paused_is_told_so_once_as_ever(
    service: Service, switches: Switches, clock: Clock
) -> None:
    switches.pause("đang sửa máy")
    served = [service.ask("khai sinh", PERSON, clock.now) for _ in range(60)]
    outcomes = [each.answer.outcome for each in served]
    assert outcomes[0] is Outcome.PAUSED
    assert [each.is_silent for each in served if each.answer.outcome is Outcome.RATE_LIMITED].count(
        False
    ) == 1


def test_a_chat_goes_on_after_the_pause_where_it_was(service: Service, switches: Switches) -> None:
    service.ask("đăng ký khai sinh", PERSON)
    switches.pause("đang sửa máy")
    service.ask("còn lệ phí?", PERSON)
    switches.resume()
    answer = service.ask("còn lệ phí?", PERSON).answer
    assert (answer.outcome, answer.entry) == (Outcome.FOLLOWED_UP, BIRTH)


def test_a_notice_is_above_every_answer_from_its_first_to_its_last_day(
    service: Service, switches: Switches, clock: Clock
) -> None:
    switches.announce("Sáng 28 phường nghỉ\nđể sửa điện.", FIRST, LAST)
    moments = {
        datetime(2026, 11, 27, 23, 59, tzinfo=ZONE): False,
        datetime(2026, 11, 28, tzinfo=ZONE): True,
        datetime(2026, 11, 30, 23, 59, tzinfo=ZONE): True,
        datetime(2026, 12, 1, tzinfo=ZONE): False,
        datetime(2026, 11, 30, 23, 59, tzinfo=ZoneInfo("UTC")): False,  # the ward has the next day already
    }
    for moment, is_shown in moments.items():
        clock.now = moment
        for served in (
            service.ask("đăng ký khai sinh"),
            service.ask("xyz abc"),
            service.act(Open(BIRTH, None, Role.FACET)),
            service.act(Browse()),
            service.show(Assistant.welcome),
            service.act(Rate(BIRTH, None, Verdict.BAD)),
        ):
            message = served.answer.message
            assert (message.notice == "Sáng 28 phường nghỉ để sửa điện.") is is_shown
            assert message.plain().startswith("📢 Sáng 28 phường nghỉ để sửa điện.\n\n") is is_shown


def test_thanks_for_a_thumb_up_carry_no_notice(service: Service, switches: Switches) -> None:
    switches.announce("Nghỉ.", TODAY, TODAY)
    served = service.act(Rate(BIRTH, None, Verdict.GOOD), PERSON)
    assert served.answer.message.plain() == sentences.THANKS_GOOD
    assert served.rating is not None


def test_while_paused_the_notice_is_shown_too(service: Service, switches: Switches) -> None:
    switches.announce("Nghỉ.", TODAY, TODAY)
    switches.pause("đang sửa máy")
    assert service.ask("khai sinh").answer.message.plain().startswith(f"📢 Nghỉ.\n\n{LEAD}")


def test_without_switches_nothing_is_paused_or_announced(
    assistant: Assistant, storage: Storage, clock: Clock, tmp_path: Path
) -> None:
    service = Service(assistant, storage, Pseudonyms(tmp_path / "key"), clock, channel="telegram")
    clock.now += timedelta(days=1)
    answer = service.ask("đăng ký khai sinh").answer
    assert (answer.outcome, answer.message.notice) == (Outcome.ANSWERED, None)
