"""The bahan desk as a workbook: a cover and one sheet per table, ready to print."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from core.excel import (
    MAX_TEXT,
    STYLES,
    Cell,
    Sheet,
    Style,
    new_workbook,
    number_cell,
    row_height,
    split_text,
    tone_style,
    workbook_bytes,
)
from core.values import Value
from desks.selectors.bahan import Bahan, Column, Marked, State, Table

_PLACE: Final = (
    Column("Kode desk", 8, "code", printed=False), Column("Desk", 15), Column("Kode wilayah", 9, "code", printed=False), Column("Daerah", 13),
)  # fmt: skip
_ONE_LINE: Final = replace(STYLES["text"], wrap=False)
_STYLES: Final[dict[str, Style]] = {
    "text": STYLES["text"], "code": STYLES["code"], "number": STYLES["decimal"], "money": STYLES["money"],
}  # fmt: skip
_READING: Final = (
    "Hanya memuat yang terlihat oleh pengambil. Yang belum diajukan daerah dihitung saja, isinya tidak dimuat.",
    "Selisih = usulan − pembanding; rentang dihitung dari nilai tengahnya. Angka simulasi ditandai.",
)
_EVERY: Final = 200
_READ: Final = 70
"""Per cent of the work that reading takes."""
Progress = Callable[[float, str], None]


def _silent(percent: float, note: str) -> None:
    return None


def bahan_workbook(bahan: Bahan, progress: Progress = _silent) -> bytes:
    """The finished file; text never becomes a formula."""
    workbook = new_workbook(f"Bahan desk {bahan.title}")
    _cover(workbook, bahan)
    total, done = sum(len(table.lines) for table in bahan.tables) or 1, 0
    for table in bahan.tables:
        for _ in _sheet(workbook, bahan, table):
            done += 1
            if done % _EVERY == 0:
                progress(_READ + (99 - _READ) * done / total, f"Menulis lembar {table.sheet}")
    return workbook_bytes(workbook)


def _cover(workbook: Any, bahan: Bahan) -> None:
    sheet = Sheet(workbook, "Sampul", widths=(28, 24, 28, 12, 44), paper="A4", landscape=True)
    sheet.row(["Bahan desk"], style=STYLES["strong"])
    for label, text in bahan.facts:
        sheet.row([label, text], style=STYLES["line"])
    sheet.blank()
    sheet.row(["Isi", "Baris"], style=STYLES["header"])
    for table in bahan.tables:
        sheet.row([table.sheet, len(table.lines)], style=(STYLES["text"], STYLES["whole"]))
    sheet.blank()
    for note in _READING:
        sheet.row([note], style=STYLES["note"])
    if bahan.held:
        sheet.blank()
        sheet.row(["Belum diajukan: desk", "Kode wilayah", "Daerah", "Butir", "Batas"], style=STYLES["header"])
        styles = (STYLES["text"], STYLES["code"], STYLES["text"], STYLES["whole"], STYLES["text"])
        for row in bahan.held:
            sheet.row([f"{row.desk} {row.desk_name}", row.region, row.region_name, row.n, row.deadline], style=styles)


def _sheet(workbook: Any, bahan: Bahan, table: Table) -> Iterator[None]:
    order, inside = _order(table)
    columns = [(*_PLACE, *table.columns)[no] for no in order]
    sheet = Sheet(
        workbook, table.sheet, widths=[column.width for column in columns], paper="A4", landscape=True, header_rows=(3, 3), freeze="D4",
        footer_left=f"Bahan desk {bahan.title}, keadaan per {bahan.made}",
    )  # fmt: skip
    sheet.row([f"{table.title}: {bahan.title}"], style=STYLES["strong"])
    sheet.row([f"Keadaan per {bahan.made}. Kode dan keterangan ada di kanan, di luar bidang cetak."], style=STYLES["note"])  # fmt: skip
    sheet.row([column.head for column in columns], style=STYLES["header"], height=40)
    styles = [_style(column) for column in columns]
    for line in table.lines:
        cells = [(*line.place, *line.cells)[no] for no in order]
        height = _height(columns[:inside], cells[:inside])
        sheet.row([_cell(content) for content in cells], style=styles, height=height)
        yield
    sheet.ws.auto_filter.ref = f"A3:{sheet.last_column(len(columns))}{sheet.row_count}"
    sheet.ws.print_area = f"A1:{sheet.last_column(inside)}{sheet.row_count}"


def _order(table: Table) -> tuple[list[int], int]:
    """The columns that print, then those that help at the screen only; and how many print."""
    columns = (*_PLACE, *table.columns)
    inside = [no for no, column in enumerate(columns) if column.printed]
    return [*inside, *(no for no, column in enumerate(columns) if not column.printed)], len(inside)


def _style(column: Column) -> Style:
    return _STYLES[column.kind] if column.printed or column.kind != "text" else _ONE_LINE


def _cell(content: Any) -> Any:
    if isinstance(content, State):
        return Cell(_fitting(content.label), tone_style(content.tone))
    if isinstance(content, Marked):
        content = content.value
    if isinstance(content, Value):
        content = number_cell(content)
    if isinstance(content, Decimal):
        return Cell(content, STYLES["whole"] if content == content.to_integral_value() else STYLES["decimal"])
    return _fitting(content) if isinstance(content, str) else content


def _fitting(text: str) -> str:
    """A text no cell can hold is cut: the portal holds the whole."""
    pieces = split_text(text, MAX_TEXT - 40)
    return pieces[0] if len(pieces) == 1 else f"{pieces[0]} … (selengkapnya di portal)"


def _height(columns: list[Column], cells: list[Any]) -> float:
    texts = [
        (cell.label if isinstance(cell, State) else cell, int(column.width * 0.9))
        for column, cell in zip(columns, cells, strict=True)
        if isinstance(cell, str | State)
    ]
    return min(row_height(*texts), 400.0)
