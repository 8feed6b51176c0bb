"""Files as they really come: torn, of another kind, of another place, edited where nobody should."""

from __future__ import annotations

import functools
import io
import re
import zipfile
from collections.abc import Callable

from openpyxl import Workbook

from tests.desks.isian_excel.books import Book

Make = Callable[[bytes], bytes]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def fixed(content: bytes) -> Make:
    """Always the same bytes."""
    return lambda _: content


def edited(work: Callable[[Book], object]) -> Make:
    """The downloaded workbook after somebody worked on it."""

    def make(content: bytes) -> bytes:
        book = Book(content)
        work(book)
        return book.bytes()

    return make


def parts(change: Callable[[dict[str, bytes]], object]) -> Make:
    """The downloaded workbook with its inner files changed."""

    def make(content: bytes) -> bytes:
        with zipfile.ZipFile(io.BytesIO(content)) as old:
            inside = {name: old.read(name) for name in old.namelist()}
        change(inside)
        return zipped(inside)

    return make


def zipped(inside: dict[str, bytes]) -> bytes:
    """An archive of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, body in inside.items():
            new.writestr(name, body)
    return out.getvalue()


def swap(old: str, new: str) -> Make:
    """The same text replaced in every part of the workbook."""

    def change(inside: dict[str, bytes]) -> None:
        found = 0
        for name, body in inside.items():
            found += len(re.findall(old.encode(), body))
            inside[name] = re.sub(old.encode(), new.encode(), body)
        assert found, old

    return parts(change)


@functools.cache
def empty_book() -> bytes:
    """A workbook of somebody else."""
    saved = io.BytesIO()
    Workbook().save(saved)
    return saved.getvalue()


def bomb(size: int) -> Make:
    """A sheet that unpacks into `size` bytes."""

    def change(inside: dict[str, bytes]) -> None:
        name = next(name for name in inside if name.startswith("xl/worksheets/sheet"))
        inside[name] = b"<worksheet><sheetData>" + b"<row></row>" * (size // 11) + b"</sheetData></worksheet>"

    return parts(change)


def add_part(name: str, body: bytes) -> Make:
    """The workbook with one more part."""
    return parts(lambda inside: inside.update({name: body}))


def in_sheet(number: int, old: bytes, new: bytes) -> Make:
    """A piece of one sheet's XML exchanged."""

    def change(inside: dict[str, bytes]) -> None:
        name = f"xl/worksheets/sheet{number}.xml"
        assert old in inside[name], (old, inside[name][:400])
        inside[name] = inside[name].replace(old, new, 1)

    return parts(change)


def twice_named(content: bytes) -> bytes:
    """Two parts of one name."""
    import warnings

    out = io.BytesIO(content)
    with warnings.catch_warnings(), zipfile.ZipFile(out, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("xl/workbook.xml", b"<workbook/>")
    return out.getvalue()


def many_parts(content: bytes) -> bytes:
    """More parts than any workbook has."""
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as archive:
        for no in range(2001):
            archive.writestr(f"xl/x{no}", b"")
    return out.getvalue()


def reversed_rows(book: Book) -> None:
    """Sorted the other way round."""
    sheet = book.sheet("Target")
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5, max_row=7)]
    for line, row in enumerate(reversed(rows), start=5):
        for column, value in enumerate(row, start=1):
            sheet.cell(line, column).value = value


def moved_columns(book: Book) -> None:
    """The first column put behind the last, another column and another sheet added."""
    sheet = book.sheet("Target")
    last = sheet.max_column + 3
    for line in range(4, 8):
        sheet.cell(line, last).value = sheet.cell(line, 1).value
        sheet.cell(line, last + 1).value = "milik saya"
    sheet.delete_cols(1)
    book.workbook.create_sheet("Coretan", 0)["A1"] = "hitungan sendiri"


def copied(book: Book, value: object, *, line: int = 5, below: int = 9) -> None:
    """A row of targets copied further down, with another value."""
    sheet = book.sheet("Target")
    for column in range(1, sheet.max_column + 1):
        sheet.cell(below, column).value = sheet.cell(line, column).value
    if value is not None:
        book.put("Target", below, value=value)


def key_cell(column: int, value: object) -> Make:
    """The key of the first row edited."""

    def work(book: Book) -> None:
        book.put("Target", 5, value=15)
        book.sheet("Kunci").cell(3, column).value = value

    return edited(work)
