"""What was learned, as files: one for each state of the phrasings, by its fingerprint; and the judge."""

import io
import json
import logging
import zipfile
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bot.deciding.confidence import Judge
from bot.deciding.halves import HALVES
from bot.deciding.signals import NAMES
from bot.files import newest_first, write_whole
from bot.matching import Index, Weights
from bot.matching.index import packed, unpacked

logger = logging.getLogger(__name__)

SHIPPED = Path(__file__).resolve().parent.parent.parent / "trained"
JUDGE_FILE = "judge.json"
CHECKED_FILE = "checked.txt"  # the version of the knowledge base that had no errors, and its fingerprint
SIGNALS = {"signals": list(NAMES), "halves": list(HALVES)}
SIZES = {"ours": len(NAMES) + 1, "of_ours": len(NAMES) + 1, "apart": len(HALVES) + 1}  # weights
UNREADABLE = (
    OSError,
    ValueError,
    LookupError,
    EOFError,
    TypeError,
    RuntimeError,
    zipfile.BadZipFile,
    zlib.error,
)  # what a damaged file makes numpy, zip and zlib raise
SMALL, QUICKLY = 6, 1  # zlib's levels: for what is shipped, for what is learned while somebody waits
KEPT = 4  # files in the folder of what was learned here


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned of one state of the phrasings: which entry, which act, which part is asked for.

    `acts_from`, `asks_from`: what the acts and the parts were learned from, as hashes.
    """

    index: Index
    weights: Weights
    acts: Weights
    asks: Weights
    acts_from: str
    asks_from: str

    def rounded(self) -> "Learned":
        """The same, as when read from a file."""
        return _of_arrays(self.index, self.arrays())

    def arrays(self) -> dict[str, Any]:
        """What was learned but for the index, as arrays."""
        weights = {"entry": self.weights, "act": self.acts, "part": self.asks}
        arrays = {name: array for of, each in weights.items() for name, array in each.arrays(of).items()}
        return arrays | {"learned_from": packed((self.acts_from, self.asks_from))}


class TrainedStore:
    """Index and weights by fingerprint, first where they were shipped, then where they were learned."""

    def __init__(self, own: Path | None, shipped: Path = SHIPPED) -> None:
        """`own`: the folder for what is learned here; None: nothing is kept."""
        self._own = own
        self._shipped = shipped

    def load(self, fingerprint: str) -> Learned | None:
        """What was learned of these phrasings; None where nothing was, or nothing that can be read."""
        for folder in filter(None, (self._shipped, self._own)):
            found = _read(folder / f"{fingerprint}.npz")
            if found is not None:
                return found
        return None

    def newest(self) -> Learned | None:
        """What was learned last, to start from."""
        folders = filter(None, (self._own, self._shipped))
        for folder in folders:
            for file in sorted(folder.glob("*.npz"), key=newest_first):
                found = _read(file)
                if found is not None:
                    return found
        return None

    def keep(self, fingerprint: str, learned: Learned) -> None:
        """Keep what was learned; where that cannot be written it is only told."""
        if self._own is None:
            return
        try:
            write(self._own / f"{fingerprint}.npz", learned, QUICKLY)
            for old in sorted(self._own.glob("*.npz"), key=newest_first)[KEPT:]:
                old.unlink(missing_ok=True)
        except OSError as error:
            logger.info("trained: %s", error)

    def checked(self) -> str | None:
        """The version of the knowledge base that was checked when all this was shipped; None: not known."""
        return self._checked()[0]

    def fingerprint(self, version: str) -> str | None:
        """The fingerprint of that version of the knowledge base; None: of another."""
        checked, fingerprint = self._checked()
        return fingerprint if version == checked else None

    def _checked(self) -> tuple[str | None, str | None]:
        with suppress(OSError, ValueError):
            version, fingerprint = (self._shipped / CHECKED_FILE).read_text(encoding="utf-8").split()
            return version, fingerprint
        return None, None

    def judge(self) -> Judge:
        """The judge that was shipped. Raises OSError or ValueError when it cannot be read."""
        plain = json.loads((self._shipped / JUDGE_FILE).read_text(encoding="utf-8"))
        if not isinstance(plain, dict) or any(plain.get(of) != names for of, names in SIGNALS.items()):
            raise ValueError(f"{JUDGE_FILE}: made for other signals; run the command train --judge")
        weights: dict[str, Any] = {name: plain.get(name) for name in SIZES}
        if any(not isinstance(run, list) or len(run) != SIZES[name] for name, run in weights.items()):
            raise ValueError(f"{JUDGE_FILE}: weights are missing; run the command train --judge")
        return Judge(**weights)


def write(file: Path, learned: Learned, level: int = SMALL) -> None:
    """Write a file whole or not at all; `level`: zlib's, for how long it is made smaller. Raises OSError."""
    content = io.BytesIO()
    arrays = {**learned.index.arrays(), **learned.arrays()}
    with zipfile.ZipFile(content, "w") as archive:
        for name, array in arrays.items():
            part = io.BytesIO()
            np.lib.format.write_array(part, np.asanyarray(array), allow_pickle=False)
            info = zipfile.ZipInfo(f"{name}.npy")  # of no date: the same arrays are the same bytes
            archive.writestr(info, part.getvalue(), zipfile.ZIP_DEFLATED, level)
    write_whole(file, content.getvalue())


def write_judge(folder: Path, judge: Judge) -> None:
    """Write the judge. Raises OSError."""
    plain = SIGNALS | {name: list(getattr(judge, name)) for name in SIZES}
    write_whole(folder / JUDGE_FILE, (json.dumps(plain, indent=1) + "\n").encode())


def write_checked(folder: Path, version: str, fingerprint: str) -> None:
    """Note that this version of the knowledge base was checked. Raises OSError."""
    write_whole(folder / CHECKED_FILE, f"{version} {fingerprint}\n".encode())


def _read(file: Path) -> Learned | None:
    try:
        with file.open("rb") as opened, np.load(opened, allow_pickle=False) as arrays:
            every = {name: arrays[name] for name in arrays.files}
        return _of_arrays(Index.of_arrays(every), every)
    except FileNotFoundError:
        return None
    except UNREADABLE as error:
        logger.info("trained: %s cannot be used (%s)", file.name, type(error).__name__)
        return None


def _of_arrays(index: Index, arrays: Mapping[str, Any]) -> Learned:
    weights, acts, asks = (Weights.of_arrays(arrays, name) for name in ("entry", "act", "part"))
    return Learned(index, weights, acts, asks, *unpacked(arrays["learned_from"]))
