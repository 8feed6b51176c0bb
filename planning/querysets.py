"""Which documents a person may read: drafts stay with their owner and the centre, what is set is for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from accounts.actors import Actor
from accounts.choices import REGIONAL_KINDS, InstitutionKind
from planning.choices import DocumentStage

if TYPE_CHECKING:
    from planning.models import Document, Pagu  # noqa: F401  (named in the base classes)


class DocumentQuerySet(models.QuerySet["Document"]):
    """Documents."""

    def visible_to(self, actor: Actor | None) -> DocumentQuerySet:
        """What is at penetapan, and of ranwal to rancangan akhir what the actor's side writes.

        The centre reads every draft. A region reads the drafts of its Bappeda; those of an OPD are read by that OPD and its Bappeda; a
        province's Bappeda reads its kab/kota's, which it evaluates. Nobody reads a draft of another region, nor a region one of a K/L.
        """
        if actor is None:
            return self.none()
        if actor.central:
            return self.all()
        return self.filter(Q(stage=DocumentStage.PENETAPAN) | own_side(actor))


def own_side(actor: Actor) -> Q:
    """Documents whose drafts the actor's region writes together."""
    found = Q(owner_id=actor.institution.pk)
    found |= Q(owner__kind=InstitutionKind.BAPPEDA, owner__region_id=actor.region_id)
    if actor.institution.kind == InstitutionKind.BAPPEDA:
        found |= Q(owner__region_id=actor.region_id) | Q(owner__region__parent_id=actor.region_id)
    return found


class PaguQuerySet(models.QuerySet["Pagu"]):
    """Spending ceilings."""

    def visible_to(self, actor: Actor | None) -> PaguQuerySet:
        """Those of the actor's own institution; the Bappeda and who reads with it (verifikator) those of all institutions of its region."""
        if actor is None:
            return self.none()
        if actor.institution.kind == InstitutionKind.BAPPEDA:
            return self.filter(institution__region_id=actor.region_id, institution__kind__in=REGIONAL_KINDS)
        return self.filter(institution_id=actor.institution.pk)
