"""Every typed cell of an uploaded workbook as compared with what stands now, kept beside the file until somebody decides."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from core.money import format_rupiah
from core.numbers import format_number
from core.values import Kind
from desks.isian_fields import APPLIES, PAGU, REMOVE

NEW, CHANGED, SAME, CONFLICT, REFUSED = "new", "changed", "same", "conflict", "refused"
SAVED, SKIPPED = "saved", "skipped"
OPEN: Final = (NEW, CHANGED)
"""Cells that accepting writes."""
LABELS: Final = {
    NEW: "baru", CHANGED: "berubah", SAME: "sama", CONFLICT: "bentrok", REFUSED: "ditolak", SAVED: "tersimpan", SKIPPED: "tidak dipilih",
}  # fmt: skip
TONES: Final = {
    NEW: "hijau", CHANGED: "biru", SAME: "netral", CONFLICT: "kuning", REFUSED: "merah", SAVED: "hijau", SKIPPED: "abu",
}  # fmt: skip
_TROUBLE: Final = {CONFLICT: 0, REFUSED: 1, CHANGED: 2, NEW: 3, SAVED: 4, SKIPPED: 5, SAME: 6}


@dataclass
class Compared:
    """One typed cell: where it stands, its canonical texts (base, mine, theirs), what the service reads, and what becomes of it."""

    field: str
    at: str
    text: str
    base: str = ""
    mine: str = ""
    theirs: str = ""
    number: bool = False
    status: str = REFUSED
    message: str = ""
    ask: bool = False

    @property
    def open(self) -> bool:
        """Whether accepting writes it."""
        return self.status in OPEN


@dataclass
class ComparedRow:
    """One row with typed cells; `version` is the row's as compared."""

    no: int
    kind: str
    sheet: str
    line: int
    item: str
    kode: str = ""
    opd: str = ""
    title: str = ""
    version: int = 0
    cells: list[Compared] = field(default_factory=list)

    @property
    def open(self) -> bool:
        """Whether accepting it writes something."""
        return any(cell.open for cell in self.cells)

    @property
    def removes(self) -> bool:
        """Whether it takes a sub kegiatan away."""
        return any(cell.field == REMOVE and cell.open for cell in self.cells)

    @property
    def rank(self) -> tuple[int, int]:
        """Trouble first, then as in the workbook."""
        return min(_TROUBLE[cell.status] for cell in self.cells), self.no


@dataclass
class Comparison:
    """All rows with typed cells of an upload."""

    rows: list[ComparedRow]
    untouched: int = 0
    seen: int = 0

    @property
    def counts(self) -> Counter[str]:
        """How many typed cells by status; their sum is how many were typed."""
        return Counter(cell.status for row in self.rows for cell in row.cells)

    @property
    def asks(self) -> bool:
        """Whether the meaning of a dot has to be told."""
        return any(cell.ask for row in self.rows for cell in row.cells)

    def dump(self) -> bytes:
        """As it is kept."""
        return json.dumps(vars(self), default=vars, ensure_ascii=False).encode()

    @classmethod
    def load(cls, content: bytes) -> Comparison:
        """As it was kept."""
        data: dict[str, Any] = json.loads(content)
        rows = [ComparedRow(**{**row, "cells": [Compared(**cell) for cell in row["cells"]]}) for row in data["rows"]]
        return cls(rows, data["untouched"], data["seen"])


def counted(counts: Counter[str], order: Iterable[str] = LABELS) -> list[tuple[str, int]]:
    """The counts in words, without zeros."""
    return [(LABELS[status], counts[status]) for status in order if counts[status]]


_SIGNS: Final = {Kind.LT.value: "<", Kind.LE.value: "≤", Kind.GT.value: ">", Kind.GE.value: "≥"}


def readable(field: str, key: str) -> str:
    """A canonical text as people read it; '' where nothing stands."""
    if not key or field == REMOVE:
        return key
    if key.startswith("sha256:"):
        return "(teks panjang)"
    if field == "applicability":
        return APPLIES.get(key, key)
    if field.startswith(PAGU):
        return format_rupiah(int(key)) if key.isdecimal() else key
    if field == "volume":
        return format_number(Decimal(key))
    return _readable_value(key) if field == "value" else key.replace(",", ", ") if field == "places" else key


def _readable_value(key: str) -> str:
    if key.startswith("="):
        return key[1:]
    kind, *limits = key.split(":")
    if not limits:
        return format_number(Decimal(key))
    low, high = (format_number(Decimal(each)) if each else "" for each in limits)
    return f"{low}–{high}" if kind == Kind.RANGE else f"{_SIGNS.get(kind, '')}{low or high}"
