"""The catalogue of rincian output as a workbook, in the columns that `load_rincian_output` reads."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import QuerySet

from core.excel import STYLES, Sheet, new_workbook, workbook_bytes
from core.money import Unit
from planning.imports.outputs import COLUMNS
from planning.models import RincianOutput

WIDTHS = (8, 10, 24, 60, 18, 14, 20, 10, 60, 40)


def outputs_workbook(rows: QuerySet[RincianOutput]) -> bytes:
    """The list as filtered; uploaded again it changes nothing."""
    workbook = new_workbook("Rincian output")
    sheet = Sheet(workbook, "Rincian output", widths=WIDTHS, landscape=True, header_rows=(1, 1), freeze="D2")
    sheet.row(COLUMNS, style=STYLES["header"])
    code, text = STYLES["code"], STYLES["text"]
    styles = (code, code, code, text, text, STYLES["decimal"], STYLES["decimal"], text, text, text)
    for row in rows.prefetch_related("criteria").iterator(chunk_size=500):
        amount = None if row.amount is None else Decimal(row.amount) / Unit(row.amount_unit).factor
        criteria = "|".join(criterion.code for criterion in row.criteria.all())
        cells = (
            str(row.year),
            row.kl.kode,
            row.code,
            row.name,
            row.unit,
            row.volume,
            amount,
            row.amount_unit,
            criteria,
            row.source,
        )
        sheet.row(cells, style=styles)
    return workbook_bytes(workbook)
