"""A target that moves after rows were filled against it: the rows are marked, their owners told, until they confirm or edit.

The figure that the region proposed and every stance stay: what moved is what it was held against. The mark is the seq of the first change
that the owner has not yet answered; which target it was, from what to what, stands in the events from there on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from accounts.actors import Actor, can
from accounts.models import Notice
from core.errors import NotAllowed, StaleState
from core.values import Value, format_value
from desks.chain import Writer, writing
from desks.choices import ItemState
from desks.models import Desk, Item, Meja
from desks.selectors.owners import owners_of
from desks.selectors.target_marks import CHANGED, CONFIRMED, moved_targets
from desks.services.definitions import FILLED
from desks.versions import require_unlocked
from indicators.choices import FigureKind
from indicators.models import Indicator

KIND = "desks.target"


@dataclass(frozen=True)
class Move:
    """A target that stood and now reads otherwise; without a meja it is that of the host for all regions of the desk."""

    indicator: Indicator
    meja: Meja | None
    kind: FigureKind
    before: Value
    after: Value | None


def mark_moved(writer: Writer, desk: Desk, moves: Sequence[Move]) -> int:
    """Mark the filled rows of the desk that were held against these targets and tell their owners; answers how many. Inside `writing`."""
    if not moves:
        return 0
    rows = (
        Item.objects.filter(FILLED, meja__desk=desk, indicator__in=[move.indicator for move in moves], locked_at=None)
        .exclude(state=ItemState.WITHDRAWN)
        .select_related("meja", "round", "region", "indicator")
        .order_by("pk")
    )
    by_indicator: dict[int, list[Move]] = defaultdict(list)
    for move in moves:
        by_indicator[move.indicator.pk].append(move)
    touched = [
        (item, move)
        for item in rows
        for move in by_indicator[item.indicator_id or 0]
        if move.meja is None or move.meja.pk == item.meja_id
    ]
    for item, move in touched:
        facts = {
            "target": move.kind, "indicator": move.indicator.code, "from": move.before.as_json(),
            "to": move.after.as_json() if move.after else None,
        }  # fmt: skip
        event = writer.record(item, CHANGED, facts)
        if item.target_seq is None:
            item.target_seq = event.seq
    marked = list({item.pk: item for item, _ in touched}.values())
    Item.objects.bulk_update(marked, ["target_seq"], batch_size=500)
    _tell(touched)
    return len(marked)


def _tell(touched: Sequence[tuple[Item, Move]]) -> None:
    owners = owners_of([item for item, _ in touched])
    Notice.objects.bulk_create(
        [
            Notice(
                user_id=user, kind=KIND, object_code=item.code, url=reverse("desks:item", args=[item.code]),
                text=_said(item, move)[:300],
            )
            for item, move in touched
            for user in owners.get(item.pk, ())
        ],
        batch_size=500,
    )  # fmt: skip


def _said(item: Item, move: Move) -> str:
    return (
        f"{FigureKind(move.kind).label} {move.indicator.code} untuk {item.region.short_name} berubah dari {format_value(move.before)} menjadi "
        f"{format_value(move.after) or 'kosong'}. Periksa isian Anda."
    )


def confirm_target(actor: Actor, item: Item, seen: int) -> None:
    """The owner says that what is filled in holds against the target as it now reads; `seen` is the last change that the page showed."""
    if not can(actor, "desks.edit_item", item):
        raise NotAllowed("Yang menyatakan isian tetap hanya pengisinya: perangkat daerah atau Bappeda.")
    require_unlocked(item)
    with writing(actor, mejas=[item.meja]) as writer:
        item.refresh_from_db(fields=["target_seq"])
        if item.target_seq is None:
            return
        if moved_targets([item])[item.pk].last_seq != seen:
            raise StaleState("Target ini berubah lagi sejak halaman dibuka. Muat ulang, lalu periksa sekali lagi.")
        writer.record(item, CONFIRMED, {"since": item.target_seq})
        Item.objects.filter(pk=item.pk).update(target_seq=None)
    item.target_seq = None
