"""What was learned, kept in files and read again."""

import json
import os
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.deciding.confidence import Judge
from bot.deciding.halves import HALVES
from bot.deciding.signals import NAMES
from bot.facets import Facet
from bot.learning.store import JUDGE_FILE, KEPT, Learned, TrainedStore, write, write_judge
from bot.learning.train import find, learn, learn_acts, learn_asked
from bot.matching import Act, Acts, Contrasts, FacetReader, FeatureReader, Matcher, Ranking
from bot.matching.build import build_of
from bot.text.word_lists import WordList
from bot.text.words import split

PHRASINGS = {
    "khai-sinh": ["đăng ký khai sinh", "làm giấy khai sinh cho con", "giấy khai sinh bao nhiêu tiền"],
    "khai-tu": ["đăng ký khai tử", "làm giấy chứng tử"],
    "tam-tru": ["đăng ký tạm trú", "xóa đăng ký tạm trú", "ở trọ đăng ký ở đâu"],
    "~everyday": ["giá vàng hôm nay", "vàng bao nhiêu tiền"],
}
MESSAGES = {
    "question": ["đăng ký khai sinh", "giấy khai tử"],
    "greeting-thanks": ["cảm ơn em", "cảm ơn nhiều"],
}
ASKED = {"fee": ["mất mấy đồng", "tốn mấy đồng"], "other": ["có được không", "làm thế có được không"]}
QUESTIONS = ["đăng ký khai sinh", "dang ki khai tu", "xoa tam tru", "vàng hôm nay bao nhiêu", "pizza", ""]
READER = FeatureReader(
    WordList(["cho", "ở"]), FacetReader({Facet.FEE: ["bao nhiêu tiền"], Facet.WHERE: ["ở đâu"]})
)
CONTRASTS = Contrasts(WordList(["xóa"]))


def learned(phrasings: dict[str, list[str]] = PHRASINGS) -> Learned:
    found = find({name: [split(text) for text in run] for name, run in phrasings.items()}, READER)
    acts = learn_acts({act: [split(text) for text in run] for act, run in MESSAGES.items()})
    asked = learn_asked({part: [split(text) for text in run] for part, run in ASKED.items()})
    index = build_of(found, CONTRASTS)
    return Learned(index, learn(index), acts, asked, "of acts", "of parts")


LEARNED = learned()


def rankings(of: Learned) -> list[Ranking]:
    matcher = Matcher(of.index, of.weights, READER, CONTRASTS, {"khai-tu"})
    return [matcher.rank(split(question)) for question in QUESTIONS]


def acts(of: Learned) -> list[Act]:
    return [Acts(of.acts).of(split(text)) for text in ("cảm ơn", "đăng ký", "", "cam on em nhieu")]


def store(own: Path | None, shipped: Path | None = None) -> TrainedStore:
    """A store beside which nothing was shipped, or what lies in `shipped`."""
    return TrainedStore(own, shipped or Path("/nowhere"))


def test_what_is_read_again_ranks_as_what_was_written(tmp_path: Path) -> None:
    rounded = LEARNED.rounded()
    store(tmp_path).keep("abc", rounded)
    again = store(tmp_path).load("abc")
    assert again is not None
    assert rankings(again) == rankings(rounded)
    assert acts(again) == acts(rounded)
    assert (
        (again.acts_from, again.asks_from)
        == (rounded.acts_from, rounded.asks_from)
        == ("of acts", "of parts")
    )
    assert again.asks.logs(["dong"]).tolist() == rounded.asks.logs(["dong"]).tolist()
    assert list(again.index.pairs()) == list(rounded.index.pairs())
    assert (again.index.counts, again.index.words) == (rounded.index.counts, rounded.index.words)


def test_rounding_moves_no_rank_and_no_score_far() -> None:
    for plain, rounded in zip(rankings(LEARNED), rankings(LEARNED.rounded()), strict=True):
        assert [match.entry for match in rounded.matches] == [match.entry for match in plain.matches]
        assert [match.score for match in rounded.matches] == pytest.approx(
            [match.score for match in plain.matches], abs=0.02
        )


