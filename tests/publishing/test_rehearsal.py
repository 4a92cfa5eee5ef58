"""Trying a version beside another: in this process, and in one of its own."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.errors import BotError
from bot.knowledge import load
from bot.learning import TrainedStore
from bot.publishing import rehearsal as rehearsal_module
from bot.publishing.asking import Pair
from bot.publishing.rehearsal import Rehearsal, Rehearser, Stage, rehearse
from bot.publishing.replay import Asked, ChangeKind, compare, told
from tests.conftest import NOW, ROOT
from tests.knowledge.conftest import GOOD_ENTRY
from tests.knowledge.conftest import folder as folder  # noqa: PLC0414  # a fixture

Rehearse = Callable[..., Rehearsal]
ASKED = [Asked("đăng ký thử ở đâu"), Asked("mấy giờ mở cửa"), Asked("giá vàng hôm nay")]
FEE = "  fee: {fee}\n"


def with_fee(folder: Path, fee: str) -> None:
    file = folder / "thu.yaml"
    file.write_text(GOOD_ENTRY + FEE.format(fee=fee), encoding="utf-8")


@pytest.fixture
def before(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(folder, tmp_path_factory.mktemp("before") / "knowledge"))


@pytest.fixture
def cache_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def tried(before: Path, folder: Path, cache_dir: Path) -> Rehearse:
    def run(asked: list[Asked] = ASKED) -> Rehearsal:
        return rehearse(before, folder, asked, NOW, TrainedStore(cache_dir), cache_dir, lambda *_: None)

    return run


def test_exactly_the_changed_answers_are_found(tried: Rehearse, folder: Path) -> None:
    with_fee(folder, "8.000 đồng")
    found = tried([*ASKED, Asked("đăng ký thử hết bao nhiêu tiền"), *ASKED])
    assert {(change.question, change.kind) for change in found.changes} == {
        ("đăng ký thử ở đâu", ChangeKind.TEXT),
        ("đăng ký thử hết bao nhiêu tiền", ChangeKind.TEXT),
    }
    assert found.asked == 4
    assert found.problems == ()


def test_it_does_not_matter_who_begins_before_the_rest(
    tried: Rehearse, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rehearsal_module, "FEW", 0)
    with_fee(folder, "8.000 đồng")
    many = [Asked(f"đăng ký thử ở đâu {number}") for number in range(100)]
    assert len(tried(many).changes) == len(many)


def test_the_same_knowledge_changes_nothing(tried: Rehearse) -> None:
    assert tried().changes == ()


def test_a_broken_file_gives_its_problems_and_nothing_is_asked(tried: Rehearse, folder: Path) -> None:
    (folder / "thu.yaml").write_text(GOOD_ENTRY.replace("kind: procedure", "kind: proc"), encoding="utf-8")
    found = tried()
    assert [(p.file, p.field, p.severity) for p in found.problems] == [("thu.yaml", "kind", "error")]
    assert (found.asked, found.changes) == (0, ())


def test_only_new_warnings_are_told_wherever_the_old_ones_stand_now(
    tried: Rehearse, before: Path, folder: Path
) -> None:
    for each in (before, folder):
        (each / "note.txt").write_text("x")
    (folder / "more.txt").write_text("x")
    with_fee(folder, "8.000 đồng")
    for _ in range(2):  # the second time the warnings of the version before are known
        assert [warning.file for warning in tried().warnings] == ["more.txt"]


def further(folder: Path, text: str) -> None:
    phrasings = folder / "phrasings"
    phrasings.mkdir()
    (phrasings / "a.yaml").write_text(f"- entry: dang-ky-thu\n  phrasings: [{text}]\n", encoding="utf-8")


def pair(before: Path, after: Path, cache_dir: Path) -> Pair:
    store = TrainedStore(cache_dir)
    return Pair(*(Assistant(load(folder).use(), lambda: NOW, store) for folder in (before, after)))


def test_the_version_before_is_asked_only_what_it_may_have_answered_otherwise(
    before: Path, folder: Path, cache_dir: Path
) -> None:
    with_fee(folder, "8.000 đồng")
    both = pair(before, folder, cache_dir)
    assert both.ask("mấy giờ mở cửa") is None
    assert both.ask("đăng ký thử ở đâu") is not None


def test_what_is_left_out_is_what_both_versions_tell_alike(
    before: Path, folder: Path, cache_dir: Path
) -> None:
    further(folder, "vô sổ nhà chồng")
    both = pair(before, folder, cache_dir)
    one, other = (
        Assistant(load(each).use(), lambda: NOW, TrainedStore(cache_dir)) for each in (before, folder)
    )
    for question in (
        "đăng ký thử ở đâu",
        "mấy giờ mở cửa",
        "vo so nha chong",
        "sổ nhà",
        "giá vàng",
        "chồng tôi",
    ):
        told_by = told(one.ask(question)), told(other.ask(question))
        assert (both.ask(question) or told_by) == told_by
        if compare(Asked(question), *told_by) is not None:
            assert both.ask(question) is not None


def test_where_more_than_a_little_changed_both_are_asked_everything(
    before: Path, folder: Path, cache_dir: Path
) -> None:
    ward = folder / "ward.yaml"
    ward.write_text(ward.read_text(encoding="utf-8").replace("tổng đài", "tổng đài mới"), encoding="utf-8")
    assert pair(before, folder, cache_dir).ask("mấy giờ mở cửa") is not None


def test_an_entry_that_lost_a_phrasing_is_felt(before: Path, folder: Path, cache_dir: Path) -> None:
    further(before, "vô sổ nhà chồng")
    found = pair(before, folder, cache_dir).ask("vô sổ nhà chồng")
    assert found is not None
    assert (found[0].entry, found[1].entry) == ("dang-ky-thu", None)


def test_what_was_learned_is_kept_for_who_publishes(tried: Rehearse, folder: Path, cache_dir: Path) -> None:
    (folder / "thu.yaml").write_text(GOOD_ENTRY.replace("- đăng ký thử\n", "- thử xem sao\n"))
    tried()
    assert len(list(cache_dir.glob("*.npz"))) == 2


def test_a_label_with_an_older_id_means_the_entry_of_today(tried: Rehearse, folder: Path) -> None:
    renamed = GOOD_ENTRY.replace("- id: dang-ky-thu\n", "- id: dang-ky-moi\n  also: [dang-ky-thu]\n")
    (folder / "thu.yaml").write_text(renamed, encoding="utf-8")
    found = tried([Asked("đăng ký thử ở đâu", frozenset({"dang-ky-thu"}))])
    assert [change.kind for change in found.changes] == [ChangeKind.OTHER]


def test_an_answer_that_fails_is_an_answer_that_changed(
    tried: Rehearse, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_fee(folder, "8.000 đồng")
    plain = Assistant.ask

    def failing(self: Assistant, question: str, last: str | None = None) -> object:
        if getattr(self.knowledge.entries["dang-ky-thu"], "fee", None):
            raise RuntimeError
        return plain(self, question, last)

    monkeypatch.setattr(Assistant, "ask", failing)
    assert {change.after.outcome for change in tried().changes} == {"error"}


def test_a_process_that_dies_is_told_in_a_sentence(tried: Rehearse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Assistant, "ask", lambda *_: os._exit(9))
    with pytest.raises(BotError, match="xin thử lại"):
        tried()


def test_progress_is_told_stage_by_stage(before: Path, folder: Path, cache_dir: Path) -> None:
    heard: list[tuple[Stage, float]] = []
    rehearse(before, folder, ASKED, NOW, TrainedStore(cache_dir), cache_dir, lambda *each: heard.append(each))
    assert list(dict.fromkeys(stage for stage, _ in heard)) == list(Stage)
    assert [stage for stage, done in heard if done == 1][-1] is Stage.REPLAY


def test_a_process_of_its_own_tells_the_same(before: Path, folder: Path, cache_dir: Path) -> None:
    with_fee(folder, "8.000 đồng")
    heard: list[Stage] = []
    rehearser = Rehearser(cache_dir, with_golden=False)
    questions = [one.question for one in ASKED]
    found = rehearser.run(before, folder, questions, lambda stage, _: heard.append(stage))
    assert [change.question for change in found.changes] == ["đăng ký thử ở đâu"]
    assert found.asked == len(ASKED)
    assert set(heard) == set(Stage)
    assert Rehearsal.of(json.loads(json.dumps(found.plain()))) == found


def test_a_version_before_that_is_broken_is_told_by_its_errors(
    before: Path, folder: Path, cache_dir: Path
) -> None:
    (before / "ward.yaml").unlink()
    with pytest.raises(BotError, match=r"ward\.yaml"):
        Rehearser(cache_dir, with_golden=False).run(before, folder, [])


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program to run in the place of ours."""
    file = tmp_path / "program.py"
    monkeypatch.setattr(rehearsal_module, "PROGRAM", file)
    return file


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("import os; os._exit(3)", "mã 3"),
        ("print('no json')", "dừng giữa chừng"),
        ("print('[]')", "dừng giữa chừng"),
        ('print(\'{"stage": "none", "done": 1}\')', "dừng giữa chừng"),
        ('print(\'{"result": {"version": 1}}\')', "dừng giữa chừng"),
        ('print(\'{"error": "Sai ở đây."}\')', "Sai ở đây"),
    ],
)
def test_a_process_that_gives_no_result_is_told_in_a_sentence(
    program: Path, tmp_path: Path, script: str, said: str
) -> None:
    program.write_text(script, encoding="utf-8")
    with pytest.raises(BotError, match=said):
        Rehearser(tmp_path).run(tmp_path, tmp_path, ["a" * 1000] * 1000)


