"""Saving what was typed: one batch for grid, form, API and Excel; one cell is a batch of one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from accounts.actors import Actor, can
from accounts.choices import Role
from core.errors import (
    InvalidInput,
    NotAllowed,
    TransitionNotAllowed,
)
from core.fields import value_columns
from core.values import Value
from desks.chain import Writer
from desks.choices import Applicability, ItemState, StageKind
from desks.models import Item
from desks.services.item.rows import (
    LONGEST_VALUE,
    MAX_ROWS,
    RowResult,
    StageMemory,
    answer_once,
    attempt,
    read_value,
    require_row_figure,
    shown,
)
from desks.versions import change_item, require_unlocked, stale
from desks.workflow import advance

OPD_EDITS = (ItemState.DRAFT, ItemState.RETURNED, ItemState.REPAIR)
BAPPEDA_EDITS = (*OPD_EDITS, ItemState.PROPOSED)
EDIT_STAGES = (StageKind.FILLING_REGION,)
REPAIR_STAGES = (StageKind.FILLING_REGION, StageKind.VERIFICATION, StageKind.DESK)
FIELDS = ("value", "applicability", "applicability_reason", "proposal_note")
ANSWERS_TARGET = frozenset({"value_proposed_kind", "applicability"})
"""Columns whose change shows that the owner has looked at a target that moved under the row."""
LONGEST = {"value": LONGEST_VALUE, "applicability": 12, "applicability_reason": 500, "proposal_note": 20_000}
"""Characters a field can hold; PostgreSQL would refuse longer ones with an error nobody understands, SQLite keep them."""


@dataclass(frozen=True)
class RowWrite:
    """What a client wants of one row: the version it saw and the fields it typed (as text)."""

    code: str
    version: int
    changes: dict[str, str]
    dot: str = "ask"


def save_rows(actor: Actor, *, rows: Sequence[RowWrite], key: str = "") -> list[RowResult]:
    """Save typed values of many rows; each is accepted or refused by itself, all in one transaction under one idempotency key.

    A repeated call with the same key gives the first answer again and writes nothing.
    """
    body = [vars(row) for row in rows]
    if len(rows) > MAX_ROWS:
        raise InvalidInput(f"Paling banyak {MAX_ROWS} baris sekali simpan. Bagi menjadi beberapa bagian.")
    if len({row.code for row in rows}) != len(rows):
        raise InvalidInput("Satu butir tercantum lebih dari sekali dalam kiriman ini.")
    items: dict[str, Item] = {}

    def work(found: dict[str, Item]) -> Callable[[Writer], list[RowResult]]:
        items.update(found)
        return _save_all(actor, rows, found)

    return _with_warnings(answer_once(actor, key, ["save", body], work, [row.code for row in rows]), items)


def _with_warnings(results: list[RowResult], items: dict[str, Item]) -> list[RowResult]:
    """Say after the writing what looks mistyped: it is about the rows as they stand, so a repeated answer says it anew."""
    # The figures beside a row know what the services set: read at the head of the file they would close a circle.
    from desks.selectors.slips import warnings_of

    standing = {items[row.code].pk: row for row in results if row.ok and row.code in items}
    found = warnings_of(item for item in items.values() if item.pk in standing)
    for key, row in standing.items():
        row.warnings = found.get(key, [])
    return results


def _save_all(actor: Actor, rows: Sequence[RowWrite], items: dict[str, Item]) -> Callable[[Writer], list[RowResult]]:
    stages = StageMemory(actor)

    def run(writer: Writer) -> list[RowResult]:
        return [
            attempt(row.code, items, partial(_save_one, writer, row=row, stages=stages), row.changes) for row in rows
        ]

    return run


def require_editable(actor: Actor, item: Item, stages: StageMemory) -> None:
    """The actor may change the proposal of the row now: right, lock, state and stage in that order."""
    if not can(actor, "desks.edit_item", item):
        raise NotAllowed()
    require_unlocked(item)
    allowed = OPD_EDITS if actor.role == Role.OPD else BAPPEDA_EDITS
    if item.state not in allowed:
        raise TransitionNotAllowed(
            f"Butir berstatus {item.get_state_display()} dan tidak dapat diubah lagi di isian.", state=item.state
        )
    stages.require(item, REPAIR_STAGES if item.state == ItemState.REPAIR else EDIT_STAGES)


def _save_one(writer: Writer, item: Item, row: RowWrite, stages: StageMemory) -> RowResult:
    require_editable(writer.actor, item, stages)
    require_row_figure(item)
    columns, before, after = _wanted(item, row)
    if not after:
        # Two people who typed the same do not disagree, and a client whose acknowledgement was lost has what it wanted.
        return RowResult(item.code, "same", item.version, item.state, shown(item))
    if item.version != row.version:
        raise stale(writer.actor, item, row.version, row.changes)
    if item.state == ItemState.RETURNED:
        advance(writer, item, "redraft", seen_version=item.version)
    if item.target_seq is not None and not columns.keys().isdisjoint(ANSWERS_TARGET):
        columns["target_seq"] = None
    change_item(writer.actor, item, item.version, **columns)
    writer.record(item, "edit", {"before": before, "after": after, "item_version": item.version})
    return RowResult(item.code, "saved", item.version, item.state, shown(item))


def _wanted(item: Item, row: RowWrite) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """The columns to set, and before/after for the event, of what really changes."""
    unknown = set(row.changes) - set(FIELDS)
    if unknown:
        raise InvalidInput(f"Kolom tidak dikenal: {', '.join(sorted(unknown))}.")
    columns: dict[str, Any] = {}
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    if "value" in row.changes:
        _want_value(item, read_value(item, row.changes["value"], row.dot), columns, before, after)
    for name in FIELDS[1:]:
        wanted = row.changes.get(name)
        if wanted is not None and len(wanted.strip()) > LONGEST[name]:
            raise InvalidInput(f"Paling panjang {LONGEST[name]} karakter; sekarang {len(wanted.strip())}.", field=name)
        if wanted is not None and wanted.strip() != getattr(item, name):
            before[name], after[name], columns[name] = getattr(item, name), wanted.strip(), wanted.strip()
    _check_applicability(item, columns)
    return columns, before, after


def _want_value(
    item: Item, wanted: Value | None, columns: dict[str, Any], before: dict[str, Any], after: dict[str, Any]
) -> None:
    current: Value | None = item.value_proposed
    if (current is None and wanted is None) or (current is not None and current.same_as(wanted)):
        return
    columns |= value_columns("value_proposed", wanted)
    before["value_proposed"] = current.as_json() if current else None
    after["value_proposed"] = wanted.as_json() if wanted else None


def _check_applicability(item: Item, columns: dict[str, Any]) -> None:
    kind = columns.get("applicability", item.applicability)
    reason = columns.get("applicability_reason", item.applicability_reason)
    if kind not in Applicability.values:
        raise InvalidInput("Pilih relevan, tidak relevan, atau data belum tersedia.", field="applicability")
    if kind != Applicability.APPLIES and not reason:
        raise InvalidInput(f"Tuliskan alasan “{Applicability(kind).label}”.", field="applicability_reason")
