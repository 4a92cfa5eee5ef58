"""The lock holds what may be installed, pinned and with hashes."""

import re

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT

LOCKED = re.findall(
    r"^(\S+)==(\S+) \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)",
    (ROOT / "requirements.lock").read_text(encoding="utf-8"),
    re.MULTILINE,
)
VERSIONS = {canonicalize_name(name): version for name, version, _ in LOCKED}
WANTED = [Requirement(line) for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()]


def test_every_line_is_pinned_with_hashes() -> None:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    packages = [line for line in lines if line and not line.startswith((" ", "#"))]
    assert len(packages) == len(VERSIONS) > len(WANTED)


@pytest.mark.parametrize("wanted", WANTED, ids=str)
def test_what_is_wanted_is_locked_at_an_allowed_version(wanted: Requirement) -> None:
    assert wanted.specifier.contains(VERSIONS[canonicalize_name(wanted.name)])