HANGING = """\
import sys, time
print('{"stage": "check", "done": 0}', flush=True)
time.sleep(60)
"""


def test_a_rehearsal_can_be_cancelled(program: Path, tmp_path: Path) -> None:
    program.write_text(HANGING)
    rehearser = Rehearser(tmp_path)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(rehearser.run, tmp_path, tmp_path, [], lambda *_: rehearser.cancel())
        with pytest.raises(BotError, match="Đã dừng"):
            waiting.result(30)
    rehearser.cancel()  # nothing runs any more


def test_a_rehearsal_that_hangs_is_ended(program: Path, tmp_path: Path) -> None:
    program.write_text(HANGING)
    with pytest.raises(BotError, match="lâu quá"):
        Rehearser(tmp_path, longest=0.2).run(tmp_path, tmp_path, [])


def test_the_command_refuses_what_are_no_questions(before: Path, folder: Path, cache_dir: Path) -> None:
    command = [sys.executable, str(ROOT / "run_bot.py"), "rehearse", str(before), str(folder)]
    environment = {"PATH": os.environ["PATH"], "CACHE_DIR": str(cache_dir), "BOT_TOKEN": ""}
    ended = subprocess.run(
        command, input=b"no json\n", env=environment, capture_output=True, check=False, timeout=60
    )
    assert ended.returncode == 1
    assert "question" in json.loads(ended.stdout)["error"]
