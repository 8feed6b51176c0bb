"""What the centre has prepared for the rows of one indicator, region by region; of a row that was not handed in nothing else is known."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from accounts.actors import Actor
from desks.choices import UNSUBMITTED, ActionSide
from desks.models import Desk, Item, MacroAction
from desks.services.macro import keeps_only_its_own


@dataclass(frozen=True)
class Prepared:
    """A strategi or aksi of the centre; `may` says whether the reader may take it away."""

    code: str
    text: str
    owner: str
    may: bool


@dataclass(frozen=True)
class AheadRow:
    """A region: whether its row waits there still, and what the centre has prepared."""

    kode: str
    region: str
    item: str
    waits: bool
    actions: list[Prepared] = field(default_factory=list)


def rows_of_indicator(actor: Actor, desk: Desk, indicator: int) -> list[AheadRow]:
    """The regions of the desk for one indicator; two queries."""
    items = list(
        Item.objects.filter(meja__desk=desk, indicator=indicator)
        .order_by("region__kode")
        .values_list("pk", "code", "state", "locked_at", "region__kode", "region__short_name")
    )
    found: dict[int, list[Prepared]] = defaultdict(list)
    rows = MacroAction.objects.filter(item__in=[row[0] for row in items], side=ActionSide.PUSAT)
    for action in rows.select_related("owner").order_by("order", "pk"):
        may = not keeps_only_its_own(actor) or action.owner_id == actor.institution.pk
        found[action.item_id].append(Prepared(action.code, action.text, action.owner_name, may))
    return [
        AheadRow(kode, name, code, state in UNSUBMITTED and locked is None, found[pk])
        for pk, code, state, locked, kode, name in items
    ]
