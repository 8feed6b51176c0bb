"""Bidang urusan, and who holds them in a plan year."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from accounts.choices import CENTRAL_KINDS, InstitutionKind
from accounts.models import Institution
from core.errors import InvalidInput
from core.imports import Counts, Loaded, Row, read_file, sync_rows
from planning.choices import HolderPart
from planning.models import BidangHolder, BidangUrusan

BIDANG_CODE: Final = r"\d\.\d{2}|X\.XX"
PLANNING: Final = "5.01"


@transaction.atomic
def load_bidang(folder: Path) -> Loaded:
    """The bidang urusan of `bidang_urusan.csv`."""
    reader = read_file(
        folder / "bidang_urusan.csv",
        ("kode", "nama", "nama_singkat", "kode_urusan", "nama_urusan", "urusan_konkuren"),
        key=["kode"],
        codes={"kode": BIDANG_CODE},
    )

    def read(row: Row) -> dict[str, Any]:
        return {
            "kode": row["kode"],
            "name": row["nama"],
            "short_name": (row["nama_singkat"] or row["nama"])[:80],
            "urusan_kode": row["kode_urusan"],
            "urusan_name": row["nama_urusan"],
            "concurrent": row["urusan_konkuren"] == "ya",
        }

    return Loaded("Bidang urusan", sync_rows(BidangUrusan, reader.collect(read), ["kode"]), reader.remarks)


@transaction.atomic
def load_holders(folder: Path, year: int) -> Loaded:
    """Who holds which bidang in the plan year: K/L, perangkat daerah of each province, and Bappeda for planning.

    A year that has holders already is left as the secretariat edited it.
    """
    label = f"Pengampu bidang urusan {year}"
    if existing := BidangHolder.objects.filter(year=year).count():
        return Loaded(label, Counts(unchanged=existing))
    central = _central_rows(folder)
    regional = _regional_rows(folder)
    rows = [{"year": year, **row} for row in central + regional]
    return Loaded(label, sync_rows(BidangHolder, rows, ["year", "institution_id", "bidang_id"]))


def _central_rows(folder: Path) -> list[dict[str, Any]]:
    reader = read_file(
        folder / "pengampu_bidang.csv",
        ("kode_bidang", "kode_lembaga", "peran"),
        key=["kode_bidang", "kode_lembaga"],
        codes={"kode_bidang": BIDANG_CODE},
    )
    bidang = dict(BidangUrusan.objects.values_list("kode", "pk"))
    central = dict(Institution.objects.filter(kind__in=CENTRAL_KINDS).values_list("kode", "pk"))
    in_charge = Counter(row["kode_bidang"] for row in reader.rows if row["peran"] == HolderPart.PENANGGUNG_JAWAB)

    def read(row: Row) -> dict[str, Any]:
        if row["kode_bidang"] not in bidang:
            raise InvalidInput(f"Bidang urusan “{row['kode_bidang']}” tidak dikenal.")
        if row["kode_lembaga"] not in central:
            raise InvalidInput(f"Lembaga “{row['kode_lembaga']}” tidak dikenal.")
        if in_charge[row["kode_bidang"]] != 1:
            raise InvalidInput(f"Bidang {row['kode_bidang']} harus memiliki tepat satu penanggung jawab.")
        part = HolderPart(row["peran"]).value
        return {"institution_id": central[row["kode_lembaga"]], "bidang_id": bidang[row["kode_bidang"]], "part": part}

    return reader.collect(read)


def _regional_rows(folder: Path) -> list[dict[str, Any]]:
    reader = read_file(folder / "perangkat_daerah.csv", ("kode", "bidang", "bidang_pendukung"), key=["kode"])
    bidang = dict(BidangUrusan.objects.values_list("kode", "pk"))
    parts: dict[str, list[tuple[int, str]]] = {}

    def read(row: Row) -> None:
        for column, part in (("bidang", HolderPart.PENANGGUNG_JAWAB), ("bidang_pendukung", HolderPart.PENDUKUNG)):
            for kode in filter(None, row[column].split("|")):
                if kode not in bidang:
                    raise InvalidInput(f"Bidang urusan “{kode}” tidak dikenal.")
                parts.setdefault(row["kode"], []).append((bidang[kode], part.value))

    reader.collect(read)
    rows = []
    for pk, kode in Institution.objects.filter(kind=InstitutionKind.OPD).values_list("pk", "kode"):
        for bidang_id, part in parts.get(kode.partition(".")[2], ()):
            rows.append({"institution_id": pk, "bidang_id": bidang_id, "part": part})
    for pk in Institution.objects.filter(kind=InstitutionKind.BAPPEDA).values_list("pk", flat=True):
        rows.append({"institution_id": pk, "bidang_id": bidang[PLANNING], "part": HolderPart.PENANGGUNG_JAWAB.value})
    return rows
