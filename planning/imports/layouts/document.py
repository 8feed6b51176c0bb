"""Rows of a planning document: sub kegiatan lists of RKPD and Renja, five-year tables of Renstra, indicator tables of RPJMD and RPJMN."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, Protocol

from accounts.choices import REGIONAL_KINDS, RegionLevel
from core.errors import InvalidInput
from core.imports.raw import RawSheet
from planning.choices import DocumentKind, GovLevel, RowOutcome
from planning.imports.layouts.cells import read_money, read_target
from planning.imports.layouts.codes import WHOLE, CodeBook, Match, plain_words, same_words, split_code
from planning.imports.layouts.fields import Column
from planning.imports.layouts.headers import Header
from planning.imports.layouts.offices import OfficeBook
from planning.imports.layouts.rows import Cells, ReadRow, data_rows
from planning.services.documents import DocumentHead

CODED: Final = (DocumentKind.RKPD, DocumentKind.RENJA_PD, DocumentKind.RENSTRA_PD, DocumentKind.APBD)
"""Kinds whose lines are rows of the nomenclature."""
NEEDS_CODE: Final = (DocumentKind.RKPD, DocumentKind.RENJA_PD, DocumentKind.APBD)
LONGEST: Final = {"uraian": 500, "indikator": 500, "satuan": 60, "lokasi": 300}
UNIT_BEHIND: Final = re.compile(r"(.+?)\s*\(([^()\d]{1,30})\)")


class Tie(Protocol):
    """What an app above knows of indicators: which one a row names, and whether its targets can be figures of it."""

    def find(self, code: str, name: str) -> tuple[int, str] | None:
        """Key of the indicator and a remark, None where the row names none. InvalidInput for an unknown code."""

    def objection(self, indicator: int, targets: dict[int, str]) -> str:
        """Why these targets cannot be figures of the indicator, '' where they can."""


class DocumentReader:
    """Reads the rows of one file for one document; what it needs of the database is read once."""

    def __init__(self, head: DocumentHead, columns: list[Column], tie: Tie) -> None:
        self.head, self.columns, self.tie = head, columns, tie
        self.mapped = {column.field for column in columns}
        self.has_code = any(
            name == "kode_uraian" or (name.startswith("kode") and name != "kode_indikator") for name in self.mapped
        )
        regional = head.owner.kind in REGIONAL_KINDS
        level = GovLevel.KABKOTA if head.owner.region.level == RegionLevel.KABKOTA else GovLevel.PROVINSI
        self.codes = CodeBook(level) if regional else None
        self.offices = OfficeBook(head.owner)
        self.used: dict[str, int] = {}
        self.seen: dict[tuple[Any, ...], int] = {}
        self.last: Match | None = None

    def rows(self, sheet: RawSheet, header: Header) -> Iterator[ReadRow]:
        """Every row that is not empty, in order, with what became of it."""
        for cells in data_rows(sheet, header, self.columns):
            if not cells.cells:
                yield cells.read
                continue
            try:
                self._row(cells)
            except InvalidInput as error:
                cells.read.refuse(error.message)
            yield cells.read

    def _row(self, cells: Cells) -> None:
        read = cells.read
        code_text, name = "", cells.text("uraian")
        if "kode_uraian" in self.mapped:
            code_text, name = split_code(cells.text("kode_uraian"))
        indicator, unit = cells.text("indikator"), cells.text("satuan")
        read.text, read.code = (name or indicator)[:500], (code_text or ".".join(map(_plain, cells.code_cells)))[:60]
        years, unit = self._years(cells, unit)
        match = self._match(cells, code_text, name, bool(years), indicator)
        if match is None:
            return
        read.code = match.code
        name = name or (match.nomenclature.name if match.nomenclature else "") or indicator
        if not name:
            raise InvalidInput("Uraian kosong.")
        read.text = name[:500]
        if not unit and indicator and (behind := UNIT_BEHIND.fullmatch(indicator)):
            unit = behind[2].strip()
        line = {"text": name, "level": match.level, "nomenclature": match.nomenclature.pk if match.nomenclature else None,
                "indicator_text": indicator, "unit": unit, "location": cells.text("lokasi"), "institution": self._office(cells)}  # fmt: skip
        self._too_long(line)
        self._refuse_twice(read, match.code, line, years)
        self._remember(read, match, line, years, cells)

    def _remember(
        self, read: ReadRow, match: Match, line: dict[str, Any], years: dict[int, list[Any]], cells: Cells
    ) -> None:
        if match.repaired:
            read.say(RowOutcome.REPAIRED, match.repaired)
        for warning in match.warnings:
            read.say(RowOutcome.WARNED, warning)
        no = self.used.get(match.code, 0) + 1
        self.used[match.code] = no
        self.last = match
        line |= {"code": match.code if no == 1 else f"{match.code}#{no}", "years": years}
        read.data = {"line": line, "indicator": self._tied(cells, line, years)}

    def _match(self, cells: Cells, code_text: str, name: str, has_numbers: bool, indicator: str) -> Match | None:
        """The code of the row; None where the row is a title without one."""
        spelled: list[Any] = [code_text] if code_text else cells.code_cells
        coded = self.codes is not None and self.head.kind in CODED
        if (
            spelled
            and self.codes is not None
            and (coded or WHOLE.fullmatch(str(spelled[0]).strip().upper()) and "." in str(spelled[0]))
        ):
            return self.codes.match(spelled, name)
        if spelled and not coded:
            return self._own(".".join(part for value in spelled if (part := _plain(value))), cells.read.line)
        if self.has_code and coded and not name and self.last and (has_numbers or indicator):
            return Match(self.last.code, self.last.level, self.last.nomenclature)
        if self.has_code and self.head.kind in NEEDS_CODE:
            if not has_numbers and not indicator:
                cells.read.say(RowOutcome.SKIPPED, "Baris judul tanpa kode.")
                return None
            raise InvalidInput("Kode kosong.")
        if not has_numbers and not indicator and not name:
            cells.read.say(RowOutcome.SKIPPED, "Baris tanpa isi pada kolom yang dipakai.")
            return None
        return self._own("", cells.read.line)

    def _own(self, code: str, line: int) -> Match:
        """A code of the document's own, or the line's number where it has none."""
        if len(code) > 50:
            raise InvalidInput("Kode baris lebih dari 50 huruf.")
        return Match(code or f"B{line:04}")

    def _years(self, cells: Cells, unit: str) -> tuple[dict[int, list[Any]], str]:
        """What the row says of each year as [target, rupiah, unit of money], and the unit of its targets."""
        found: dict[int, list[Any]] = {}
        for column in self.columns:
            what, _, offset = column.field.partition("@")
            if not offset or cells.cells.get(column.field) is None:
                continue
            year = self.head.year_from + int(offset)
            said = found.setdefault(year, ["", None, "rp"])
            if what == "target":
                said[0], glued = read_target(cells.cells[column.field])
                if glued and unit and not same_words(glued, unit):
                    cells.read.say(RowOutcome.WARNED, f"Satuan target {year} “{glued}” berbeda dari “{unit}”.")
                unit = unit or glued
            else:
                said[1], said[2], rounded = read_money(cells.cells[column.field], column.unit)
                if rounded:
                    cells.read.say(RowOutcome.REPAIRED, f"Pagu {year} dibulatkan ke rupiah penuh.")
        return {year: said for year, said in found.items() if said[0] or said[1] is not None}, unit

    def _office(self, cells: Cells) -> int | None:
        text = cells.text("pelaksana") or cells.office
        if not text:
            return None
        found = self.offices.find(text)
        if found is None:
            cells.read.say(RowOutcome.WARNED, f"Perangkat daerah “{text[:80]}” tidak dikenali; dimuat tanpa pelaksana.")
        return found.pk if found else None

    def _too_long(self, line: dict[str, Any]) -> None:
        for name, key in (
            ("uraian", "text"),
            ("indikator", "indicator_text"),
            ("satuan", "unit"),
            ("lokasi", "location"),
        ):
            if len(line[key]) > LONGEST[name]:
                raise InvalidInput(f"Kolom {name} lebih dari {LONGEST[name]} huruf.")

    def _refuse_twice(self, read: ReadRow, code: str, line: dict[str, Any], years: dict[int, list[Any]]) -> None:
        if code.startswith("B0"):
            return
        key = (code, *(str(value) for value in line.values()), str(years))
        if key in self.seen:
            raise InvalidInput(f"Sama persis dengan baris {self.seen[key]}.")
        self.seen[key] = read.line

    def _tied(self, cells: Cells, line: dict[str, Any], years: dict[int, list[Any]]) -> int | None:
        """The indicator of the portal that the row states figures of."""
        targets = {year: said[0] for year, said in years.items() if said[0]}
        name = line["indicator_text"]
        behind = UNIT_BEHIND.fullmatch(name)
        found = (
            self.tie.find(cells.code("kode_indikator"), plain_words(behind[1] if behind else name)) if targets else None
        )
        if found is None:
            return None
        pk, remark = found
        if objection := self.tie.objection(pk, targets):
            cells.read.say(RowOutcome.WARNED, objection)
            return None
        if remark:
            cells.read.say(RowOutcome.WARNED, remark)
        return pk


def _plain(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split()).strip(".")
