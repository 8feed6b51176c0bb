"""Fill the database of a browser test: `python -m tests.browser.seed` prints the people and codes as JSON.

The desk is urusan 1.03 at real size: its 8 printed indicators and one *simulasi*, 13 of its printed sub kegiatan.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from tests.desks.world import World

DATA = Path(__file__).resolve().parents[2] / "data"


def rows_of(name: str, bidang: str) -> list[dict[str, str]]:
    """The rows of a file of facts that belong to a bidang urusan."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["kode_bidang"] == bidang]


def prepare() -> tuple[World, list[tuple[str, str]]]:
    """The world with the printed names on its indicators, and the printed sub kegiatan."""
    from indicators.models import IndicatorVersion
    from planning.choices import GovLevel, NomenclatureLevel
    from planning.models import Nomenclature
    from tests.desks import world as w

    real = rows_of("indikator_outcome.csv", "1.03")
    world = w.build(len(real) + 1)
    for row, indicator in zip(real, world.indicators, strict=False):
        IndicatorVersion.objects.filter(indicator=indicator).update(
            name=row["indikator"], unit=row["satuan"], outcome=row["outcome_prioritas"]
        )
        type(indicator).objects.filter(pk=indicator.pk).update(unit=row["satuan"])
    extra = world.indicators[-1]
    IndicatorVersion.objects.filter(indicator=extra).update(name="Persentase jalan lingkungan layak (simulasi)")
    edition = world.sub_kegiatan[0].version
    printed = sorted({(row["kode"], row["nama"]) for row in rows_of("sub_kegiatan_pendukung.csv", "1.03")})[:13]
    Nomenclature.objects.bulk_create(
        Nomenclature(
            version=edition, gov_level=GovLevel.PROVINSI, kode=kode, name=name, bidang=world.bidang,
            level=NomenclatureLevel.SUB_KEGIATAN, unit="Unit",
        )
        for kode, name in printed
    )  # fmt: skip
    return world, printed


def facts_of(world: World, printed: list[tuple[str, str]]) -> dict[str, Any]:
    """Logins and codes that a test of the browser needs."""
    return {
        "people": {name: who.user.username for name, who in world.actors().items()},
        "items": [item.code for item in world.items()],
        "kegiatan": printed,
        "meja": world.meja.code,
        "other_meja": world.other_meja.code,
        "round": world.round.code,
        "desk": world.desk.code,
    }


def main() -> None:
    """Build the world with a sitting planned, and say where everything is."""
    django.setup()
    from tests.desks.world import plan

    world, printed = prepare()
    print(json.dumps(facts_of(world, printed) | {"session": plan(world).code}))


if __name__ == "__main__":
    main()
