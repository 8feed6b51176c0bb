"""Asking regions to mend rows, in bulk: one request, and for each row the right owner."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from django.db.models import TextChoices
from django.utils import timezone

from accounts.actors import Actor
from accounts.choices import InstitutionKind
from accounts.models import Institution
from core.errors import InvalidInput
from desks.models import Desk, Item
from desks.selectors.board import items_for
from desks.selectors.deadlines import require_due
from desks.services.item import RowResult, move_rows
from planning.choices import HolderPart
from planning.models import BidangHolder


class RepairOwner(TextChoices):
    """Who is asked."""

    BAPPEDA = "bappeda", "Bappeda"
    OPD = "opd", "Perangkat daerah pengampu bidang"


def request_repair(
    actor: Actor, desk: Desk, rows: Sequence[tuple[str, int]], *, note: str, due: dt.datetime, owner: str = RepairOwner.BAPPEDA, key: str = ""
) -> list[RowResult]:  # fmt: skip
    """Ask for repair of rows (code, version seen) until `due`, which must lie ahead and not after the desk stage.

    The owner is the Bappeda of each region or the OPD there that holds the bidang urusan; a row without such an owner is refused by itself.
    """
    _check(desk, note, due, owner)
    items = items_for(actor, desk, [code for code, _ in rows])
    owners = _owners(items.values(), owner, desk.round.plan_year)
    groups: dict[Institution, list[tuple[str, int]]] = {}
    results: dict[str, RowResult] = {}
    for code, version in rows:
        item = items.get(code)
        if item is None:
            results[code] = RowResult(code, "refused", message="Butir tidak ditemukan.", problem="not_found")
        elif item.pk not in owners:
            results[code] = RowResult(
                code, "refused", version, item.state, message=_lacking(item, owner), problem="invalid"
            )
        else:
            groups.setdefault(owners[item.pk], []).append((code, version))
    for institution, chosen in groups.items():
        given = {"note": note.strip(), "due": due, "owner": institution}
        # One key per owner: a repeated request finds the first answer of each part.
        part = f"{key}-{institution.pk}" if key else ""
        results |= {row.code: row for row in move_rows(actor, "repair", chosen, given=given, key=part)}
    return [results[code] for code, _ in rows]


def _check(desk: Desk, note: str, due: dt.datetime, owner: str) -> None:
    if not note.strip():
        raise InvalidInput("Tuliskan apa yang perlu diperbaiki.", field="note")
    if owner not in RepairOwner.values:
        raise InvalidInput("Pilih penanggung jawab.", field="owner")
    require_due(desk.round, due, timezone.now())


def _owners(rows: Collection[Item], owner: str, year: int) -> dict[int, Institution]:
    regions = {item.region_id for item in rows}
    if owner == RepairOwner.BAPPEDA:
        found = Institution.objects.filter(kind=InstitutionKind.BAPPEDA, active=True, region_id__in=regions)
        bappeda = {institution.region_id: institution for institution in found.order_by("-pk")}
        return {item.pk: bappeda[item.region_id] for item in rows if item.region_id in bappeda}
    held = BidangHolder.objects.filter(
        year=year, part=HolderPart.PENANGGUNG_JAWAB, institution__kind=InstitutionKind.OPD, institution__region_id__in=regions
    )  # fmt: skip
    opd = {(row.institution.region_id, row.bidang_id): row.institution for row in held.select_related("institution")}
    places = {item.pk: (item.region_id, item.indicator.bidang_id if item.indicator else None) for item in rows}
    return {pk: opd[place] for pk, place in places.items() if place in opd}


def _lacking(item: Item, owner: str) -> str:
    return f"{RepairOwner(owner).label} di {item.region.short_name} belum terdaftar; pilih penanggung jawab lain."
