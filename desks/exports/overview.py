"""The pages of the overview as workbooks: the same numbers, numbers as numbers, ready to print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from core.excel import STYLES, Cell, Sheet, new_workbook, tone_style, workbook_bytes
from desks.exports.board import number_cell, row_height
from desks.models import Round
from desks.overview_table import heat
from desks.selectors.overview.classes import TONES, Standing
from desks.selectors.overview.gap import GapRow
from desks.selectors.overview.lists import Held, Listed
from desks.selectors.overview.matrix import MEASURE, REGIONS, Line, Matrix
from desks.selectors.overview.progress import Progress, Share, total_of
from desks.selectors.overview.rows import Narrow

_EMPTY: Final = Cell(None, STYLES["text"])


def _head(sheet: Sheet, title: str, made: str, heads: Sequence[str], height: float = 30) -> None:
    sheet.row([title], style=STYLES["strong"])
    sheet.row([made], style=STYLES["line"])
    sheet.row(list(heads), style=STYLES["header"], height=height)


def matrix_workbook(matrix: Matrix, narrow: Narrow, round_: Round, made: str) -> bytes:
    """The matrix as it stands on the page, with totals."""
    round_name, words = round_.short_name, round_.words
    workbook = new_workbook(f"Keterisian {round_name}")
    wide = matrix.layout == REGIONS
    measure = narrow.kelas or MEASURE
    what = (
        f"{dict(Standing.choices).get(measure, measure)} per {words.regions} dan desk"
        if wide
        else f"{matrix.corner} × keadaan"
    )
    widths = (14, 40 if not wide else 24, *((7 if wide else 12) for _ in matrix.columns), 10, *((10,) if wide else ()))
    sheet = Sheet(workbook, "Keterisian", widths=widths, landscape=True, header_rows=(3, 3), freeze="C4")
    heads = [
        "Kode",
        matrix.corner,
        *(each.label for each in matrix.columns),
        "Jumlah",
        *(["Semua butir"] if wide else []),
    ]
    _head(sheet, f"{what}, {round_name}", made, heads)
    group = ""
    for line in matrix.rows:
        if line.group != group:
            group = line.group
            sheet.row([group, *([None] * (len(heads) - 1))], style=STYLES["group"])
        n, of = matrix.row_total(line.key)
        cells = [_count(matrix, line, column, measure) for column in matrix.columns]
        code = line.note or line.key
        sheet.row(
            [Cell(code, STYLES["code"]), line.label, *cells, n, *([of] if wide else [])],
            height=row_height((line.label, 40)),
        )
    n, of = matrix.total()
    totals = [matrix.column_total(column.key)[0] for column in matrix.columns]
    sheet.row(
        ["", "Jumlah", *totals, n, *([of] if wide else [])],
        style=[STYLES["group"]] * 2 + [STYLES["total"]] * (len(heads) - 2),
    )
    return workbook_bytes(workbook)


def _count(matrix: Matrix, line: Line, column: Line, measure: str) -> Cell:
    cell = matrix.cells.get((line.key, column.key))
    if cell is None:
        return _EMPTY
    kelas = column.filters.get("kelas")
    tone = TONES[kelas] if kelas else heat(*cell, measure)
    return Cell(cell[0], tone_style(tone, STYLES["whole"]))


def progress_workbook(found: Progress, round_: Round, made: str) -> bytes:
    """A sheet per table of the page."""
    round_name, words = round_.short_name, round_.words
    workbook = new_workbook(f"Kemajuan {round_name}")
    for title, first, lines in (
        ("Per desk", "Desk", found.desks),
        (f"Per {words.regions}".replace("/", " "), words.region, found.regions),
        ("Per pendekatan", "Pendekatan", found.strands),
    ):
        sheet = Sheet(
            workbook,
            title,
            widths=(36, 12, *(13 for _ in found.classes), 10),
            landscape=True,
            header_rows=(3, 3),
            freeze="B4",
        )
        _head(
            sheet,
            f"Kemajuan {round_name}, {title.lower()}",
            made,
            [first, "Keterisian (%)", *(each.label for each in found.classes), "Jumlah"],
        )
        styles = [STYLES["text"], *([STYLES["whole"]] * (len(found.classes) + 2))]
        for line in lines:
            sheet.row(_progress(line, found.classes), style=styles)
        sheet.row(
            _progress(total_of(lines), found.classes),
            style=[STYLES["group"], *([STYLES["total"]] * (len(found.classes) + 2))],
        )
    sheet = Sheet(workbook, "Hasil", widths=(36, 12), header_rows=(3, 3))
    _head(sheet, f"Hasil pembahasan, {round_name}", made, ["Hasil", "Butir"])
    for _, label, n in found.verdicts:
        sheet.row([label, n])
    return workbook_bytes(workbook)


def _progress(line: Share, classes: Iterable[Standing]) -> list[Any]:
    return [line.label, line.percent, *(line.counts.get(each, 0) for each in classes), line.total]


_ROW_HEADS: Final = (
    "Kode wilayah", "{region}", "Kode desk", "Desk", "Kode indikator", "Indikator", "Satuan", "Nilai", "Keadaan", "Batas perbaikan", "Kode butir",
)  # fmt: skip


def rows_workbook(rows: Sequence[Listed], held: Sequence[Held], round_: Round, made: str) -> bytes:
    """The list exactly as filtered; what is not submitted on a sheet of its own, as numbers."""
    round_name, words = round_.short_name, round_.words
    workbook = new_workbook(f"Daftar butir {round_name}")
    sheet = Sheet(
        workbook,
        "Butir",
        widths=(9, 22, 8, 22, 14, 46, 16, 14, 18, 22, 12),
        landscape=True,
        header_rows=(3, 3),
        freeze="C4",
    )
    _head(sheet, f"Daftar butir, {round_name}", made, [head.format(region=words.region) for head in _ROW_HEADS])
    code = STYLES["code"]
    for row in rows:
        value = number_cell(row.value) if row.value else row.value_text or _EMPTY
        if row.agreed and row.value and not isinstance(value, Cell):
            value = Cell(value, STYLES["agreed"])
        sheet.row(
            [
                Cell(row.region, code), row.region_name, Cell(row.desk, code), row.desk_name, Cell(row.indicator, code), row.name, row.unit, value,
                Cell(row.state, tone_style(row.tone)), row.due, Cell(row.code, code),
            ],
            height=row_height((row.name, 46), (row.desk_name, 22)),
        )  # fmt: skip
    if held:
        sheet = Sheet(workbook, "Belum diajukan", widths=(9, 24, 8, 30, 10, 40), header_rows=(3, 3), freeze="A4")
        _head(
            sheet,
            f"Butir yang belum diajukan, {round_name}",
            made,
            ["Kode wilayah", words.region, "Kode desk", "Desk", "Butir", "Batas"],
        )
        for each in held:
            sheet.row(
                [
                    Cell(each.region, code),
                    each.region_name,
                    Cell(each.desk, code),
                    each.desk_name,
                    each.n,
                    each.deadline,
                ]
            )
        total = [STYLES["group"]] * 4 + [STYLES["total"], STYLES["group"]]
        sheet.row(["", "Jumlah", "", "", sum(each.n for each in held), ""], style=total)
    return workbook_bytes(workbook)


_GAP_HEADS: Final = (
    "Desk", "Kode indikator", "Indikator", "Satuan", "Aturan", "Sasaran {area}", "Disepakati", "{region}", "Disepakati dan terbuka", "{region}",
    "Seluruh {regions}", "Belum ada angka", "Selisih", "Dibanding sasaran", "Keterangan",
)  # fmt: skip


def gap_workbook(rows: Sequence[GapRow], round_: Round, made: str) -> bytes:
    """The gap per indicator, with the number of regions behind each total."""
    round_name, words = round_.short_name, round_.words
    workbook = new_workbook(f"{words.gap} {round_name}")
    heads = [head.format(area=words.area, region=words.region, regions=words.regions) for head in _GAP_HEADS]
    widths = (8, 14, 46, 14, 18, 14, 14, 8, 14, 8, 9, 10, 12, 16, 34)
    sheet = Sheet(workbook, words.gap, widths=widths, landscape=True, header_rows=(3, 3), freeze="D4")
    _head(sheet, f"Selisih terhadap sasaran {words.area}, {round_name}", made, heads, 44)
    code = STYLES["code"]
    for row in rows:
        values = [
            number_cell(value) if value else _EMPTY for value in (row.target, row.agreed.value, row.expected.value)
        ]
        sheet.row(
            [
                Cell(row.desk, code), Cell(row.code, code), row.name, row.unit, row.rule, values[0], values[1], row.settled, values[2],
                row.expected.used, row.expected.of, row.held, row.difference if row.difference is not None else _EMPTY, row.verdict, row.remark,
            ],
            height=row_height((row.name, 46), (row.remark, 34)),
        )  # fmt: skip
    return workbook_bytes(workbook)
