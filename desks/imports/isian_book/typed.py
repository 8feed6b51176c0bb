"""The editable cells of one row that differ from what stood there when the workbook was made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.errors import DomainError, InvalidInput
from core.excel import ReadSheet
from core.money import parse_money
from core.numbers import format_number, parse_number
from core.values import parse_value
from desks.imports.cells import CellText, read_cell
from desks.imports.isian_book.columns import Columns
from desks.imports.isian_book.known import Choices
from desks.isian_fields import (
    ADDED,
    APPLIES,
    PAGU,
    REMOVE,
    REMOVE_WORD,
    ROW_FIELDS,
    number_key,
    one_line,
    places_key,
    text_key,
    value_key,
)

_LABELS = {label.casefold(): code for code, label in APPLIES.items()}
_SUPPORT_FIELDS = ("volume", "volume_unit", "places", REMOVE)
_WORDS = frozenset({"applicability", "applicability_reason", "proposal_note", "volume_unit", "places", REMOVE})


@dataclass
class ReadCell:
    """A typed cell: `text` is what the service reads, `mine` its canonical text (None where only the indicator can tell)."""

    field: str
    at: str
    text: str
    mine: str | None = None
    number: bool = False
    problem: str = ""
    remark: str = ""


Base = Mapping[str, str] | None


def row_typed(
    sheet: ReadSheet, columns: Columns, place: int, base: Base, choices: Choices
) -> tuple[list[ReadCell], int]:
    """The typed cells of a row of targets, and how many were left alone."""
    found = [_cell(sheet, columns, place, name, choices) for name in ROW_FIELDS if name in columns.at]
    return _touched(found, base)


def support_typed(
    sheet: ReadSheet, columns: Columns, place: int, base: Base, choices: Choices, wish: str
) -> tuple[list[ReadCell], int]:
    """The typed cells of a row of sub kegiatan, and how many were left alone; `wish` is the kode that a new row asks for."""
    found = [_cell(sheet, columns, place, name, choices) for name in _SUPPORT_FIELDS if name in columns.at]
    found += _funds(sheet, columns, place, base, choices)
    if base is None and wish:
        found.insert(0, ReadCell(ADDED, columns.address(place, "kode"), "" if wish == ADDED else wish, wish))
    return _touched(found, base)


def _touched(found: list[ReadCell], base: Base) -> tuple[list[ReadCell], int]:
    typed = [cell for cell in found if _is_typed(cell, (base or {}).get(cell.field, ""))]
    return typed, len(found) - len(typed)


def _is_typed(cell: ReadCell, base: str) -> bool:
    if cell.problem:
        # An empty cell under a merged area took nothing away where nothing stood.
        return bool(cell.text or base) or "rumus" in cell.problem
    if cell.mine is not None:
        return cell.mine != base
    return _written_out(cell.text) != base


def _written_out(text: str) -> str:
    """A target in words or as a range, as the workbook writes them: without the indicator it shows only whether the cell was left alone."""
    try:
        return value_key(parse_value(text, dot="thousands"))
    except DomainError:
        return f"={one_line(text).casefold()}"


def _cell(sheet: ReadSheet, columns: Columns, place: int, name: str, choices: Choices) -> ReadCell:
    read = read_cell(columns.content(sheet, place, name), sheet.marks, (place, columns.at[name]), words=name in _WORDS)
    cell = ReadCell(name, columns.address(place, name), read.text, None, read.number, read.problem, read.remark)
    if cell.problem:
        return cell
    try:
        cell.mine = _canonical(cell, choices)
    except DomainError as error:
        cell.problem = error.message
    return cell


def _canonical(cell: ReadCell, choices: Choices) -> str | None:
    text = cell.text
    if cell.field == "value":
        if not text or text in ("-", "–", "—"):
            return ""
        return number_key(parse_number(text, decimals=2)) if cell.number else None
    if cell.field == "volume":
        return _volume(cell)
    if cell.field == "applicability":
        return _applicability(cell)
    if cell.field == "places":
        kodes = choices.places_of(text)
        cell.text = places_key(kodes)
        return cell.text
    if cell.field == REMOVE:
        if text and text.casefold() not in (REMOVE_WORD, "ya", "x"):
            raise InvalidInput(f"Tulis “{REMOVE_WORD}” untuk menghapus baris ini, atau kosongkan.")
        return REMOVE_WORD if text else ""
    return text_key(text)


def _volume(cell: ReadCell) -> str:
    if not cell.text:
        return ""
    if "%" in cell.text:
        raise InvalidInput("Volume bukan persen. Ubah format sel menjadi Angka, lalu tulis volumenya.")
    number = parse_number(cell.text, decimals=4 if "," in cell.text else 0, dot="thousands")
    if number < 0:
        raise InvalidInput("Volume tidak boleh negatif.")
    return number_key(number)


def _applicability(cell: ReadCell) -> str:
    """An emptied cell says that the row applies, as most do."""
    code = _LABELS.get(one_line(cell.text).casefold() or "relevan")
    if code is None:
        raise InvalidInput("Pilih Relevan, Tidak relevan, atau Data belum tersedia.")
    cell.text = code
    return code


def _funds(sheet: ReadSheet, columns: Columns, place: int, base: Base, choices: Choices) -> list[ReadCell]:
    """One cell for each sumber dana that stands in the row or stood there; the pairs may be in any order."""
    pairs = [no for no in columns.pairs if {f"source.{no}", f"amount.{no}"} <= set(columns.at)]
    found: dict[str, ReadCell] = {}
    for cell in (each for no in pairs if (each := _pair(sheet, columns, place, no, choices)) is not None):
        if cell.field in found and not cell.problem:
            cell.problem = (
                f"Sumber dana {cell.field.removeprefix(PAGU)} tercantum dua kali pada baris ini. Gabungkan pagunya."
            )
            cell.field = f"{cell.field}#{cell.at}"
        found[cell.field] = cell
    if pairs:
        found |= {cell.field: cell for cell in _gone(columns, place, pairs, base, found)}
    return list(found.values())


def _gone(
    columns: Columns, place: int, pairs: list[str], base: Base, found: Mapping[str, ReadCell]
) -> Iterator[ReadCell]:
    for name in base or {}:
        if name.startswith(PAGU) and name not in found and not any(cell.problem for cell in found.values()):
            yield ReadCell(name, columns.address(place, f"amount.{pairs[0]}"), "", "")


def _pair(sheet: ReadSheet, columns: Columns, place: int, no: str, choices: Choices) -> ReadCell | None:
    source = read_cell(
        columns.content(sheet, place, f"source.{no}"), sheet.marks, (place, columns.at[f"source.{no}"]), words=True
    )
    amount = read_cell(columns.content(sheet, place, f"amount.{no}"), sheet.marks, (place, columns.at[f"amount.{no}"]))
    if source.empty and amount.empty:
        return None
    at = columns.address(place, f"amount.{no}")
    kode = choices.sources.get(one_line(source.text).casefold())
    if kode is None:
        said = (
            f"Sumber dana “{source.text}” tidak dikenal. Pilih dari daftar."
            if source.text
            else "Sumber dana untuk pagu ini belum dipilih."
        )
        return ReadCell(
            f"{PAGU}?{no}", columns.address(place, f"source.{no}"), amount.text or source.text, None, problem=said
        )
    cell = ReadCell(
        f"{PAGU}{kode}", at, amount.text, None, amount.number, amount.problem or source.problem, amount.remark
    )
    if not cell.problem:
        _money(cell, amount)
    return cell


def _money(cell: ReadCell, amount: CellText) -> None:
    if not amount.text:
        cell.mine = ""
        return
    try:
        read = parse_money(amount.text)
        if read.rupiah < 0:
            raise InvalidInput("Pagu tidak boleh negatif.")
    except DomainError as error:
        cell.problem = error.message
        return
    if read.rounded:
        cell.remark = f"Sen dibulatkan menjadi Rp{format_number(read.rupiah)}."
    cell.text = cell.mine = number_key(Decimal(read.rupiah))
