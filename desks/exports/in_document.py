"""The sub kegiatan of a region's rows beside its RKPD or Renja, as a workbook."""

from __future__ import annotations

from collections.abc import Sequence

from core.excel import STYLES, Sheet, new_workbook, workbook_bytes
from desks.models import Round
from desks.selectors.in_document import Compared
from planning.models import Document

HEADS = (
    "Status", "Desk", "Butir", "Indikator", "Kode sub kegiatan", "Sub kegiatan", "Perangkat daerah", "Keputusan", "Volume butir", "Pagu butir (Rp)",
    "Volume dokumen", "Pagu dokumen (Rp)", "Perangkat daerah dokumen", "Perbedaan",
)  # fmt: skip
WIDTHS = (20, 30, 13, 44, 22, 50, 26, 20, 16, 20, 20, 20, 34, 60)


def in_document_workbook(round_: Round, document: Document, rows: Sequence[Compared]) -> bytes:
    """One row a sub kegiatan; amounts in full rupiah."""
    workbook = new_workbook("Kesesuaian dengan dokumen")
    sheet = Sheet(workbook, "Kesesuaian", widths=WIDTHS, landscape=True, header_rows=(3, 3), freeze="F4")
    sheet.row([f"Sub kegiatan {round_.short_name} dalam {document.title}"], style=STYLES["strong"])
    sheet.row(
        [
            f"{document.get_stage_display()}, versi {document.version}. Tahun {round_.plan_year}. Pagu dalam rupiah penuh."
        ],
        style=STYLES["line"],
    )
    sheet.row(HEADS, style=STYLES["header"], height=30)
    text, code, money = STYLES["text"], STYLES["code"], STYLES["money"]
    styles = (text, text, code, text, code, text, text, text, text, money, text, money, text, text)
    for row in rows:
        entry = row.entry
        differences = "; ".join(f"{each.label}: {each.ours or '–'} → {each.theirs or '–'}" for each in row.differences)
        volumes = ", ".join(f"{each.text} {each.unit}".strip() for each in entry.volumes) if entry else ""
        cells = (
            row.label, row.desk, row.item, row.subject, row.kode, row.name, row.opd if row.item else "", row.verdict, row.volume, row.amount, volumes,
            entry.amount if entry else None, entry.opd_name if entry else "", differences,
        )  # fmt: skip
        sheet.row(cells, style=styles)
    return workbook_bytes(workbook)
