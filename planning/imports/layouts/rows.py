"""The rows below a header by field: what is no row of data is said so, merged cells show their value, groups name the perangkat daerah."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from core.excel import CellValue
from core.imports.raw import RawSheet, mended, words
from planning.choices import RowOutcome
from planning.imports.layouts.fields import PARTS, Column, folded
from planning.imports.layouts.headers import Header

TOTAL: Final = re.compile(r"(?:sub ?|grand )?(?:jumlah|total)\b(?!.*\bkegiatan yang\b)", re.IGNORECASE)
OFFICE: Final = re.compile(
    r"(?:sub )?(?:unit organisasi|unit kerja|perangkat daerah|opd|skpd)\s*:\s*(.+)", re.IGNORECASE
)
REPEATED: Final = frozenset(
    {"kode", *PARTS, "kode_uraian", "uraian", "pelaksana", "indikator", "satuan", "program", "kegiatan", "bidang"}
)
"""Fields whose merged cells speak for every row; money and targets of a merged cell belong to its first row alone."""
WEIGHT: Final = (RowOutcome.REFUSED, RowOutcome.WARNED, RowOutcome.REPAIRED)


@dataclass
class ReadRow:
    """A row of the file and what became of it; `data` is what will be written, None where nothing will."""

    line: int
    code: str = ""
    text: str = ""
    data: dict[str, Any] | None = None
    notes: list[tuple[RowOutcome, str]] = field(default_factory=list)

    def say(self, outcome: RowOutcome, note: str) -> None:
        """Add a remark."""
        self.notes.append((outcome, note))

    def refuse(self, note: str) -> ReadRow:
        """Nothing of the row is taken, and why."""
        self.say(RowOutcome.REFUSED, note)
        self.data = None
        return self

    @property
    def outcome(self) -> RowOutcome:
        """The weightiest remark; taken where there is none."""
        said = {outcome for outcome, _ in self.notes}
        if RowOutcome.SKIPPED in said:
            return RowOutcome.SKIPPED
        return next((each for each in WEIGHT if each in said), RowOutcome.TAKEN)

    @property
    def note(self) -> str:
        """All remarks in one text."""
        return " ".join(text for _, text in self.notes)


@dataclass
class Cells:
    """A row of data: its cells by field, with what was mended in them."""

    read: ReadRow
    cells: Mapping[str, CellValue]
    office: str = ""

    def text(self, name: str) -> str:
        """A cell as text; broken letters are mended and the row says so."""
        value = self.cells.get(name)
        if isinstance(value, str):
            text, changed = mended(value)
            if changed:
                note = "Huruf rusak (salah pengodean) diperbaiki."
                if (RowOutcome.REPAIRED, note) not in self.read.notes:
                    self.read.say(RowOutcome.REPAIRED, note)
            return "" if text in ("-", "–") else text
        return words(value)

    def code(self, name: str) -> str:
        """A cell of a code: a number as it stands, without dots between thousands."""
        value = self.cells.get(name)
        return str(int(value)) if isinstance(value, float) and value.is_integer() else self.text(name)

    @property
    def code_cells(self) -> list[CellValue]:
        """The cells that spell the code, in order, empty ones at the end left out."""
        if "kode" in self.cells:
            return [self.cells["kode"]] if self.cells["kode"] is not None else []
        return [value for name in PARTS if (value := self.cells.get(name)) is not None]


def data_rows(sheet: RawSheet, header: Header, columns: list[Column]) -> Iterator[Cells]:
    """Every row below the header that is not empty; those that are no data come with the outcome skipped and no cells."""
    heads = {place: folded(text) for place, text in enumerate(header.texts) if text}
    last_heads = {place: folded(text.rpartition(" / ")[2]) for place, text in enumerate(header.texts) if text}
    parts: dict[str, CellValue] = {}
    office = ""
    for no in range(header.last + 1, len(sheet.rows)):
        raw = sheet.rows[no]
        if all(cell is None for cell in raw):
            continue
        read = ReadRow(no + 1)
        found = _office(raw)
        if found or (why := _no_data(raw, heads, last_heads)):
            office = found or office
            read.text = next((words(cell) for cell in raw if cell is not None), "")[:500]
            read.say(RowOutcome.SKIPPED, f"Judul kelompok: {found}." if found else why)
            yield Cells(read, {}, office)
            continue
        cells = {
            column.field: sheet.cell(no, place, merged=column.field in REPEATED)
            for place, column in enumerate(columns)
            if column.field
        }
        _carry(cells, parts)
        yield Cells(read, cells, office)


def _office(raw: list[CellValue]) -> str:
    said = [words(cell) for cell in raw if cell is not None]
    if not 0 < len(said) <= 4:
        return ""
    found = OFFICE.fullmatch(" ".join(said))
    return found[1].strip() if found else ""


def _no_data(raw: list[CellValue], heads: Mapping[int, str], last_heads: Mapping[int, str]) -> str:
    """Why a row is none of the table's: a sum, the header once more, the numbers of the columns."""
    said = {place: words(cell) for place, cell in enumerate(raw) if cell is not None}
    first = next(iter(said.values()))
    texts = [text for text in said.values() if re.search(r"[^\W\d_]", text)]
    if texts and TOTAL.match(texts[0]) and (texts[0] == first or len(texts) == 1) and len(texts[0]) < 60:
        return "Baris jumlah tidak dimuat; portal menjumlahkan sendiri."
    again = sum(folded(text) in (heads.get(place), last_heads.get(place)) for place, text in said.items())
    if again >= 2 and again * 2 >= len(said):
        return "Judul kolom yang berulang."
    numbers = [re.sub(r"[() ]", "", text) for text in said.values()]
    if len(numbers) > 3 and all(re.fullmatch(r"\d{1,2}(?:=.*)?", text) for text in numbers):
        order = [int(text.partition("=")[0]) for text in numbers]
        if order == list(range(order[0], order[0] + len(order))) and order[0] <= 2:
            return "Nomor urut kolom."
    return ""


def _carry(cells: dict[str, CellValue], parts: dict[str, CellValue]) -> None:
    """Leading parts of a code stand only where they change: an empty one before a filled one means the same as above."""
    names = [name for name in PARTS if name in cells]
    filled = [no for no, name in enumerate(names) if cells[name] is not None]
    if not filled:
        return
    for no, name in enumerate(names):
        if cells[name] is None and no < filled[-1]:
            cells[name] = parts.get(name)
        elif no > filled[-1]:
            parts.pop(name, None)
        parts[name] = cells[name]
