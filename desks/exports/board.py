"""The board as a workbook: the rows of the page, numbers as numbers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from core.excel import (
    STYLES,
    Cell,
    Sheet,
    kept_columns,
    new_workbook,
    number_cell,
    row_height,
    tone_style,
    workbook_bytes,
)
from desks.levels import NATIONAL, LevelWords
from desks.selectors.board import GAPS, BoardRow
from desks.selectors.figures import Shown
from planning.chips import chip_names
from planning.selectors.priorities import Chip

_HEADS: Final = (
    "Kode indikator", "Indikator", "Satuan", "Kode wilayah", "Daerah", "Usulan terbaru", "Oleh", "Indikatif {holder}", "{area}", "RPJMN",
    "Capaian terakhir", "Tahun capaian", "Kesepakatan lalu", "Selisih capaian", "Selisih RPJMN", "Selisih kesepakatan",
    "Dibanding capaian", "Status", "Batas permintaan", "Prioritas", "Keterangan",
)  # fmt: skip
_WIDTHS: Final = (14, 44, 16, 9, 22, 12, 18, 11, 11, 12, 11, 9, 13, 11, 11, 13, 12, 18, 24, 20, 24)
_NAMES: Final = (
    "", "", "", "", "", "newest", "newest", "indicative", "national", "rpjmn", "actual", "actual", "agreement", "gap_actual", "gap_rpjmn",
    "gap_agreement", "gap_actual", "status", "status", "", "",
)  # fmt: skip
"""The column of the page that each column goes with."""
_TEXT_WIDTHS: Final = (46, 14, 20, 16, 18, 22, 18, 22)
_DETAIL: Final = 48
_EMPTY: Final = Cell(None, STYLES["text"])


@dataclass(frozen=True)
class BoardSheet:
    """What the workbook shows: title, the filters in words, when it was made, and the rows."""

    title: str
    filters: str
    made: str
    rows: Sequence[BoardRow]
    words: LevelWords = NATIONAL
    heads: tuple[str, ...] = ()
    """Columns of texts about detail rows, after all others."""
    hidden: Collection[str] = ()
    """Columns of the page that its reader has put away."""
    chips: Mapping[str, Sequence[Chip]] = field(default_factory=dict)
    """The priorities of an indicator, by its code."""


def board_workbook(sheet: BoardSheet) -> bytes:
    """One sheet, landscape, header repeated on every page."""
    workbook = new_workbook(sheet.title)
    out = Sheet(
        workbook,
        "Papan desk",
        widths=(*_WIDTHS, *[_DETAIL] * len(sheet.heads)),
        landscape=True,
        header_rows=(4, 4),
        freeze="F5",
        keep=kept_columns((*_NAMES, *["details"] * len(sheet.heads)), sheet.hidden),
    )
    out.row([sheet.title], style=STYLES["strong"])
    out.row([f"Saringan: {sheet.filters}. {len(sheet.rows)} baris. Dibuat {sheet.made}."], style=STYLES["line"])
    out.row(["Selisih = usulan terbaru − pembanding; rentang dihitung dari nilai tengahnya."], style=STYLES["note"])
    words = {"holder": sheet.words.holder, "area": sheet.words.area.capitalize()}
    heads = [head.format(**words) for head in _HEADS]
    out.row((*heads, *sheet.heads), style=STYLES["header"], height=30)
    for row in sheet.rows:
        cells = _cells(row, chip_names(sheet.chips.get(row.indicator_code, ())))
        texts = (row.indicator, row.unit, row.region, row.by, row.state_label, row.request, cells[-2], cells[-1])
        said = ["\n".join(each) for each in row.details or ((),) * len(sheet.heads)]
        cells += said
        out.row(
            [_EMPTY if cell is None else cell for cell in cells],
            height=row_height(*zip(texts, _TEXT_WIDTHS, strict=True), *((text, _DETAIL) for text in said)),
        )
    return workbook_bytes(workbook)


def _cells(row: BoardRow, priorities: str) -> list[Any]:
    names = ("indicative", "national", "rpjmn", "actual")
    shown = {name: _figure(row.figures.get(name)) for name in (*names, "agreement")}
    actual = row.figures.get("actual")
    newest = number_cell(row.newest) if row.newest else row.newest_text or None
    if row.agreed and isinstance(newest, Decimal):
        newest = Cell(newest, STYLES["agreed"])
    return [
        Cell(row.indicator_code, STYLES["code"]), row.indicator, row.unit, Cell(row.region_code, STYLES["code"]), row.region, newest, row.by,
        *(shown[name] for name in names), Cell(str(actual.year) if actual else "", STYLES["center"]),
        shown["agreement"], *(row.gaps[place].number for place in range(len(GAPS))), row.gaps[0].word,
        Cell(row.state_label, tone_style(row.tone)), row.request, priorities, _remark(row),
    ]  # fmt: skip


def _remark(row: BoardRow) -> str:
    marks = ["simulasi"] if any(shown.simulated for shown in row.figures.values()) else []
    marks += ["berubah sejak kunjungan terakhir"] if row.changed else []
    return "; ".join(marks + ([f"peringatan diterima dengan alasan: {row.accepted}"] if row.accepted else []))


def _figure(shown: Shown | None) -> Any:
    return number_cell(shown.value) if shown and shown.value else None
