"""The five lampiran as sheets of the workbook, each with its heading, a repeated table head and rows that fit a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from agreements.choices import Lampiran
from agreements.exports.layout import height, pieces
from agreements.selectors.sheet import BaSheet, LeftRow, SupportRow, TargetRow
from core.codes import format_check_code
from core.excel import STYLES, Cell, Sheet
from core.excel.style import Style
from core.numbers import format_number
from core.values import format_value

if TYPE_CHECKING:
    from agreements.exports.workbook import Progress

ROMAN: Final = {"1": "I", "2": "II", "3": "III", "4": "IV", "5": "V"}
NONE: Final = "Tidak ada data"
TEXT: Final = STYLES["text"]
MIDDLE: Final = replace(STYLES["center"], wrap=True)
NUMBER: Final = Style(align="right", wrap=True)
AGREED: Final = replace(NUMBER, bold=True)
CODE: Final = replace(STYLES["code"], wrap=True)
TOTAL: Final = replace(STYLES["total"], format="General", wrap=True)


@dataclass(frozen=True)
class Column:
    """A column of a lampiran: head, width in characters, look."""

    label: str
    width: float
    style: Style = TEXT

    @property
    def css(self) -> str:
        """How the screen sets its cells."""
        if self.style is AGREED:
            return "num agreed"
        return (
            "num"
            if self.style is NUMBER
            else "mid"
            if self.style is MIDDLE
            else "code-cell"
            if self.style is CODE
            else ""
        )


def write_annexes(workbook: Workbook, sheet: BaSheet, progress: Progress) -> None:
    """All five, in order."""
    for place, (lampiran, columns, rows) in enumerate(annexes_of(sheet)):
        progress(10 + 14 * place, f"Menulis Lampiran {ROMAN[lampiran]}")
        page = _open(workbook, sheet, lampiran, columns)
        _body(page, columns, rows)
        if lampiran == Lampiran.SUPPORTS:
            _totals(page, sheet, columns)
        if lampiran == Lampiran.NOT_AGREED and sheet.unsubmitted:
            _span(page, columns, f"Belum diajukan oleh daerah: {sheet.unsubmitted} butir.", STYLES["note"])


def annexes_of(sheet: BaSheet) -> list[tuple[Lampiran, list[Column], list[Sequence[str]]]]:
    """The five lampiran as columns and printed cells, for workbook and screen alike."""
    writers = {
        Lampiran.ATTENDANCE: _attendance, Lampiran.TARGETS: _targets, Lampiran.SUPPORTS: _supports,
        Lampiran.NOT_AGREED: _left, Lampiran.NOTES: _notes,
    }  # fmt: skip
    made = [(lampiran, *writer(sheet)) for lampiran, writer in writers.items()]
    return [(lampiran, columns, list(rows)) for lampiran, columns, rows in made]


def _open(workbook: Workbook, sheet: BaSheet, lampiran: Lampiran, columns: list[Column]) -> Sheet:
    from agreements.exports.workbook import printed

    page = printed(
        workbook, sheet, f"Lampiran {lampiran.value}", tuple(column.width for column in columns),
        landscape=True, header_rows=(7, 7), freeze="A8",
    )  # fmt: skip
    name = f"BERITA ACARA {sheet.title[-2]} {sheet.title[-1]}" if len(sheet.title) > 1 else sheet.heading
    for text in (
        f"LAMPIRAN {ROMAN[lampiran.value]}", name, f"NOMOR: {sheet.number or '………………………'}",
        f"TANGGAL: {sheet.signed_on or '………………………'}" + (f" · KODE PERIKSA {format_check_code(sheet.check_code)}" if sheet.number else ""),
    ):  # fmt: skip
        page.row([Cell(text, STYLES["strong"])])
    page.blank()
    _span(page, columns, heading(sheet, lampiran), replace(STYLES["title"], size=11))
    page.row(
        [column.label for column in columns], style=STYLES["header"],
        height=height([(column.label, column.width) for column in columns], scale=1.1),
    )  # fmt: skip
    return page


def heading(sheet: BaSheet, lampiran: Lampiran) -> str:
    """The heading of a lampiran."""
    if lampiran == Lampiran.TARGETS:
        return f"TARGET {sheet.indicator_label.upper()} TAHUN {sheet.plan_year} YANG DISEPAKATI"
    if lampiran == Lampiran.SUPPORTS:
        return f"SUB KEGIATAN PENDUKUNG DAN PAGU INDIKATIF TAHUN {sheet.plan_year}"
    return lampiran.label.upper()


def _span(page: Sheet, columns: list[Column], text: str, style: Style) -> None:
    width = sum(column.width for column in columns)
    row = page.row(
        [Cell(text, style), *[Cell(None, style)] * (len(columns) - 1)],
        height=height([(text, width)], scale=style.size / 10),
    )
    page.merge(f"A{row}:{get_column_letter(len(columns))}{row}")


def _body(page: Sheet, columns: list[Column], rows: Iterable[Sequence[str]]) -> None:
    looks = [column.style for column in columns]
    written = False
    for cells in rows:
        written = True
        for part in _parts(cells, columns):
            page.row(
                part,
                style=looks,
                height=height([(text, column.width) for text, column in zip(part, columns, strict=True)]),
            )
    if not written:
        _span(page, columns, NONE, replace(STYLES["text"], align="center", italic=True))


def _parts(cells: Sequence[str], columns: list[Column]) -> list[list[str]]:
    """A row as one or more printed rows: what is too tall for one goes on in the next, under the same columns."""
    cut = [pieces(text, column.width) for text, column in zip(cells, columns, strict=True)]
    count = max(len(parts) for parts in cut)
    return [[parts[place] if place < len(parts) else "" for parts in cut] for place in range(count)]


def _totals(page: Sheet, sheet: BaSheet, columns: list[Column]) -> None:
    last = len(columns)
    for total in sheet.totals:
        cells: list[Any] = [Cell(None, TOTAL)] * last
        cells[0], cells[last - 2] = Cell(total.label, TOTAL), Cell(format_number(total.amount), TOTAL)
        row = page.row(cells)
        page.merge(f"A{row}:{get_column_letter(last - 2)}{row}")


def _attendance(sheet: BaSheet) -> tuple[list[Column], Iterable[Sequence[str]]]:
    columns = [
        Column("No", 5, MIDDLE), Column("Nama", 30), Column("Jabatan", 34), Column("Lembaga", 34), Column("Kehadiran", 16),
        Column("Keterangan", 22), Column("Tanda tangan", 18),
    ]  # fmt: skip
    return columns, (
        (str(row.no), row.name, row.office, row.institution, row.mode, row.remark, "") for row in sheet.attendance
    )


def _targets(sheet: BaSheet) -> tuple[list[Column], Iterable[Sequence[str]]]:
    columns = [
        Column("No", 5, MIDDLE), *_region(sheet), Column("Kode", 11, CODE), Column("Indikator", 32), Column("Satuan", 9, MIDDLE),
        Column("Target nasional", 11, NUMBER), Column("Usulan daerah", 11, NUMBER), Column("Kesepakatan", 13, AGREED),
        Column("Status", 14, MIDDLE), Column("Dasar persetujuan", 22), Column("Kesimpulan", 32),
    ]  # fmt: skip
    return columns, (_target(sheet, row) for row in sheet.targets)


def _target(sheet: BaSheet, row: TargetRow) -> list[str]:
    place = [row.region] if sheet.many_regions else []
    return [
        str(row.no), *place, row.indicator_code, row.indicator, row.unit, format_value(row.national), format_value(row.proposed),
        row.agreed_text, row.status, row.basis, row.note,
    ]  # fmt: skip


def _supports(sheet: BaSheet) -> tuple[list[Column], Iterable[Sequence[str]]]:
    columns = [
        Column("No", 5, MIDDLE), *_region(sheet), Column("Kode", 17, CODE), Column("Sub kegiatan", 28), Column("Mendukung indikator", 24),
        Column("Perangkat daerah", 18), Column("Volume", 10, MIDDLE), Column("Lokasi", 16), Column("Sumber dana", 14),
        Column("Pagu indikatif (Rp)", 17, AGREED), Column("Status dan catatan", 18, MIDDLE),
    ]  # fmt: skip
    return columns, (cells for row in sheet.supports for cells in _support(sheet, row))


def _support(sheet: BaSheet, row: SupportRow) -> Iterable[list[str]]:
    place = [row.region] if sheet.many_regions else []
    status = ". ".join(text for text in (row.status, row.note, "Ditambahkan di desk" if row.added else "") if text)
    head = [
        str(row.no), *place, row.code, row.name, row.indicator, row.opd, f"{row.volume} {row.volume_unit}".strip() if row.volume else "",
        row.places,
    ]  # fmt: skip
    empty = [""] * len(head)
    for no, fund in enumerate(row.funds):
        yield [*(empty if no else head), fund.source, format_number(fund.agreed), "" if no else status]
    if not row.funds:
        yield [*head, "", "", status]


def _left(sheet: BaSheet) -> tuple[list[Column], Iterable[Sequence[str]]]:
    columns = [
        Column("No", 5, MIDDLE), *_region(sheet), Column("Jenis", 10), Column("Kode", 17, CODE), Column("Uraian", 30), Column("Satuan", 8, MIDDLE),
        Column("Usulan daerah", 10, NUMBER), Column("Status", 13, MIDDLE), Column("Alasan", 18), Column("Kesimpulan", 26),
        Column("Keberatan daerah", 26),
    ]  # fmt: skip
    return columns, (_left_cells(sheet, row) for row in sheet.left)


def _left_cells(sheet: BaSheet, row: LeftRow) -> list[str]:
    place = [row.region] if sheet.many_regions else []
    return [
        str(row.no), *place, row.kind, row.code, row.subject, row.unit, format_value(row.proposed), row.status, row.reason, row.conclusion,
        row.objection,
    ]  # fmt: skip


def _notes(sheet: BaSheet) -> tuple[list[Column], Iterable[Sequence[str]]]:
    columns = [
        Column("No", 5, MIDDLE),
        *_region(sheet),
        Column("Butir", 30),
        Column("Lembaga", 24),
        Column("Catatan", 100),
    ]
    rows = (
        [str(row.no), *([row.region] if sheet.many_regions else []), row.subject, row.institution, row.text]
        for row in sheet.notes
    )
    return columns, rows


def _region(sheet: BaSheet) -> list[Column]:
    return [Column("Daerah", 18)] if sheet.many_regions else []
