"""The five lampiran as sheets of the workbook, each with its heading, a repeated table head and rows that fit a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from agreements.choices import Lampiran, PaperScope
from agreements.exports import usulan
from agreements.exports.columns import AGREED, CODE, MIDDLE, NUMBER, Column, Printed, region_column
from agreements.exports.layout import height, pieces
from agreements.exports.macro_annexes import macro_actions, macro_targets
from agreements.selectors.sheet import BaSheet, LeftRow, SupportRow, TargetRow
from core.codes import format_check_code
from core.excel import STYLES, Cell, Sheet
from core.excel.style import Style
from core.numbers import format_number
from core.values import format_value
from desks.levels import WORDS_OF_AREA
from indicators.choices import Strand

if TYPE_CHECKING:
    from agreements.exports.workbook import Progress

ROMAN: Final = {"1": "I", "2": "II", "3": "III", "3m": "III", "4": "IV", "5": "V", "P": "I"}
NONE: Final = "Tidak ada data"
TOTAL: Final = replace(STYLES["total"], format="General", wrap=True)
STRAND_HEADINGS: Final[dict[str, dict[Lampiran, str]]] = {Strand.KEWILAYAHAN: usulan.HEADINGS}
STRAND_PLACES: Final[dict[str, tuple[Lampiran, Lampiran]]] = {Strand.KEWILAYAHAN: (Lampiran.TARGETS, Lampiran.SUPPORTS)}
USUAL_PLACES: Final = (Lampiran.SUPPORTS, Lampiran.NOT_AGREED)


def totals_and_rest(sheet: BaSheet) -> tuple[Lampiran, Lampiran]:
    """The lampiran that ends with the sums, and the one that says how many rows the region held back."""
    return STRAND_PLACES.get(sheet.strand, USUAL_PLACES)


def write_annexes(workbook: Workbook, sheet: BaSheet, progress: Progress) -> None:
    """All of them, in order: one set, or one for each desk."""
    parts = sheet.parts
    for no, part in enumerate(parts):
        with_totals, with_rest = totals_and_rest(part)
        for place, (lampiran, columns, rows) in enumerate(annexes_of(part)):
            progress(10 + (70 * no + 14 * place) / len(parts), f"Menulis {title(part, lampiran)}")
            page = _open(workbook, part, lampiran, columns)
            _body(page, columns, rows)
            if lampiran == with_totals:
                _totals(page, part, columns)
            if lampiran == with_rest and part.unsubmitted:
                _span(page, columns, f"Belum diajukan oleh daerah: {part.unsubmitted} butir.", STYLES["note"])


def title(sheet: BaSheet, lampiran: Lampiran) -> str:
    """`Lampiran II`, and of several desks `Lampiran II Desk Kesehatan`."""
    return f"Lampiran {ROMAN[lampiran.value]}" + (f" Desk {sheet.part_name}" if sheet.part else "")


def annexes_of(sheet: BaSheet) -> list[tuple[Lampiran, list[Column], list[Sequence[str]]]]:
    """The five lampiran of the strand as columns and printed cells, for workbook and screen alike."""
    if sheet.scope == PaperScope.INDUK:
        columns, printed = _papers(sheet)
        return [(Lampiran.PAPERS, columns, list(printed))]
    made = [
        (lampiran, *writer(sheet)) for lampiran, writer in WRITERS.get(sheet.strand, WRITERS[Strand.URUSAN]).items()
    ]
    return [(lampiran, columns, list(rows)) for lampiran, columns, rows in made]


def _open(workbook: Workbook, sheet: BaSheet, lampiran: Lampiran, columns: list[Column]) -> Sheet:
    from agreements.exports.workbook import printed

    tab = f"Lampiran {'1' if lampiran == Lampiran.PAPERS else lampiran.value[0]}"
    page = printed(
        workbook, sheet, f"{sheet.part} {tab}".strip(), tuple(column.width for column in columns),
        landscape=True, header_rows=(7, 7), freeze="A8",
    )  # fmt: skip
    name = f"BERITA ACARA {sheet.title[-2]} {sheet.title[-1]}" if len(sheet.title) > 1 else sheet.heading
    for text in (
        title(sheet, lampiran).upper(), name, f"NOMOR: {sheet.number or '………………………'}",
        f"TANGGAL: {sheet.signed_on or '………………………'}" + (f" · KODE PERIKSA {format_check_code(sheet.check_code)}" if sheet.number else ""),
    ):  # fmt: skip
        if sheet.scope == PaperScope.SESSION:
            page.row([Cell(text, STYLES["strong"])])
        else:
            _span(page, columns, text, replace(STYLES["strong"], wrap=True))
    page.blank()
    _span(page, columns, heading(sheet, lampiran), replace(STYLES["title"], size=11))
    page.row(
        [column.label for column in columns], style=STYLES["header"],
        height=height([(column.label, column.width) for column in columns], scale=1.1),
    )  # fmt: skip
    return page


def heading(sheet: BaSheet, lampiran: Lampiran) -> str:
    """The heading of a lampiran."""
    if (own := STRAND_HEADINGS.get(sheet.strand, {}).get(lampiran)) is not None:
        corrected = WORDS_OF_AREA[sheet.area].aim.corrected.upper()
        return f"{own.format(corrected=corrected)} TAHUN {sheet.plan_year}"
    if lampiran == Lampiran.TARGETS:
        return f"TARGET {sheet.indicator_label.upper()} TAHUN {sheet.plan_year} YANG DISEPAKATI"
    if lampiran == Lampiran.SUPPORTS:
        return f"SUB KEGIATAN PENDUKUNG DAN PAGU INDIKATIF TAHUN {sheet.plan_year}"
    if lampiran == Lampiran.ACTIONS:
        words = WORDS_OF_AREA[sheet.area]
        sides = f"{words.host_side} dan {words.region_side}".upper()
        return f"STRATEGI DAN AKSI {sides} TAHUN {sheet.plan_year}"
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


def _attendance(sheet: BaSheet) -> Printed:
    columns = [
        Column("No", 5, MIDDLE), Column("Nama", 30), Column("Jabatan", 34), Column("Lembaga", 34), Column("Kehadiran", 16),
        Column("Keterangan", 22), Column("Tanda tangan", 18),
    ]  # fmt: skip
    return columns, (
        (str(row.no), row.name, row.office, row.institution, row.mode, row.remark, "") for row in sheet.attendance
    )


def _targets(sheet: BaSheet) -> Printed:
    columns = [
        Column("No", 5, MIDDLE), *region_column(sheet), Column("Kode", 11, CODE), Column("Indikator", 32), Column("Satuan", 9, MIDDLE),
        Column(f"Target {sheet.area}", 11, NUMBER), Column("Usulan daerah", 11, NUMBER), Column("Kesepakatan", 13, AGREED),
        Column("Status", 14, MIDDLE), Column("Dasar persetujuan", 22), Column("Kesimpulan", 32),
    ]  # fmt: skip
    return columns, (_target(sheet, row) for row in sheet.targets)


def _target(sheet: BaSheet, row: TargetRow) -> list[str]:
    place = [row.region] if sheet.many_regions else []
    return [
        str(row.no), *place, row.indicator_code, row.indicator, row.unit, format_value(row.national), format_value(row.proposed),
        row.agreed_text, row.status, row.basis, row.note,
    ]  # fmt: skip


def _supports(sheet: BaSheet) -> Printed:
    columns = [
        Column("No", 5, MIDDLE), *region_column(sheet), Column("Kode", 17, CODE), Column("Sub kegiatan", 28), Column("Mendukung indikator", 24),
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


def _left(sheet: BaSheet) -> Printed:
    columns = [
        Column("No", 5, MIDDLE), *region_column(sheet), Column("Jenis", 10), Column("Kode", 17, CODE), Column("Uraian", 30), Column("Satuan", 8, MIDDLE),
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


def _notes(sheet: BaSheet) -> Printed:
    columns = [
        Column("No", 5, MIDDLE),
        *region_column(sheet),
        Column("Butir", 30),
        Column("Lembaga", 24),
        Column("Catatan", 100),
    ]
    rows = (
        [str(row.no), *([row.region] if sheet.many_regions else []), row.subject, row.institution, row.text]
        for row in sheet.notes
    )
    return columns, rows


def _papers(sheet: BaSheet) -> Printed:
    columns = [
        Column("No", 5, MIDDLE), Column("Nomor", 30), Column("Tentang", 44), Column("Tanggal", 18, MIDDLE), Column("Keadaan", 18, MIDDLE),
        Column("Kode periksa", 18, CODE), Column("SHA-256 naskah", 66, CODE),
    ]  # fmt: skip
    rows = (
        [str(row.no), row.number, row.title, row.signed_on, row.status, format_check_code(row.check_code), row.sha256]
        for row in sheet.papers
    )
    return columns, rows


WRITERS: Final[dict[str, dict[Lampiran, Callable[[BaSheet], Printed]]]] = {
    Strand.URUSAN: {
        Lampiran.ATTENDANCE: _attendance, Lampiran.TARGETS: _targets, Lampiran.SUPPORTS: _supports, Lampiran.NOT_AGREED: _left,
        Lampiran.NOTES: _notes,
    },
    Strand.MAKRO: {
        Lampiran.ATTENDANCE: _attendance, Lampiran.TARGETS: macro_targets, Lampiran.ACTIONS: macro_actions, Lampiran.NOT_AGREED: _left,
        Lampiran.NOTES: _notes,
    },
    Strand.KEWILAYAHAN: {
        Lampiran.ATTENDANCE: _attendance, Lampiran.TARGETS: usulan.recommended, Lampiran.SUPPORTS: usulan.left,
        Lampiran.NOT_AGREED: usulan.corrected, Lampiran.NOTES: _notes,
    },
}  # fmt: skip
"""The lampiran of each strand in printing order, with what prints each."""
