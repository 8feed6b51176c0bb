"""A desk on which each kind of slip can be typed: `python -m tests.browser.slips_seed` prints the people and codes as JSON."""

from __future__ import annotations

import json
from typing import Any

import django

NAMES = ("koma", "persen", "arah", "buruk", "indikatif", "satuan", "rupiah", "pagu")
SPENT = 10_937_000


def main() -> None:
    """Eight indicators, named after the slip that is typed into them; that of the unit is filled under another wording already."""
    django.setup()
    from desks.services.item import RowWrite, save_rows
    from indicators.choices import Direction
    from indicators.models import Indicator, IndicatorVersion
    from tests.desks import world as w

    world = w.build(len(NAMES))
    for name, indicator in zip(NAMES, world.indicators, strict=True):
        IndicatorVersion.objects.filter(indicator=indicator).update(name=f"Indikator {name} (simulasi)")
    Indicator.objects.filter(pk__in=[row.pk for row in world.indicators]).update(direction=Direction.UP)
    IndicatorVersion.objects.filter(indicator=world.indicators[0]).update(
        definition="Panjang jalan provinsi yang mantap.", formula="mantap / seluruh × 100", source="Dinas PU"
    )
    _figures(world)
    other = IndicatorVersion.objects.filter(indicator=world.indicators[5])
    other.update(unit="km")
    item = world.item(5)
    assert save_rows(world.bappeda, rows=[RowWrite(item.code, item.version, {"value": "15 km"})])[0].status == "saved"
    other.update(unit="%")
    facts: dict[str, Any] = {
        "people": {name: who.user.username for name, who in world.actors().items()},
        "items": dict(zip(NAMES, [row.code for row in world.items()], strict=True)),
        "meja": world.meja.code, "round": world.round.code, "desk": world.desk.code, "session": w.plan(world).code,
        "kegiatan": world.sub_kegiatan[0].kode,
    }  # fmt: skip
    print(json.dumps(facts))


def _figures(world: Any) -> None:
    from core.values import Value
    from indicators.choices import FigureKind
    from indicators.models import Figure, Indicator, IndicatorVersion

    indicative = Figure(
        indicator=world.indicators[4], region=world.jabar, year=world.round.plan_year, kind=FigureKind.INDICATIVE, source="kl_indikatif",
        line_key=world.round.code, origin="Kementerian PU",
    )  # fmt: skip
    indicative.value = Value.point(16, unit="%")
    indicative.save()
    money = world.indicators[6]
    Indicator.objects.filter(pk=money.pk).update(unit="Rp/orang/tahun", decimals=0)
    IndicatorVersion.objects.filter(indicator=money).update(unit="Rp/orang/tahun")
    for figure in Figure.objects.filter(indicator=money):
        figure.value = Value.point(SPENT, unit="Rp/orang/tahun", decimals=0)
        figure.save()


if __name__ == "__main__":
    main()
