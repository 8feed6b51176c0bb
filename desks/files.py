"""Who may read stored files of the desks: evidence of an usulan (its region, once handed in whoever sees it), sent workbooks (the sender)."""

from __future__ import annotations

from typing import Any

from accounts.actors import Actor
from accounts.models import Membership
from core.files import file_right
from core.models import StoredFile
from desks.disclosure import sees_drafting
from desks.models import IsianUpload, Item, Readiness


@file_right
def reads_evidence(user: Any, stored: StoredFile) -> bool | None:
    """Evidence is read under one of the memberships held now; what was not handed in yet stays inside the region."""
    rows = list(Readiness.objects.filter(file=stored).values_list("usulan__item_id", "usulan__handed_in"))
    if not rows:
        return None
    handed = {item for item, text in rows if f'"{stored.code}"' in text}
    members = Membership.objects.current().filter(user=user).select_related("institution")
    return any(_reads(Actor(user, member), {item for item, _ in rows}, handed) for member in members)


@file_right
def reads_own_upload(user: Any, stored: StoredFile) -> bool | None:
    """A workbook of the Isian as it was sent is read by whoever sent it."""
    owners = list(IsianUpload.objects.filter(file=stored).values_list("by_id", flat=True))
    return (user.pk in owners) if owners else None


def _reads(actor: Actor, items: set[int], handed: set[int]) -> bool:
    seen = Item.objects.visible_to(actor).filter(pk__in=items)
    return any(row.pk in handed or sees_drafting(actor, row) for row in seen)
