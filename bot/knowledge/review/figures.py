"""Figures, dates, codes and law numbers in a Vietnamese text, in one form each."""

import re
from collections.abc import Set

_FIGURE = re.compile(r"\d+(?:[./]\d+)*(?:,\d+)?(?:/[A-ZĐ][A-ZĐa-z0-9]*(?:-[A-ZĐ0-9]+)*)?")
_DATE = re.compile(r"\d{1,2}(?:/\d{1,4}){1,2}")


def figures(text: str) -> frozenset[str]:
    """The figures of a text: "07 ngày" and "7 ngày" have the same, "01/7/2026" and "1/7/2026" too."""
    return frozenset(_plain(found.group()) for found in _FIGURE.finditer(text))


def _plain(figure: str) -> str:
    if figure.isdecimal() or _DATE.fullmatch(figure):
        return "/".join(part.lstrip("0") or "0" for part in figure.split("/"))
    return figure


def is_known(figure: str, known: Set[str]) -> bool:
    """Whether a figure is one of the known ones, or a part of a known date or law number.

    "Nghị định 18/2026" speaks of 18/2026/NĐ-CP, "15/8" of 15/8/2026, "8/2026" of it too.
    """
    if figure in known or "/" not in figure:
        return figure in known
    return any(other.startswith(f"{figure}/") or other.endswith(f"/{figure}") for other in known)
