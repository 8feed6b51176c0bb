"""The nomenclature of a plan year, and searching the programs of provinces in it."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.db.models import F, Q, QuerySet

from planning.choices import GovLevel, NomenclatureLevel
from planning.models import Nomenclature, NomenclatureVersion

FOUND: Final = 40
NAMED: Final = (NomenclatureLevel.PROGRAM, NomenclatureLevel.SUB_KEGIATAN)


def version_for(year: int) -> NomenclatureVersion | None:
    """The edition that holds for a plan year: the newest one in force when the year begins; one without a date counts as oldest."""
    known = NomenclatureVersion.objects.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=dt.date(year, 1, 1)))
    return known.order_by(F("valid_from").desc(nulls_last=True), "-code").first()


def provincial_programs(year: int) -> QuerySet[Nomenclature]:
    """Programs and sub kegiatan of provinces in the edition of the year, by code."""
    rows = Nomenclature.objects.filter(version=version_for(year), gov_level=GovLevel.PROVINSI, level__in=NAMED)
    return rows.order_by("kode")


def find_programs(year: int, words: str) -> list[Nomenclature]:
    """The first of them whose code begins with, or whose name holds, every word; none without words."""
    if not words.strip():
        return []
    rows = provincial_programs(year)
    for word in words.split():
        rows = rows.filter(Q(kode__startswith=word) | Q(name__icontains=word))
    return list(rows[:FOUND])
