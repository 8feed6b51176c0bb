"""Readiness criteria, and the catalogue of rincian output: from the files of facts, or from a workbook or CSV of a K/L."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from accounts.choices import InstitutionKind
from accounts.models import Institution
from core.errors import InvalidInput
from core.excel import read_rows
from core.imports import Loaded, Row, read_file, sync_rows
from core.imports.rows import Reader
from core.money import Unit, parse_money
from core.numbers import parse_number
from planning.models import ReadinessCriterion, RincianOutput

COLUMNS: Final = (
    "tahun", "kode_kl", "kode_ro", "nama", "satuan", "volume", "alokasi", "satuan_alokasi", "kriteria", "sumber",
)  # fmt: skip
CATALOGUE: Final = "rincian_output_simulasi.csv"
LONGEST: Final[Mapping[str, int]] = {"kode_ro": 40, "nama": 500, "satuan": 60, "sumber": 300}


@transaction.atomic
def load_criteria(folder: Path) -> Loaded:
    """The readiness criteria of `kriteria_kesiapan.csv`, in its order."""
    reader = read_file(folder / "kriteria_kesiapan.csv", ("kode", "nama", "lingkup"), key=["kode"])
    order = {row.line: place for place, row in enumerate(reader.rows, start=1)}
    rows = reader.collect(
        lambda row: {"code": row["kode"], "name": row["nama"], "scope": row["lingkup"], "order": order[row.line]}
    )
    return Loaded("Kriteria kesiapan", sync_rows(ReadinessCriterion, rows, ["code"]), reader.remarks)


def load_catalogue(folder: Path) -> Loaded:
    """The small invented catalogue that ships with the portal; every row of it is marked simulasi."""
    reader = read_file(folder / CATALOGUE, COLUMNS, key=["tahun", "kode_kl", "kode_ro"])
    return take_catalogue(reader, simulated=True)


def read_catalogue(path: Path) -> Reader:
    """The rows of a catalogue of a K/L: CSV (UTF-8) or the first sheet of an .xlsx whose head row names `COLUMNS`."""
    if path.suffix.lower() != ".xlsx":
        return read_file(path, COLUMNS, key=["tahun", "kode_kl", "kode_ro"])
    head, *rows = read_rows(path) or [[]]
    names = [str(cell or "").strip().lower() for cell in head]
    reader = Reader(path.name)
    if lacking := [name for name in COLUMNS if name not in names]:
        reader.refuse(1, f"Kolom {', '.join(lacking)} tidak ada.")
    reader.check()
    for line, cells in enumerate(rows, start=2):
        if any(cell is not None for cell in cells):
            texts = {name: _text(cell) for name, cell in zip(names, cells, strict=False)}
            reader.rows.append(Row(line, {name: texts.get(name, "") for name in COLUMNS}))
    return reader


def _text(cell: object) -> str:
    if isinstance(cell, float):
        return format(Decimal(f"{cell:.15g}").normalize(), "f").replace(".", ",")
    return "" if cell is None else str(cell).strip()


@transaction.atomic
def take_catalogue(reader: Reader, *, simulated: bool = False) -> Loaded:
    """Create or change the RO of a catalogue; FileRefused names every bad row and nothing is written."""
    kl = {row.kode: row.pk for row in Institution.objects.filter(kind=InstitutionKind.KL)}
    criteria = dict(ReadinessCriterion.objects.values_list("code", "pk"))
    rows = reader.collect(lambda row: _columns(row, kl, criteria, simulated))
    counts = sync_rows(RincianOutput, [columns for columns, _ in rows], ["year", "kl_id", "code"])
    _set_criteria((columns["year"], columns["kl_id"], columns["code"], wanted) for columns, wanted in rows)
    return Loaded("Rincian output", counts, reader.remarks)


def _columns(
    row: Row, kl: Mapping[str, int], criteria: Mapping[str, int], simulated: bool
) -> tuple[dict[str, Any], list[int]]:
    if row["kode_kl"] not in kl:
        raise InvalidInput(f"K/L “{row['kode_kl']}” tidak dikenal.")
    if not row["tahun"].isdecimal() or not row["kode_ro"] or not row["nama"]:
        raise InvalidInput("Tahun (angka), kode RO, dan nama harus diisi.")
    for name, most in LONGEST.items():
        if len(row[name]) > most:
            raise InvalidInput(f"Kolom {name} paling panjang {most} huruf.")
    unit = row["satuan_alokasi"] or Unit.RIBU.value
    if unit not in Unit.values:
        raise InvalidInput(f"Satuan alokasi “{unit}” tidak dikenal; pakai {', '.join(Unit.values)}.")
    codes = [code.strip() for code in row["kriteria"].split("|") if code.strip()]
    if unknown := [code for code in codes if code not in criteria]:
        raise InvalidInput(f"Kriteria kesiapan {', '.join(unknown)} tidak dikenal.")
    return {
        "year": int(row["tahun"]), "kl_id": kl[row["kode_kl"]], "code": row["kode_ro"], "name": row["nama"], "unit": row["satuan"],
        "volume": parse_number(row["volume"], decimals=0) if row["volume"] else None,
        "amount": parse_money(row["alokasi"], Unit(unit)).rupiah if row["alokasi"] else None,
        "amount_unit": unit, "source": row["sumber"], "simulated": simulated,
    }, [criteria[code] for code in codes]  # fmt: skip


def _set_criteria(wanted: Iterable[tuple[int, int, str, Sequence[int]]]) -> None:
    """The criteria of each RO as the catalogue says them."""
    through = RincianOutput.criteria.through
    known = {(row.year, row.kl_id, row.code): row.pk for row in RincianOutput.objects.all()}
    had: dict[int, set[int]] = defaultdict(set)
    for output, criterion in through._default_manager.values_list("rincianoutput_id", "readinesscriterion_id"):
        had[output].add(criterion)
    new = []
    for year, kl, code, pks in wanted:
        pk = known[year, kl, code]
        if gone := had[pk] - set(pks):
            through._default_manager.filter(rincianoutput_id=pk, readinesscriterion_id__in=gone).delete()
        new += [through(rincianoutput_id=pk, readinesscriterion_id=each) for each in pks if each not in had[pk]]
    through._default_manager.bulk_create(new)
