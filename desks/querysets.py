"""Vocabulary of agenda rows; every list starts from `visible_to`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.choices import Role
from desks.choices import UNSUBMITTED, ItemState
from desks.scopes import REGION_ROLES, SeatScope, Sight, seat_filter, sight_of

if TYPE_CHECKING:
    from accounts.actors import Actor
    from desks.models import Item  # noqa: F401  (named in the base class)


NOBODY = Q(pk__in=[])


class ItemQuerySet(models.QuerySet["Item"]):
    """Rows as an actor may see them, and shorthands for their states."""

    def visible_to(self, actor: Actor | None) -> ItemQuerySet:
        """What the actor may see (design 5): own region or held bidang in every state; seats of the centre from submission on;
        other regions' rows for regions only once their berita acara is final."""
        if actor is None:
            return self.none()
        return self.in_sight(sight_of(actor))

    def in_sight(self, sight: Sight) -> ItemQuerySet:
        """The rows of a sight."""
        condition = NOBODY
        for seat in sight.seats:
            condition |= _visible_by(seat, sight)
        return self.filter(condition)

    def submitted_or_later(self) -> ItemQuerySet:
        """Rows that have left the region."""
        return self.exclude(state__in=UNSUBMITTED)


def _visible_by(seat: SeatScope, sight: Sight) -> Q:
    base = seat_filter(seat, meja="meja__desk_id")
    if seat.strand:
        base &= Q(strand=seat.strand)
    if seat.role in REGION_ROLES:
        return (base & Q(region_id=sight.region_id)) | _final_elsewhere(seat)
    if seat.role == Role.OPD:
        held = Q(indicator__bidang_id__in=sight.bidang(seat.plan_year)) | Q(
            indicator_id__in=sight.indicators(seat.plan_year)
        )
        held |= Q(usulan__opd_id=sight.opd_id)
        return (base & Q(region_id=sight.region_id) & held) | _final_elsewhere(seat)
    return base & submitted_condition()


def _final_elsewhere(seat: SeatScope) -> Q:
    return Q(round_id=seat.round_id, locked_at__isnull=False)


def submitted_condition() -> Q:
    """Rows the centre may see: submitted or later; a withdrawn one only if it had been submitted."""
    from desks.models import Position

    had_position = Exists(Position.objects.filter(item_id=OuterRef("pk")))
    return ~Q(state__in=[*UNSUBMITTED, ItemState.WITHDRAWN]) | (Q(state=ItemState.WITHDRAWN) & Q(had_position))
