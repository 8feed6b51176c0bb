"""The columns of an uploaded sheet on their way from header to fields: opened, proposed or remembered, checked, shown as they would be read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Final

from core.errors import InvalidInput
from core.imports.raw import RawSheet, words
from core.money import Unit
from planning.choices import UploadKind
from planning.imports.layouts.document import NEEDS_CODE, DocumentReader, Tie
from planning.imports.layouts.fields import PARTS, Column, choices_for, folded, propose
from planning.imports.layouts.headers import YEAR, Header, find_header, header_at
from planning.imports.layouts.nomenclature import NomenclatureReader
from planning.imports.layouts.outputs import OutputReader
from planning.imports.layouts.rows import ReadRow
from planning.services.documents import DocumentHead

SAMPLES: Final = 30


@dataclass
class Layout:
    """A sheet with its header and what its columns mean."""

    sheet: RawSheet
    header: Header
    columns: list[Column]


def lay_out(sheet: RawSheet, head: DocumentHead, *, rows: tuple[int, int] | None = None) -> Layout:
    """The sheet with the header found (or at `rows`, from 0) and the columns proposed from it."""
    header = header_at(sheet, *rows) if rows else find_header(sheet)
    below = sheet.rows[header.last + 1 : header.last + 1 + SAMPLES]
    samples = [[words(cell) for cell in row] for row in below]
    columns = propose(header.texts, samples, kind=head.kind, year_from=head.year_from, year_to=head.year_to)
    return Layout(sheet, header, columns)


def signature_of(header: Header, year_from: int) -> str:
    """The same for the same layout of another year."""
    texts = [YEAR.sub(lambda year: f"<{int(year[0]) - year_from:+d}>", folded(text)) for text in header.texts]
    while texts and not texts[-1]:
        texts.pop()
    return hashlib.sha256("\x1f".join(texts).encode()).hexdigest()


def columns_text(columns: Sequence[Column]) -> str:
    """The columns for a table of the database."""
    return json.dumps([asdict(column) for column in columns])


def columns_from(text: str, width: int) -> list[Column]:
    """Columns as kept, as many as the sheet has."""
    kept = [Column(**row) for row in json.loads(text)]
    return (kept + [Column()] * width)[:width]


def check_columns(columns: Sequence[Column], kind: str, year_from: int, year_to: int) -> None:
    """InvalidInput where a field stands twice, is unknown, or something is missing without which no row can be read."""
    known = {name for name, _ in choices_for(kind, year_from, year_to)}
    names = [column.field for column in columns if column.field]
    labels = dict(choices_for(kind, year_from, year_to))
    if unknown := [name for name in names if name not in known]:
        raise InvalidInput(f"Pilihan kolom “{unknown[0][:40]}” tidak dikenal.")
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise InvalidInput(f"{labels[twice[0]]} dipilih untuk lebih dari satu kolom. Pilih satu saja.")
    if any(column.unit not in Unit.values for column in columns):
        raise InvalidInput("Satuan uang tidak dikenal.")
    _check_needed(set(names), kind)


def _check_needed(names: set[str], kind: str) -> None:
    coded = bool(names & {"kode", "kode_uraian", "sub_kegiatan", *PARTS})
    if "kode" in names and names & set(PARTS):
        raise InvalidInput("Pilih kode lengkap atau bagian-bagian kode, jangan keduanya.")
    if kind in (UploadKind.NOMENKLATUR, UploadKind.RO):
        named = bool(names & {"uraian", "kode_uraian", "sub_kegiatan"})
        if not coded or not named:
            raise InvalidInput("Pilih kolom kode dan kolom nama.")
        return
    if kind in NEEDS_CODE and not coded:
        raise InvalidInput(
            "Pilih kolom kode sub kegiatan: kode lengkap, bagian-bagian kode, atau kode dan nama satu sel."
        )
    if not coded and not names & {"uraian", "indikator"}:
        raise InvalidInput("Pilih kolom uraian atau indikator.")
    if not any(name.startswith(("target@", "pagu@")) for name in names):
        raise InvalidInput("Pilih sedikitnya satu kolom target atau pagu.")


def read_rows(layout: Layout, head: DocumentHead, tie: Tie) -> Iterator[ReadRow]:
    """Every row of the sheet below its header, as the kind of upload reads it."""
    if head.kind == UploadKind.NOMENKLATUR:
        return NomenclatureReader(layout.columns).rows(layout.sheet, layout.header)
    if head.kind == UploadKind.RO:
        return OutputReader(head.owner, head.year_from, layout.columns).rows(layout.sheet, layout.header)
    return DocumentReader(head, layout.columns, tie).rows(layout.sheet, layout.header)
