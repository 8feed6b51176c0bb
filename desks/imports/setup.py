"""Reading a workbook of the set-up: which sheet is which part, where its header stands, and its rows as text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from openpyxl.utils import get_column_letter

from core.errors import InvalidInput
from core.excel import CellValue, read_rows, sheet_names
from desks.services.parts import PARTS, Part, Typed
from desks.services.parts.cells import BadCell, cell_text

SEARCH_ROWS: Final = 12
MAX_ROWS: Final = 5000


@dataclass
class ReadWorkbook:
    """The parts found, in the order of the set-up, and what was left aside."""

    parts: list[tuple[Part, list[Typed]]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def read_setup(content: bytes, round_code: str) -> ReadWorkbook:
    """All sheets that are parts of the set-up. InvalidInput where the file cannot be read or no sheet is one."""
    found: dict[str, list[Typed]] = {}
    read = ReadWorkbook()
    for name in sheet_names(content):
        rows = read_rows(content, name, errors=True)
        part = _part_of(name, rows)
        if part is None:
            continue
        if part.slug in found:
            raise InvalidInput(
                f"Lembar “{name}” memuat bagian {part.sheet} untuk kedua kalinya. Sisakan satu lembar.",
                code="sheet_twice",
            )
        found[part.slug] = _rows(part, name, rows)
        _remark_other_round(rows, round_code, read.remarks)
    if not found:
        known = ", ".join(part.sheet for part in PARTS)
        raise InvalidInput(
            f"Tidak ada lembar penyiapan dalam berkas ini. Beri nama lembarnya {known}, dengan judul kolom seperti pada contoh.",
            code="no_sheet",
        )
    read.parts = [(part, found[part.slug]) for part in PARTS if part.slug in found]
    if sum(len(rows) for _, rows in read.parts) > MAX_ROWS:
        raise InvalidInput(f"Paling banyak {MAX_ROWS} baris dalam satu berkas. Pecah berkasnya.", code="too_many_rows")
    if not any(rows for _, rows in read.parts):
        raise InvalidInput(
            "Semua lembar kosong. Isi barisnya di bawah judul kolom, simpan, lalu unggah lagi.", code="no_rows"
        )
    return read


def plain(value: object) -> str:
    """A title as it is compared: letters of either case, however many spaces, without a trailing star."""
    return " ".join(str(value).split()).casefold().rstrip(" *:")


def _part_of(name: str, rows: Sequence[Sequence[CellValue]]) -> Part | None:
    named = next((part for part in PARTS if plain(part.sheet) == plain(name) or plain(part.title) == plain(name)), None)
    if named is not None:
        return named
    fitting = [part for part in PARTS if _header(part, rows) is not None]
    return max(fitting, key=lambda part: len(_header(part, rows)[1]), default=None)  # type: ignore[index]


def _header(part: Part, rows: Sequence[Sequence[CellValue]]) -> tuple[int, dict[str, int]] | None:
    heads = {plain(column.head): column.name for column in part.columns}
    required = {column.name for column in part.columns if column.required}
    for place, row in enumerate(rows[:SEARCH_ROWS]):
        names: dict[str, int] = {}
        for at, value in enumerate(row):
            name = heads.get(plain(value)) if isinstance(value, str) else None
            if name and name in names:
                raise InvalidInput(
                    f"Lembar {part.sheet}: kolom “{value}” tercantum dua kali. Hapus salah satunya.",
                    code="header_twice",
                )
            if name:
                names[name] = at
        if required <= set(names):
            return place, names
    return None


def _rows(part: Part, sheet: str, rows: Sequence[Sequence[CellValue]]) -> list[Typed]:
    header = _header(part, rows)
    if header is None:
        wanted = ", ".join(f"“{column.head}”" for column in part.columns if column.required)
        raise InvalidInput(f"Lembar {sheet}: judul kolom tidak ditemukan. Wajib ada {wanted}.", code="header_missing")
    place, names = header
    found: list[Typed] = []
    for line, row in enumerate(rows[place + 1 :], start=place + 2):
        cells = {
            name: _text(row[at] if at < len(row) else None, f"{get_column_letter(at + 1)}{line}", sheet)
            for name, at in names.items()
        }
        if any(cells.values()):
            found.append((line, cells))
    return found


def _text(value: CellValue, place: str, sheet: str) -> str:
    try:
        return cell_text(value)
    except InvalidInput as error:
        return BadCell(f"Lembar {sheet}, sel {place}: {error.message[0].lower()}{error.message[1:]}")


def _remark_other_round(rows: Sequence[Sequence[CellValue]], round_code: str, remarks: list[str]) -> None:
    from desks.exports.setup import MARK

    for row in rows[:SEARCH_ROWS]:
        for value in row:
            if isinstance(value, str) and value.startswith(MARK) and value.split("|")[1:2] != [round_code]:
                remark = (
                    "Berkas ini diunduh dari penyelenggaraan lain. Periksa tahun dan tanggalnya sebelum diterapkan."
                )
                if remark not in remarks:
                    remarks.append(remark)
