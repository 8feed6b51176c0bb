"""Sub kegiatan against the nomenclature in force for the plan year and the level of the region."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from accounts.choices import RegionLevel
from accounts.models import Region
from desks.alignment_choices import FindingKind
from desks.models import Round
from desks.selectors.alignment.found import Finding, Source, finding
from desks.selectors.alignment.rows import Rows, place_of_support
from planning.choices import GovLevel, NomenclatureLevel
from planning.models import Nomenclature, NomenclatureVersion


@dataclass
class InForce:
    """The edition of a level of government, which of the asked codes it knows, and what became of old ones."""

    version: NomenclatureVersion
    known: frozenset[str]
    successors: dict[str, str]


def level_of(region: Region) -> GovLevel:
    """Whose nomenclature a region uses."""
    return GovLevel.PROVINSI if region.level == RegionLevel.PROVINCE else GovLevel.KABKOTA


def in_force(round_: Round, level: GovLevel, kodes: Iterable[str]) -> InForce | None:
    """The newest edition with sub kegiatan of this level that is valid when the plan year begins; two queries. None where there is none."""
    subs = Nomenclature.objects.filter(gov_level=level, level=NomenclatureLevel.SUB_KEGIATAN)
    begins = dt.date(round_.plan_year, 1, 1)
    valid = Q(valid_from__isnull=True) | Q(valid_from__lte=begins)
    editions = NomenclatureVersion.objects.filter(valid, Exists(subs.filter(version=OuterRef("pk"))))
    newest = max(editions, key=lambda row: (row.valid_from or dt.date.min, row.code), default=None)
    if newest is None:
        return None
    asked = list(kodes)
    rows = subs.filter(Q(kode__in=asked) | Q(predecessor__in=asked), version=newest)
    pairs = list(rows.order_by("kode").values_list("kode", "predecessor", "name"))
    successors: dict[str, str] = {}
    for kode, predecessor, name in pairs:
        if predecessor:
            successors.setdefault(predecessor, f"{kode} {name}")
    return InForce(newest, frozenset(kode for kode, *_ in pairs), successors)


def against_nomenclature(round_: Round, rows: Rows) -> Iterator[Finding]:
    """Sub kegiatan whose code the edition in force does not know, or that belong to the other level of government."""
    pairs = rows.all_supports
    kodes = sorted({row.nomenclature.kode for _, row in pairs})
    levels = sorted({level_of(item.region) for item in rows.items})
    editions = {level: in_force(round_, level, kodes) for level in levels}
    for item, row in pairs:
        wanted = level_of(item.region)
        edition, code = editions[wanted], row.nomenclature
        if edition is None:
            continue
        source = Source(edition.version.name, "NOMENKLATUR")
        here = f"{code.kode}, jenis pemda {GovLevel(code.gov_level).label.lower()}"
        place = place_of_support(item, row)
        if code.level != NomenclatureLevel.SUB_KEGIATAN:
            there = "jenjangnya bukan sub kegiatan"
            yield finding(FindingKind.NOMENCLATURE, place, source, f"{here}, {code.get_level_display().lower()}", there)
        elif code.kode not in edition.known:
            later = edition.successors.get(code.kode)
            there = f"kini {later}" if later else f"kode ini tidak ada untuk {wanted.label.lower()}"
            yield finding(FindingKind.NOMENCLATURE, place, source, here, there)
        elif code.gov_level != wanted:
            yield finding(FindingKind.NOMENCLATURE, place, source, here, f"jenis pemda {wanted.label.lower()}")
