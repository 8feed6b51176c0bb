"""Rows of a K/L's list of rincian output, as KRISNA, RKA-K/L or the portal's own template spell them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from accounts.models import Institution
from core.errors import InvalidInput
from core.imports.raw import RawSheet
from core.numbers import parse_number
from planning.choices import RowOutcome
from planning.imports.layouts.cells import read_money, read_target
from planning.imports.layouts.codes import same_words, split_code
from planning.imports.layouts.fields import PARTS, Column
from planning.imports.layouts.headers import Header
from planning.imports.layouts.rows import Cells, ReadRow, data_rows

WIDTHS: Final = {"kode_1": 3, "kode_2": 2, "kode_3": 2, "kode_4": 4, "kode_5": 3, "kode_6": 3}
"""KRISNA's parts: K/L 3, unit 2, program 2, kegiatan 4, KRO 3 letters, RO 3; a spreadsheet cuts their leading zeros."""
LONGEST: Final = {"uraian": 500, "satuan": 60, "sumber": 300}


class OutputReader:
    """Reads the RO of one K/L for one year."""

    def __init__(self, owner: Institution, year: int, columns: list[Column]) -> None:
        self.owner, self.year, self.columns = owner, year, columns
        self.mapped = {column.field: column for column in columns if column.field}
        self.seen: dict[str, int] = {}

    def rows(self, sheet: RawSheet, header: Header) -> Iterator[ReadRow]:
        """Every row that is not empty, with what became of it."""
        for cells in data_rows(sheet, header, self.columns):
            if cells.cells:
                try:
                    self._row(cells)
                except InvalidInput as error:
                    cells.read.refuse(error.message)
            yield cells.read

    def _row(self, cells: Cells) -> None:
        read = cells.read
        code, name = self._code(cells)
        read.code, read.text = code, name[:500]
        if not code:
            read.say(RowOutcome.SKIPPED, "Bukan baris RO (kode RO kosong).")
            return
        if (kl := cells.code("kl")) and kl.zfill(3) != self.owner.kode and not same_words(kl, self.owner.name):
            raise InvalidInput(f"Baris ini milik K/L “{kl}”, bukan {self.owner.short_name}.")
        if not name:
            raise InvalidInput("Nama RO kosong.")
        for field, text in (("uraian", name), ("satuan", cells.text("satuan")), ("sumber", cells.text("sumber"))):
            if len(text) > LONGEST[field]:
                raise InvalidInput(f"Kolom {field} lebih dari {LONGEST[field]} huruf.")
        if len(code) > 40:
            raise InvalidInput("Kode RO lebih dari 40 huruf.")
        if code in self.seen:
            raise InvalidInput(f"RO {code} sudah ada pada baris {self.seen[code]}.")
        self.seen[code] = read.line
        read.data = self._columns(cells, code, name)

    def _columns(self, cells: Cells, code: str, name: str) -> dict[str, Any]:
        volume, glued = read_target(cells.cells.get("target@0"))
        number = parse_number(volume, decimals=0, dot="thousands") if volume else None
        money = self.mapped.get("pagu@0")
        amount, unit, rounded = read_money(cells.cells.get("pagu@0"), money.unit if money else "rp")
        if rounded:
            cells.read.say(RowOutcome.REPAIRED, "Alokasi dibulatkan ke rupiah penuh.")
        return {
            "code": code, "name": name, "unit": cells.text("satuan") or glued, "volume": _text(number), "amount": amount, "amount_unit": unit,
            "source": cells.text("sumber"),
        }  # fmt: skip

    def _code(self, cells: Cells) -> tuple[str, str]:
        if "kode_uraian" in self.mapped:
            return split_code(cells.text("kode_uraian"))
        name = cells.text("uraian")
        if "kode" in self.mapped:
            return cells.code("kode"), name
        parts = [field for field in PARTS if field in self.mapped]
        if not parts or cells.cells.get(parts[-1]) is None:
            return "", name
        texts = []
        for field in parts:
            plain, width = cells.code(field), WIDTHS[field]
            if plain.isdigit() and len(plain) < width:
                plain = plain.zfill(width)
            texts.append(plain)
        return ".".join(texts), name


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)
