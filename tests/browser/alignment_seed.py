"""A region whose plans say other things than its Isian: every kind of finding of the uji keselarasan stands once, and one pagu is passed."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import django


def prepare() -> dict[str, Any]:
    """The world of the desks with an RKPD, a Renja and last year's agreement."""
    from planning.choices import DocumentKind, GovLevel
    from planning.models import Nomenclature, NomenclatureVersion, Pagu
    from tests.desks import world as w
    from tests.desks.alignment.plans import agreed_last_year, lists, plan, states, support

    world = w.build(4)
    w.fill(world, 3)
    first, second = world.items()[:2]
    support(world, first, 0, pagu="3.000.000")
    support(world, first, 1, pagu="")
    support(world, second, 2, volume="", unit="", pagu="1.000.000")
    rkpd = plan(world)
    states(world, rkpd, 0, 10)
    states(world, rkpd, 1, 11, unit="indeks")
    lists(world, rkpd, 0)
    lists(world, rkpd, 2)
    lists(world, plan(world, DocumentKind.RENJA_PD), 0, "15")
    new = NomenclatureVersion.objects.create(code="baru", name="Pemutakhiran 2027", valid_from=dt.date(2026, 6, 1))
    for row in world.sub_kegiatan[:2]:
        facts = {"gov_level": GovLevel.PROVINSI, "level": row.level, "bidang": world.bidang, "kode": row.kode}
        Nomenclature.objects.create(version=new, name=row.name, **facts)
    last = Nomenclature.objects.create(
        version=world.sub_kegiatan[0].version, gov_level=GovLevel.PROVINSI, kode="1.03.10.1.01.0077", level="sub_kegiatan",
        name="Pembangunan Jembatan", bidang=world.bidang,
    )  # fmt: skip
    world.sub_kegiatan.append(last)
    agreed_last_year(world, 0, support_place=3)
    Pagu.objects.create(year=w.PLAN_YEAR, institution=world.dinas_jabar, bidang=world.bidang, amount=3_500_000)
    return {
        "people": {name: who.user.username for name, who in world.actors().items()},
        "items": [item.code for item in world.items()], "meja": world.meja.code, "round": world.round.code, "desk": world.desk.code,
        "rkpd": rkpd.pk, "dinas": f"{world.dinas_jabar.pk}.{world.bidang.pk}",
    }  # fmt: skip


def main() -> None:
    """Fill and tell."""
    django.setup()
    print(json.dumps(prepare()))


if __name__ == "__main__":
    main()
