"""A three-way merge of texts by key, whatever the texts are."""

from collections.abc import Callable, Mapping, Sequence

Key = tuple[str, int]  # a name, and which one of that name it is
Texts = Mapping[Key, str]
Deeper = Callable[[Key, str | None, str, str], str | None]  # (key, base, ours, theirs) → merged, or None


def chosen(base: str | None, ours: str | None, theirs: str | None) -> str | None:
    """The side that alone changed, or ours where they agree; None where that is not so or it is gone."""
    one, mine, other = _bare(base), _bare(ours), _bare(theirs)
    if other in (mine, one):
        return ours
    return theirs if mine == one else None


def merge_texts(base: Texts, ours: Texts, theirs: Texts, deeper: Deeper) -> tuple[dict[Key, str], list[Key]]:
    """(the merged texts in their order, the keys whose texts clash; ours is kept of those)."""
    merged: dict[Key, str] = {}
    clashes: list[Key] = []
    for key in _order(list(base), list(ours), list(theirs)):
        old, mine, other = base.get(key), ours.get(key), theirs.get(key)
        text = chosen(old, mine, other)
        if text is None and not _is_settled(old, mine, other):
            text = deeper(key, old, mine, other) if mine is not None and other is not None else None
            if text is None:
                clashes.append(key)
                text = mine
        if text is not None:
            merged[key] = text
    return merged, clashes


def _is_settled(base: str | None, ours: str | None, theirs: str | None) -> bool:
    """Whether at most one side changed, or both alike."""
    one, mine, other = _bare(base), _bare(ours), _bare(theirs)
    return mine in (other, one) or other == one


def _bare(text: str | None) -> str | None:
    """Blank lines around a text are no change of it."""
    return None if text is None else text.strip("\n")


def _order(base: Sequence[Key], ours: Sequence[Key], theirs: Sequence[Key]) -> list[Key]:
    """All keys: in the order of the side that moved some, the other's new ones after their neighbours."""
    main, other = (theirs, ours) if not _moved(base, ours) and _moved(base, theirs) else (ours, theirs)
    order, known = list(main), set(main)
    previous: Key | None = None
    for key in other:
        if key not in known:
            order.insert(0 if previous is None else order.index(previous) + 1, key)
            known.add(key)
        previous = key
    return order


def _moved(base: Sequence[Key], side: Sequence[Key]) -> bool:
    common = set(base) & set(side)
    return [key for key in base if key in common] != [key for key in side if key in common]
