"""From the bytes of a workbook to the rows with typed cells, each with the base it was made with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from core.errors import InvalidInput
from core.excel import ReadSheet, read_sheets
from core.numbers import format_number
from desks.imports.isian_book.columns import Columns, find_columns
from desks.imports.isian_book.known import Choices, Key, Seen, read_keys, require_mark
from desks.imports.isian_book.typed import ReadCell, row_typed, support_typed
from desks.isian_fields import ADDED, ROW, SUPPORT, Mark, one_line

MAX_ROWS: Final = 30_000
"""Of all sheets together: 20,000 sub kegiatan with the targets they hang on, and room to spare."""
Progress = Callable[[float], None]
_NO_HEADS: Final = (
    "Judul kolom tidak ditemukan. Lembar Target harus memuat kolom “Kode butir” dan “USULAN”, "
    "lembar Sub kegiatan kolom “Kode butir”, “Kode sub kegiatan”, dan “Perangkat daerah”."
)


@dataclass
class ReadRow:
    """A row with typed cells. `base` is None for one that the workbook adds; `problem` refuses all of it."""

    kind: str
    sheet: str
    line: int
    item: str
    kode: str = ""
    opd: str = ""
    cells: list[ReadCell] = field(default_factory=list)
    base: dict[str, str] | None = None
    version: int = 0
    problem: str = ""

    @property
    def key(self) -> Key:
        """What the row is about."""
        return self.item, self.kode, self.opd


@dataclass
class Reading:
    """What a workbook wants: rows with typed cells, how many cells were left alone, and what was put aside."""

    rows: list[ReadRow]
    untouched: int = 0
    seen: int = 0
    remarks: list[str] = field(default_factory=list)

    @property
    def typed(self) -> int:
        """How many cells were typed."""
        return sum(len(row.cells) for row in self.rows)


def read_isian_book(
    source: bytes | Path, *, mark: Mark, choices: Choices, progress: Progress = lambda percent: None
) -> Reading:
    """The typed cells of a workbook that was checked when it was uploaded. InvalidInput where the file as a whole cannot be used."""
    sheets = read_sheets(source, checked=True)
    progress(40)
    require_mark(sheets, mark)
    keys = read_keys(sheets)
    found = [(sheet, columns) for sheet in sheets if (columns := find_columns(sheet, mark.year)) is not None]
    if not found:
        raise InvalidInput(_NO_HEADS, code="header_missing")
    reading = Reading([])
    for no, (sheet, columns) in enumerate(found):
        _sheet(sheet, columns, keys, choices, reading)
        progress(40 + 60 * (no + 1) / len(found))
    _refuse_twice(reading.rows)
    return reading


def _sheet(sheet: ReadSheet, columns: Columns, keys: dict[Key, Seen], choices: Choices, reading: Reading) -> None:
    for place, cells in enumerate(sheet.rows[columns.row + 1 :], start=columns.row + 1):
        if all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in cells):
            continue
        reading.seen += 1
        if reading.seen > MAX_ROWS:
            raise InvalidInput(
                f"Paling banyak {format_number(MAX_ROWS)} baris dalam satu berkas. Pecah berkasnya.",
                code="too_many_rows",
            )
        row = _row(sheet, columns, place, keys, choices)
        reading.untouched += row[1]
        if row[0].cells:
            reading.rows.append(row[0])


def _row(
    sheet: ReadSheet, columns: Columns, place: int, keys: dict[Key, Seen], choices: Choices
) -> tuple[ReadRow, int]:
    kind = SUPPORT if columns.is_supports else ROW
    written = columns.code(sheet, place, "item")
    row = ReadRow(kind, sheet.name, place + 1, choices.items.get(written.casefold(), written))
    if kind == SUPPORT:
        office = columns.code(sheet, place, "opd")
        row.kode, row.opd = columns.code(sheet, place, "kode"), choices.offices.get(office.casefold(), office)
    seen = keys.get(row.key)
    if seen is not None:
        row.base, row.version = dict(seen.cells), seen.version
    if kind == ROW:
        row.cells, untouched = row_typed(sheet, columns, place, row.base, choices)
    else:
        wish = row.kode if row.kode or not (row.opd or written) else ADDED
        row.cells, untouched = support_typed(sheet, columns, place, row.base, choices, wish)
    row.problem = _problem(row, written, choices)
    return row, untouched


def _problem(row: ReadRow, written: str, choices: Choices) -> str:
    if not written:
        return "Kode butir belum diisi. Salin dari lembar Target, atau tulis kode indikatornya."
    if written.casefold() not in choices.items:
        return f"Butir {one_line(written)} tidak ada pada isian ini: milik daerah atau desk lain, atau kodenya berubah."
    if row.kind == ROW:
        return (
            ""
            if row.base is not None
            else "Baris ini tidak tercatat pada lembar Kunci. Unduh berkas baru, lalu isi di sana."
        )
    if not row.kode:
        return "Kode sub kegiatan belum diisi."
    if not row.opd:
        return "Perangkat daerah belum dipilih."
    return (
        ""
        if row.opd in choices.offices.values()
        else f"Perangkat daerah “{row.opd}” tidak dikenal. Pilih dari daftar pada selnya."
    )


def _refuse_twice(rows: list[ReadRow]) -> None:
    """Two rows that want different things of the same row cannot both be right."""
    places: dict[Key, list[ReadRow]] = {}
    for row in rows:
        if not row.problem:
            places.setdefault(row.key, []).append(row)
    for same in places.values():
        if len(same) > 1:
            lines = ", ".join(f"{row.sheet} baris {row.line}" for row in same)
            for row in same:
                row.problem = f"Tercantum lebih dari sekali: {lines}. Sisakan satu."
