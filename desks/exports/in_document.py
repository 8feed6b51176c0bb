"""The sub kegiatan of a region's rows beside its RKPD or Renja, as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from core.excel import TableColumn, TableSheet, table_workbook
from desks.models import Round
from desks.selectors.in_document import Compared
from planning.models import Document

COLUMNS: Final = (
    TableColumn("Status", 20), TableColumn("Desk", 26), TableColumn("Butir", 13, "code"), TableColumn("Indikator", 40),
    TableColumn("Kode sub kegiatan", 20, "code"), TableColumn("Sub kegiatan", 44), TableColumn("Perangkat daerah", 24), TableColumn("Keputusan", 18),
    TableColumn("Volume butir", 16), TableColumn("Pagu butir (Rp)", 20, "whole"), TableColumn("Volume dokumen", 18),
    TableColumn("Pagu dokumen (Rp)", 20, "whole"), TableColumn("Perangkat daerah dokumen", 30), TableColumn("Perbedaan", 50),
)  # fmt: skip


def in_document_workbook(round_: Round, document: Document, rows: Sequence[Compared]) -> bytes:
    """One row a sub kegiatan; amounts in full rupiah."""
    title = f"Sub kegiatan {round_.short_name} dalam {document.title}"
    note = (
        f"{document.get_stage_display()}, versi {document.version}. Tahun {round_.plan_year}. Pagu dalam rupiah penuh."
    )
    return table_workbook(title, note, TableSheet("Kesesuaian", COLUMNS, map(_cells, rows)))


def _cells(row: Compared) -> list[Any]:
    entry = row.entry
    differences = "; ".join(f"{each.label}: {each.ours or '–'} → {each.theirs or '–'}" for each in row.differences)
    volumes = ", ".join(f"{each.text} {each.unit}".strip() for each in entry.volumes) if entry else ""
    return [
        row.label, row.desk, row.item, row.subject, row.kode, row.name, row.opd if row.item else "", row.verdict, row.volume, row.amount, volumes,
        entry.amount if entry else None, entry.opd_name if entry else "", differences,
    ]  # fmt: skip
