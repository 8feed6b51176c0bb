"""What an usulan says, as plain facts: as it stands for those who type it, as it was handed in for everybody else."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, QuerySet

from accounts.actors import Actor
from core.canonical import canonical
from core.money import Unit, format_rupiah, format_rupiah_in
from core.numbers import format_number
from desks.aims import RELATED
from desks.choices import GONE_PLACES
from desks.disclosure import BEING_TYPED, sees_drafting
from desks.models import Readiness, Usulan, UsulanPlace, UsulanPriority
from planning.selectors.priorities import chips_of_nodes


def with_details(rows: QuerySet[Usulan]) -> QuerySet[Usulan]:
    """Usulan with everything their facts name, in four further queries."""
    return rows.select_related(*RELATED, "opd", "item__region", "item__round").prefetch_related(
        Prefetch("places", UsulanPlace.objects.select_related("region").order_by("region__kode", "pk")),
        Prefetch("readiness", Readiness.objects.select_related("criterion", "file").order_by("criterion__order")),
        Prefetch("priorities", UsulanPriority.objects.select_related("node").order_by("node__tree", "node__code")),
    )


def describe(usulan: Usulan) -> dict[str, Any]:
    """The facts as they stand now."""
    return {
        "title": usulan.title, "unit": usulan.unit, "amount_unit": usulan.amount_unit, "justification": usulan.item.proposal_note,
        "opd": usulan.opd.short_name if usulan.opd else "",
        "ro": usulan.aim.facts(),
        "places": [
            {"code": place.code, "region": place.region.short_name, "name": place.region.name, "kode": place.region.kode, "detail": place.detail,
             "volume": place.volume_proposed, "amount": place.amount_proposed}
            for place in usulan.places.all() if place.verdict not in GONE_PLACES
        ],
        "readiness": [
            {"criterion": row.criterion.code, "name": row.criterion.name, "status": row.status, "month": row.month, "link": row.link,
             "file": row.file.code if row.file else "", "file_name": row.file.name if row.file else ""}
            for row in usulan.readiness.all()
        ],
        "priorities": priorities_of(usulan),
    }  # fmt: skip


def priorities_of(usulan: Usulan) -> list[dict[str, str]]:
    """The nodes that the usulan serves, as chips in plain values."""
    return [asdict(chip) for chip in chips_of_nodes(tag.node for tag in usulan.priorities.all())]


def coded(usulan: Usulan) -> dict[str, Any]:
    """The facts in codes and figures, for events."""
    return {
        "title": usulan.title, "unit": usulan.unit, "opd": usulan.opd.code if usulan.opd else "",
        "ro": usulan.aim.key,
        "places": {
            place.mark: [place.detail, _plain(place.volume_proposed), place.amount_proposed]
            for place in usulan.places.all() if place.verdict not in GONE_PLACES
        },
        "readiness": {
            row.criterion.code: [row.status, row.month, row.link, row.file.sha256 if row.file else ""] for row in usulan.readiness.all()
        },
        "priorities": sorted(tag.node.key for tag in usulan.priorities.all()),
    }  # fmt: skip


def _plain(number: Decimal | None) -> Decimal | None:
    return number.normalize() if number is not None else None


def handed_in_text(usulan: Usulan) -> str:
    """The facts as the column keeps them when the region hands in."""
    return canonical(describe(usulan))


def facts_for(actor: Actor | None, usulan: Usulan) -> dict[str, Any]:
    """The facts that the actor (None: everybody, as on paper) may read: while the region types, what it last handed in."""
    item = usulan.item
    if item.state in BEING_TYPED and not (actor and sees_drafting(actor, item)) and usulan.handed_in:
        return _read(usulan.handed_in)
    return describe(usulan)


def _read(text: str) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads(text)
    for place in facts["places"]:
        place["volume"] = Decimal(place["volume"]) if place["volume"] is not None else None
        place["amount"] = int(place["amount"]) if place["amount"] is not None else None
    return facts


def money(amount: int | None, unit: str) -> str:
    """An allocation in the unit it was written in: `1.250.000` under a head `Rp ribu`; with decimals where it does not come out even."""
    if amount is None:
        return ""
    factor = Unit(unit).factor if unit in Unit.values else 1
    return format_number(Decimal(amount) / factor)


def money_words(amount: int | None, unit: str) -> str:
    """An allocation in running text: `Rp1.250.000 ribu`, full rupiah where the unit is rupiah or it does not come out even."""
    if amount is None:
        return "alokasi belum diisi"
    if unit in ("ribu", "juta") and amount % Unit(unit).factor == 0:
        return f"Rp{format_number(amount // Unit(unit).factor)} {unit}"
    return format_rupiah(amount) if unit != "miliar" else format_rupiah_in(amount, unit)


def volume_words(volume: Decimal | None, unit: str) -> str:
    """`12,5 km`."""
    return f"{format_number(volume)} {unit}".strip() if volume is not None else "volume belum diisi"


def package_words(parts: Iterable[tuple[str, Decimal | None, int | None]], unit: str, amount_unit: str) -> str:
    """`Kab. Bogor 5 km, Rp1.000 ribu; Kab. Bandung …`: the locations of a package."""
    return "; ".join(
        f"{name} {volume_words(volume, unit)}, {money_words(amount, amount_unit)}" for name, volume, amount in parts
    )
