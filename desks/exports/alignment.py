"""Findings of the uji keselarasan as a workbook: both cells and where each stands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from core.excel import TableColumn, TableSheet, table_workbook
from desks.selectors.alignment import Finding

_COLUMNS: Final = (
    TableColumn("Kode butir", 13, "code"), TableColumn("Daerah", 20), TableColumn("Desk", 26), TableColumn("Kode", 22, "code"),
    TableColumn("Indikator atau sub kegiatan", 44), TableColumn("Perangkat daerah", 26), TableColumn("Temuan", 26),
    TableColumn("Di Isian", 26), TableColumn("Di dokumen", 30), TableColumn("Dokumen, tahapan, versi", 40), TableColumn("Status", 12),
    TableColumn("Alasan", 46), TableColumn("Diterima oleh", 30), TableColumn("Diterima pada", 18, "time"),
)  # fmt: skip


def findings_workbook(title: str, note: str, findings: Iterable[Finding], tz: str) -> bytes:
    """The findings as filtered."""
    return table_workbook(title, note, TableSheet("Keselarasan", _COLUMNS, map(_row, findings), tz=tz))


def _row(each: Finding) -> list[Any]:
    said = each.accepted
    return [
        each.item.code if each.item else "", each.meja.region.name, f"{each.meja.desk.code} {each.meja.desk.name}", each.code, each.name,
        each.opd, each.label, each.here, each.there, each.document, "terbuka" if each.open else "diterima", said.reason if said else "",
        f"{said.who}, {said.institution}" if said else "", said.at if said else None,
    ]  # fmt: skip
