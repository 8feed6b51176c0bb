"""The sheet of pagu as a workbook, in the columns that its upload reads."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from core.excel import TableColumn, TableSheet, table_workbook
from core.money import Unit
from planning.selectors.pagu import PaguRow


def pagu_workbook(title: str, year: int, unit: Unit, rows: Iterable[PaguRow]) -> bytes:
    """The rows of the page; filled in and uploaded again it sets them."""
    columns = (
        TableColumn("Kode perangkat daerah", 22, "code"), TableColumn("Perangkat daerah", 44), TableColumn("Kode bidang", 11, "code"),
        TableColumn("Bidang urusan", 34), TableColumn(f"Pagu {year} ({unit.label})", 24, "number"), TableColumn("Status", 12),
        TableColumn("Dasar", 40), TableColumn("Tanggal dasar", 14, "date"), TableColumn("Keterangan", 12),
    )  # fmt: skip
    note = f"Pagu dalam {unit.label}. Status: sementara atau tetap. Isi, simpan, lalu unggah kembali di halaman Pagu."
    return table_workbook(title, note, TableSheet("Pagu", columns, (_cells(row, unit) for row in rows)))


def _cells(row: PaguRow, unit: Unit) -> list[object]:
    pagu = row.pagu
    head = [row.institution.kode, row.institution.name, row.bidang.kode, row.bidang.short_name]
    if pagu is None:
        return [*head, None, "", "", None, ""]
    status = "sementara" if pagu.provisional else "tetap"
    amount = Decimal(pagu.amount) / unit.factor
    return [*head, amount, status, pagu.source, pagu.dated, "simulasi" if pagu.simulated else ""]
