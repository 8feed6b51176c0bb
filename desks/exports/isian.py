"""The Isian as a workbook: the table of one desk as filtered, and the desks of a region with how far each is."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from core.excel import TableColumn, TableSheet, table_workbook
from desks.choices import Applicability
from desks.selectors.isian import APPLICABILITY_LABELS, DeskRow, IsianRow, IsianTable


def isian_workbook(title: str, note: str, table: IsianTable, hidden: Collection[str]) -> bytes:
    """The rows of the page, figures as numbers where they are numbers."""
    plan = table.meja.round.plan_year
    columns = [
        TableColumn("Kode butir", 13, "code"), TableColumn("Kode indikator", 14, "code"), TableColumn("Indikator", 46),
        TableColumn("Satuan", 12, name="unit"), *(TableColumn(f"{column.label} {column.sub}", 13, "number") for column in table.columns),
        TableColumn(f"Usulan {plan}", 13, "number"), *(TableColumn(head, 18, name="details") for head in table.detail_heads),
        TableColumn("Status", 20, name="status"), TableColumn("Keterangan", 50), TableColumn("Angka simulasi", 22),
    ]  # fmt: skip
    return table_workbook(title, note, TableSheet("Isian", columns, _rows(table)), hidden=hidden)


def _rows(table: IsianTable) -> Iterable[list[Any]]:
    labels, heads = [column.label for column in table.columns], table.detail_heads
    for row in table.rows:
        figures = [shown.value or shown.text for shown in row.figures]
        marks = [label for label, shown in zip(labels, row.figures, strict=True) if shown.simulated]
        yield [
            row.code, row.indicator, row.name, row.unit, *figures, row.proposed or "", *(row.details or ("",) * len(heads)), row.state_label,
            _remark(row), ", ".join(marks),
        ]  # fmt: skip


def _remark(row: IsianRow) -> str:
    declared = (
        "" if row.applicability == Applicability.APPLIES else f"{APPLICABILITY_LABELS[row.applicability]}: {row.reason}"
    )
    asked = row.request if row.state in ("returned", "repair") else ""
    warned = [f"Peringatan: {each['text']}" for each in row.warnings]
    return "; ".join(text for text in (declared, asked, *warned) if text)


_DESKS = (
    TableColumn("Desk", 46),
    TableColumn("Terisi", 10, "whole"),
    TableColumn("Butir", 10, "whole"),
    TableColumn("Rincian", 60),
)


def desks_workbook(title: str, note: str, rows: Iterable[DeskRow]) -> bytes:
    """The desks of a region in one round."""
    cells = ([row.name, row.done, row.total, ", ".join(f"{n} {label}" for label, n, _ in row.counts)] for row in rows)
    return table_workbook(title, note, TableSheet("Desk", _DESKS, cells))
