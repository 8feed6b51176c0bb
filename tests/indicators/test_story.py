"""Every figure that the tables hold for a pair stands on "Semua angka" under its source; pairs are drawn by a printed seed."""

from __future__ import annotations

from decimal import Decimal
from random import Random, SystemRandom

import pytest

from accounts.choices import InstitutionKind, RegionLevel
from accounts.models import Region
from core.values import Value
from indicators.choices import FigureKind
from indicators.models import Figure, Indicator
from indicators.services.documents import StatedFigure, write_figures
from planning.choices import DocumentKind, DocumentStage
from planning.services.documents import DocumentHead, LineData, YearData, write_document
from tests.desks.views.clients import client_of
from tests.desks.world import World, world
from tests.factories import make_institution, make_region
from tests.indicators.shown import missing_on_page, ten_pairs

__all__ = ["world"]
pytestmark = pytest.mark.django_db
KINDS = (
    (FigureKind.ACTUAL, "bps"), (FigureKind.ACTUAL, "simulasi"), (FigureKind.NATIONAL, "kl_nasional"), (FigureKind.PROVINCIAL, "pd_provinsi"),
    (FigureKind.INDICATIVE, "kl_indikatif"), (FigureKind.AGREEMENT, "rakortek"), (FigureKind.AGREEMENT, "rakor_provinsi"),
)  # fmt: skip


def value(random: Random) -> Value:
    """A point, a range or a bound."""
    low = Decimal(random.randint(1, 9_000_000)) / random.choice((1, 10, 100, 1000))
    kind = random.choice(("point", "range", "lt", "ge"))
    if kind == "range":
        return Value.from_json(
            {"kind": kind, "min": str(low), "max": str(low + 7), "text": "", "unit": "%", "decimals": "1"}
        )
    side = {"min": str(low), "max": ""} if kind in ("point", "ge") else {"min": "", "max": str(low)}
    if kind == "point":
        return Value.point(low, unit="%", decimals=2)
    return Value.from_json({"kind": kind, **side, "text": "", "unit": "%", "decimals": "2"})


def loose(random: Random, indicator: Indicator, region: Region) -> None:
    """Figures outside documents: of one source in several years each with its own citation."""
    for kind, source in KINDS:
        for year in random.sample(range(2021, 2028), 3):
            origin = f"Publikasi {random.randint(1, 3)}, tabel {year % 2}"
            figure = Figure(
                indicator=indicator, region=region, year=year, kind=kind, source=source, origin=origin, line_key="uji",
                period=random.choice(("", "Maret")), needs_check=random.random() < 0.2, simulated=source == "simulasi",
            )  # fmt: skip
            figure.value = value(random)
            figure.save()


def documents(random: Random, world: World, regions: list[Region]) -> None:
    """Of three provinces RPJMD and two versions of the RKPD, of the nation RPJMN and RKP."""
    owners = [(make_institution(InstitutionKind.BAPPEDA, f"9{region.kode}", region), region) for region in regions]
    plans = [
        (DocumentKind.RPJMD, DocumentStage.PENETAPAN),
        (DocumentKind.RKPD, DocumentStage.RANWAL),
        (DocumentKind.RKPD, DocumentStage.PENETAPAN),
    ]
    for owner, region in owners:
        for kind, stage in plans:
            write(random, world, owner, region, kind, stage)
    for kind, stage in ((DocumentKind.RPJMN, DocumentStage.PENETAPAN), (DocumentKind.RKP, DocumentStage.RANCANGAN)):
        write(random, world, world.bappenas_inst, world.nation, kind, stage)


def write(random, world, owner, region, kind, stage) -> None:
    """One document whose lines state the indicators; what a line says as text stands among the figures too."""
    years = range(2025, 2030) if kind in (DocumentKind.RPJMD, DocumentKind.RPJMN) else range(2027, 2028)
    lines, stated = [], []
    for no, indicator in enumerate(world.indicators, start=1):
        said = {year: YearData(str(no)) for year in years}
        lines.append(LineData(f"{no:02}", "Sasaran", indicator_text=indicator.code, years=said))
        stated += [StatedFigure(f"{no:02}", indicator.pk, region.pk, year, value(random)) for year in years]
    head = DocumentHead(kind, owner, years[0], years[-1], stage, f"{kind} {owner.name} {years[0]}")
    write_figures(write_document(head, lines), stated)


def test_every_figure_of_ten_pairs_is_shown_with_its_source(world: World):
    seed = SystemRandom().randrange(10**6)
    print(f"Pasangan angka dipilih dengan benih {seed}.")
    random = Random(seed)
    regions = [world.jabar, world.banten, make_region("33", "Jawa Tengah")]
    for indicator in world.indicators:
        for region in [*regions, world.nation]:
            loose(random, indicator, region)
    documents(random, world, regions)
    client, pairs = client_of(world.bappenas), ten_pairs(seed)
    assert len(pairs) == 10 and len({kode for _, kode in pairs}) > 1
    for indicator, region in pairs:
        count, lost = missing_on_page(client, indicator, region)
        assert (count >= 40, lost) == (True, []), (seed, indicator, region)
    assert Region.objects.filter(level=RegionLevel.PROVINCE).count() == 3
