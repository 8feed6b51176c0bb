"""A table that a person uploads, as .xlsx or .csv: cells by column name with their line, codes guarded against Excel's numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from core.errors import InvalidInput
from core.excel import CellValue, read_rows, sheet_names
from core.imports.rows import Reader
from core.numbers import format_number

HEADER_WITHIN: Final = 20
MAX_ROWS: Final = 10_000


@dataclass(frozen=True)
class TableRow:
    """The cells of one row by column name in small letters."""

    line: int
    cells: Mapping[str, CellValue]

    def text(self, column: str) -> str:
        """A cell as people would read it; a number as Indonesians write it."""
        value = self.cells.get(column)
        if value is None:
            return ""
        if isinstance(value, float):
            return format_number(int(value) if value.is_integer() else Decimal(repr(value)))
        return " ".join(str(value).split())

    def code(self, column: str) -> str:
        """A code; InvalidInput where the spreadsheet made a broken number of it, as a zero at the end may be lost."""
        value = self.cells.get(column)
        if isinstance(value, float) and not value.is_integer():
            raise InvalidInput(
                f"Kode “{value}” pada kolom {column} tersimpan sebagai angka; nol di ujungnya mungkin hilang. "
                "Ubah format selnya menjadi Teks, lalu ketik ulang."
            )
        return str(int(value)) if isinstance(value, float) else self.text(column)

    def year(self, column: str) -> int:
        """A year of four digits. Raises InvalidInput."""
        text = self.code(column)
        if not (text.isascii() and text.isdigit() and 1990 <= int(text) <= 2100):
            raise InvalidInput(f"“{text}” pada kolom {column} bukan tahun. Tulis empat angka, misalnya 2027.")
        return int(text)


@dataclass
class Table:
    """The rows under the header; problems are gathered in `reader` and raised together."""

    columns: list[str]
    reader: Reader
    rows: list[TableRow] = field(default_factory=list)


def read_table(content: bytes, name: str, columns: Sequence[str], *, sheet: str = "", empty: bool = False) -> Table:
    """The table whose header holds all `columns` (small letters), within the first rows of the sheet or file.

    Refuses with FileRefused or InvalidInput what cannot be read, has no such header, too many rows, or (unless `empty`) none.
    """
    raw = _excel(content, sheet) if content.startswith(b"PK") else _csv(content, name)
    reader = Reader(name)
    header = next((no for no, row in enumerate(raw[:HEADER_WITHIN]) if set(columns) <= set(_names(row))), None)
    if header is None:
        reader.refuse(
            1, f"Baris judul dengan kolom {', '.join(columns)} tidak ditemukan. Pakai templat dari halaman ini."
        )
        reader.check()
    assert header is not None
    names = _names(raw[header])
    twice = sorted({each for each in names if each and names.count(each) > 1})
    if twice:
        reader.refuse(header + 1, f"Kolom {', '.join(twice)} ada lebih dari satu.")
        reader.check()
    table = Table(names, reader)
    for line, row in enumerate(raw[header + 1 :], start=header + 2):
        cells = {column: value for column, value in zip(names, row, strict=False) if column and value is not None}
        if any(not isinstance(value, str) or value.strip() for value in cells.values()):
            table.rows.append(TableRow(line, cells))
    if len(table.rows) > MAX_ROWS:
        raise InvalidInput(f"Berkas memuat lebih dari {format_number(MAX_ROWS)} baris. Pecah menjadi beberapa berkas.")
    if not table.rows and not empty:
        reader.refuse(header + 1, "Tidak ada baris di bawah judul.")
        reader.check()
    return table


def _names(row: Sequence[CellValue]) -> list[str]:
    return [
        " ".join(str(int(cell) if isinstance(cell, float) and cell.is_integer() else cell).split()).casefold()
        if cell is not None
        else ""
        for cell in row
    ]


def _excel(content: bytes, sheet: str) -> list[list[CellValue]]:
    known = {name.casefold(): name for name in sheet_names(content)}
    rows = read_rows(content, known.get(sheet.casefold()) if sheet else None)
    return [
        [float(cell) if isinstance(cell, int) and not isinstance(cell, bool) else cell for cell in row] for row in rows
    ]


def _csv(content: bytes, name: str) -> list[list[CellValue]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidInput(
            f"Berkas {name} bukan .xlsx dan bukan CSV UTF-8. Simpan ulang sebagai salah satunya."
        ) from None
    if "\x00" in text or not text.strip():
        raise InvalidInput(f"Berkas {name} kosong atau bukan .xlsx maupun CSV.")
    first = text.splitlines()[0]
    delimiter = max(",;\t", key=first.count)
    return [
        [cell if cell != "" else None for cell in row] for row in csv.reader(io.StringIO(text), delimiter=delimiter)
    ]
