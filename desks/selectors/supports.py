"""The sub kegiatan of a row as each may read them: what was handed in, for everybody but the region that is changing them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db.models import Model, Q, QuerySet

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
    return supports_over(actor, [item])[item.pk]


def supports_over(actor: Actor, items: Iterable[Item]) -> dict[int, list[Support]]:
    """The same for many rows at once, by key of the row, in a fixed number of queries."""
    known = {item.pk: item for item in items}
    found: dict[int, list[Support]] = {pk: [] for pk in known}
    stored = Support.objects.filter(item__in=known).select_related("nomenclature", "opd")
    for row in stored.prefetch_related("funds__source", "places__region"):
        found[row.item_id].append(row)
    hidden = [item for item in known.values() if item.state in BEING_TYPED and not sees_drafting(actor, item)]
    typed = _before_the_typing(hidden)
    words = _Words.of([facts for before in typed.values() for facts in before.values() if facts]) if typed else None
    for pk, before in typed.items():
        assert words is not None
        found[pk] = _put_back(known[pk], found[pk], before, words)
    return found


def _before_the_typing(items: list[Item]) -> dict[int, dict[Key, Facts | None]]:
    """Per row what each sub kegiatan touched since the last handing in was then; None where it was not there."""
    if not items:
        return {}
    found: dict[int, dict[Key, Facts | None]] = defaultdict(dict)
    events = Event.objects.filter(item__in=items, action__in=(*HANDED_IN, *CHANGES)).order_by("item_id", "seq")
    for pk, action, payload in events.values_list("item_id", "action", "payload"):
        assert pk is not None
        facts = json.loads(payload)
        if action in HANDED_IN:
            found[pk] = {}
        elif not facts.get("at_desk"):
            old = facts.get("before")
            found[pk].setdefault(_key(old or facts["after"]), old)
    return {pk: before for pk, before in found.items() if before}


def _key(facts: Facts) -> Key:
    return facts["kode"], facts["opd"]


@dataclass(frozen=True)
class _Words:
    """What the codes in events stand for, read once for all rows."""

    sources: dict[str, FundingSource]
    regions: dict[str, Region]
    names: dict[tuple[str, str], Nomenclature]
    offices: dict[str, Institution]

    @classmethod
    def of(cls, known: list[Facts]) -> _Words:
        codes = {facts["kode"] for facts in known}
        funds = {kode for facts in known for kode in facts["funds"]}
        places = {kode for facts in known for kode in facts["places"]}
        offices = Q(pk__in=[])
        for facts in known:
            kind, _, kode = facts["opd"].partition(":")
            offices |= Q(kind=kind, kode=kode)
        return cls(
            {row.kode: row for row in FundingSource.objects.filter(kode__in=funds)},
            {row.kode: row for row in Region.objects.filter(kode__in=places)},
            {(row.gov_level, row.kode): row for row in Nomenclature.objects.filter(kode__in=codes).order_by("version_id")},
            {row.code: row for row in Institution.objects.filter(offices)},
        )  # fmt: skip


def _put_back(item: Item, rows: list[Support], before: dict[Key, Facts | None], words: _Words) -> list[Support]:
    seen = {(row.nomenclature.kode, row.opd.code): row for row in rows}
    for key, facts in before.items():
        row = seen.pop(key, None)
        if facts is not None:
            row = row or _gone(item, facts, words)
            seen[key] = _as_it_was(row, facts, words)
    return sorted(seen.values(), key=lambda row: (row.nomenclature.kode, row.opd.kode))


def _gone(item: Item, facts: Facts, words: _Words) -> Support:
    """A sub kegiatan that was taken away meanwhile; its key is nobody's."""
    level = GovLevel.PROVINSI if item.region.level == "province" else GovLevel.KABKOTA
    return Support(
        pk=0, item=item, nomenclature=words.names[level.value, facts["kode"]], opd=words.offices[facts["opd"]]
    )


def _as_it_was(row: Support, facts: Facts, words: _Words) -> Support:
    row.volume = Decimal(facts["volume"]) if facts["volume"] is not None else None
    row.volume_unit = facts["unit"]
    funds = [
        SupportFund(support=row, source=words.sources[kode], proposed=int(amount) if amount is not None else None)
        for kode, amount in facts["funds"].items()
    ]
    regions = [words.regions[kode] for kode in sorted(facts["places"])]
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
