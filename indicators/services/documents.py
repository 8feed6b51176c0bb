"""Documents with figures: an uploaded file becomes lines and figures in one transaction, or nothing of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db import transaction
from django.db.models import ProtectedError

from accounts.actors import Actor, can
from accounts.models import Region
from core.errors import InvalidInput, NotAllowed, TransitionNotAllowed
from core.imports import Table, TableRow, read_table
from core.values import Kind, Value, parse_value
from indicators.choices import FigureKind
from indicators.models import Figure, Indicator, IndicatorVersion
from planning.imports.documents import COLUMNS, INDICATOR, YearColumn, read_lines, year_columns
from planning.models import Document
from planning.services.documents import (
    BATCH,
    DocumentHead,
    add_document,
    check_head,
    code_of,
    note_removal,
    require_removable,
)

SHEET = "Baris"


@dataclass(frozen=True)
class StatedFigure:
    """A target of an indicator of the catalogue as a line of a document states it."""

    line: str
    indicator: int
    region: int
    year: int
    value: Value


def take_document(actor: Actor, head: DocumentHead, content: bytes, name: str) -> Document:
    """The uploaded table as the next version of the document. FileRefused names every bad row; then nothing was written."""
    if not can(actor, "planning.write_document", head.owner):
        raise NotAllowed("Dokumen dimuat oleh pemiliknya: K/L, Bappeda, atau perangkat daerah yang bersangkutan.")
    check_head(head)
    table = read_table(content, name, COLUMNS, sheet=SHEET)
    lines = read_lines(table, head)
    stated = _stated(table, head)
    table.reader.check()
    with transaction.atomic():
        document = add_document(actor, replace(head, digest=hashlib.sha256(content).hexdigest()), lines)
        write_figures(document, stated)
    return document


def _stated(table: Table, head: DocumentHead) -> list[StatedFigure]:
    """The figures of rows that name an indicator. Bad cells wait in the reader."""
    targets = [column for column in year_columns(table, head) if column.what == "target"]
    known = {row.code: row for row in Indicator.objects.all()}
    in_words = set(IndicatorVersion.objects.filter(in_words=True).values_list("indicator_id", flat=True))
    regions = dict(Region.objects.values_list("kode", "pk"))
    found = []
    for row in table.rows:
        try:
            code = row.code(INDICATOR)
            if not code:
                continue
            if code not in known:
                raise InvalidInput(
                    f"Kode indikator “{code}” tidak dikenal. Kosongkan selnya bila indikatornya belum ada di portal."
                )
            region = regions.get(row.code("kode wilayah")) or head.owner.region_id
            found += list(_figures(row, known[code], region, targets, in_words=known[code].pk in in_words))
        except InvalidInput as error:
            table.reader.refuse(row.line, error.message)
    return found


def _figures(
    row: TableRow, indicator: Indicator, region: int, targets: list[YearColumn], *, in_words: bool
) -> Iterable[StatedFigure]:
    for column in targets:
        cell = row.cells.get(column.name)
        if isinstance(cell, float):
            value: Value | None = Value.point(Decimal(repr(cell)), unit=indicator.unit, decimals=indicator.decimals)
        else:
            value = parse_value(row.text(column.name), unit=indicator.unit, decimals=indicator.decimals)
        if value is not None and value.kind == Kind.TEXT and not in_words:
            raise InvalidInput(
                f"“{value.text[:40]}” pada kolom {column.name} bukan angka, sedangkan indikator {indicator.code} bersatuan {indicator.unit}. "
                "Tulis angkanya, atau kosongkan kode indikator."
            )
        if value is not None:
            yield StatedFigure(row.code("kode baris"), indicator.pk, region, column.year, value)


def write_figures(document: Document, stated: Iterable[StatedFigure]) -> int:
    """Write the figures that the lines of a new document state; answers how many. Runs inside the caller's transaction."""
    lines = dict(document.lines.values_list("line_code", "pk"))
    rows = []
    for each in stated:
        row = Figure(
            indicator_id=each.indicator, region_id=each.region, year=each.year, kind=FigureKind.DOCUMENT, source=document.kind.lower(),
            line_key=f"{document.pk}:{each.line}"[:80], line_id=lines[each.line], origin=document.title[:300], simulated=document.simulated,
        )  # fmt: skip
        row.value = each.value
        rows.append(row)
    return len(Figure.objects.bulk_create(rows, batch_size=BATCH))


def remove_document(actor: Actor, document: Document) -> None:
    """Take back a version that is still a draft, with its figures. Refused in words where something else rests on it."""
    require_removable(actor, document)
    name = code_of(document)
    try:
        with transaction.atomic():
            note_removal(actor, document)
            Figure.objects.filter(line__document=document).delete()
            document.delete()
    except ProtectedError:
        raise TransitionNotAllowed(
            f"Dokumen {name} sudah dirujuk catatan lain, sehingga tidak dapat dihapus."
        ) from None
