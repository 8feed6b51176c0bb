"""A workbook of the Isian that its Bappeda has sent back, once to be decided and once taken over."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import load_workbook

from desks.exports.isian_book import isian_book_workbook
from desks.models import IsianUpload
from desks.selectors.isian_book import BookScope
from desks.services.isian_excel.answer import paper_of
from desks.services.isian_excel.keep import choose, keep_upload, process_upload
from desks.services.isian_excel.work import finish_upload

if TYPE_CHECKING:
    from tests.matrix.prepared import Prepared


def add_isian_uploads(made: Prepared) -> None:
    """The workbook itself for whoever sends it, and two uploads."""
    world = made.world
    scope = BookScope(world.round, world.jabar, world.meja)
    book = load_workbook(BytesIO(isian_book_workbook(paper_of(world.bappeda, scope, timezone.now()))))
    sheet = book["Target"]
    value = next(cell.column for cell in sheet[4] if str(cell.value).startswith("USULAN"))
    filled = made.item("own", "filled").code
    line = next(row[0].row for row in sheet.iter_rows(min_row=5) if row[0].value == filled)
    sheet.cell(line, value).value = 63.5
    saved = BytesIO()
    book.save(saved)
    made.more["isian_workbook"] = saved.getvalue()
    for name in ("isian_upload", "isian_done"):
        upload = keep_upload(world.bappeda, scope, SimpleUploadedFile("isian.xlsx", saved.getvalue()))
        process_upload(world.bappeda, upload)
        made.more[name] = upload
    # Taken over without a row, so that the world stays as it is.
    done: IsianUpload = made.more["isian_done"]
    choose(done, "999")
    finish_upload(world.bappeda, done)
