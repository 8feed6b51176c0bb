"""Pagu from a workbook or CSV: OPD and bidang by code, money in the unit of the sheet; taken whole or not at all, every bad row named."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from accounts.actors import Actor
from accounts.models import Institution
from core.dates import read_date
from core.errors import InvalidInput
from core.imports import Table, TableRow, read_table
from core.money import Unit
from planning.models import BidangUrusan, Pagu
from planning.services.pagu import PaguWrite, read_amount

OFFICE: Final = "kode perangkat daerah"
FIELD: Final = "kode bidang"
HEAD: Final = re.compile(r"pagu(?: (\d{4}))?(?: \((?:rp ?)?(ribu|juta|miliar)?\))?")
SETTLED: Final = {"": True, "sementara": True, "tetap": False}


def read_pagu(actor: Actor, year: int, content: bytes, name: str, unit: Unit) -> list[PaguWrite]:
    """The rows of the file against what stands; empty amounts are left out. FileRefused names every bad row."""
    table = read_table(content, name, (OFFICE, FIELD))
    column = _column(table, year, unit)
    offices = dict(Institution.objects.filter(region_id=actor.region_id, active=True).values_list("kode", "pk"))
    fields = dict(BidangUrusan.objects.values_list("kode", "pk"))
    stored = Pagu.objects.visible_to(actor).filter(year=year)
    versions = {(row.institution_id, row.bidang_id): row.version for row in stored}
    found: dict[tuple[int, int], PaguWrite] = {}
    for row in table.rows:
        try:
            write = _write(row, column, offices, fields, versions)
            if write is None or read_amount(write, unit) is None:
                continue
            key = (write.institution, write.bidang)
            if key in found:
                raise InvalidInput("Perangkat daerah dan bidang ini sudah ada pada baris sebelumnya.")
            found[key] = write
        except InvalidInput as error:
            table.reader.refuse(row.line, error.message)
    table.reader.check()
    return list(found.values())


def _column(table: Table, year: int, unit: Unit) -> str:
    """The column of amounts; refused where its head names another year or unit than was chosen."""
    heads = [(name, match) for name in table.columns if (match := HEAD.fullmatch(name.replace("(rp)", "").strip()))]
    if len(heads) != 1:
        table.reader.refuse(1, f"Harus ada satu kolom pagu, misalnya “Pagu {year} ({unit.label})”.")
        table.reader.check()
    name, match = heads[0]
    if match[1] and int(match[1]) != year:
        table.reader.refuse(1, f"Kolom “{name}” untuk tahun {match[1]}, sedangkan halaman ini untuk {year}.")
    said = Unit(match[2]) if match[2] else Unit.RP if "(rp)" in name else None
    if said is not None and said != unit:
        table.reader.refuse(
            1, f"Judul kolom menyebut {said.label}, sedangkan yang dipilih {unit.label}. Samakan salah satunya."
        )
    table.reader.check()
    return name


def _write(
    row: TableRow, column: str, offices: dict[str, int], fields: dict[str, int], versions: dict[tuple[int, int], int]
) -> PaguWrite | None:
    office, field_ = row.code(OFFICE), row.code(FIELD)
    if office not in offices:
        raise InvalidInput(f"Kode perangkat daerah “{office}” tidak ada di daerah Anda.")
    if field_ not in fields:
        raise InvalidInput(f"Kode bidang “{field_}” tidak dikenal. Tulis misalnya 1.02, sebagai teks.")
    cell = row.cells.get(column)
    if cell is None:
        return None
    if not isinstance(cell, str | int | float):
        raise InvalidInput("Kolom pagu berisi tanggal, bukan jumlah uang.")
    status = row.text("status").casefold()
    if status not in SETTLED:
        raise InvalidInput(f"Status “{status}” tidak dikenal; tulis sementara atau tetap.")
    key = (offices[office], fields[field_])
    return PaguWrite(*key, cell, SETTLED[status], row.text("dasar"), _date(row), versions.get(key, 0))


def _date(row: TableRow) -> dt.date | None:
    cell = row.cells.get("tanggal dasar")
    if isinstance(cell, dt.datetime):
        return cell.date()
    return cell if isinstance(cell, dt.date) else read_date(row.text("tanggal dasar"))
