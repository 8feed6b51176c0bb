"""Refusing what a region hands in above its quota. The quota counts over all kewilayahan desks of the region, so all of them stand still."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from core.errors import InvalidInput
from core.money import format_rupiah
from desks.chain import Writer
from desks.models import Item, Meja
from desks.selectors.usulan.quota import OUTSIDE, Quota, amount_of, limit_of, quota_of
from indicators.choices import Strand


def mejas_of_quota(items: Iterable[Item]) -> list[Meja]:
    """Every kewilayahan meja of the regions of these rows: two people who submit the last usulan at two desks wait for each other."""
    places = {(item.round_id, item.region_id) for item in items if item.strand == Strand.KEWILAYAHAN}
    if not places:
        return []
    here = Q(pk__in=[])
    for round_, region in sorted(places):
        here |= Q(round_id=round_, region_id=region)
    return list(Meja.objects.filter(here, desk__strand=Strand.KEWILAYAHAN))


def require_quota(writer: Writer, item: Item) -> None:
    """InvalidInput where submitting the row would go beyond the quota of its region; call before its state moves."""
    key = ("quota", item.round_id, item.region_id)
    if key not in writer.memory:
        writer.memory[key] = limit_of(item.round, item.region_id) is not None
    if not writer.memory[key]:
        return
    quota = quota_of(item.round, item.region_id, without=item)
    assert quota is not None
    if item.state in OUTSIDE and quota.left == 0:
        raise InvalidInput(_full(item, quota), code="quota_used", field="value", limit=quota.number, used=quota.used)
    if quota.amount is not None and quota.used_amount + amount_of([item.pk]) > quota.amount:
        raise InvalidInput(
            _too_much(item, quota), code="quota_used", field="value", limit=quota.amount, used=quota.used_amount
        )


def _full(item: Item, quota: Quota) -> str:
    return (
        f"Kuota {item.region.short_name} {quota.number} usulan sudah terpakai semua ({quota.used} dari {quota.number}). "
        f"Tarik salah satu usulan yang sudah diajukan, atau minta tambahan kuota kepada sekretariat {item.round.short_name}."
    )


def _too_much(item: Item, quota: Quota) -> str:
    return (
        f"Alokasi usulan ini melebihi kuota {item.region.short_name} sebesar {format_rupiah(quota.amount or 0)}; "
        f"yang sudah terpakai {format_rupiah(quota.used_amount)}. Kurangi alokasinya, tarik usulan lain, "
        f"atau minta tambahan kuota kepada sekretariat {item.round.short_name}."
    )
