"""Which column of a sheet is which, by its head."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from openpyxl.utils import get_column_letter

from core.errors import InvalidInput
from core.excel import CellValue, ReadSheet
from desks.imports.isian_book.known import SEARCH_ROWS, plain_head
from desks.isian_fields import HEADS, ITEM_HEAD, KODE_HEAD, OPD_HEAD, ROW_FIELDS, one_line

_VALUE: Final = re.compile(r"usulan(?:\s+(\d{4}))?")
_PAIR: Final = re.compile(r"(sumber dana|pagu)\s+(\d{1,2})(?:\s+\(rp\))?")
_ROW_HEADS: Final = {HEADS[name].casefold(): name for name in ROW_FIELDS[1:]} | {ITEM_HEAD.casefold(): "item"}
_SUPPORT_HEADS: Final = {
    ITEM_HEAD.casefold(): "item", KODE_HEAD.casefold(): "kode", OPD_HEAD.casefold(): "opd",
    **{HEADS[name].casefold(): name for name in ("volume", "volume_unit", "places", "hapus")},
}  # fmt: skip


@dataclass(frozen=True)
class Columns:
    """The heads of one sheet: its row and the column of each name, from 0. Pairs of pagu are `source.1`, `amount.1`, …"""

    row: int
    at: dict[str, int]
    is_supports: bool

    def content(self, sheet: ReadSheet, place: int, name: str) -> CellValue:
        """What stands in a column of a row."""
        row, column = sheet.rows[place], self.at.get(name, -1)
        return row[column] if 0 <= column < len(row) else None

    def code(self, sheet: ReadSheet, place: int, name: str) -> str:
        """A code; one that Excel made a whole number as its digits."""
        content = self.content(sheet, place, name)
        if isinstance(content, float) and content.is_integer():
            return str(int(content))
        return "" if content is None else one_line(str(content))

    def address(self, place: int, name: str) -> str:
        """The cell as Excel names it."""
        return f"{get_column_letter(self.at[name] + 1)}{place + 1}"

    @property
    def pairs(self) -> list[str]:
        """The numbers of the pairs of sumber dana and pagu."""
        return sorted({name.partition(".")[2] for name in self.at if name.startswith(("source.", "amount."))}, key=int)


def find_columns(sheet: ReadSheet, year: int) -> Columns | None:
    """The columns of a sheet of targets or of sub kegiatan; None for any other sheet. InvalidInput for heads of another year or twice."""
    for place, row in enumerate(sheet.rows[:SEARCH_ROWS]):
        heads = [plain_head(value) for value in row]
        if ITEM_HEAD.casefold() not in heads:
            continue
        if KODE_HEAD.casefold() in heads and OPD_HEAD.casefold() in heads:
            return Columns(place, _placed(sheet.name, heads, _support_name), True)
        if any(_VALUE.fullmatch(head) for head in heads):
            _require_year(sheet.name, heads, year)
            return Columns(place, _placed(sheet.name, heads, _row_name), False)
    return None


def _row_name(head: str) -> str:
    return "value" if _VALUE.fullmatch(head) else _ROW_HEADS.get(head, "")


def _support_name(head: str) -> str:
    if pair := _PAIR.fullmatch(head):
        return f"{'source' if pair[1] == 'sumber dana' else 'amount'}.{int(pair[2])}"
    return _SUPPORT_HEADS.get(head, "")


def _placed(sheet: str, heads: list[str], name_of) -> dict[str, int]:  # type: ignore[no-untyped-def]
    found: dict[str, int] = {}
    for column, head in enumerate(heads):
        name = name_of(head) if head else ""
        if name and name in found:
            first, second = (get_column_letter(each + 1) for each in (found[name], column))
            raise InvalidInput(
                f"Lembar {sheet}: kolom “{head}” ada dua kali ({first} dan {second}). Hapus salah satunya.",
                code="header_twice",
            )
        if name:
            found[name] = column
    return found


def _require_year(sheet: str, heads: list[str], year: int) -> None:
    for head in heads:
        found = _VALUE.fullmatch(head)
        if found and found[1] and int(found[1]) != year:
            raise InvalidInput(
                f"Lembar {sheet} berisi usulan tahun {found[1]}, bukan {year}. Unduh berkas tahun {year}.",
                code="other_year",
            )
