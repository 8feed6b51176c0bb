"""Taking over the accepted cells in chunks, each under a key of its own content: a repeated run writes nothing twice."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from accounts.actors import Actor
from core.canonical import sha256_hex
from core.merge import merge_removal, merge_row
from desks.imports.isian_book import ReadRow
from desks.isian_fields import ADDED, REMOVE, ROW, SUPPORT
from desks.models import IsianUpload
from desks.services.isian_excel.compare import Standing
from desks.services.isian_excel.comparison import CONFLICT, REFUSED, SAME, SAVED, SKIPPED, ComparedRow, Comparison
from desks.services.isian_excel.keep import Progress, quiet
from desks.services.item import RowResult, RowWrite, save_rows
from desks.services.support_batch import SupportWrite, save_supports

CHUNK: Final = 200
"""Rows of one write: a chunk holds the lock for well under three seconds."""
TRIES: Final = 3
ALL: Final = "*"
_STATUS: Final = {"saved": SAVED, "same": SAME, "conflict": CONFLICT}


def take_over(actor: Actor, upload: IsianUpload, found: Comparison, progress: Progress = quiet) -> Comparison:
    """Write the chosen rows and put the outcome of each cell into the comparison."""
    chosen = None if upload.chosen == ALL else {int(no) for no in upload.chosen.split(",") if no}
    wanted = [row for row in found.rows if row.open and (chosen is None or row.no in chosen)]
    taken = {row.no for row in wanted}
    for row in found.rows:
        if row.no not in taken:
            for cell in (each for each in row.cells if each.open):
                cell.status, cell.message = SKIPPED, "Tidak dipilih saat hasil diterapkan."
    run = _Run(actor, upload.code, upload.dot, progress, len(wanted))
    for _ in range(TRIES):
        run.write([row for row in wanted if row.kind == ROW], [row for row in wanted if row.kind == SUPPORT])
        wanted = _once_more(actor, wanted)
        if not wanted:
            break
    return found


class _Run:
    """One pass after another over the rows that are still to be written."""

    def __init__(self, actor: Actor, code: str, dot: str, progress: Progress, total: int) -> None:
        self.actor, self.code, self.dot, self.progress, self.total = actor, code, dot, progress, total or 1
        self.done = 0
        self.versions: dict[str, int] = {}

    def write(self, rows: Sequence[ComparedRow], supports: Sequence[ComparedRow]) -> None:
        """First the rows themselves, as their versions move, then what hangs on them."""
        self.versions.clear()
        for chunk in _chunks(rows):
            self._say()
            writes = [RowWrite(row.item, row.version, _changes(row), self.dot) for row in chunk]
            results = save_rows(self.actor, rows=writes, key=self._key(writes))
            self._note(chunk, results)
            self.versions |= {result.code: result.version for result in results if result.ok}
        for chunk in _chunks(supports):
            self._say()
            links = [self._link(row) for row in chunk]
            self._note(chunk, save_supports(self.actor, rows=links, key=self._key(links)))

    def _say(self) -> None:
        self.progress(min(95, 95 * self.done / self.total), f"Menyimpan isian, {self.done} dari {self.total} baris")

    def _link(self, row: ComparedRow) -> SupportWrite:
        version = self.versions.get(row.item, row.version)
        changes = {} if row.removes else _changes(row)
        return SupportWrite(row.item, version, row.kode, row.opd, changes, row.removes)

    def _key(self, body: Sequence[Any]) -> str:
        return sha256_hex(json.dumps([self.code, body], default=vars, sort_keys=True))

    def _note(self, chunk: Sequence[ComparedRow], results: Iterable[RowResult]) -> None:
        for row, result in zip(chunk, results, strict=True):
            _put(row, result)
        self.done += len(chunk)


def _changes(row: ComparedRow) -> dict[str, str]:
    return {cell.field: cell.text for cell in row.cells if cell.open and cell.field not in (ADDED, REMOVE)}


def _chunks(rows: Sequence[ComparedRow]) -> Iterator[list[ComparedRow]]:
    """Rows in bounded pieces; those of one item stay together, as their version is checked once."""
    by_item: dict[str, list[ComparedRow]] = {}
    for row in rows:
        by_item.setdefault(row.item, []).append(row)
    chunk: list[ComparedRow] = []
    for same in by_item.values():
        if chunk and len(chunk) + len(same) > CHUNK:
            yield chunk
            chunk = []
        chunk += same
    if chunk:
        yield chunk


def _put(row: ComparedRow, result: RowResult) -> None:
    """The outcome of a row on its cells; a refusal that names fields on those, with its own words."""
    named = result.details.get("fields") or {}
    for cell in row.cells:
        if not cell.open:
            continue
        cell.status = _STATUS.get(result.status, REFUSED)
        if not result.ok:
            cell.message = named.get(cell.field) or result.message


def _once_more(actor: Actor, rows: Sequence[ComparedRow]) -> list[ComparedRow]:
    """Rows on which somebody else wrote between comparing and saving: compared again, cell by cell; those that may still be written."""
    late = [row for row in rows if any(cell.status == CONFLICT for cell in row.cells)]
    now = Standing(actor)
    now.read(ReadRow(row.kind, row.sheet, row.line, row.item, row.kode, row.opd, base={}) for row in late)
    return [row for row in late if row.item in now.items and _again(row, now)]


def _again(row: ComparedRow, now: Standing) -> bool:
    item = now.items[row.item]
    row.version = item.version
    late = [cell for cell in row.cells if cell.status == CONFLICT and cell.field != REMOVE]
    theirs = now.cells(row.kind, (row.item, row.kode, row.opd))
    adds = any(cell.field == ADDED for cell in row.cells)
    standing = dict(theirs) | {ADDED: row.kode} if theirs is not None else None
    base = None if adds else {cell.field: cell.base for cell in late}
    merged = merge_row(base, {cell.field: cell.mine for cell in late}, standing)
    for cell in late:
        cell.theirs = (standing or {}).get(cell.field, "")
        cell.status = merged[cell.field].value
    removal = next((cell for cell in row.cells if cell.field == REMOVE and cell.status == CONFLICT), None)
    if removal is not None and theirs is None:
        removal.status = merge_removal(None, None).value
    return row.open
