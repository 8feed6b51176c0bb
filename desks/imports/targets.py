"""Reading a workbook of targets that came back: by header text, whatever the order of rows, columns and sheets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from core.errors import AmbiguousNumber, DomainError, InvalidInput
from core.excel import CellValue, read_rows, sheet_names
from core.values import Value, format_value
from desks.exports.targets import HEADS, MARK
from desks.imports.cells import target_text
from desks.reading import read_target
from desks.selectors.targets import TargetCell
from desks.services.targets import TargetWrite

SEARCH_ROWS: Final = 30
MAX_ROWS: Final = 20_000
_WANTED: Final = ("indicator", "region", "new", "version")
_NAMES: Final = {
    "new": "baru",
    "changed": "berubah",
    "same": "sama",
    "conflict": "bentrok",
    "refused": "ditolak",
    "ask": "ambigu",
}


@dataclass(frozen=True)
class ReadTarget:
    """One filled cell of the workbook and what taking it over would mean."""

    line: int
    indicator: str
    region: str
    name: str
    region_name: str
    before: str
    text: str
    shown: str
    status: str
    message: str = ""
    version: int = 0

    @property
    def label(self) -> str:
        """The status in Indonesian."""
        return _NAMES[self.status]

    @property
    def valid(self) -> bool:
        """Whether accepting writes it."""
        return self.status in ("new", "changed")


@dataclass(frozen=True)
class _Filled:
    line: int
    indicator: str
    region: str
    content: CellValue
    version: str


def read_targets(
    content: bytes, *, round_code: str, desk_code: str, plan_year: int, cells: Iterable[TargetCell], dot: str = "ask"
) -> list[ReadTarget]:
    """What the workbook wants, compared with the targets that stand now. InvalidInput where it is not a workbook for this desk."""
    rows, names = _table(content, round_code, desk_code, plan_year)
    known = {(cell.indicator, cell.region): cell for cell in cells}
    filled = list(_filled(rows, names))
    places: dict[tuple[str, str], list[int]] = {}
    for one in filled:
        places.setdefault((one.indicator, one.region), []).append(one.line)
    return [
        _judge(one, known.get((one.indicator, one.region)), places[(one.indicator, one.region)], dot) for one in filled
    ]


def writes_of(targets: Iterable[ReadTarget], dot: str) -> list[TargetWrite]:
    """What accepting all valid rows asks of the service."""
    return [TargetWrite(row.indicator, row.region, row.text, row.version, dot) for row in targets if row.valid]


def _table(
    content: bytes, round_code: str, desk_code: str, plan_year: int
) -> tuple[list[tuple[int, list[CellValue]]], dict[str, int]]:
    mark = ""
    found: tuple[list[tuple[int, list[CellValue]]], dict[str, int]] | None = None
    for sheet in sheet_names(content):
        rows = read_rows(content, sheet, errors=True)
        mark = mark or _mark(rows)
        found = found or _below_header(rows)
    _check_mark(mark, round_code, desk_code, plan_year)
    if found is None:
        missing = ", ".join(f"“{HEADS[name]}”" for name in _WANTED)
        raise InvalidInput(f"Judul kolom tidak ditemukan. Berkas harus memuat kolom {missing}.", code="header_missing")
    if len(found[0]) > MAX_ROWS:
        raise InvalidInput(f"Paling banyak {MAX_ROWS} baris dalam satu berkas.", code="too_many_rows")
    return found


def _mark(rows: Sequence[Sequence[CellValue]]) -> str:
    for row in rows[:SEARCH_ROWS]:
        for value in row:
            if isinstance(value, str) and MARK in value:
                return value[value.index(MARK) :].strip()
    return ""


def _check_mark(mark: str, round_code: str, desk_code: str, plan_year: int) -> None:
    if not mark:
        raise InvalidInput(
            "Berkas ini bukan berkas target dari portal: identitas berkas tidak ada. Unduh dahulu berkasnya di halaman ini.",
            code="not_ours",
        )
    _, found_round, found_desk, year = [*mark.split("|"), "", "", ""][:4]
    if year != str(plan_year):
        raise InvalidInput(
            f"Berkas ini untuk tahun {year}, bukan {plan_year}. Unduh berkas tahun ini.", code="other_year"
        )
    if found_round != round_code:
        raise InvalidInput("Berkas ini dari penyelenggaraan lain. Unduh berkas dari halaman ini.", code="other_round")
    if found_desk != desk_code:
        raise InvalidInput(f"Berkas ini untuk desk {found_desk}, bukan desk {desk_code}.", code="other_desk")


def _below_header(
    rows: Sequence[Sequence[CellValue]],
) -> tuple[list[tuple[int, list[CellValue]]], dict[str, int]] | None:
    heads = {_plain_text(text): name for name, text in HEADS.items()}
    for place, row in enumerate(rows[:SEARCH_ROWS]):
        names: dict[str, int] = {}
        for column, value in enumerate(row):
            name = heads.get(_plain_text(value)) if isinstance(value, str) else None
            if name and name in names and name in _WANTED:
                raise InvalidInput(
                    f"Kolom “{HEADS[name]}” tercantum dua kali. Hapus salah satunya.", code="header_twice"
                )
            if name:
                names[name] = column
        if all(name in names for name in _WANTED):
            return [(place + 2 + offset, list(line)) for offset, line in enumerate(rows[place + 1 :])], names
    return None


def _plain_text(value: str) -> str:
    return " ".join(value.split()).casefold()


def _filled(rows: Iterable[tuple[int, list[CellValue]]], names: dict[str, int]) -> Iterable[_Filled]:
    for line, row in rows:
        content = row[names["new"]]
        if content is None or (isinstance(content, str) and not content.strip()):
            continue
        yield _Filled(
            line, _code(row[names["indicator"]]), _region(row[names["region"]]), content, _code(row[names["version"]])
        )


def _code(value: CellValue) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


def _region(value: CellValue) -> str:
    """A code that Excel made a number gets its leading zero back ('0' is the nation's '00')."""
    text = _code(value)
    return text.zfill(2) if text.isdecimal() else text


def _judge(one: _Filled, cell: TargetCell | None, places: list[int], dot: str) -> ReadTarget:
    def result(status: str, message: str = "", text: str = "", shown: str = "", version: int = 0) -> ReadTarget:
        return ReadTarget(
            one.line, one.indicator, one.region, cell.name if cell else one.indicator, cell.region_name if cell else one.region,
            cell.text if cell else "", text or _as_written(one.content), shown, status, message, version,
        )  # fmt: skip

    if cell is None:
        return result("refused", "Indikator atau wilayah ini tidak ada pada desk ini.")
    if len(places) > 1:
        lines = ", ".join(str(line) for line in places)
        return result("refused", f"Tercantum lebih dari sekali, pada baris {lines}. Sisakan satu.")
    if not cell.editable:
        return result("refused", cell.refusal or "Target indikator ini diisi oleh pengampunya.")
    try:
        text = target_text(one.content, cell.decimals)
        value = read_target(text, unit=cell.unit, decimals=cell.decimals, dot=dot, in_words=cell.in_words)
    except AmbiguousNumber as error:
        return result("ask", error.message)
    except DomainError as error:
        return result("refused", error.message)
    return _compare(one, cell, value, text, result)


def _compare(
    one: _Filled, cell: TargetCell, value: Value | None, text: str, result: Callable[..., ReadTarget]
) -> ReadTarget:
    shown = format_value(value) or "(dihapus)"
    old = cell.current.value if cell.current else None
    if (old is None and value is None) or (old is not None and old.same_as(value)):
        return result("same", "", text, format_value(old), cell.version)
    if one.version != str(cell.version):
        said = (
            "Versi pada berkas tidak terbaca."
            if not one.version.isdecimal()
            else "Diubah orang lain setelah berkas diunduh."
        )
        return result("conflict", f"{said} Sekarang {cell.text or 'kosong'}.", text, shown, cell.version)
    return result("changed" if old else "new", "", text, shown, cell.version)


def _as_written(content: CellValue) -> str:
    return format_value(Value.point(Decimal(str(content)))) if isinstance(content, float) else str(content)