def test_what_was_rounded_once_is_rounded() -> None:
    rounded = LEARNED.rounded()
    assert rankings(rounded.rounded()) == rankings(rounded)


def test_the_same_is_written_as_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write(tmp_path / name, learned())
    one, two = ((tmp_path / name).read_bytes() for name in ("one", "two"))
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert len(one) == len(two)


def contents(file: Path) -> dict[str, bytes]:
    with np.load(file, allow_pickle=False) as arrays:
        return {name: arrays[name].tobytes() for name in arrays.files}


def test_what_was_shipped_comes_before_what_was_learned_here(tmp_path: Path) -> None:
    own, shipped = tmp_path / "own", tmp_path / "shipped"
    store(own).keep("abc", learned({"own": ["một hai", "hai ba"], "other": ["hai"]}))
    assert classes(store(own, shipped).load("abc")) == ("own", "other")
    write(shipped / "abc.npz", LEARNED)
    assert classes(store(own, shipped).load("abc")) == tuple(PHRASINGS)
    (shipped / "abc.npz").write_bytes(b"broken")
    assert classes(store(own, shipped).load("abc")) == ("own", "other")


def classes(of: Learned | None) -> tuple[str, ...] | None:
    return of and of.index.classes


def test_the_newest_is_what_was_learned_last_here_then_what_was_shipped(tmp_path: Path) -> None:
    own, shipped = tmp_path / "own", tmp_path / "shipped"
    assert store(own, shipped).newest() is None
    write(shipped / "a.npz", LEARNED)
    assert classes(store(own, shipped).newest()) == tuple(PHRASINGS)
    for at, name in enumerate(("b", "c")):
        write(own / f"{name}.npz", learned({name: ["một hai"], "other": ["hai"]}))
        os.utime(own / f"{name}.npz", (at, at))
    assert classes(store(own, shipped).newest()) == ("c", "other")
    (own / "c.npz").write_bytes(b"broken")
    assert classes(store(own, shipped).newest()) == ("b", "other")


def test_what_was_never_learned_is_none(tmp_path: Path) -> None:
    assert store(tmp_path).load("abc") is None
    assert store(None).load("abc") is None
    assert store(None).newest() is None


@pytest.mark.parametrize("content", [b"", b"broken", b"PK\x03\x04", b"\x93NUMPY\x01\x00"])
def test_a_broken_file_is_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "abc.npz").write_bytes(content)
    assert store(tmp_path).load("abc") is None
    assert store(tmp_path).newest() is None


def test_a_file_of_other_arrays_or_a_folder_in_its_place_is_none(tmp_path: Path) -> None:
    np.savez(tmp_path / "other.npz", owners=np.zeros(3))
    (tmp_path / "folder.npz").mkdir()
    assert [store(tmp_path).load(name) for name in ("other", "folder")] == [None, None]
    assert store(tmp_path).newest() is None


def test_a_single_array_in_its_place_is_none(tmp_path: Path) -> None:
    np.save(tmp_path / "abc.npy", np.zeros(3))
    (tmp_path / "abc.npy").rename(tmp_path / "abc.npz")
    assert store(tmp_path).load("abc") is None


def test_a_file_without_one_of_its_arrays_is_none(tmp_path: Path) -> None:
    write(tmp_path / "whole.npz", LEARNED)
    with np.load(tmp_path / "whole.npz") as arrays:
        every = {name: arrays[name] for name in arrays.files}
    assert len(every) > 20
    for gone in every:
        np.savez(tmp_path / "part.npz", **{name: array for name, array in every.items() if name != gone})
        assert store(tmp_path).load("part") is None, gone


@lru_cache(maxsize=1)
def whole() -> bytes:
    with TemporaryDirectory() as folder:
        write(Path(folder) / "abc.npz", LEARNED)
        return (Path(folder) / "abc.npz").read_bytes()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # as for "PK" above
