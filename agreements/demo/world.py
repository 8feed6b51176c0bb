"""What the example leans on, read once: regions, institutions, indicators, nomenclature, sources of funds."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from random import Random

from django.conf import settings

from accounts.actors import Actor
from accounts.choices import InstitutionKind, RegionLevel
from accounts.models import Institution, Region
from indicators.choices import Strand
from indicators.models import Indicator, IndicatorVersion
from planning.choices import GovLevel, HolderPart, NomenclatureLevel
from planning.models import BidangHolder, BidangUrusan, FundingSource, Nomenclature

SEED = 20270
PLAN_YEAR = 2027
SECRETARIAT = "010.peipd"
HOST = "010.bangda"
BAPPENAS = "055"


@dataclass
class World:
    """The ground of the example, with the actors once people exist."""

    random: Random
    nation: Region
    provinces: list[Region]
    places: dict[int, list[Region]]
    bidang: list[BidangUrusan]
    central: dict[str, Institution]
    bappeda: dict[int, Institution]
    in_charge: dict[int, Institution]
    supporting: dict[int, list[Institution]]
    owners: dict[tuple[int, int], Institution]
    indicators: dict[int, list[Indicator]]
    versions: dict[tuple[int, int], IndicatorVersion]
    nomenclature: dict[int, list[Nomenclature]]
    sources: dict[str, FundingSource]
    people: dict[str, float]
    pagu: dict[str, int]
    actors: dict[str, Actor] = field(default_factory=dict)


def read_world() -> World:
    """Read it; needs `load_reference` to have run."""
    provinces = list(Region.objects.filter(level=RegionLevel.PROVINCE).order_by("kode"))
    places = defaultdict(list)
    for region in Region.objects.filter(level=RegionLevel.KABKOTA).order_by("kode"):
        places[region.parent_id or 0].append(region)
    indicators = defaultdict(list)
    for indicator in (
        Indicator.objects.filter(strand=Strand.URUSAN, simulated=False).select_related("bidang").order_by("code")
    ):
        indicators[indicator.bidang_id or 0].append(indicator)
    nomenclature = defaultdict(list)
    for row in Nomenclature.objects.filter(level=NomenclatureLevel.SUB_KEGIATAN, gov_level=GovLevel.PROVINSI).order_by(
        "kode"
    ):
        nomenclature[row.bidang_id or 0].append(row)
    holders = list(BidangHolder.objects.filter(year=PLAN_YEAR).select_related("institution__region"))
    chief = HolderPart.PENANGGUNG_JAWAB
    central = [row for row in holders if row.institution.region.level == RegionLevel.NATION]
    supporting: dict[int, list[Institution]] = defaultdict(list)
    for holder in central:
        if holder.part != chief:
            supporting[holder.bidang_id].append(holder.institution)
    central_kinds = (InstitutionKind.KEMENDAGRI, InstitutionKind.BAPPENAS, InstitutionKind.KL)
    return World(
        random=Random(SEED),  # noqa: S311 - a fixed seed is the point
        nation=Region.objects.get(level=RegionLevel.NATION),
        provinces=provinces,
        places=places,
        bidang=list(BidangUrusan.objects.filter(pk__in=indicators).order_by("kode")),
        central={row.kode: row for row in Institution.objects.filter(kind__in=central_kinds).select_related("region")},
        bappeda={
            row.region_id: row
            for row in Institution.objects.filter(kind=InstitutionKind.BAPPEDA).select_related("region")
        },
        in_charge={row.bidang_id: row.institution for row in central if row.part == chief},
        supporting=supporting,
        owners={
            (row.institution.region_id, row.bidang_id): row.institution
            for row in holders
            if row.institution.kind == InstitutionKind.OPD and row.part == chief
        },
        indicators=indicators,
        versions={
            (row.indicator_id, row.year): row
            for row in IndicatorVersion.objects.filter(year__in=(PLAN_YEAR - 1, PLAN_YEAR))
        },
        nomenclature=nomenclature,
        sources={row.kode: row for row in FundingSource.objects.all()},
        people=_people(),
        pagu=_pagu(),
    )


def _rows(name: str) -> list[dict[str, str]]:
    with (Path(settings.BASE_DIR) / "data" / name).open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def _people() -> dict[str, float]:
    """The share of each province in the country's population, times 38: 1 is an average province."""
    counts = {row["kode"]: int(row["penduduk_2024_s2"]) for row in _rows("provinsi.csv")}
    mean = sum(counts.values()) / len(counts)
    return {kode: count / mean for kode, count in counts.items()}


def _pagu() -> dict[str, int]:
    """The whole ceiling of RKPD 2021 in rupiah per province where one was published, else the median."""
    found = {
        row["kode_pemda_2020"]: int(Decimal(row["pagu_rp"]))
        for row in _rows("pagu_rkpd_2021.csv")
        if len(row["kode_pemda_2020"]) == 2
    }
    known = sorted(amount for amount in found.values() if amount)
    median = known[len(known) // 2]
    return defaultdict(lambda: median, {kode: amount for kode, amount in found.items() if amount})
