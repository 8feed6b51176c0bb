"""Reading uploaded workbooks: bounded before parsing, so that no small file can eat the machine."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final
from xml.parsers import expat

from openpyxl.utils import column_index_from_string
from python_calamine import CalamineError, CalamineWorkbook

from core.errors import InvalidInput
from core.excel.marks import SheetMarks, error_cells, sheet_marks

Source = str | Path | bytes
CellValue = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta | None

MAX_ENTRIES: Final = 2_000
MAX_UNPACKED: Final = 200 * 1024 * 1024
MAX_RATIO: Final = 200
RATIO_FROM: Final = 1024 * 1024
MAX_CELLS: Final = 3_000_000
_CHUNK: Final = 256 * 1024
_CELL: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
# What zipfile and expat raise on torn, encrypted or forged files.
_UNREADABLE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
)

SAVE_AGAIN: Final = "Buka di Excel, lalu simpan ulang sebagai .xlsx."
_OLD: Final = f"Berkas ini bukan .xlsx, melainkan Excel lama (.xls) atau berkas bersandi. {SAVE_AGAIN}"
_LOCKED: Final = "Berkas ini dikunci dengan kata sandi. Buka di Excel, hapus sandinya (Berkas, Info, Proteksi Buku Kerja), simpan, lalu unggah lagi."
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_HTML: Final = f"Berkas ini bukan .xlsx, melainkan halaman web yang diberi nama .xls. {SAVE_AGAIN}"
_OTHER: Final = f"Berkas ini bukan .xlsx. {SAVE_AGAIN}"
_BROKEN: Final = "Berkas .xlsx ini rusak atau tidak lengkap. Unduh atau simpan ulang, lalu unggah kembali."
_TOO_BIG: Final = "Isi berkas ini terlalu besar untuk dibaca. Hapus lembar, baris, dan kolom yang tidak dipakai."


def check_workbook(file: Source | BinaryIO) -> None:
    """Refuse with InvalidInput what is no .xlsx, is broken, or would unpack into too much; every part is unpacked once.

    Codes: `not_xlsx`, `workbook_locked`, `broken_workbook`, `workbook_too_big`.
    """
    stream: BinaryIO
    if isinstance(file, str | Path):
        with Path(file).open("rb") as stream:
            _check(stream)
    else:
        stream = io.BytesIO(file) if isinstance(file, bytes) else file
        stream.seek(0)
        _check(stream)
        stream.seek(0)


def _check(stream: BinaryIO) -> None:
    head = stream.read(2048)
    if head.startswith(b"\xd0\xcf\x11\xe0") and _ENCRYPTED in head + stream.read(MAX_UNPACKED):
        raise InvalidInput(_LOCKED, code="workbook_locked")
    _sniff(head)
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            _check_entries(archive.infolist())
            _unpack(archive)
    except _UNREADABLE:
        raise InvalidInput(_BROKEN, code="broken_workbook") from None


def _sniff(head: bytes) -> None:
    if head.startswith((b"\xd0\xcf\x11\xe0", b"\x09\x08", b"\x09\x04", b"\x09\x02")):
        raise InvalidInput(_OLD, code="not_xlsx")
    start = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if start.startswith(b"<"):
        raise InvalidInput(_HTML, code="not_xlsx")
    if not head.startswith(b"PK\x03\x04"):
        raise InvalidInput(_OTHER, code="not_xlsx")


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    names = {entry.filename.lower() for entry in entries}
    if "[content_types].xml" not in names or "xl/workbook.xml" not in names:
        raise InvalidInput(_OTHER, code="not_xlsx")
    if "xl/vbaproject.bin" in names:
        raise InvalidInput(f"Berkas ini memuat makro. {SAVE_AGAIN}", code="not_xlsx")
    sizes = [(entry.file_size, entry.compress_size) for entry in entries]
    swollen = any(size > RATIO_FROM and size > MAX_RATIO * max(packed, 1) for size, packed in sizes)
    if len(entries) > MAX_ENTRIES or len(names) < len(entries) or swollen or sum(s for s, _ in sizes) > MAX_UNPACKED:
        raise InvalidInput(_TOO_BIG, code="workbook_too_big")


def _unpack(archive: zipfile.ZipFile) -> None:
    """Unpack everything once: a size that lies or a wrong checksum shows here, not inside the parser."""
    for entry in archive.infolist():
        name = entry.filename.lower()
        area = _Area() if name.endswith(".xml") or name == "xl/_rels/workbook.xml.rels" else None
        with archive.open(entry) as part:
            while chunk := part.read(_CHUNK):
                if area:
                    area.feed(chunk)


class _Area:
    """How large a rectangle the filled cells span: one far cell makes a parser allocate everything before it.

    A sheet is found by its elements, not its name, as the relationships of a workbook may call any part a sheet.
    """

    def __init__(self) -> None:
        self._last_row = self._last_column = 1
        self._row = self._column = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._element
        self._parser.EntityDeclHandler = self._refuse

    def feed(self, chunk: bytes) -> None:
        """Read on; raises InvalidInput as soon as the rectangle is too large."""
        self._parser.Parse(chunk)
        if self._last_row * self._last_column > MAX_CELLS:
            raise InvalidInput(_TOO_BIG, code="workbook_too_big")

    def _element(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if local == "c":
            self._column += 1
            if place := attributes.get("r"):
                self._move_to(place)
        elif local in {"v", "is", "f"}:
            self._last_row = max(self._last_row, self._row)
            self._last_column = max(self._last_column, self._column)
        elif local == "row":
            self._row, self._column = int(attributes.get("r", self._row + 1)), 0
        elif local == "Relationship" and not attributes.get("Target", "").lower().endswith((".xml", ".bin")):
            self._refuse()

    def _move_to(self, place: str) -> None:
        found = _CELL.fullmatch(place)
        if found is None:
            self._refuse()
            return
        self._row, self._column = int(found[2]), column_index_from_string(found[1])

    @staticmethod
    def _refuse(*_: Any) -> None:
        raise InvalidInput(_BROKEN, code="broken_workbook")


def _open(source: Source, *, checked: bool = False) -> CalamineWorkbook:
    if not checked:
        check_workbook(source)
    try:
        return CalamineWorkbook.from_object(io.BytesIO(source) if isinstance(source, bytes) else str(source))
    except CalamineError:
        raise InvalidInput(_BROKEN, code="broken_workbook") from None


def sheet_names(source: Source) -> list[str]:
    """The names of the sheets of a checked workbook, in their order."""
    return list(_open(source).sheet_names)


def read_rows(source: Source, sheet: str | None = None, *, errors: bool = False) -> list[list[CellValue]]:
    """All rows of a sheet (the first one by default) from row 1 and column A on, None where a cell is empty.

    Formulas give their stored results, errors (#REF!) None, or with `errors` their text.
    The file is checked first; InvalidInput where it or the sheet cannot be read.
    """
    workbook = _open(source)
    if sheet is not None and sheet not in workbook.sheet_names:
        known = ", ".join(workbook.sheet_names)
        raise InvalidInput(f"Lembar “{sheet}” tidak ada. Lembar yang ada: {known}.", code="sheet_missing", sheet=sheet)
    try:
        reader = workbook.get_sheet_by_name(sheet) if sheet is not None else workbook.get_sheet_by_index(0)
        rows = reader.to_python(skip_empty_area=False)
    except CalamineError:
        raise InvalidInput(_BROKEN, code="broken_workbook") from None
    found: list[list[CellValue]] = [[None if value == "" else value for value in row] for row in rows]
    if errors:
        for (row, column), said in error_cells(source, sheet or workbook.sheet_names[0]).items():
            if row < len(found) and column < len(found[row]):
                found[row][column] = said
    return found


@dataclass(frozen=True)
class ReadSheet:
    """One sheet with all that is known of its cells; rows and columns count from 0."""

    name: str
    rows: list[list[CellValue]]
    marks: SheetMarks


def read_sheets(source: Source, *, checked: bool = False) -> list[ReadSheet]:
    """Every sheet that holds cells. InvalidInput where the file cannot be read; `checked` for one that `check_workbook` has passed before."""
    workbook, found = _open(source, checked=checked), []
    for name in workbook.sheet_names:
        try:
            rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
        except CalamineError:
            continue  # a sheet that is only a chart
        cells: list[list[CellValue]] = [[None if value == "" else value for value in row] for row in rows]
        found.append(ReadSheet(name, cells, sheet_marks(source, name)))
    return found
