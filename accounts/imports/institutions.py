"""Institutions: ministries and agencies, per province one Bappeda and perangkat daerah after a common pattern.

Names that exist already stay as the secretariat may have corrected them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from django.db import transaction

from accounts.choices import CENTRAL_KINDS, InstitutionKind, RegionLevel
from accounts.imports.regions import NATION, region_ids
from accounts.models import Institution, Region
from core.errors import InvalidInput
from core.imports import Loaded, Row, read_file, sync_rows

KEY: Final = ("kind", "kode")


@transaction.atomic
def load_central(folder: Path) -> Loaded:
    """K/L of `kementerian_lembaga.csv`; the code is the budget code where known, else a short word that stays."""
    reader = read_file(
        folder / "kementerian_lembaga.csv", ("kode", "jenis", "nama", "nama_singkat", "induk"), key=["kode"]
    )
    nation = region_ids()[NATION]
    parents: dict[str, str] = {}

    def read(row: Row) -> dict[str, Any]:
        if row["jenis"] not in CENTRAL_KINDS:
            raise InvalidInput(f"Jenis lembaga “{row['jenis']}” tidak dikenal.")
        if row["induk"]:
            parents[row["kode"]] = row["induk"]
        return {
            "kind": row["jenis"],
            "kode": row["kode"],
            "name": row["nama"],
            "short_name": row["nama_singkat"],
            "region_id": nation,
        }

    rows = reader.collect(read)
    counts = sync_rows(Institution, rows, KEY, update=False)
    _set_parents(parents)
    return Loaded("Kementerian/lembaga", counts, reader.remarks)


def _set_parents(parents: dict[str, str]) -> None:
    central = Institution.objects.filter(kind__in=CENTRAL_KINDS)
    ids = dict(central.values_list("kode", "pk"))
    for child, parent in parents.items():
        central.filter(kode=child, parent__isnull=True).update(parent=ids[parent])


@transaction.atomic
def load_bappeda() -> Loaded:
    """One Bappeda per province, its code that of the province."""
    rows = [
        _regional(InstitutionKind.BAPPEDA, kode, "Badan Perencanaan Pembangunan Daerah", "Bappeda", name, short, pk)
        for pk, kode, name, short in _provinces()
    ]
    return Loaded("Bappeda provinsi", sync_rows(Institution, rows, KEY, update=False))


@transaction.atomic
def load_opd(folder: Path) -> Loaded:
    """The perangkat daerah of `perangkat_daerah.csv` in every province; the real names are edited later."""
    reader = read_file(
        folder / "perangkat_daerah.csv",
        ("kode", "nama", "nama_singkat"),
        key=["kode"],
        codes={"kode": r"\d\.\d{2}(-\d{2})?"},
    )
    patterns = reader.collect(lambda row: (row["kode"], row["nama"], row["nama_singkat"]))
    rows = [
        _regional(InstitutionKind.OPD, f"{kode}.{bidang}", pattern, pattern_short, name, short, pk)
        for pk, kode, name, short in _provinces()
        for bidang, pattern, pattern_short in patterns
    ]
    return Loaded("Perangkat daerah provinsi", sync_rows(Institution, rows, KEY, update=False), reader.remarks)


def _provinces() -> list[tuple[int, str, str, str]]:
    return list(
        Region.objects.filter(level=RegionLevel.PROVINCE)
        .order_by("kode")
        .values_list("pk", "kode", "name", "short_name")
    )


def _regional(
    kind: InstitutionKind, kode: str, office: str, office_short: str, name: str, short: str, region: int
) -> dict[str, Any]:
    return {
        "kind": kind.value,
        "kode": kode,
        "name": f"{office} Provinsi {name}",
        "short_name": f"{office_short} {short}",
        "region_id": region,
    }
