"""The three-way merge as a pure function, over random bases, copies and other people's changes."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from core.merge import APPLIES, Merge, merge_cell, merge_removal, merge_row

TEXTS = st.sampled_from(["", "1", "2", "3"])
ROWS = st.dictionaries(st.sampled_from(["value", "note", "pagu.PAD"]), TEXTS)
TABLES = st.dictionaries(st.integers(0, 5), ROWS)


@given(TEXTS, TEXTS, TEXTS)
def test_a_cell_ends_as_exactly_one_thing(base: str, mine: str, theirs: str) -> None:
    found = merge_cell(base, mine, theirs)
    assert (found == Merge.UNTOUCHED) == (mine == base)
    if found in APPLIES:
        assert theirs == base, "written over what nobody saw"
    if found == Merge.CONFLICT:
        assert len({base, mine, theirs}) == 3
    if found == Merge.SAME:
        assert mine == theirs


@settings(max_examples=1000, deadline=None)
@given(TABLES, TABLES, TABLES, st.randoms(use_true_random=False))
def test_every_typed_cell_of_a_table_is_applied_contested_or_the_same(base, mine, theirs, rng) -> None:  # type: ignore[no-untyped-def]
    order = list(mine)
    rng.shuffle(order)
    found = {key: merge_row(base.get(key), mine[key], theirs.get(key)) for key in order}
    typed = {(key, name) for key in mine for name, text in mine[key].items() if text != base.get(key, {}).get(name, "")}
    judged = {(key, name) for key, row in found.items() for name, one in row.items() if one != Merge.UNTOUCHED}
    assert judged == typed
    counts = {kind: sum(one == kind for row in found.values() for one in row.values()) for kind in Merge}
    assert sum(counts.values()) - counts[Merge.UNTOUCHED] == len(typed)
    after = {key: dict(row) for key, row in theirs.items()}
    for key, row in found.items():
        for name, one in row.items():
            if one in APPLIES:
                after.setdefault(key, {})[name] = mine[key][name]
    moved = {
        (key, name) for key in after for name, text in after[key].items() if text != theirs.get(key, {}).get(name, "")
    }
    assert moved <= typed, "a cell that was not typed moved"
    again = {
        key: merge_row(after.get(key) if key in base or key in after else None, row, after.get(key))
        for key, row in found_texts(found, mine).items()
    }
    assert all(one == Merge.UNTOUCHED for row in again.values() for one in row.values()), "taken over twice"


def found_texts(found: dict[int, dict[str, Merge]], mine: dict[int, dict[str, str]]) -> dict[int, dict[str, str]]:
    """The cells that a merge wrote."""
    return {key: {name: mine[key][name] for name, one in row.items() if one in APPLIES} for key, row in found.items()}


@given(st.none() | ROWS, st.none() | ROWS)
def test_a_row_is_taken_away_only_as_it_was_seen(base, theirs) -> None:  # type: ignore[no-untyped-def]
    found = merge_removal(base, theirs)
    if found == Merge.CHANGED:
        assert {k: v for k, v in base.items() if v} == {k: v for k, v in theirs.items() if v}
    else:
        assert (found == Merge.SAME) == (theirs is None)
