"""What became of every row of an uploaded file, as a workbook."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import QuerySet

from core.excel import TableColumn, TableSheet, table_workbook
from indicators.selectors.uploads import counts_in_words, shown_row
from planning.models import Upload, UploadRow

COLUMNS: Final = (
    TableColumn("Baris", 9, "whole"), TableColumn("Hasil", 14), TableColumn("Kode", 22, "code"), TableColumn("Uraian", 50),
    TableColumn("Dibaca", 50), TableColumn("Keterangan", 60),
)  # fmt: skip


def upload_workbook(upload: Upload, rows: QuerySet[UploadRow]) -> bytes:
    """The rows as filtered: line of the file, outcome, code, what was read, remarks."""
    note = f"{upload.file.name if upload.file else 'Berkas'}. {counts_in_words(upload)}."
    return table_workbook(
        upload.title, note, TableSheet("Hasil baca", COLUMNS, map(_cells, rows.iterator(chunk_size=2000)))
    )


def _cells(row: UploadRow) -> list[Any]:
    each = shown_row(row)
    return [each.line, each.label, each.code, each.text, each.said, each.note]
