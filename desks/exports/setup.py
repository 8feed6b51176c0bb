"""The workbook in which a round is set up: one sheet a part, filled with what stands, with drop-downs and what each column wants."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from core.excel import STYLES, Cell, Sheet, new_workbook, row_height, workbook_bytes
from desks.services.parts import Book, Column, Part, Record
from desks.services.parts.cells import MOMENT

MARK: Final = "PORTAL-RAKORTEK/PENYIAPAN"
LISTS: Final = "Daftar"
HEAD_ROW: Final = 4
SPARE: Final = 300
"""Rows that are ready to be written in, codes already formatted as text."""
_TEXT: Final = replace(STYLES["text"], format="@", locked=False)
_MOMENT: Final = replace(STYLES["datetime"], format="dd/mm/yyyy hh:mm", locked=False)
_MUST: Final = replace(STYLES["header"], fill="FFF2A8")
_GUIDE: Final = (
    "Satu lembar untuk satu bagian penyiapan. Kolom berjudul kuning wajib diisi; yang lain boleh kosong.",
    "Lembar dan kolom yang tidak dipakai boleh dihapus. Kolom yang dihapus dibiarkan seperti yang tersimpan; sel kosong mengosongkan isinya.",
    "Baris yang tidak tercantum tidak dihapus dari portal. Menghapus dilakukan di layar, satu per satu, dengan alasan bila tidak dapat.",
    "Kode (1.02, 032, 32.01) ditulis sebagai teks. Sel kosong di bawah tabel sudah berformat teks.",
    "Tanggal dan jam ditulis sebagai tanggal Excel atau 25/02/2026 08.00, menurut zona waktu pada lembarnya.",
    "Beberapa kode dalam satu sel dipisah titik koma: 1.02; 2.08. Daerah boleh ditulis Semua atau nama kelompok wilayah.",
    "Jangan menulis kata sandi. Orang baru menerima tautan masuk pertama lewat surel.",
    "Unggah di halaman Penyiapan. Portal memperlihatkan baris baru, berubah, sama, dan ditolak sebelum apa pun disimpan.",
)


def setup_workbook(book: Book, parts: Sequence[Part], made: str) -> bytes:
    """Petunjuk, one sheet a part, and the lists behind the drop-downs."""
    round_ = book.round
    workbook = new_workbook(f"Penyiapan {round_.short_name}")
    lists = _Lists()
    _guide(workbook, f"Penyiapan {round_.short_name}", made, parts)
    for part in parts:
        _part(workbook, book, part, f"{MARK}|{round_.code}|{round_.plan_year}", lists)
    lists.write(workbook)
    return workbook_bytes(workbook)


def _guide(workbook: Any, title: str, made: str, parts: Sequence[Part]) -> None:
    out = Sheet(workbook, "Petunjuk", widths=(5, 24, 80))
    out.row(["", title, ""], style=STYLES["strong"])
    out.row(["", f"Diunduh {made}.", ""], style=STYLES["line"])
    out.blank()
    for no, line in enumerate(_GUIDE, start=1):
        row = out.row([f"{no}.", line, ""], style=STYLES["plain"], height=row_height((line, 100)))
        out.merge(f"B{row}:C{row}")
    out.blank()
    out.row(["", "Lembar", "Isi"], style=STYLES["header"])
    for part in parts:
        out.row(["", part.sheet, part.about], style=STYLES["text"], height=row_height((part.about, 78)))


class _Lists:
    """Lists too long for a drop-down's own text stand in a sheet of their own."""

    def __init__(self) -> None:
        self.columns: list[tuple[str, list[str]]] = []

    def source(self, head: str, values: Sequence[str]) -> str:
        """What a drop-down refers to."""
        shown = [value for value in values if value]
        if not any("," in value or '"' in value for value in shown) and len(",".join(shown)) < 250:
            return f'"{",".join(shown)}"'
        if (head, shown) not in self.columns:
            self.columns.append((head, shown))
        letter = get_column_letter(self.columns.index((head, shown)) + 1)
        return f"={LISTS}!${letter}$2:${letter}${len(shown) + 1}"

    def write(self, workbook: Any) -> None:
        """The sheet of the lists, where there are any."""
        if not self.columns:
            return
        out = Sheet(workbook, LISTS, widths=[24] * len(self.columns))
        out.row([head for head, _ in self.columns], style=STYLES["header"])
        for place in range(max(len(values) for _, values in self.columns)):
            out.row([values[place] if place < len(values) else None for _, values in self.columns], style=_TEXT)


def _part(workbook: Any, book: Book, part: Part, mark: str, lists: _Lists) -> None:
    records = part.records(book)
    widths = [column.width for column in part.columns]
    out = Sheet(
        workbook,
        part.sheet,
        widths=widths,
        landscape=True,
        header_rows=(HEAD_ROW, HEAD_ROW),
        freeze=f"A{HEAD_ROW + 1}",
        tz=book.round.tz,
    )
    out.row([f"{part.title}, {book.round.short_name}"], style=STYLES["strong"])
    out.row([mark], style=STYLES["note"])
    hint = replace(STYLES["note"], wrap=True)
    tall = max(row_height((column.hint, column.width)) for column in part.columns)
    out.row([column.hint for column in part.columns], style=hint, height=tall)
    heads = [_MUST if column.required else STYLES["header"] for column in part.columns]
    out.row([column.head for column in part.columns], style=heads, height=30)
    for record in records:
        out.row(_cells(part, record), height=None)
    for _ in range(SPARE):
        out.row([Cell(None, _MOMENT if column.kind == "moment" else _TEXT) for column in part.columns])
    _drop_downs(out, book, part, lists, HEAD_ROW + len(records) + SPARE)
    out.ws.auto_filter.ref = (
        f"A{HEAD_ROW}:{get_column_letter(len(part.columns))}{max(out.row_count - SPARE, HEAD_ROW + 1)}"
    )


def _cells(part: Part, record: Record) -> list[Cell]:
    return [_cell(column, record.cells.get(column.name, "")) for column in part.columns]


def _cell(column: Column, text: str) -> Cell:
    if column.kind == "moment" and text:
        return Cell(dt.datetime.strptime(text, MOMENT), _MOMENT)  # noqa: DTZ007 - the clock of the sheet
    return Cell(text or None, _TEXT)


def _drop_downs(out: Sheet, book: Book, part: Part, lists: _Lists, last: int) -> None:
    for place, column in enumerate(part.columns, start=1):
        values = list(column.choices(book)) if column.choices else []
        if not values:
            continue
        letter = get_column_letter(place)
        rule = DataValidation(
            type="list", formula1=lists.source(f"{part.sheet}: {column.head}", values), allow_blank=True
        )
        rule.error, rule.errorTitle = "Pilih salah satu dari daftar.", column.head
        rule.add(f"{letter}{HEAD_ROW + 1}:{letter}{last}")
        out.ws.data_validations.append(rule)
