"""A small, whole knowledge folder that tests may break."""

import re
import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT

GOOD_ENTRY = """\
- id: dang-ky-thu
  kind: procedure
  name: Đăng ký thử
  topic: ho-tich
  phrasings:
    - đăng ký thử
  audience: Mọi người.
  documents:
    submit:
      - name: Tờ khai
  where: Trung tâm.
  legal: Luật thử
  sources:
    - name: Luật thử
  verified: 2026-11-26
  review_by: 2027-02-28
"""
HOURS = """\
- id: gio
  kind: information
  name: Giờ làm việc
  topic: ho-tich
  phrasings: [mấy giờ mở cửa]
  text: Sáng 7:30
  sources: [{name: Quyết định}]
  verified: 2026-11-26
  review_by: 2027-02-28
"""
WARD = """\
name: phường Thử
city: thành phố Thử
reception: Trung tâm
portal: dichvucong.gov.vn
hotlines:
  - number: 0234
    name: tổng đài
hours: gio
examples: [đăng ký thử]
topics:
  - id: ho-tich
    name: Hộ tịch
"""
CALENDAR = """\
source: Quyết định
since: 2026-01-01
known_until: 2027-12-31
seasons:
  - {name: cả năm, months: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], morning: 7:30-11:30, afternoon: 13:00-17:00}
week:
  works: [thứ Hai, thứ Ba, thứ Tư, thứ Năm, thứ Sáu]
  unpublished: [thứ Bảy]
  closed: [Chủ nhật]
unpublished: gio
holidays: []
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_base(tmp_path)


def small_base(tmp_path: Path) -> Path:
    """Write a small, whole knowledge base into a folder; returns the folder."""
    shutil.copytree(ROOT / "knowledge" / "language", tmp_path / "language")
    (tmp_path / "language" / "former_names.yaml").write_text("[]\n", encoding="utf-8")
    terms = tmp_path / "language" / "terms.yaml"
    links = re.compile(r"^  see: .*\n(?:    .*\n)*", re.MULTILINE)  # to entries that are not in this folder
    terms.write_text(links.sub("", terms.read_text(encoding="utf-8")), encoding="utf-8")
    (tmp_path / "ward.yaml").write_text(WARD, encoding="utf-8")
    (tmp_path / "calendar.yaml").write_text(CALENDAR, encoding="utf-8")
    (tmp_path / "thu.yaml").write_text(GOOD_ENTRY, encoding="utf-8")
    (tmp_path / "gio.yaml").write_text(HOURS, encoding="utf-8")
    return tmp_path
