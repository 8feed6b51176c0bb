"""The lines of a document from our template: codes looked up, years and money read, every bad row named, nothing half taken."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from accounts.choices import REGIONAL_KINDS, RegionLevel
from accounts.models import Institution, Region
from core.errors import InvalidInput
from core.imports import Table, TableRow
from core.money import Unit, parse_money
from planning.choices import GovLevel, LineLevel, NomenclatureLevel
from planning.models import Nomenclature
from planning.services.documents import DocumentHead, LineData, YearData

COLUMNS: Final = ("kode baris", "uraian")
"""Without these no table is recognised; the others may be absent."""

HEADS: Final = (
    "Kode baris", "Kode induk", "Jenjang", "Uraian", "Kode nomenklatur", "Kode pelaksana", "Kode wilayah", "Lokasi", "Kode indikator",
    "Indikator", "Satuan",
)  # fmt: skip
YEARLY: Final = re.compile(r"(target|pagu) (\d{4})(?: \((?:rp ?)?(ribu|juta|miliar)?\))?", re.IGNORECASE)
LEVELS: Final = {level.label.casefold(): level for level in LineLevel} | {level.value: level for level in LineLevel}
LONGEST: Final = {"kode baris": 60, "uraian": 500, "lokasi": 300, "indikator": 500, "satuan": 60}
INDICATOR: Final = "kode indikator"


@dataclass(frozen=True)
class YearColumn:
    """A column of one year: `target 2027`, or `pagu 2027 (ribu)` with its unit."""

    name: str
    what: str
    year: int
    unit: Unit


class Catalogue:
    """What rows may name, read once for the whole file."""

    def __init__(self, owner: Institution, table: Table) -> None:
        self.owner = owner
        level = GovLevel.KABKOTA if owner.region.level == RegionLevel.KABKOTA else GovLevel.PROVINSI
        kinds = REGIONAL_KINDS if owner.kind in REGIONAL_KINDS else None
        places = Institution.objects.filter(region_id=owner.region_id)
        self.institutions = {
            row.kode: row.pk for row in (places.filter(kind__in=kinds) if kinds else places) if row.active
        }
        wanted = {_code(row, "kode wilayah") for row in table.rows} - {""}
        self.regions = dict(Region.objects.filter(kode__in=wanted).values_list("kode", "pk"))
        named = Nomenclature.objects.filter(gov_level=level).order_by("version__valid_from", "version__code")
        codes = {_code(row, "kode nomenklatur") for row in table.rows} - {""}
        self.nomenclature = {
            kode: (pk, rank) for kode, pk, rank in named.filter(kode__in=codes).values_list("kode", "pk", "level")
        }

    def of(self, row: TableRow, column: str) -> int | None:
        """The row that a code names; None for an empty cell, InvalidInput for an unknown code."""
        code = row.code(column)
        known = {"kode pelaksana": self.institutions, "kode wilayah": self.regions}[column]
        if code and code not in known:
            raise InvalidInput(f"{column.capitalize()} “{code}” tidak dikenal. Periksa lembar Kode pada templat.")
        return known.get(code)

    def line_of_nomenclature(self, row: TableRow) -> tuple[int | None, str]:
        """Key and level of the nomenclature row."""
        code = row.code("kode nomenklatur")
        if code and code not in self.nomenclature:
            raise InvalidInput(
                f"Kode nomenklatur “{code}” tidak ada. Kosongkan selnya bila baris ini tanpa nomenklatur."
            )
        return self.nomenclature.get(code, (None, ""))


def read_lines(table: Table, head: DocumentHead) -> list[LineData]:
    """The lines of the table in their order. Bad rows wait in `table.reader`; call its `check()` once everything has been read."""
    columns = year_columns(table, head)
    catalogue = Catalogue(head.owner, table)
    lines: dict[str, LineData] = {}
    at: dict[str, int] = {}
    for row in table.rows:
        try:
            line = _line(row, columns, catalogue)
            if line.code in at:
                raise InvalidInput(f"Kode baris {line.code} sudah ada pada baris {at[line.code]}.")
            lines[line.code], at[line.code] = line, row.line
        except InvalidInput as error:
            table.reader.refuse(row.line, error.message)
    placed = [_placed(line, lines) for line in lines.values()]
    parents = {line.code: line.parent for line in placed}
    for line in placed:
        if line.parent and line.parent not in lines:
            table.reader.refuse(
                at[line.code], f"Kode induk “{line.parent}” tidak ada sebagai kode baris dalam berkas ini."
            )
        elif _circles(line, parents):
            table.reader.refuse(at[line.code], f"Baris {line.code} berada di bawah dirinya sendiri.")
    return placed


def year_columns(table: Table, head: DocumentHead) -> list[YearColumn]:
    """The columns of years that the file has; refused where a year is not the document's."""
    found = []
    for name in table.columns:
        match = YEARLY.fullmatch(name.replace("(rp)", "").strip())
        if match is None:
            continue
        year = int(match[2])
        if not head.year_from <= year <= head.year_to:
            table.reader.refuse(1, f"Kolom “{name}” di luar tahun dokumen ({head.year_from}–{head.year_to}).")
        found.append(YearColumn(name, match[1].casefold(), year, Unit(match[3] or "rp")))
    table.reader.check()
    if not found:
        table.reader.refuse(
            1, f"Tidak ada kolom target atau pagu, misalnya “Target {head.year_from}” dan “Pagu {head.year_from} (Rp)”."
        )
        table.reader.check()
    return found


