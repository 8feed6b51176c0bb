"""A version of the nomenclature: codes are text, the level of government is part of the key."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from django.db import transaction

from core.errors import InvalidInput
from core.imports import Counts, Loaded, Row, read_file, sync_rows
from planning.choices import GovLevel, NomenclatureLevel
from planning.models import BidangUrusan, Nomenclature, NomenclatureVersion

VERSION: Final = "pemutakhiran-2027"
LEVELS: Final = list(NomenclatureLevel)
LONGEST: Final = 500
FORMS: Final = {
    NomenclatureLevel.URUSAN: 1,
    NomenclatureLevel.BIDANG: 2,
    NomenclatureLevel.PROGRAM: 3,
    NomenclatureLevel.KEGIATAN: 5,
    NomenclatureLevel.SUB_KEGIATAN: 6,
}
"""How many parts a code of each level has."""


@transaction.atomic
def load_nomenclature(folder: Path) -> Loaded:
    """The version `pemutakhiran-2027`; codes that the official edition does not know are marked, never mended."""
    version, _ = NomenclatureVersion.objects.get_or_create(
        code=VERSION,
        defaults={
            "name": "Kepmendagri 900.1.15.5-3406/2024 dan pemutakhiran untuk RKPD 2027",
            "source": "Ekspor SIPD versi pemutakhiran 2027 (23 Januari 2026), sebagian",
        },
    )
    reader = read_file(
        folder / "nomenklatur.csv",
        (
            "jenis_pemda",
            "kode",
            "level",
            "nama",
            "kode_induk",
            "indikator",
            "satuan",
            "tag",
            "kode_sebelumnya",
            "perlu_verifikasi",
        ),
        key=["jenis_pemda", "kode"],
    )
    bidang = dict(BidangUrusan.objects.values_list("kode", "pk"))
    known = {(row["jenis_pemda"], row["kode"]) for row in reader.rows}

    def read(row: Row) -> tuple[str, dict[str, Any]]:
        _check(row, known)
        if len(row["indikator"]) > LONGEST:
            reader.remark(row.line, f"Indikator keluaran {row['kode']} lebih dari {LONGEST} huruf; dipotong.")
        return row["kode_induk"], {**_columns(row, version.pk), "bidang_id": bidang.get(_bidang_of(row["kode"]))}

    pairs = reader.collect(read)
    counts = Counts()
    for level in LEVELS:
        counts += _sync_level([pair for pair in pairs if pair[1]["level"] == level], version.pk)
    return Loaded("Nomenklatur", counts, reader.remarks)


def _check(row: Row, known: set[tuple[str, str]]) -> None:
    if row["jenis_pemda"] not in GovLevel or row["level"] not in NomenclatureLevel:
        raise InvalidInput(f"Jenis pemda “{row['jenis_pemda']}” atau jenjang “{row['level']}” tidak dikenal.")
    if len(row["kode"].split(".")) != FORMS[NomenclatureLevel(row["level"])]:
        raise InvalidInput(f"Kode “{row['kode']}” tidak sesuai jenjang {row['level']}; mungkin bagian kode hilang.")
    if row["kode_induk"] and (row["jenis_pemda"], row["kode_induk"]) not in known:
        raise InvalidInput(f"Induk “{row['kode_induk']}” tidak ada dalam berkas.")
    if not row["nama"] or len(row["nama"]) > LONGEST:
        raise InvalidInput("Nama kosong atau terlalu panjang.")


def _columns(row: Row, version: int) -> dict[str, Any]:
    return {
        "version_id": version,
        "gov_level": row["jenis_pemda"],
        "kode": row["kode"],
        "level": row["level"],
        "name": row["nama"],
        "predecessor": row["kode_sebelumnya"],
        "indicator": row["indikator"][:LONGEST],
        "unit": row["satuan"],
        "tags": row["tag"],
        "needs_check": row["perlu_verifikasi"] == "1",
    }


def _bidang_of(kode: str) -> str:
    return ".".join(kode.split(".")[:2])


def _sync_level(pairs: list[tuple[str, dict[str, Any]]], version: int) -> Counts:
    found = Nomenclature.objects.filter(version=version).values_list("gov_level", "kode", "pk")
    ids = {(gov_level, kode): pk for gov_level, kode, pk in found}
    rows = [{**row, "parent_id": ids.get((row["gov_level"], parent))} for parent, row in pairs]
    return sync_rows(Nomenclature, rows, ["version_id", "gov_level", "kode"])
