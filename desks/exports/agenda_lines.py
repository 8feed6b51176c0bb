"""The lines of Renja and RKPD on a desk's agenda as a workbook."""

from __future__ import annotations

from collections.abc import Iterable

from core.excel import STYLES, Sheet, new_workbook, workbook_bytes
from desks.models import AgendaLine

COLUMNS = (
    ("Kode", 22), ("Uraian", 50), ("Indikator", 40), ("Target", 14), ("Satuan", 14), ("Pagu (Rp)", 20), ("Hasil", 22), ("Kesimpulan", 60),
    ("Dokumen", 44),
)  # fmt: skip


def agenda_lines_workbook(title: str, made: str, rows: Iterable[AgendaLine]) -> bytes:
    """One row a line, with what was concluded."""
    workbook = new_workbook(title)
    sheet = Sheet(
        workbook, "Baris Renja", widths=[width for _, width in COLUMNS], landscape=True, header_rows=(4, 4), freeze="C5"
    )
    sheet.row([title], style=STYLES["title"])
    sheet.row([made], style=STYLES["note"])
    sheet.blank()
    sheet.row([name for name, _ in COLUMNS], style=STYLES["header"])
    text = STYLES["text"]
    styles = (STYLES["code"], text, text, text, text, STYLES["money"], text, text, text)
    for row in rows:
        sheet.row(
            [
                row.line_code, row.text, row.indicator, row.target, row.unit, row.amount, row.get_outcome_display(), row.conclusion, row.source,
            ],
            style=styles,
        )  # fmt: skip
    return workbook_bytes(workbook)
