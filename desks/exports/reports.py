"""The queue of reports as a workbook."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from core.excel import STYLES, Sheet, new_workbook, workbook_bytes
from desks.models import Report

HEADERS = (
    "Kode", "Dikirim (WIB)", "Status", "Penyelenggaraan", "Pengirim", "Lembaga", "Halaman", "Kode baris", "Laporan", "Jawaban",
    "Dijawab oleh", "Nomor permintaan", "Peramban", "Lebar layar",
)  # fmt: skip
WIDTHS = (14, 18, 14, 24, 26, 26, 32, 14, 60, 60, 26, 34, 40, 10)


def reports_workbook(rows: QuerySet[Report]) -> bytes:
    """The list as filtered, one row a report."""
    workbook = new_workbook("Laporan kendala")
    sheet = Sheet(workbook, "Laporan kendala", widths=WIDTHS, landscape=True, header_rows=(1, 1), freeze="B2")
    sheet.row(HEADERS, style=STYLES["header"])
    for row in rows.iterator(chunk_size=1000):
        cells = (
            row.code, f"{timezone.localtime(row.created_at):%d-%m-%Y %H.%M}", row.get_status_display(),
            row.round.short_name if row.round else "", row.user.full_name, row.institution.name if row.institution else "", row.page,
            row.item_code, row.text, row.answer, row.answered_by.full_name if row.answered_by else "", row.request_id, row.agent,
            "" if row.width is None else str(row.width),
        )  # fmt: skip
        sheet.row(cells, style=STYLES["text"])
    return workbook_bytes(workbook)
