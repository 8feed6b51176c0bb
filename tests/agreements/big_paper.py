"""Fill the database with one final berita acara of many lines: `python -m tests.agreements.big_paper` prints its code and its readers."""

from __future__ import annotations

import json

import django

LINES = 2_000  # an export of seconds: long enough to be killed in its midst


def add_supports(item, opd, source) -> None:
    """Agreed sub kegiatan of a row, many."""
    from desks.models import Support, SupportFund
    from planning.models import Nomenclature

    like = Nomenclature.objects.filter(bidang__kode="1.03").order_by("pk")[0]
    kinds = Nomenclature.objects.bulk_create(
        Nomenclature(version=like.version, gov_level=like.gov_level, level=like.level, bidang=like.bidang, unit="Km",
                     kode=f"1.03.10.1.02.{no:04}", name=f"Pemeliharaan ruas {no}")
        for no in range(LINES)
    )  # fmt: skip
    supports = Support.objects.bulk_create(
        Support(item=item, nomenclature=kind, opd=opd, volume=no + 1, volume_unit="Km", verdict="agreed")
        for no, kind in enumerate(kinds)
    )
    SupportFund.objects.bulk_create(
        SupportFund(support=support, source=source, proposed=1_000_000 * (no + 1), agreed=1_000_000 * (no + 1))
        for no, support in enumerate(supports)
    )


def main() -> None:
    """Hold the sitting, add the lines, finalise."""
    django.setup()
    from tests.agreements.made import close_up
    from tests.desks.world import build

    world = build(4)
    closed = close_up(world)
    add_supports(world.item(0), world.dinas_jabar, world.sources[0])
    ba = closed.final()
    people = {name: who.user.username for name, who in world.actors().items()}
    print(json.dumps({"ba": ba.code, "people": people}))


if __name__ == "__main__":
    main()
