"""What moves in rounds when one institution goes into another: seats, holdings and pagu of the plan years still open."""

from __future__ import annotations

from typing import Any

from django.db.models import Min
from django.utils import timezone

from accounts.actors import Actor
from accounts.models import Institution
from accounts.services.institutions import register_mover
from desks.chain import writing
from desks.choices import ItemState
from desks.models import Item, Meja, Round, Seat
from indicators.models import IndicatorHolder
from planning.models import BidangHolder, Pagu

ASKED = (ItemState.REPAIR, ItemState.RETURNED)
"""States in which a request waits for an answer."""


@register_mover
def move_in_rounds(actor: Actor, gone: Institution, into: Institution) -> dict[str, int]:
    """Seats of rounds that are not closed, recorded in their chains; holdings and pagu from the first open plan year on."""
    requests = _move_requests(actor, gone, into)
    seats = list(Seat.objects.filter(institution=gone, round__closed_at__isnull=True).select_related("round"))
    rounds = {seat.round_id: seat.round for seat in seats}
    with writing(actor, rounds=rounds.values()) as writer:
        for seat in seats:
            _move_row(seat, into, ("round", "desk", "strand", "region", "role"))
        for round_ in rounds.values():
            writer.record(round_, "merge_institution", {"from": gone.code, "into": into.code})
    since = (
        Round.objects.filter(closed_at__isnull=True).aggregate(year=Min("plan_year"))["year"]
        or timezone.localdate().year
    )
    moved = {"kursi": len(seats), "permintaan": requests}
    tables: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
        ("urusan", BidangHolder, ("year", "bidang")),
        ("indikator", IndicatorHolder, ("year", "indicator")),
        ("pagu", Pagu, ("year", "bidang")),
    )
    for name, model, key in tables:
        rows = list(model.objects.filter(institution=gone, year__gte=since))
        moved[name] = sum(_move_row(row, into, key) for row in rows)
    return moved


def _move_requests(actor: Actor, gone: Institution, into: Institution) -> int:
    """Requests for repair that are still open: who answers for them from now on, recorded at each row."""
    rows = Item.objects.filter(request_owner=gone, state__in=ASKED, round__closed_at__isnull=True)
    mejas = list(Meja.objects.filter(pk__in=rows.values("meja")))
    with writing(actor, mejas=mejas) as writer:
        items = list(rows.select_related("meja"))
        for item in items:
            writer.record(item, "move_request", {"from": gone.code, "into": into.code})
        Item.objects.filter(pk__in=[item.pk for item in items]).update(request_owner=into)
    return len(items)


def _move_row(row: Any, into: Institution, key: tuple[str, ...]) -> int:
    """Give the row to the other institution; where that has one alike, this one goes. Two pagu are added up."""
    alike = type(row).objects.filter(institution=into, **{name: getattr(row, name) for name in key}).first()
    if alike is None:
        type(row).objects.filter(pk=row.pk).update(institution=into)
        return 1
    if isinstance(row, Pagu):
        Pagu.objects.filter(pk=alike.pk).update(amount=alike.amount + row.amount, version=alike.version + 1)
    row.delete()
    return 1
