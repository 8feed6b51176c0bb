"""The sheets of targets: one row an indicator, what stands beside it locked, four cells to fill."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from openpyxl.worksheet.datavalidation import DataValidation

from core.excel import STYLES, Cell, Sheet, Style, number_cell, number_style, row_height
from desks.exports.isian_book.paper import (
    HEAD_INPUT,
    HEAD_ROW,
    TEXT_INPUT,
    Overlay,
    Paper,
    input_cell,
    value_content,
    value_style,
)
from desks.isian_fields import APPLIES, HEADS, ITEM_HEAD, MACRO, ROW_FIELDS, TARGETS
from desks.selectors.columns import FigureColumn
from desks.selectors.figures import Shown
from desks.selectors.isian import STATE_LABELS
from desks.selectors.isian_book import BookRow
from indicators.choices import Strand

_CODE: Final = STYLES["code"]
_FROZEN: Final = 3
_NONE: Final = Overlay()


def write_targets(workbook: Any, paper: Paper, strand: str) -> None:
    """The sheet of one strand."""
    columns, wide = paper.book.columns[strand], paper.book.scope.meja is None
    rows = [row for row in paper.book.rows if row.item.strand == strand]
    heads, widths = _heads(columns, wide, paper.book.scope.round.plan_year)
    out = Sheet(
        workbook, MACRO if strand == Strand.MAKRO else TARGETS, widths=widths, landscape=True, header_rows=(HEAD_ROW, HEAD_ROW),
        freeze=f"{chr(ord('A') + _FROZEN)}{HEAD_ROW + 1}",
    )  # fmt: skip
    out.row([paper.title], style=STYLES["strong"])
    out.row([f"Dibuat {paper.made}. {paper.open_until}".strip()], style=STYLES["note"])
    out.row(["Isi kolom berjudul kuning. Sel yang dikosongkan berarti isinya dihapus."], style=STYLES["note"])
    inputs = set(_input_heads(paper.book.scope.round.plan_year))
    out.row(heads, style=[HEAD_INPUT if head in inputs else STYLES["header"] for head in heads], height=44)
    overlay = paper.overlay or _NONE
    for row in rows:
        out.row(_cells(row, wide, overlay), height=_height(row))
    _choices(out, heads.index(HEADS["applicability"]) + 1, HEAD_ROW + max(len(rows), 1))
    out.ws.auto_filter.ref = f"A{HEAD_ROW}:{out.last_column(len(heads))}{HEAD_ROW + max(len(rows), 1)}"
    out.protect()
    out.ws.protection.autoFilter = False
    out.ws.protection.sort = False


def _input_heads(year: int) -> list[str]:
    return [f"{HEADS['value']} {year}", *(HEADS[name] for name in ROW_FIELDS[1:])]


def _heads(columns: Sequence[FigureColumn], wide: bool, year: int) -> tuple[list[str], list[float]]:
    known: list[tuple[str, float]] = [(ITEM_HEAD, 15), ("Kode indikator", 13), ("Indikator", 44)]
    known += [("Desk", 22)] if wide else []
    known += [("Satuan", 11), *((f"{column.label}\n{column.sub}", 12) for column in columns)]
    known += list(zip(_input_heads(year), (14, 17, 30, 40), strict=True))
    known += [("Status", 16), ("Keterangan", 34)]
    return [head for head, _ in known], [width for _, width in known]


def _cells(row: BookRow, wide: bool, overlay: Overlay) -> list[Any]:
    item, back, shut = row.item, overlay.of(row.item.code), bool(row.refusal)
    decimals = item.indicator.decimals if item.indicator else 2
    contents: tuple[tuple[Any, Style], ...] = (
        (value_content(item.value_proposed), value_style(item.subject_unit, decimals)), (APPLIES[item.applicability], TEXT_INPUT),
        (item.applicability_reason or None, TEXT_INPUT), (item.proposal_note or None, TEXT_INPUT),
    )  # fmt: skip
    typed = [
        input_cell(content, style, shut, back.get(name))
        for name, (content, style) in zip(ROW_FIELDS, contents, strict=True)
    ]
    indicator = item.indicator.code if item.indicator else ""
    return [
        Cell(item.code, _CODE), Cell(indicator, _CODE), item.subject, *([item.meja.desk.name] if wide else []), item.subject_unit,
        *(_figure(shown, number_style(decimals)) for shown in row.figures), *typed, STATE_LABELS[item.state], _remark(row),
    ]  # fmt: skip


def _figure(shown: Shown, style: Style) -> Cell:
    found = None if shown.value is None else number_cell(shown.value)
    content = found.value if isinstance(found, Cell) else found
    return Cell(content, replace(style, italic=True) if shown.simulated else style)


def _remark(row: BookRow) -> str:
    asked = row.item.request_text if row.item.state in ("returned", "repair") else ""
    simulated = "Angka miring: simulasi." if any(shown.simulated for shown in row.figures) else ""
    return " ".join(text for text in (asked, row.refusal, simulated) if text)


def _height(row: BookRow) -> float:
    item = row.item
    texts = ((item.subject, 44), (item.proposal_note, 40), (item.applicability_reason, 30), (_remark(row), 34))
    return min(row_height(*texts), 180)


def _choices(out: Sheet, column: int, last: int) -> None:
    letter = out.last_column(column)
    rule = DataValidation(type="list", formula1=f'"{",".join(APPLIES.values())}"', allow_blank=False)
    rule.error, rule.errorTitle = "Pilih salah satu dari daftar.", HEADS["applicability"]
    rule.add(f"{letter}{HEAD_ROW + 1}:{letter}{last}")
    out.ws.data_validations.append(rule)
