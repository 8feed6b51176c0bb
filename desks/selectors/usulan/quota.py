"""How many usulan, and how much allocation, a region may submit in a round, and how much of it is used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Q, QuerySet, Sum

from accounts.choices import RegionLevel
from core.money import format_rupiah
from desks.choices import GONE_PLACES, UNSUBMITTED, ItemState
from desks.models import Item, Round, UsulanPlace, UsulanQuota
from indicators.choices import Strand

OUTSIDE: Final = (*UNSUBMITTED, ItemState.WITHDRAWN)
"""States in which an usulan does not count: not submitted yet, or taken back."""


@dataclass(frozen=True)
class Quota:
    """The quota of a region in a round and what it has submitted; None where that is not limited."""

    number: int | None
    amount: int | None
    used: int = 0
    used_amount: int = 0

    @property
    def left(self) -> int | None:
        """How many may still be submitted; None where the number is not limited."""
        return None if self.number is None else max(self.number - self.used, 0)

    @property
    def full(self) -> bool:
        """Whether not one more may be submitted."""
        return self.left == 0 or (self.amount is not None and self.used_amount >= self.amount)

    @property
    def text(self) -> str:
        """`3 dari 5 usulan diajukan, alokasi Rp2.000.000.000 dari Rp5.000.000.000`."""
        parts = [] if self.number is None else [f"{self.used} dari {self.number} usulan diajukan"]
        if self.amount is not None:
            parts.append(f"alokasi {format_rupiah(self.used_amount)} dari {format_rupiah(self.amount)}")
        return ", ".join(parts)


def quota_of(round_: Round, region_id: int, *, without: Item | None = None) -> Quota | None:
    """The quota of the region with what it used (`without` a row), None where the round sets none for it. One query without a quota, two
    or three with one."""
    limit = limit_of(round_, region_id)
    if limit is None:
        return None
    rows = counted(round_, region_id)
    if without is not None:
        rows = rows.exclude(pk=without.pk)
    used_amount = amount_of(rows.values_list("pk", flat=True)) if limit.amount is not None else 0
    return Quota(limit.number, limit.amount, rows.count(), used_amount)


def limit_of(round_: Round, region_id: int) -> UsulanQuota | None:
    """The region's own row, else what holds for every region."""
    here = Q(region_id=region_id) | Q(region__level=RegionLevel.NATION)
    rows = UsulanQuota.objects.filter(here, round=round_).select_related("region")
    return min(rows, key=lambda row: row.region_id != region_id, default=None)


def counted(round_: Round, region_id: int) -> QuerySet[Item]:
    """The usulan that use the quota, over all kewilayahan desks of the region; those added at the desk stand outside it."""
    rows = Item.objects.filter(round=round_, region_id=region_id, strand=Strand.KEWILAYAHAN)
    return rows.exclude(state__in=OUTSIDE).filter(usulan__added_at_desk=False)


def amount_of(items: Iterable[int]) -> int:
    """The allocation that the region proposes in these rows."""
    places = UsulanPlace.objects.filter(usulan__item__in=items).exclude(verdict__in=GONE_PLACES)
    return places.aggregate(total=Sum("amount_proposed"))["total"] or 0


def quotas_of(round_: Round) -> dict[str, Quota]:
    """By code of region the quotas of all regions that have one of their own, with what they used. Two queries."""
    used = dict(
        Item.objects.filter(round=round_, strand=Strand.KEWILAYAHAN, usulan__added_at_desk=False).exclude(state__in=OUTSIDE)
        .order_by().values_list("region__kode").annotate(n=Count("pk"))
    )  # fmt: skip
    rows = UsulanQuota.objects.filter(round=round_).select_related("region")
    return {row.region.kode: Quota(row.number, row.amount, used.get(row.region.kode, 0)) for row in rows}
