"""The nation, 38 provinces, 514 kabupaten/kota and the island groups of the RPJMN."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import transaction

from accounts.choices import RegionLevel
from accounts.models import Region, RegionGroup
from core.errors import InvalidInput
from core.imports import Counts, Loaded, Row, read_file, sync_rows

NATION: Final = "00"
JAKARTA: Final = "31"
SCHEME: Final = "wilayah_rpjmn"
PROVINCE_CODE: Final = r"\d{2}"
KABKOTA_CODE: Final = r"\d{2}\.\d{2}"
COLUMNS: Final = ("kode", "nama", "nama_singkat", "kode_bps", "wilayah_rpjmn", "iana_tz")


def region_ids() -> dict[str, int]:
    """Every region's key by its code."""
    return dict(Region.objects.values_list("kode", "pk"))


@transaction.atomic
def load_provinces(folder: Path) -> Loaded:
    """The nation ('00') and the provinces of `provinsi.csv`, each with its IANA zone and BPS code."""
    reader = read_file(
        folder / "provinsi.csv", COLUMNS, key=["kode"], codes={"kode": PROVINCE_CODE, "kode_bps": PROVINCE_CODE}
    )
    rows = reader.collect(_province)
    nation = _columns(NATION, "Indonesia", "Indonesia", RegionLevel.NATION, "Asia/Jakarta")
    counts = sync_rows(Region, [nation], ["kode"])
    parent = Region.objects.get(kode=NATION).pk
    counts += sync_rows(Region, [{**row, "parent_id": parent} for row in rows], ["kode"])
    return Loaded("Provinsi dan nasional", counts, reader.remarks)


def _province(row: Row) -> dict[str, Any]:
    try:
        ZoneInfo(row["iana_tz"])
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise InvalidInput(f"Zona waktu “{row['iana_tz']}” tidak dikenal.") from error
    return _columns(
        row["kode"], row["nama"], row["nama_singkat"], RegionLevel.PROVINCE, row["iana_tz"], kode_bps=row["kode_bps"]
    )


@transaction.atomic
def load_kabkota(folder: Path) -> Loaded:
    """The kabupaten/kota of `kabupaten_kota.csv`; the six of Jakarta are not autonomous. Zones follow the province."""
    reader = read_file(
        folder / "kabupaten_kota.csv",
        ("kode", "kode_provinsi", "nama"),
        key=["kode"],
        codes={"kode": KABKOTA_CODE, "kode_provinsi": PROVINCE_CODE},
    )
    provinces = {
        kode: (pk, tz)
        for kode, pk, tz in Region.objects.filter(level=RegionLevel.PROVINCE).values_list("kode", "pk", "tz")
    }

    def read(row: Row) -> dict[str, Any]:
        province = row["kode_provinsi"]
        if province not in provinces or not row["kode"].startswith(province):
            raise InvalidInput(f"Provinsi “{province}” tidak dikenal atau tidak cocok dengan kode {row['kode']}.")
        parent, tz = provinces[province]
        short = row["nama"].replace("Kabupaten ", "Kab. ").replace("Administrasi ", "Adm. ")
        columns = _columns(
            row["kode"], row["nama"], short[:60], RegionLevel.KABKOTA, tz, autonomous=province != JAKARTA
        )
        return {**columns, "parent_id": parent}

    return Loaded("Kabupaten/kota", sync_rows(Region, reader.collect(read), ["kode"]), reader.remarks)


@transaction.atomic
def load_groups(folder: Path) -> Loaded:
    """The island groups of the RPJMN with their provinces."""
    reader = read_file(folder / "provinsi.csv", COLUMNS, key=["kode"], codes={"kode": PROVINCE_CODE})
    names = reader.collect(lambda row: (row["wilayah_rpjmn"], row["kode"]))
    groups = sorted({name for name, _ in names})
    rows = [{"scheme": SCHEME, "code": name.lower().replace(" ", "-"), "name": name} for name in groups]
    counts = sync_rows(RegionGroup, rows, ["scheme", "code"])
    ids, keys = region_ids(), dict(RegionGroup.objects.filter(scheme=SCHEME).values_list("name", "pk"))
    through = RegionGroup.regions.through
    members = [{"regiongroup_id": keys[name], "region_id": ids[kode]} for name, kode in names]
    sync_rows(through, members, ["regiongroup_id", "region_id"])
    return Loaded("Kelompok wilayah RPJMN", counts, reader.remarks)


def _columns(
    kode: str, name: str, short: str, level: RegionLevel, tz: str, *, kode_bps: str = "", autonomous: bool = True
) -> dict[str, Any]:
    return {
        "kode": kode,
        "name": name,
        "short_name": short,
        "level": level.value,
        "tz": tz,
        "kode_bps": kode_bps,
        "autonomous": autonomous,
    }


__all__ = ["NATION", "Counts", "load_groups", "load_kabkota", "load_provinces", "region_ids"]
