"""What rounds of full size stand on: the world of the example with its people as they are, and as many invented indicators as asked for."""

from __future__ import annotations

import gc
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from django.conf import settings
from django.contrib.auth.hashers import make_password

from accounts.actors import Actor
from accounts.models import Membership, Region
from agreements.demo.numbers import Numbers
from agreements.demo.world import PLAN_YEAR, World, read_world
from desks.models import Round
from desks.services.bulk import BulkRows
from indicators.choices import Aggregation, Direction, FigureKind, Strand
from indicators.models import Figure, Indicator, IndicatorVersion
from planning.models import BidangUrusan

NO = 9
"""The number of these rounds at their hosts, so that they stand beside the example's own."""


@dataclass
class Ground:
    """The world, its numbers, and what has been written so far."""

    world: World
    numbers: Numbers
    say: Callable[[str], None]
    counts: Counter[str] = field(default_factory=Counter)
    password: str = field(default_factory=lambda: make_password(settings.DEMO_PASSWORD))
    """Of the accounts that are new."""

    @contextmanager
    def part(self) -> Iterator[BulkRows]:
        """Rows of one part, written and forgotten at its end, so that memory holds one part at a time.

        Nothing in a part is garbage before its end: the collector rests while it is made.
        """
        gc.disable()
        try:
            rows = BulkRows()
            yield rows
            self.counts.update(rows.save())
            rows.rows.clear()
            rows.chains.clear()
        finally:
            gc.enable()
        gc.collect()


def ground_of(targets: int, say: Callable[[str], None]) -> Ground:
    """The world with this many indicators, spread evenly over the bidang urusan, and everybody who has an account."""
    world = read_world()
    indicators, versions = _indicators(world.bidang, targets)
    bidang = [each for each in world.bidang if indicators[each.pk]]
    made = replace(world, indicators=indicators, versions=versions, bidang=bidang, actors=_actors())
    return Ground(made, Numbers(made.random, made.people), say)


def round_exists(level: str, host: int) -> bool:
    """Whether this host has its round of full size already."""
    return Round.objects.filter(level=level, host_id=host, plan_year=PLAN_YEAR, no=NO).exists()


def _actors() -> dict[str, Actor]:
    found: dict[str, Actor] = {}
    for row in Membership.objects.select_related("user", "institution__region").order_by("pk"):
        actor = Actor(row.user, row)
        found[row.user.username] = actor
        found.setdefault(f"{row.role}:{row.institution.code}", actor)
    return found


def _indicators(
    bidang: list[BidangUrusan], targets: int
) -> tuple[dict[int, list[Indicator]], dict[tuple[int, int], IndicatorVersion]]:
    known = {row.code: row for row in Indicator.objects.filter(strand=Strand.URUSAN, simulated=True)}
    wanted = [_indicator(bidang[no % len(bidang)], no // len(bidang) + 1) for no in range(targets)]
    missing = [row for row in wanted if row.code not in known]
    for row in Indicator.objects.bulk_create(missing, batch_size=1000):
        known[row.code] = row
    worded = [_version(row) for row in missing]
    IndicatorVersion.objects.bulk_create(worded, batch_size=1000)
    chosen: dict[int, list[Indicator]] = defaultdict(list)
    places = {each.pk: each for each in bidang}
    for row in wanted:
        indicator = known[row.code]
        indicator.bidang = places[indicator.bidang_id or 0]
        chosen[indicator.bidang_id or 0].append(indicator)
    found = IndicatorVersion.objects.filter(indicator__in=known.values(), year=PLAN_YEAR)
    return chosen, {(row.indicator_id, row.year): row for row in found}


def _indicator(bidang: BidangUrusan, no: int) -> Indicator:
    return Indicator(
        code=f"SIM-{bidang.kode}-{no:02}", strand=Strand.URUSAN, bidang=bidang, unit="%", decimals=2, direction=Direction.UP,
        aggregation=Aggregation.MEAN, simulated=True,
    )  # fmt: skip


def _version(row: Indicator) -> IndicatorVersion:
    name = row.bidang.short_name if row.bidang else ""
    no = int(row.code.rsplit("-", 1)[1])
    return IndicatorVersion(
        indicator=row,
        year=PLAN_YEAR,
        name=f"Persentase pemenuhan layanan {name}, ukuran ke-{no} (simulasi)",
        unit=row.unit,
    )


def add_figures(
    ground: Ground, rows: BulkRows, indicators: list[Indicator], region: Region, stated: Mapping[tuple[FigureKind, str], tuple[int, ...]]
) -> None:  # fmt: skip
    """Figures that nobody published, by kind and source the years."""
    for indicator in indicators:
        for (kind, source), years in stated.items():
            for year in years:
                figure = Figure(
                    indicator=indicator, region=region, year=year, kind=kind, source=source, origin="simulasi", simulated=True
                )  # fmt: skip
                figure.value = ground.numbers.at(indicator, region, year)
                rows.add(figure)