def _line(row: TableRow, columns: list[YearColumn], catalogue: Catalogue) -> LineData:
    code, text = row.code("kode baris"), row.text("uraian")
    if not code or not text:
        raise InvalidInput("Kode baris dan uraian harus diisi.")
    for column, most in LONGEST.items():
        if len(row.text(column)) > most:
            raise InvalidInput(f"Kolom {column} lebih dari {most} huruf.")
    nomenclature, rank = catalogue.line_of_nomenclature(row)
    return LineData(
        code=code, text=text, parent=row.code("kode induk"), level=_level(row.text("jenjang"), rank), nomenclature=nomenclature,
        institution=catalogue.of(row, "kode pelaksana"), region=catalogue.of(row, "kode wilayah"), location=row.text("lokasi"),
        indicator_text=row.text("indikator"), unit=row.text("satuan"), years=_years(row, columns),
    )  # fmt: skip


def _level(text: str, rank: str) -> str:
    if not text:
        return LineLevel(rank).value if rank in NomenclatureLevel.values else ""
    level = LEVELS.get(text.casefold())
    if level is None:
        raise InvalidInput(f"Jenjang “{text}” tidak dikenal. Tulis {', '.join(LineLevel.labels)}, atau kosongkan.")
    return level.value


def _years(row: TableRow, columns: list[YearColumn]) -> dict[int, YearData]:
    targets = {each.year: row.text(each.name) for each in columns if each.what == "target"}
    if any(len(target) > 200 for target in targets.values()):
        raise InvalidInput("Target lebih dari 200 huruf.")
    amounts: dict[int, tuple[int, str]] = {}
    for each in columns:
        cell = row.cells.get(each.name)
        if each.what != "pagu" or cell is None or str(cell).strip() in ("", "-", "–"):
            continue
        if not isinstance(cell, str | int | float):
            raise InvalidInput(f"Kolom {each.name} berisi tanggal, bukan jumlah uang.")
        money = parse_money(cell, each.unit)
        if money.rupiah < 0:
            raise InvalidInput(f"Pagu pada kolom {each.name} negatif.")
        amounts[each.year] = (money.rupiah, money.unit.value)
    return {
        year: YearData(targets.get(year, ""), *amounts.get(year, (None, "rp")))
        for year in sorted(targets.keys() | amounts.keys())
        if targets.get(year) or year in amounts
    }


def _placed(line: LineData, lines: dict[str, LineData]) -> LineData:
    """A line without kode induk stands under the longest code of the file that its own begins with."""
    if line.parent or "." not in line.code:
        return line
    parts = line.code.split(".")
    for n in range(len(parts) - 1, 0, -1):
        above = ".".join(parts[:n])
        if above in lines:
            return LineData(**{**line.__dict__, "parent": above})
    return line


def _circles(line: LineData, parents: dict[str, str]) -> bool:
    seen, code = set[str](), line.code
    while code and code not in seen:
        seen.add(code)
        code = parents.get(code, "")
    return bool(code)


def _code(row: TableRow, column: str) -> str:
    try:
        return row.code(column)
    except InvalidInput:
        return ""
