"""The grid: the rows of the Isian as values for the browser, every number printed once, over one desk or all desks of a round."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from accounts.actors import Actor
from accounts.choices import InstitutionKind
from core.fields import value_from, value_names
from core.values import format_value
from desks.choices import AGREED_STATES, Applicability
from desks.filters import WORK_LABELS, work_for
from desks.models import Desk, DeskBidang, Item, Meja, Position, Round
from desks.scopes import hands_in
from desks.selectors.columns import FigureColumn, figure_columns
from desks.selectors.grid_supports import support_sheet
from desks.selectors.isian import (
    APPLICABILITY_LABELS,
    SELDOM,
    Deadline,
    IsianRow,
    editable_states,
    filling_deadline,
    rows_of,
)
from desks.selectors.stages import StageWindow, windows_for
from desks.strands import Detail, form_of
from indicators.choices import Strand

STRANDS: Final = (Strand.URUSAN, Strand.MAKRO)
"""The strands whose targets are typed into a table; an usulan is filled by location, on a page of its own."""
CENTRE: Final = (InstitutionKind.KL, InstitutionKind.BAPPENAS, InstitutionKind.KEMENDAGRI)
TITLES: Final[dict[str, str]] = {Strand.URUSAN: "Target", Strand.MAKRO: "Target makro"}
Json = dict[str, Any]


@dataclass
class Grid:
    """The page: whose rows, until when, and the sheets as plain values."""

    round: Round
    windows: list[StageWindow]
    deadline: Deadline | None
    can_edit: bool
    can_submit: bool
    total: int
    empty: int
    sheets: list[Json]
    chips: list[tuple[str, str]]


@dataclass(frozen=True)
class More:
    """What the grid shows of a row beside the Isian."""

    pk: int
    desk: str
    note: str
    agreed: str
    centre: str


def grid_of_meja(actor: Actor, meja: Meja, now: dt.datetime) -> Grid:
    """The grid of one desk and region."""
    return _grid(actor, meja.round, [meja.desk.strand], {"meja": meja}, meja.region_id, now)


def grid_of_round(actor: Actor, round_: Round, now: dt.datetime) -> Grid:
    """The grid of all desks of the actor's region in a round."""
    where = {"round": round_, "region_id": actor.region_id}
    return _grid(actor, round_, STRANDS, where, actor.region_id, now)


def _grid(
    actor: Actor, round_: Round, strands: Sequence[str], where: dict[str, Any], region_id: int, now: dt.datetime
) -> Grid:
    windows = windows_for(round_, actor)
    edits = editable_states(actor, round_, windows, now)
    sheets, every = [], []
    supported: dict[int, IsianRow] = {}
    for strand in strands:
        known = where if "meja" in where else {**where, "strand": strand}
        rows = rows_of(actor, round_, strand, region_id, known, edits)
        more = _more(actor, known, region_id)
        every += rows
        if rows or strand == strands[0]:
            sheets.append(_target_sheet(round_, strand, rows, more, "meja" not in where))
        if form_of(strand).detail is Detail.SUPPORTS:
            supported |= {more[row.code].pk: row for row in rows}
    if supported:
        sheets.append(support_sheet(supported))
    submits = hands_in(actor, round_.pk) and region_id == actor.region_id
    keys = [key for key in work_for(actor.role, submits=submits) if _seen(key, every)]
    return Grid(
        round_, windows, filling_deadline(round_, windows, now), bool(edits), submits, len(every),
        sum("kosong" in row.work for row in every), sheets, [(key, WORK_LABELS[key]) for key in keys],
    )  # fmt: skip


def _seen(key: str, rows: list[IsianRow]) -> bool:
    return key not in SELDOM or any(key in row.work for row in rows)


