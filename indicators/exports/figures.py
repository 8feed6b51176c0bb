"""A list of figures as a workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from core.excel import STYLES, Cell, Sheet, new_workbook, number_style, workbook_bytes
from core.values import Kind
from indicators.choices import FigureKind
from indicators.selectors import shown_value
from planning.choices import DocumentStage

HEADERS = (
    "Kode indikator", "Indikator", "Kode wilayah", "Wilayah", "Tahun", "Periode", "Jenis", "Nilai", "Satuan", "Sumber", "Asal",
    "Dokumen", "Tahapan", "Versi", "Baris", "Simulasi", "Perlu verifikasi",
)  # fmt: skip
WIDTHS = (14, 50, 13, 22, 8, 12, 18, 16, 14, 14, 50, 40, 16, 8, 12, 10, 12)
KINDS = dict(FigureKind.choices)
STAGES = dict(DocumentStage.choices)
EVERY = 500


def figures_workbook(rows: Iterable[dict[str, Any]], progress: Callable[[int], None] = lambda done: None) -> bytes:
    """The list as filtered, one row a figure; single numbers are true numbers, ranges and words are text."""
    workbook = new_workbook("Angka")
    figures_sheet(workbook, rows, progress)
    return workbook_bytes(workbook)


def figures_sheet(
    workbook: Any, rows: Iterable[dict[str, Any]], progress: Callable[[int], None] = lambda done: None
) -> None:
    """The sheet Angka of a workbook."""
    sheet = Sheet(workbook, "Angka", widths=WIDTHS, landscape=True, header_rows=(1, 1), freeze="C2")
    sheet.row(HEADERS, style=STYLES["header"])
    text, code, center = STYLES["text"], STYLES["code"], STYLES["center"]
    styles = (
        code,
        text,
        code,
        text,
        center,
        text,
        text,
        text,
        text,
        text,
        text,
        text,
        text,
        center,
        code,
        center,
        center,
    )
    for done, row in enumerate(rows):
        sheet.row(_cells(row), style=styles)
        if done % EVERY == 0:
            progress(done)


def _cells(row: dict[str, Any]) -> tuple[Any, ...]:
    return (
        row["code"], row["name"] or "", row["region_code"], row["region_name"], row["year"], row["period"], KINDS[row["kind"]],
        _number(row), row["value_unit"], row["source"], row["origin"], row["document"] or "",
        STAGES.get(row["stage"] or "", ""), str(row["edition"] or ""), row["line_code"] or "",
        row["simulated"], row["needs_check"],
    )  # fmt: skip


def _number(row: dict[str, Any]) -> Any:
    if row["value_kind"] == Kind.POINT:
        return Cell(row["value_min"], number_style(row["value_decimals"]))
    return shown_value(row)