@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_file_with_a_wrong_byte_or_cut_short_is_none_or_as_it_was(
    tmp_path: Path, data: st.DataObject
) -> None:
    content = bytearray(whole())
    at = data.draw(st.integers(0, len(content) - 1))
    if data.draw(st.booleans()):
        content[at] ^= data.draw(st.integers(1, 255))
    else:
        del content[at:]
    (tmp_path / "abc.npz").write_bytes(content)
    found = store(tmp_path).load("abc")
    assert found is None or rankings(found) == rankings(LEARNED.rounded())


def test_without_a_folder_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    store(None, shipped).keep("abc", LEARNED)
    assert list(tmp_path.rglob("*")) == [shipped]
    assert store(None, shipped).load("abc") is None


def test_a_folder_that_cannot_be_written_to_is_done_without(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    store(blocked / "deep").keep("abc", LEARNED)
    assert store(blocked / "deep").load("abc") is None
    assert blocked.read_text() == "in the way"


def test_makes_its_folder_and_keeps_the_last_few(tmp_path: Path) -> None:
    own = tmp_path / "not" / "yet"
    for number in range(KEPT + 2):
        store(own).keep(str(number), LEARNED)
        os.utime(own / f"{number}.npz", (number, number))
    assert {file.name for file in own.iterdir()} == {f"{number}.npz" for number in range(2, KEPT + 2)}


def test_a_full_disk_leaves_the_old_file_whole_and_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(tmp_path).keep("abc", LEARNED)
    before = (tmp_path / "abc.npz").read_bytes()

    def full(_: Path, __: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    store(tmp_path).keep("abc", learned({"a": ["một"], "b": ["hai"]}))
    assert [file.name for file in tmp_path.iterdir()] == ["abc.npz"]
    assert (tmp_path / "abc.npz").read_bytes() == before


def test_a_file_appears_only_when_it_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[list[str], Learned | None]] = []
    replace = Path.replace

    def watched(new: Path, file: Path) -> Path:
        seen.append(([each.name for each in tmp_path.glob("*.npz")], store(tmp_path).newest()))
        whole = new.read_bytes()
        replace(new, file)
        assert file.read_bytes() == whole
        return file

    monkeypatch.setattr(Path, "replace", watched)
    store(tmp_path).keep("abc", LEARNED)
    assert seen == [([], None)]
    assert classes(store(tmp_path).load("abc")) == tuple(PHRASINGS)


def test_anyone_may_read_what_was_learned(tmp_path: Path) -> None:
    store(tmp_path).keep("abc", LEARNED)
    assert (tmp_path / "abc.npz").stat().st_mode & 0o777 == 0o644


JUDGE = Judge(
    [float(at) for at in range(len(NAMES) + 1)], [-0.5] * (len(NAMES) + 1), [0.25] * (len(HALVES) + 1)
)


def test_a_judge_is_read_as_it_was_written(tmp_path: Path) -> None:
    write_judge(tmp_path, JUDGE)
    assert store(None, tmp_path).judge() == JUDGE


def test_a_judge_of_other_signals_is_refused(tmp_path: Path) -> None:
    write_judge(tmp_path, JUDGE)
    plain = json.loads((tmp_path / JUDGE_FILE).read_text())
    (tmp_path / JUDGE_FILE).write_text(json.dumps(plain | {"signals": plain["signals"][::-1]}))
    with pytest.raises(ValueError, match="other signals"):
        store(None, tmp_path).judge()


@pytest.mark.parametrize("content", ["", "{", "{}", "[]", "null"])
def test_a_judge_that_cannot_be_read_is_a_value_error(tmp_path: Path, content: str) -> None:
    (tmp_path / JUDGE_FILE).write_text(content)
    with pytest.raises(ValueError, match=r"."):
        store(None, tmp_path).judge()


def test_without_a_judge_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="judge"):
        store(None, tmp_path).judge()
