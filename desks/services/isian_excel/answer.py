"""The workbook that goes back after an upload: fresh rows, and in it what was not taken over, with the reason beside each cell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from accounts.actors import Actor
from core.dates import date_with_time
from desks.exports.isian_book import Overlay, Paper, ReturnedCell, ReturnedRow, isian_book_workbook
from desks.isian_fields import (
    ADDED,
    AMOUNT_HEAD,
    HEADS,
    ITEM_HEAD,
    KODE_HEAD,
    OPD_HEAD,
    PAGU,
    SOURCE_HEAD,
    SUPPORT,
    field_label,
)
from desks.models import IsianUpload
from desks.selectors.isian import filling_deadline
from desks.selectors.isian_book import BookScope, IsianBook, isian_book
from desks.selectors.stages import windows_for
from desks.services.isian_excel.comparison import (
    CONFLICT,
    LABELS,
    REFUSED,
    SKIPPED,
    Compared,
    ComparedRow,
    Comparison,
    counted,
    readable,
)
from desks.services.isian_excel.keep import scope_of_upload

BACK = (CONFLICT, REFUSED, SKIPPED)


def paper_of(actor: Actor, scope: BookScope, now: dt.datetime, overlay: Overlay | None = None) -> Paper:
    """The workbook of the scope as the actor may read it."""
    deadline = filling_deadline(scope.round, windows_for(scope.round, actor), now)
    until = f"{scope.round.words.filling} {deadline.text}." if deadline else ""
    made = date_with_time(now, scope.round.tz)
    return Paper(isian_book(actor, scope), made, actor.institution.short_name, until, overlay)


def answer_workbook(actor: Actor, upload: IsianUpload, found: Comparison, now: dt.datetime) -> bytes:
    """What stands now, with every cell that was not taken over as it was typed, marked and explained."""
    paper = paper_of(actor, scope_of_upload(upload), now)
    paper.overlay = overlay_of(paper.book, found, upload.file.name)
    return isian_book_workbook(paper)


def overlay_of(book: IsianBook, found: Comparison, source: str) -> Overlay:
    """Where each cell that was not taken over stands in a fresh workbook; all typed cells for the sheet Hasil."""
    known = {(row.item.code, "", "") for row in book.rows}
    known |= {(row.item.code, link.nomenclature.kode, link.opd.code) for row in book.rows for link in row.supports}
    overlay = Overlay(source=source, summary=counted(found.counts))
    offices = {office.code: office.name for office in book.lists.offices}
    for row in sorted(found.rows, key=lambda each: each.rank):
        back = {cell.field: _returned(cell) for cell in row.cells if cell.status in BACK}
        key = (row.item, row.kode, row.opd)
        if back and key in known:
            overlay.cells.setdefault(key, {}).update(back)
        elif back and row.kind == SUPPORT:
            overlay.added.append(_added(row, back, offices))
        overlay.lines += _lines(row)
    return overlay


def _returned(cell: Compared) -> ReturnedCell:
    number = cell.number and bool(cell.mine)
    said = f"{LABELS[cell.status].capitalize()}: {cell.message}"
    text = readable(cell.field, cell.text) if cell.field == "applicability" else cell.text
    return ReturnedCell(cell.mine if number else text, number, said)


def shown(cell: Compared) -> str:
    """What was typed, as people read it; long words as they are."""
    typed = readable(cell.field, cell.mine)
    return cell.text if not typed or cell.mine.startswith(("=", "sha256:")) else typed


def _added(row: ComparedRow, back: dict[str, ReturnedCell], offices: dict[str, str]) -> ReturnedRow:
    """A sub kegiatan that did not come to stand, written out in full below the others."""
    said = back.get(ADDED) or next(iter(back.values()))
    cells = {
        ITEM_HEAD: ReturnedCell(row.item, False, said.comment), KODE_HEAD: ReturnedCell(row.kode, False, ""),
        OPD_HEAD: ReturnedCell(offices.get(row.opd, row.opd), False, ""),
    }  # fmt: skip
    funds = [(name, cell) for name, cell in back.items() if name.startswith(PAGU)]
    for no, (name, cell) in enumerate(funds, start=1):
        source = name.removeprefix(PAGU).partition("#")[0]
        cells[SOURCE_HEAD.format(no)] = ReturnedCell("" if source.startswith("?") else source, False, "")
        cells[AMOUNT_HEAD.format(no)] = cell
    return ReturnedRow(cells | {HEADS[name]: cell for name, cell in back.items() if name in HEADS})


def _lines(row: ComparedRow) -> Iterable[list[str]]:
    for cell in row.cells:
        title = f"{row.title} · {row.kode}" if row.kode else row.title
        yield [
            row.sheet, cell.at, row.item, title, field_label(cell.field), readable(cell.field, cell.base), shown(cell),
            readable(cell.field, cell.theirs), LABELS[cell.status], cell.message,
        ]  # fmt: skip
