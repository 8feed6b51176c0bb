"""Rows of a nomenclature: SIPD's export as it is (code and name in one cell per level), or code parts in columns."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from core.errors import InvalidInput
from core.imports.raw import RawSheet
from planning.choices import GovLevel, NomenclatureLevel, RowOutcome
from planning.imports.layouts.codes import LEVELS, WHOLE, _spelled, plain_words, split_code
from planning.imports.layouts.fields import Column
from planning.imports.layouts.headers import Header
from planning.imports.layouts.rows import Cells, ReadRow, data_rows

MOST: Final = 500
GOVERNMENTS: Final = {"provinsi": GovLevel.PROVINSI, "kabkota": GovLevel.KABKOTA, "kabupatenkota": GovLevel.KABKOTA,
                      "kabupaten": GovLevel.KABKOTA, "kota": GovLevel.KABKOTA, "kab": GovLevel.KABKOTA}  # fmt: skip
ABOVE: Final = (
    ("bidang", NomenclatureLevel.BIDANG),
    ("program", NomenclatureLevel.PROGRAM),
    ("kegiatan", NomenclatureLevel.KEGIATAN),
)
BY_SEGMENT: Final = {"1": GovLevel.PROVINSI, "2": GovLevel.KABKOTA}


class NomenclatureReader:
    """Reads a nomenclature row by row; what stands above a sub kegiatan comes along from the same row."""

    def __init__(self, columns: list[Column]) -> None:
        self.columns = columns
        self.mapped = {column.field for column in columns}
        self.names: dict[tuple[str, str], tuple[str, int]] = {}
        self.leaves: dict[tuple[str, str], int] = {}

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
        read.code, read.text = code, name[:MOST]
        if not WHOLE.fullmatch(code) or len(code.split(".")) not in LEVELS:
            raise InvalidInput(f"Kode “{code}” tidak lengkap; mungkin nol atau bagian kodenya hilang.")
        if not name or len(name) > MOST:
            raise InvalidInput("Nama kosong atau lebih dari 500 huruf.")
        government = self._government(cells, code)
        if (line := self.leaves.setdefault((government, code), read.line)) != read.line:
            raise InvalidInput(f"Kode {code} sudah ada pada baris {line}.")
        nodes = [self._above(cells, field, level, code, government) for field, level in ABOVE if field in self.mapped]
        own = {"kode": code, "level": LEVELS[len(code.split("."))].value, "name": name}
        for node in (*filter(None, nodes), own):
            self._once(read, government, node)
        own |= {
            "indicator": self._cut(cells, "indikator"), "unit": _no_null(cells.text("satuan"))[:60], "tags": _tags(cells.text("tag"))[:300],
            "predecessor": _before(cells.text("sebelumnya")),
        }  # fmt: skip
        read.data = {"government": government, "nodes": [node for node in nodes if node], "own": own}

    def _code(self, cells: Cells) -> tuple[str, str]:
        for field in ("sub_kegiatan", "kode_uraian"):
            if field in self.mapped:
                code, name = split_code(cells.text(field))
                if not code:
                    raise InvalidInput(f"“{name[:60]}” tidak dimulai dengan kode.")
                return code, name
        written, options = _spelled(cells.code_cells)
        if not written:
            raise InvalidInput("Kode kosong.")
        if len(options) > 1:
            raise InvalidInput(f"Kode “{written}” dapat berarti {' atau '.join(options)}. Format selnya sebagai Teks.")
        code = options[0] if options else written
        if code != written and "kode" not in self.mapped:
            return code, cells.text("uraian")  # pieces in columns of their own: each was only padded to its width
        if code != written:
            cells.read.say(RowOutcome.REPAIRED, f"Kode “{written}” dibaca {code}.")
        return code, cells.text("uraian")

    def _government(self, cells: Cells, code: str) -> str:
        """The level of government: what JENIS PEMDA says; without it the fourth part of the code, where that says something."""
        segment = code.split(".")[3] if code.count(".") > 2 else ""
        by_code = BY_SEGMENT.get(segment)
        if "jenis_pemda" not in self.mapped:
            if by_code is None:
                raise InvalidInput(
                    "Tanpa kolom JENIS PEMDA, baris ini tidak dapat ditentukan untuk provinsi atau kabupaten/kota."
                )
            return by_code.value
        said = GOVERNMENTS.get(plain_words(cells.text("jenis_pemda")))
        if said is None:
            raise InvalidInput(f"Jenis pemda “{cells.text('jenis_pemda')}” tidak dikenal.")
        if by_code is not None and by_code != said:
            cells.read.say(
                RowOutcome.WARNED,
                f"Bagian keempat kode {code} lazimnya untuk {by_code.label.lower()}; dimuat menurut JENIS PEMDA.",
            )
        return said.value

    def _above(
        self, cells: Cells, field: str, level: NomenclatureLevel, code: str, government: str
    ) -> dict[str, Any] | None:
        text = cells.text(field)
        if not text:
            return None
        above, name = split_code(text)
        if not above or not WHOLE.fullmatch(above) or not name:
            raise InvalidInput(f"{field.capitalize()} “{text[:60]}” tidak memuat kode dan nama.")
        if not code.startswith(f"{above}."):
            raise InvalidInput(f"Kode {code} tidak berada di bawah {field} {above}.")
        return {"kode": above, "level": level.value, "name": name[:MOST]}

    def _once(self, read: ReadRow, government: str, node: dict[str, Any]) -> None:
        """The same code has one name; another one is reported, the first stays."""
        name, line = self.names.setdefault((government, node["kode"]), (node["name"], read.line))
        if plain_words(name) != plain_words(node["name"]):
            read.say(
                RowOutcome.WARNED, f"{node['kode']} pada baris {line} bernama “{name[:120]}”; nama itu yang dipakai."
            )
        node["name"] = name

    def _cut(self, cells: Cells, field: str) -> str:
        text = _no_null(cells.text(field))
        if len(text) > MOST:
            cells.read.say(RowOutcome.WARNED, f"Indikator lebih dari {MOST} huruf; dipotong.")
        return text[:MOST]


def _no_null(text: str) -> str:
    return "" if text.casefold() in ("[null]", "null", "-") else text


def _tags(text: str) -> str:
    """SIPD writes a JSON list as text."""
    if _no_null(text) == "":
        return ""
    try:
        found = json.loads(text)
    except ValueError:
        return text
    return "|".join(str(each) for each in found if each) if isinstance(found, list) else text


def _before(text: str) -> str:
    code, rest = split_code(_no_null(text))
    plain = code or rest.strip()
    return plain if re.fullmatch(r"[\dX.]{1,24}", plain) else ""
