"""Who may do what with a berita acara; finalising and signing are for a person at the screen, never for a token."""

from __future__ import annotations

from typing import Any

import rules

from accounts.actors import Actor
from accounts.choices import Role
from agreements.choices import PaperScope
from agreements.models import BeritaAcara, Signatory
from desks.models import Session
from desks.rules import person_not_program, roles_at


def _ba_of(obj: Any) -> BeritaAcara | None:
    return obj.ba if isinstance(obj, Signatory) else obj if isinstance(obj, BeritaAcara) else None


def _roles(actor: Actor, obj: Any) -> frozenset[str]:
    if isinstance(obj, Session):
        return roles_at(actor, obj)
    ba = _ba_of(obj)
    if ba is None:
        return frozenset()
    if ba.session is not None:
        return roles_at(actor, ba.session)
    return (
        roles_at(actor, ba.desk) if ba.desk is not None and ba.scope == PaperScope.DESK else roles_at(actor, ba.round)
    )


def of_room(*wanted: Role) -> rules.Predicate:
    """The actor sits as one of these roles at the session that the berita acara records."""

    @rules.predicate(name=f"of_room_{'_'.join(wanted)}")
    def check(actor: Actor, obj: Any) -> bool:
        return bool(_roles(actor, obj) & set(wanted))

    return check


@rules.predicate
def own_signature(actor: Actor, obj: Any) -> bool:
    """The actor is the very person named as signatory."""
    return isinstance(obj, Signatory) and obj.user_id is not None and obj.user_id == actor.user.pk


@rules.predicate
def coordinates_signatory(actor: Actor, obj: Any) -> bool:
    """The actor is koordinator of the institution that is to sign."""
    return isinstance(obj, Signatory) and actor.role == Role.KOORDINATOR and obj.institution_id == actor.institution.pk


@rules.predicate
def sees(actor: Actor, obj: Any) -> bool:
    """The berita acara is among those visible to the actor."""
    ba = _ba_of(obj)
    return ba is not None and BeritaAcara.objects.visible_to(actor).filter(pk=ba.pk).exists()


is_chair = of_room(Role.MODERATOR, Role.PIMPINAN_SIDANG)
is_staff = of_room(Role.MODERATOR, Role.PIMPINAN_SIDANG, Role.NOTULIS, Role.SEKRETARIAT)
is_secretariat = of_room(Role.SEKRETARIAT)

for name, predicate in {
    "agreements.view_ba": sees,
    "agreements.draft_ba": is_staff,
    "agreements.finalise_ba": person_not_program & is_chair,
    "agreements.void_ba": person_not_program & (is_chair | is_secretariat),
    "agreements.sign": person_not_program & own_signature,
    "agreements.refuse": person_not_program & (own_signature | is_chair | is_secretariat),
    "agreements.excuse_signature": person_not_program & (is_chair | is_secretariat),
    "agreements.upload_scan": person_not_program & (own_signature | coordinates_signatory | is_staff),
    "agreements.change_signatory": person_not_program & (coordinates_signatory | is_staff),
}.items():
    rules.add_perm(name, predicate)
