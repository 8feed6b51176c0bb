"""Three-way merge of typed cells: what stood when a copy was taken, what the copy says, what stands now. Pure, in canonical texts ('' is empty)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Merge(StrEnum):
    """What becomes of a cell of a copy that comes back."""

    UNTOUCHED = "untouched"
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    CONFLICT = "conflict"


APPLIES = frozenset({Merge.NEW, Merge.CHANGED})
"""Cells that a merge may write."""


def merge_cell(base: str, mine: str, theirs: str) -> Merge:
    """One cell. What the copy did not change is never a wish, whatever others have done meanwhile."""
    if mine == base:
        return Merge.UNTOUCHED
    if mine == theirs:
        return Merge.SAME
    if theirs != base:
        return Merge.CONFLICT
    return Merge.CHANGED if base else Merge.NEW


def merge_row(
    base: Mapping[str, str] | None, mine: Mapping[str, str], theirs: Mapping[str, str] | None
) -> dict[str, Merge]:
    """The cells that the copy holds for one row, by field. `base` is None for a row that the copy adds, `theirs` for one that stands no longer.

    A field that the copy lacks is not typed. A row that somebody else has taken away is contested in every cell that was changed.
    """
    found: dict[str, Merge] = {}
    for field, typed in mine.items():
        before = (base or {}).get(field, "")
        if base is not None and theirs is None:
            found[field] = Merge.UNTOUCHED if typed == before else Merge.CONFLICT
        else:
            found[field] = merge_cell(before, typed, (theirs or {}).get(field, ""))
    return found


def merge_removal(base: Mapping[str, str] | None, theirs: Mapping[str, str] | None) -> Merge:
    """The wish to take a row away: it is granted only for the row as it was seen."""
    if theirs is None:
        return Merge.SAME
    if base is None:
        return Merge.CONFLICT
    seen = {field: text for field, text in base.items() if text}
    return Merge.CHANGED if seen == {field: text for field, text in theirs.items() if text} else Merge.CONFLICT
