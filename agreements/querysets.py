"""Vocabulary of the berita acara; every list starts from `visible_to`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.choices import Role
from agreements.choices import FINAL_STATES, NOT_DRAFT, BaState
from desks.scopes import SeatScope, scope_of

if TYPE_CHECKING:
    from accounts.actors import Actor
    from agreements.models import BeritaAcara  # noqa: F401 (named in the class below)

STAFF_ROLES = (Role.MODERATOR, Role.PIMPINAN_SIDANG, Role.NOTULIS, Role.SEKRETARIAT)
PARTY_ROLES = (Role.PEMBAHAS, Role.PENANDATANGAN, Role.KOORDINATOR)
REGION_ROLES = (Role.BAPPEDA, Role.VERIFIKATOR, Role.OPD)


class BaQuerySet(models.QuerySet["BeritaAcara"]):
    """Berita acara as an actor may see them."""

    def visible_to(self, actor: Actor | None) -> BaQuerySet:
        """Drafts: room staff, secretariat and parties of its mejas. Final ones: whoever sits at a meja it covers, and every region of the
        round. Void ones: those who saw the draft, and auditors. A signatory always sees what is to be signed."""
        if actor is None:
            return self.none()
        condition = Q(signatories_exist=True, state__in=NOT_DRAFT)
        for seat in scope_of(actor).seats:
            condition |= _visible_by(seat, actor)
        return self.annotate(signatories_exist=_named(actor)).filter(condition)

    def standing(self) -> BaQuerySet:
        """Those that are not void."""
        return self.exclude(state=BaState.VOID)


def _named(actor: Actor) -> Exists:
    from agreements.models import Signatory

    return Exists(Signatory.objects.filter(ba=OuterRef("pk"), user=actor.user))


def _covers(**condition: object) -> Exists:
    from agreements.models import BaMeja

    return Exists(BaMeja.objects.filter(ba=OuterRef("pk"), **condition))


def _visible_by(seat: SeatScope, actor: Actor) -> Q:
    in_round = Q(round_id=seat.round_id)
    if seat.strand:
        in_round &= Q(strand=seat.strand)
    here = in_round & Q(_seated_at(seat, actor))
    if seat.role in STAFF_ROLES:
        return here
    if seat.role in REGION_ROLES or not seat.with_host(actor) and seat.role in PARTY_ROLES:
        return here | (in_round & Q(state__in=FINAL_STATES))
    if seat.role in PARTY_ROLES:
        return here
    if seat.role == Role.AUDITOR:
        return in_round & Q(state__in=NOT_DRAFT)
    return here & Q(state__in=FINAL_STATES)


def _seated_at(seat: SeatScope, actor: Actor) -> Exists:
    """The berita acara covers a meja of the seat; a region's seat reaches its own region only."""
    condition: dict[str, object] = {}
    if seat.desk_id is not None:
        condition["meja__desk_id"] = seat.desk_id
    if seat.region_id is not None:
        condition["meja__region_id"] = seat.region_id
    if not seat.with_host(actor) and seat.role not in STAFF_ROLES:
        condition["meja__region_id"] = actor.region_id
    return _covers(**condition)
