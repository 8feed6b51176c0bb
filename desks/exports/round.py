"""The counts of a round as a workbook."""

from __future__ import annotations

from core.excel import STYLES, Sheet, new_workbook, workbook_bytes
from desks.models import Round
from desks.selectors.round_overview import HEADERS, CountRow, total_of


def round_workbook(round_: Round, desks: list[CountRow], regions: list[CountRow]) -> bytes:
    """Two sheets, per desk and per region, with a total row each."""
    workbook = new_workbook(f"Kemajuan {round_.short_name}")
    for title, rows in (("Per desk", desks), ("Per daerah", regions)):
        widths = (12, 36, *(13 for _ in HEADERS))
        sheet = Sheet(workbook, title, widths=widths, landscape=True, header_rows=(1, 1), freeze="C2")
        sheet.row(("Kode", title.removeprefix("Per ").capitalize(), *HEADERS), style=STYLES["header"])
        styles = (STYLES["code"], STYLES["text"], *(STYLES["whole"] for _ in HEADERS))
        for row in rows:
            sheet.row((row.code, row.name, *row.cells()), style=styles)
        last = total_of(rows)
        sheet.row(
            ("", last.name, *last.cells()),
            style=(STYLES["group"], STYLES["group"], *(STYLES["total"] for _ in HEADERS)),
        )
    return workbook_bytes(workbook)
