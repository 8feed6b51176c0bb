"""The list of documents as a workbook."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from core.excel import STYLES, Sheet, kept_columns, new_workbook, workbook_bytes
from planning.models import Document

HEADERS = (
    "Judul",
    "Jenis",
    "Pemilik",
    "Wilayah",
    "Kode wilayah",
    "Tahun awal",
    "Tahun akhir",
    "Tahapan",
    "Versi",
    "Jumlah baris",
    "Sumber",
)
WIDTHS = (50, 14, 30, 22, 14, 11, 11, 18, 8, 12, 50)


_NAMES = ("", "kind", "owner", "owner", "owner", "years", "years", "stage", "version", "lines", "")
"""The column of the page that each column goes with."""


def documents_workbook(documents: QuerySet[Document], hidden: Collection[str] = ()) -> bytes:
    """The list as filtered, one row a document."""
    workbook = new_workbook("Dokumen")
    sheet = Sheet(
        workbook,
        "Dokumen",
        widths=WIDTHS,
        landscape=True,
        header_rows=(1, 1),
        freeze="B2",
        keep=kept_columns(_NAMES, hidden),
    )
    sheet.row(HEADERS, style=STYLES["header"])
    plain, number = STYLES["text"], STYLES["center"]
    styles = (plain, plain, plain, plain, STYLES["code"], number, number, plain, number, STYLES["whole"], plain)
    for row in documents.iterator(chunk_size=1000):
        cells = (
            row.title, row.get_kind_display(), row.owner.name, row.owner.region.name, row.owner.region.kode, row.year_from, row.year_to,
            row.get_stage_display(), row.version, getattr(row, "line_count", 0), row.source,
        )  # fmt: skip
        sheet.row(cells, style=styles)
    return workbook_bytes(workbook)
