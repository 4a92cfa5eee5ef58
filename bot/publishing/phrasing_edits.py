"""Ways to ask added to an entry or taken away."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import EditError
from bot.knowledge.load import PHRASINGS_FOLDER
from bot.publishing import round_trip
from bot.publishing.finding import Place, further_of, place_of, reread, same, sheet_or_new
from bot.publishing.scalars import scalar
from bot.publishing.telling import told, told_all
from bot.publishing.versions import Files

PHRASINGS_FILE = f"{PHRASINGS_FOLDER}/them-tu-cau-hoi.yaml"
PHRASINGS_HEADER = """\
# yaml-language-server: $schema=../schema.json
# Cách hỏi lấy từ câu hỏi của người dân. Tệp này do máy ghi khi cán bộ duyệt; cán bộ sửa, xóa ở đây cũng được.
"""


@dataclass(frozen=True, slots=True)
class AddPhrasings:
    """Further ways to ask for an entry, into the file that the bot writes."""

    entry: str
    texts: tuple[str, ...]

    def apply(self, files: Files) -> dict[str, bytes]:
        """The files with what is new of the texts; raises EditError when nothing is."""
        own = place_of(files, self.entry)
        further = further_of(files, self.entry)
        new = _new_texts(self.texts, [text for place in (own, *further) for text in place.texts])
        if not new:
            raise EditError(f"Mục `{self.entry}` đã có các cách hỏi này rồi, nên không thêm gì.")
        place = next((place for place in further if place.sheet.file == PHRASINGS_FILE), None)
        return {**files, PHRASINGS_FILE: self._item(files, new) if place is None else _extended(place, new)}

    def _item(self, files: Files, new: Sequence[str]) -> bytes:
        sheet = sheet_or_new(files, PHRASINGS_FILE, PHRASINGS_HEADER)
        lines = "".join(f"    - {scalar(text)}\n" for text in new)
        text = f"- entry: {scalar(self.entry)}\n  phrasings:\n{lines}"
        return round_trip.append_item(sheet, text, {"entry": self.entry, "phrasings": list(new)})

    def describe(self) -> str:
        """One line for the audit trail."""
        return f"Thêm {len(self.texts)} cách hỏi vào mục {told(self.entry)}: {told_all(self.texts)}"


@dataclass(frozen=True, slots=True)
class RemovePhrasing:
    """One way to ask taken away from an entry, wherever it stands."""

    entry: str
    text: str

    def apply(self, files: Files) -> dict[str, bytes]:
        """The files without it; raises EditError when it is not there or is the last one of the entry."""
        own = place_of(files, self.entry)
        found = [place for place in (own, *further_of(files, self.entry)) if self._left(place) != place.texts]
        if not found:
            raise EditError(
                f"Mục `{self.entry}` không có cách hỏi “{told(self.text)}”; có thể đã xóa trước đó."
            )
        if not self._left(own):
            raise EditError(
                f"Đây là cách hỏi cuối cùng ghi trong mục `{self.entry}`; xin thêm cách hỏi khác rồi hãy xóa."
            )
        changed = dict(files)
        for file in {place.sheet.file for place in found}:
            self._remove(changed, file)
        return changed

    def _left(self, place: Place) -> list[str]:
        return [text for text in place.texts if same(text) != same(self.text)]

    def _remove(self, files: dict[str, bytes], file: str) -> None:
        """Take it out of one file, again until it is not there; a file without items is no file."""
        while place := self._place_in(files, file):
            if not self._left(place) and len(place.sheet.value) == 1:
                del files[file]
                return
            number = next(i for i, text in enumerate(place.raw["phrasings"]) if same(text) == same(self.text))
            path = (place.at, "phrasings", number) if self._left(place) else (place.at,)
            files[file] = round_trip.drop(place.sheet, path)

    def _place_in(self, files: Files, file: str) -> Place | None:
        places = (place_of(files, self.entry), *further_of(files, self.entry))
        here = (place for place in places if place.sheet.file == file)
        return next((place for place in here if self._left(place) != place.texts), None)

    def describe(self) -> str:
        """One line for the audit trail."""
        return f"Xóa cách hỏi “{told(self.text)}” khỏi mục {told(self.entry)}"


def _new_texts(texts: Sequence[str], known: Sequence[str]) -> list[str]:
    """The texts that are no way to ask yet, each once."""
    seen, new = {same(text) for text in known} | {()}, []
    for text in texts:
        if same(text) not in seen:
            seen.add(same(text))
            new.append(text.strip())
    return new


def _extended(place: Place, new: Sequence[str]) -> bytes:
    for text in new:
        place = reread(round_trip.append(place.sheet, (place.at, "phrasings"), text), place)
    return place.sheet.data
