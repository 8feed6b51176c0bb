"""What became of every row of an uploaded file, as a workbook."""

from __future__ import annotations

from django.db.models import QuerySet

from core.excel import STYLES, Sheet, new_workbook, workbook_bytes
from indicators.selectors.uploads import counts_in_words, shown_row
from planning.models import Upload, UploadRow


def upload_workbook(upload: Upload, rows: QuerySet[UploadRow]) -> bytes:
    """The rows as filtered: line of the file, outcome, code, what was read, remarks."""
    workbook = new_workbook("Hasil baca berkas")
    sheet = Sheet(
        workbook, "Hasil baca", widths=(9, 14, 24, 60, 60, 70), landscape=True, header_rows=(3, 3), freeze="D4"
    )
    sheet.row([upload.title], style=STYLES["strong"])
    sheet.row([f"{upload.file.name if upload.file else 'Berkas'}. {counts_in_words(upload)}."], style=STYLES["line"])
    sheet.row(("Baris", "Hasil", "Kode", "Uraian", "Dibaca", "Keterangan"), style=STYLES["header"])
    text = STYLES["text"]
    styles = (STYLES["whole"], text, STYLES["code"], text, text, text)
    for row in rows.iterator(chunk_size=2000):
        each = shown_row(row)
        sheet.row((each.line, each.label, each.code, each.text, each.said, each.note), style=styles)
    return workbook_bytes(workbook)
