"""What changed between two versions of a document, as a workbook."""

from __future__ import annotations

from core.excel import STYLES, Sheet, new_workbook, workbook_bytes
from indicators.selectors.compare import Comparison
from planning.models import Document


def comparison_workbook(old: Document, new: Document, found: Comparison) -> bytes:
    """One row a changed cell; added and removed lines as one row each."""
    workbook = new_workbook("Banding versi")
    sheet = Sheet(workbook, "Banding", widths=(12, 24, 60, 24, 40, 40), landscape=True, header_rows=(3, 3), freeze="A4")
    sheet.row([new.title], style=STYLES["strong"])
    sheet.row(
        [f"Semula: versi {old.version} ({old.get_stage_display()}). Menjadi: versi {new.version} ({new.get_stage_display()})."],
        style=STYLES["line"],
    )  # fmt: skip
    sheet.row(("Perubahan", "Kode baris", "Uraian", "Kolom", "Semula", "Menjadi"), style=STYLES["header"])
    text, code = STYLES["text"], STYLES["code"]
    styles = (text, code, text, text, text, text)
    for row in found.changed:
        for label, was, now in row.cells:
            sheet.row(("Berubah", row.code, row.text, label, was, now), style=styles)
    for line in found.added:
        sheet.row(("Baru", line.code, line.text, "", "", "; ".join(_said(line.cells))), style=styles)
    for line in found.removed:
        sheet.row(("Dihapus", line.code, line.text, "", "; ".join(_said(line.cells)), ""), style=styles)
    return workbook_bytes(workbook)


def _said(cells: dict[str, str]) -> list[str]:
    return [f"{label} {text}" for label, text in cells.items() if text and label != "Uraian"]
