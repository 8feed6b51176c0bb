"""An uploaded sheet as it lies: cells, merged ranges, names of the sheets; of a CSV its separator and encoding found out."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from python_calamine import CalamineError, CalamineWorkbook

from core.errors import InvalidInput
from core.excel import CellValue
from core.excel.read import check_workbook
from core.imports.rows import MOJIBAKE
from core.numbers import format_number

MOST_ROWS: Final = 50_000
MOST_COLUMNS: Final = 200
SEPARATORS: Final = ";,\t|"
_INVISIBLE: Final = re.compile(r"[\u200b\u200c\u200d\u2060\ufeff\u00ad]|_x000[dD]_")
_ENDS: Final = str.maketrans({"\u2010": "-", "\u2011": "-", "\u2212": "-"})
_LOST: Final = re.compile("Â[\u00a0 ]")
_DASH: Final = re.compile('â(?:€|\x80)[“”–—\x93\x94"]|Ã¢â‚¬(?:â€œ|â€\x9d|“|”)')


@dataclass
class RawSheet:
    """The rows of a sheet from row 1 and column A on; `filled` gives the value that a merged range shows in its empty cells."""

    name: str
    rows: list[list[CellValue]]
    sheets: list[str] = field(default_factory=list)
    filled: dict[tuple[int, int], CellValue] = field(default_factory=dict)

    def cell(self, row: int, column: int, *, merged: bool = False) -> CellValue:
        """A cell by its places from 0; with `merged` an empty one shows what its merged range says."""
        cells = self.rows[row]
        value = cells[column] if column < len(cells) else None
        return self.filled.get((row, column)) if value is None and merged else value

    @property
    def width(self) -> int:
        """How many columns the widest row has."""
        return min(max((len(row) for row in self.rows), default=0), MOST_COLUMNS)


def mended(text: str) -> tuple[str, bool]:
    """The text without what spreadsheets and wrong encodings leave in it; whether letters had to be mended."""
    clean = _INVISIBLE.sub("", text).translate(_ENDS)
    if not MOJIBAKE.search(clean):
        return " ".join(clean.split()), False
    dashed = _LOST.sub(" ", _DASH.sub("–", clean))
    for codec in ("cp1252", "latin-1"):
        try:
            again = "–".join(part.encode(codec).decode("utf-8") for part in dashed.split("–"))
        except (UnicodeEncodeError, UnicodeDecodeError):
            continue
        return " ".join(again.split()), True
    return " ".join(dashed.split()), dashed != clean


def words(cell: CellValue) -> str:
    """A cell as people read it: numbers as Indonesians write them, dates as a day."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        number = Decimal(f"{cell:.15g}") if isinstance(cell, float) else Decimal(cell)
        if not number.is_finite():
            return ""
        return format_number(int(number) if number == number.to_integral_value() else number)
    if isinstance(cell, dt.datetime | dt.date):
        return f"{cell.day:02}/{cell.month:02}/{cell.year}"
    return mended(str(cell))[0]


def read_raw(content: bytes, name: str, sheet: str = "") -> RawSheet:
    """The sheet of an .xlsx (the first with the most rows unless one is named) or a CSV. Refused in words where it cannot be read."""
    head = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if content.startswith((b"PK", b"\xd0\xcf\x11\xe0")) or head == b"<":
        return _excel(content, sheet)
    return RawSheet("", _bounded(_csv(content, name)))


def _excel(content: bytes, wanted: str) -> RawSheet:
    check_workbook(content)
    try:
        book = CalamineWorkbook.from_object(io.BytesIO(content))
        names = list(book.sheet_names)
        known = {each.casefold(): each for each in names}
        chosen = known.get(wanted.casefold()) or _fullest(book, names)
        reader = book.get_sheet_by_name(chosen)
        rows = reader.to_python(skip_empty_area=False)
        merged = reader.merged_cell_ranges or []
    except (CalamineError, ValueError):
        raise InvalidInput("Berkas .xlsx ini rusak atau tidak lengkap. Unduh atau simpan ulang, lalu unggah kembali.") from None  # fmt: skip
    found: list[list[CellValue]] = [[_trimmed(value) for value in row] for row in rows]
    return RawSheet(chosen, _bounded(found), names, _filled(found, merged))


def _fullest(book: CalamineWorkbook, names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    sizes = {name: book.get_sheet_by_name(name).total_height for name in names}
    return max(names, key=lambda name: sizes[name])


def _trimmed(value: CellValue) -> CellValue:
    if isinstance(value, str):
        return value if value.strip(" \t\r\n\u00a0\ufeff") else None
    return value


def _filled(
    rows: list[list[CellValue]], merged: Iterable[tuple[tuple[int, int], tuple[int, int]]]
) -> dict[tuple[int, int], CellValue]:
    found: dict[tuple[int, int], CellValue] = {}
    for (top, left), (bottom, right) in merged:
        if top >= len(rows) or left >= len(rows[top]) or rows[top][left] is None:
            continue
        # A range over a whole empty column says nothing and would fill the memory.
        for row in range(top, min(bottom, len(rows) - 1) + 1):
            for column in range(left, min(right, MOST_COLUMNS) + 1):
                if (row, column) != (top, left):
                    found[row, column] = rows[top][left]
    return found


def _bounded(rows: list[list[CellValue]]) -> list[list[CellValue]]:
    while rows and all(cell is None for cell in rows[-1]):
        rows.pop()
    if not rows:
        raise InvalidInput("Lembar ini kosong. Pilih lembar lain atau unggah berkas yang berisi tabel.")
    if len(rows) > MOST_ROWS:
        raise InvalidInput(f"Berkas memuat lebih dari {format_number(MOST_ROWS)} baris. Pecah menjadi beberapa berkas.")
    return rows


def _csv(content: bytes, name: str) -> list[list[CellValue]]:
    text = _decoded(content, name)
    first, _, rest = text.partition("\n")
    if re.fullmatch(r"sep=.\r?", first.strip().casefold() or ""):
        separator, text = first.strip()[4], f"\n{rest}"
    else:
        separator = separator_of(text)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error:
        raise InvalidInput(f"Berkas {name} tidak dapat dibaca sebagai CSV. Simpan ulang sebagai .xlsx.") from None
    return [[_trimmed(cell) if cell else None for cell in row] for row in rows]


def _decoded(content: bytes, name: str) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", errors="replace")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", errors="replace")
    if "\x00" in text or not text.strip():
        raise InvalidInput(f"Berkas {name} kosong, atau bukan .xlsx maupun CSV.")
    return text


def separator_of(text: str) -> str:
    """The separator by which most of the first lines have the same number of cells, more than one."""
    lines = [line for line in text.splitlines()[:60] if line.strip()]

    def agreed(separator: str) -> tuple[int, int]:
        sizes = [len(row) for row in csv.reader(lines, delimiter=separator)]
        wide = [size for size in sizes if size > 1]
        usual = max(set(wide), key=wide.count) if wide else 0
        return wide.count(usual) * min(usual, 4) if usual else 0, usual

    return max(SEPARATORS, key=agreed)
