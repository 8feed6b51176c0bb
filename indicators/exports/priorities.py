"""Priority trees as a workbook of our template: nodes on one sheet, what hangs on them on the other."""

from __future__ import annotations

from core.excel import STYLES, Sheet, new_workbook, workbook_bytes
from indicators.imports.priorities import COLUMNS as TAG_COLUMNS
from indicators.models import IndicatorPriority
from planning.imports.priorities import COLUMNS as NODE_COLUMNS
from planning.models import NomenclaturePriority, PriorityNode


def priorities_workbook(year: int, tree: str = "") -> bytes:
    """The nodes and tags of a year, of one tree or all; the same file can be loaded again."""
    workbook = new_workbook("Pohon prioritas")
    only = {"tree": tree} if tree else {}
    code, text = STYLES["code"], STYLES["text"]
    sheet = Sheet(workbook, "Simpul", widths=(12, 8, 14, 80, 14, 50), landscape=True, header_rows=(1, 1), freeze="A2")
    sheet.row(NODE_COLUMNS, style=STYLES["header"])
    for row in PriorityNode.objects.filter(year=year, **only).select_related("parent").iterator(chunk_size=1000):
        cells = (row.tree, str(row.year), row.code, row.name, row.parent.code if row.parent else "", row.source)
        sheet.row(cells, style=(code, code, code, text, code, text))
    sheet = Sheet(
        workbook, "Tautan", widths=(12, 8, 14, 14, 14, 24, 50), landscape=True, header_rows=(1, 1), freeze="A2"
    )
    sheet.row(TAG_COLUMNS, style=STYLES["header"])
    under = {f"node__{name}": value for name, value in {"year": year, **only}.items()}
    order = ("node__tree", "node__code")
    for kind, level, subject, rows in (
        ("indikator", None, "indicator__code", IndicatorPriority.objects.filter(**under)),
        ("sub_kegiatan", "nomenclature__gov_level", "nomenclature__kode", NomenclaturePriority.objects.filter(**under)),
    ):
        names = ["node__tree", "node__code", subject, "source", *([level] if level else [])]
        for tree_, node, thing, source, *gov in rows.order_by(*order, subject).values_list(*names):
            sheet.row(
                (tree_, str(year), node, kind, gov[0] if gov else "", thing, source),
                style=(code, code, code, text, text, code, text),
            )
    return workbook_bytes(workbook)
