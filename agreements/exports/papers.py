"""The list of berita acara as a workbook."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from agreements.selectors.lists import BaRow
from core.excel import TableColumn, TableSheet, table_workbook

_COLUMNS: Final = (
    TableColumn("Kode", 13, "code"), TableColumn("Nomor", 30, "code"), TableColumn("Judul", 60), TableColumn("Desk", 34), TableColumn("Daerah", 40),
    TableColumn("Penyelenggaraan", 26), TableColumn("Tanggal", 16), TableColumn("Keadaan", 26), TableColumn("Tanda tangan", 14),
)  # fmt: skip


def papers_workbook(note: str, rows: Iterable[BaRow]) -> bytes:
    """The list as filtered, newest first."""
    cells = (
        [row.code, row.name, row.title, row.desk, row.regions, row.round, row.date, row.label, row.signed]
        for row in rows
    )
    return table_workbook("Berita acara", note, TableSheet("Berita acara", _COLUMNS, cells))
