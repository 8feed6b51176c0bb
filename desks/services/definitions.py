"""The wording of an indicator in a plan year: a wording that moves under filled rows becomes a version of its own.

Rows keep the version they were filled against. Bringing them under the new one is an act of its own per desk: an event, and the
figure on the table is put there anew, so that every stance is asked again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.urls import reverse

from accounts.actors import Actor, can
from accounts.models import Notice
from core.errors import InvalidInput, NotAllowed
from desks.chain import writing
from desks.choices import SETTLED, Applicability, ItemState
from desks.filters import NEWER_WORDING
from desks.models import Desk, Item, Meja, Position, Round
from desks.selectors.owners import owners_of
from desks.services.talk import write_position
from desks.versions import change_item
from indicators.models import Indicator, IndicatorVersion


@dataclass(frozen=True)
class Wording:
    """What an indicator is called and how it is written in a plan year."""

    name: str
    unit: str
    decimals: int
    in_words: bool = False
    direction: str = ""


FILLED = ~Q(value_proposed_kind="") | ~Q(applicability=Applicability.APPLIES) | ~Q(state=ItemState.DRAFT)


def filled_rows(round_: Round) -> QuerySet[Item]:
    """Rows of the round in which somebody has written."""
    return Item.objects.filter(FILLED, round=round_, indicator__isnull=False)


def old_wording(round_: Round) -> QuerySet[Item]:
    """Rows filled against a wording that a newer one of the same plan year has replaced; locked ones stay as they were signed."""
    return Item.objects.filter(NEWER_WORDING, round=round_, locked_at__isnull=True).exclude(state=ItemState.WITHDRAWN)


def latest_version(indicator: Indicator, year: int) -> IndicatorVersion | None:
    """The wording that counts in a plan year."""
    return IndicatorVersion.objects.filter(indicator=indicator, year=year).order_by("-no").first()


def set_wording(actor: Actor, round_: Round, indicator: Indicator, wording: Wording) -> IndicatorVersion:
    """Give the indicator this wording in the round's plan year; call inside a transaction.

    Nothing filled yet: the wording is corrected in place. Filled rows: a new version comes, rows without content move to it, the others
    keep theirs and their owners are told.
    """
    if not can(actor, "indicators.edit_reference"):
        raise NotAllowed("Rumusan indikator diubah sekretariat penyelenggaraan nasional.")
    year = round_.plan_year
    now = latest_version(indicator, year)
    same = now is not None and (now.name, now.unit, now.in_words) == (wording.name, wording.unit, wording.in_words)
    decimals_moved = indicator.decimals != wording.decimals
    columns = {"name": wording.name, "unit": wording.unit, "in_words": wording.in_words}
    if now is None:
        now = IndicatorVersion.objects.create(indicator=indicator, year=year, **columns)
        Item.objects.filter(round=round_, indicator=indicator, indicator_version=None).update(indicator_version=now)
    elif not same or decimals_moved:
        now = _reword(actor, indicator, now, columns)
    newest = not IndicatorVersion.objects.filter(indicator=indicator, year__gt=year).exists()
    if newest:
        Indicator.objects.filter(pk=indicator.pk).update(
            unit=wording.unit, decimals=wording.decimals, direction=wording.direction or None
        )
    return now


def _reword(actor: Actor, indicator: Indicator, old: IndicatorVersion, columns: dict[str, object]) -> IndicatorVersion:
    filled = list(
        Item.objects.filter(FILLED, indicator_version=old).select_related("meja", "round", "region", "indicator")
    )
    if not filled:
        IndicatorVersion.objects.filter(pk=old.pk).update(**columns)
        old.refresh_from_db()
        return old
    new = IndicatorVersion.objects.create(
        indicator=indicator, year=old.year, no=old.no + 1, outcome=old.outcome, definition=old.definition, formula=old.formula,
        source=old.source, **columns,
    )  # fmt: skip
    empty = Item.objects.filter(indicator_version=old).exclude(pk__in=[item.pk for item in filled])
    mejas = list(Meja.objects.filter(pk__in=empty.values("meja")))
    with writing(actor, mejas=mejas) as writer:
        for meja in mejas:
            writer.record(meja, "reword_indicator", {"indicator": indicator.code, "wording": [old.no, new.no]})
        empty.update(indicator_version=new)
    _tell_owners(filled, f"Definisi indikator {indicator.code} berubah: {new.name} ({new.unit}). Periksa isian Anda.")
    return new


def _tell_owners(items: Sequence[Item], text: str) -> None:
    """A notice to those who fill the rows: people of the Bappeda and of the perangkat daerah that hold the bidang or indicator."""
    owners = owners_of(items)
    Notice.objects.bulk_create(
        Notice(
            user_id=user, kind="desks.definition", object_code=item.code, text=text[:300], url=reverse("desks:item", args=[item.code])
        )
        for item in items
        for user in owners[item.pk]
    )  # fmt: skip


def repoint(actor: Actor, desk: Desk, *, reason: str) -> int:
    """Bring every row of the desk under the newest wording of its indicator; answers how many.

    The figure on the table is put there anew, so that stances said to the old wording count no more. Rows with a verdict are left: the
    moderator reopens them first.
    """
    if not can(actor, "desks.manage_round", desk.round):
        raise NotAllowed()
    if not reason.strip():
        raise InvalidInput("Tuliskan alasan mengapa isian lama tetap berlaku untuk definisi baru.", field="reason")
    rows = old_wording(desk.round).filter(meja__desk=desk).exclude(state__in=SETTLED)
    mejas = list(Meja.objects.filter(pk__in=rows.values("meja")).select_related("desk", "round", "region"))
    with writing(actor, mejas=mejas) as writer:
        items = list(
            rows.select_related("meja__desk", "round", "region", "indicator__bidang", "indicator_version").order_by(
                "pk"
            )
        )
        newest = {
            version.indicator_id: version
            for version in IndicatorVersion.objects.filter(
                indicator__in=[item.indicator_id for item in items], year=desk.round.plan_year
            ).order_by("no")
        }
        last = {position.item_id: position for position in Position.objects.filter(item__in=items).order_by("seq")}
        for item in items:
            old, new = item.indicator_version, newest[item.indicator_id or 0]
            change_item(actor, item, item.version, indicator_version=new)
            facts = {"item_version": item.version, "wording": [old.no if old else 0, new.no], "reason": reason.strip()}
            writer.record(item, "repoint_indicator", facts)
            if item.pk in last:
                write_position(
                    writer, item, last[item.pk].value, f"Definisi indikator berubah: {reason.strip()}", agree=False
                )
    return len(items)


def waiting_versions(round_: Round) -> list[dict[str, object]]:
    """Per desk and indicator: old and new wording, and how many rows stand under the old one. Two queries."""
    newest = {
        version.indicator_id: version
        for version in IndicatorVersion.objects.filter(
            indicator__desk_rows__round=round_, year=round_.plan_year
        ).order_by("no")
    }
    found: dict[tuple[str, int, int], dict[str, object]] = {}
    rows = old_wording(round_).select_related("meja__desk", "indicator", "indicator_version", "region")
    for item in rows.order_by(F("meja__desk__order"), "meja__desk__code", "order", "region__kode"):
        key = (item.meja.desk.code, item.indicator_id or 0, item.indicator_version_id or 0)
        row = found.setdefault(
            key,
            {
                "desk": item.meja.desk,
                "indicator": item.indicator,
                "old": item.indicator_version,
                "new": newest.get(item.indicator_id or 0),
                "rows": [],
            },
        )
        row["rows"].append(item)  # type: ignore[attr-defined]
    return list(found.values())
