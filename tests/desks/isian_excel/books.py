"""Workbooks of the Isian as people send them back: downloaded by the portal's own writer, changed with openpyxl."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from accounts.actors import Actor
from desks.exports.isian_book import isian_book_workbook
from desks.models import IsianUpload
from desks.selectors.isian_book import BookScope
from desks.services.isian_excel.answer import paper_of
from desks.services.isian_excel.comparison import Comparison
from desks.services.isian_excel.keep import comparison_of, keep_upload, process_upload
from tests.desks.world import World

HEAD = 4


def scope_of(world: World) -> BookScope:
    """Jawa Barat at the desk of the world."""
    return BookScope(world.round, world.jabar, world.meja)


def downloaded(world: World, actor: Actor | None = None, scope: BookScope | None = None) -> bytes:
    """The workbook to fill."""
    return isian_book_workbook(paper_of(actor or world.bappeda, scope or scope_of(world), timezone.now()))


class Book:
    """A workbook opened as a person would, with cells by the head of their column."""

    def __init__(self, content: bytes) -> None:
        self.workbook = load_workbook(io.BytesIO(content))

    def sheet(self, name: str) -> Worksheet:
        """A sheet."""
        return self.workbook[name]

    def column(self, sheet: str, head: str, row: int = HEAD) -> int:
        """The column under a head, from 1."""
        heads = [str(cell.value or "").split("\n")[0] for cell in self.sheet(sheet)[row]]
        return next(no for no, text in enumerate(heads, start=1) if text == head or text.startswith(f"{head} 20"))

    def at(self, sheet: str, line: int, head: str) -> Any:
        """A cell."""
        return self.sheet(sheet).cell(line, self.column(sheet, head))

    def put(self, sheet: str, line: int, **typed: Any) -> None:
        """Type into cells of a row."""
        names = {
            "value": "USULAN", "applies": "Keberlakuan", "reason": "Alasan tidak relevan", "note": "Catatan usulan", "item": "Kode butir",
            "kode": "Kode sub kegiatan", "opd": "Perangkat daerah", "places": "Lokasi", "volume": "Volume", "unit": "Satuan volume",
            "source": "Sumber dana 1", "pagu": "Pagu 1 (Rp)", "source2": "Sumber dana 2", "pagu2": "Pagu 2 (Rp)", "hapus": "Hapus baris",
        }  # fmt: skip
        for name, value in typed.items():
            self.at(sheet, line, names[name]).value = value

    def blank(self, sheet: str = "Sub kegiatan") -> int:
        """The first row to be added to."""
        return next(line for line in range(HEAD + 1, 500) if self.sheet(sheet).cell(line, 1).value is None)

    def bytes(self) -> bytes:
        """As saved."""
        saved = io.BytesIO()
        self.workbook.save(saved)
        return saved.getvalue()


def sent(
    world: World, content: bytes, actor: Actor | None = None, scope: BookScope | None = None, *, dot: str = "ask"
) -> tuple[IsianUpload, Comparison]:
    """An upload, read and compared."""
    who = actor or world.bappeda
    upload = keep_upload(who, scope or scope_of(world), SimpleUploadedFile("isian.xlsx", content))
    upload.dot = dot
    process_upload(who, upload)
    return upload, comparison_of(upload)


def statuses(found: Comparison) -> dict[tuple[str, int, str], str]:
    """The status of each typed cell by sheet, line and field."""
    return {(row.sheet, row.line, cell.field): cell.status for row in found.rows for cell in row.cells}
