"""The sub kegiatan of a row as each may read them: what was handed in, for everybody but the region that is changing them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

from django.db.models import Model, QuerySet

from accounts.actors import Actor
from accounts.models import Institution, Region
from desks.disclosure import BEING_TYPED, sees_drafting
from desks.models import Event, Item, Support, SupportFund, SupportPlace
from planning.choices import GovLevel
from planning.models import FundingSource, Nomenclature

CHANGES: Final = ("add_support", "change_support", "remove_support")
HANDED_IN: Final = ("submit", "answer")
Facts = dict[str, Any]
Key = tuple[str, str]


def supports_seen(actor: Actor, item: Item) -> list[Support]:
    """The sub kegiatan of the row with code, OPD, funds and places; in memory put back to what was handed in where others look."""
    rows = list(
        Support.objects.filter(item=item)
        .select_related("nomenclature", "opd")
        .prefetch_related("funds__source", "places__region")
    )
    if item.state not in BEING_TYPED or sees_drafting(actor, item):
        return rows
    before = _before_the_typing(item)
    return _put_back(item, rows, before) if before else rows


def _before_the_typing(item: Item) -> dict[Key, Facts | None]:
    """What each sub kegiatan touched since the last handing in was then; None where it was not there."""
    found: dict[Key, Facts | None] = {}
    events = Event.objects.filter(item=item, action__in=(*HANDED_IN, *CHANGES)).order_by("seq")
    for action, payload in events.values_list("action", "payload"):
        facts = json.loads(payload)
        if action in HANDED_IN:
            found = {}
        elif not facts.get("at_desk"):
            old = facts.get("before")
            found.setdefault(_key(old or facts["after"]), old)
    return found


def _key(facts: Facts) -> Key:
    return facts["kode"], facts["opd"]


def _put_back(item: Item, rows: list[Support], before: dict[Key, Facts | None]) -> list[Support]:
    seen = {(row.nomenclature.kode, row.opd.code): row for row in rows}
    for key, facts in before.items():
        row = seen.pop(key, None)
        if facts is not None:
            row = row or _gone(item, facts)
            seen[key] = _as_it_was(row, facts)
    return sorted(seen.values(), key=lambda row: (row.nomenclature.kode, row.opd.kode))


def _gone(item: Item, facts: Facts) -> Support:
    """A sub kegiatan that was taken away meanwhile; its key is nobody's."""
    level = GovLevel.PROVINSI if item.region.level == "province" else GovLevel.KABKOTA
    codes = Nomenclature.objects.filter(kode=facts["kode"], gov_level=level).order_by("-version_id")
    kind, _, kode = facts["opd"].partition(":")
    return Support(pk=0, item=item, nomenclature=codes[0], opd=Institution.objects.get(kind=kind, kode=kode))


def _as_it_was(row: Support, facts: Facts) -> Support:
    row.volume = Decimal(facts["volume"]) if facts["volume"] is not None else None
    row.volume_unit = facts["unit"]
    sources = {source.kode: source for source in FundingSource.objects.filter(kode__in=facts["funds"])}
    funds = [
        SupportFund(support=row, source=sources[kode], proposed=int(amount) if amount is not None else None)
        for kode, amount in facts["funds"].items()
    ]
    regions = Region.objects.filter(kode__in=facts["places"]).order_by("kode")
    row._prefetched_objects_cache = {  # type: ignore[attr-defined]
        "funds": _known(SupportFund, funds),
        "places": _known(SupportPlace, (SupportPlace(support=row, region=region) for region in regions)),
    }
    return row


def _known(model: type[Model], rows: Iterable[Model]) -> QuerySet[Any]:
    """Rows that `.all()` gives without asking the database."""
    query = model._default_manager.none()
    query._result_cache = list(rows)
    return query