def _more(actor: Actor, where: dict[str, Any], region_id: int) -> dict[str, More]:
    """By code of the row; two queries."""
    rows = (
        Item.objects.visible_to(actor)
        .filter(**where)
        .values_list("code", "pk", "meja__desk__name", "proposal_note", "state", *value_names("value_agreed"))
        .order_by()
    )
    items = list(rows)
    offers = _central_offers([row[1] for row in items], region_id)
    return {
        code: More(
            pk, desk, note, format_value(value_from(*agreed)) if state in AGREED_STATES else "", offers.get(pk, "")
        )
        for code, pk, desk, note, state, *agreed in items
    }


def _central_offers(items: list[int], region_id: int) -> dict[int, str]:
    """The newest figure that the centre put on the table for each row."""
    found = (
        Position.objects.filter(item__in=items, institution__kind__in=CENTRE)
        .exclude(institution__region_id=region_id)
        .order_by("seq")
        .values_list("item_id", *value_names("value"))
    )
    return {pk: format_value(value_from(*value)) for pk, *value in found if pk is not None}


def _target_sheet(round_: Round, strand: str, rows: list[IsianRow], more: dict[str, More], over_desks: bool) -> Json:
    figures = figure_columns(round_, strand)
    columns: list[Json] = [{"key": "name", "type": "name", "title": "Indikator", "width": 226, "fixed": True}]
    if over_desks:
        columns.append({"key": "desk", "type": "text", "title": "Desk", "width": 104})
    columns += [{"key": "unit", "type": "text", "title": "Satuan", "width": 116}]
    columns += [
        {"key": f"f.{column.key}", "type": "num", "title": column.label, "sub": column.sub, "width": _width(column)}
        for column in figures
    ]
    columns += [
        {"key": "value", "type": "value", "title": f"Usulan {round_.plan_year}", "width": 112, "edit": True},
        {"key": "centre", "type": "num", "title": f"Usulan {round_.words.holder}", "sub": "terakhir", "width": 78},
        {"key": "agreed", "type": "num", "title": f"Kesepakatan {round_.plan_year}", "width": 108, "strong": True},
        {"key": "state", "type": "state", "title": "Status", "width": 132},
        {"key": "proposal_note", "type": "note", "title": "Catatan", "sub": "penjelasan usulan", "width": 240, "edit": True},
    ]  # fmt: skip
    return {
        "key": str(strand), "kind": "butir", "title": TITLES[strand], "columns": columns,
        "rows": [_target_row(row, more[row.code], over_desks) for row in rows],
    }  # fmt: skip


def _marks(row: IsianRow) -> str:
    """What stands in small words below the state."""
    said = [] if row.applicability == Applicability.APPLIES else [APPLICABILITY_LABELS[row.applicability].lower()]
    return ", ".join(said + [WORK_LABELS[key] for key in sorted(SELDOM & row.work) if key in WORK_LABELS])


def _width(column: FigureColumn) -> int:
    return 66 if column.actual else 108 if column.key == "agreement" else 98


def _target_row(row: IsianRow, more: More, over_desks: bool) -> list[Any]:
    """Code, version, editable, work, state with tone and marks, request, warnings, then the cells in the order of the columns."""
    cells = [row.name]
    if over_desks:
        cells.append(more.desk)
    cells.append(f"{row.unit} {row.direction}".strip())
    cells += [f"{shown.text}\n{shown.mark}" if shown.mark and shown.text else shown.text for shown in row.figures]
    cells += [row.value, more.centre, more.agreed, "", more.note]
    request = row.request if row.state in ("returned", "repair") else ""
    return [
        row.code, row.version, int(row.editable), " ".join(sorted(row.work)), row.state_label, row.tone, _marks(row), request,
        row.warnings, cells,
    ]  # fmt: skip


def bidang_by_desk(round_: Round, meja: Meja | None) -> set[int]:
    """The bidang urusan of the desks that the grid covers, for the choice of sub kegiatan."""
    desks = Desk.objects.filter(round=round_, strand=Strand.URUSAN)
    if meja is not None:
        desks = desks.filter(pk=meja.desk_id)
    return set(DeskBidang.objects.filter(desk__in=desks).values_list("bidang_id", flat=True))
