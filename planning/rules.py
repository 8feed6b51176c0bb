"""Who may write documents: their owner, and for a region its Bappeda; the keeper of reference data writes any. What is read starts from `visible_to`."""

from __future__ import annotations

from typing import Any

import rules

from accounts.actors import Actor, can
from accounts.choices import InstitutionKind, Role
from accounts.models import Institution
from planning.models import Document, Upload

WRITERS = (Role.SEKRETARIAT, Role.PEMBAHAS, Role.MODERATOR, Role.BAPPEDA, Role.OPD)
"""Roles that do an institution's planning work; those who read, sign, chair or invite do not."""


def _owner(obj: Any) -> Institution | None:
    return obj.owner if isinstance(obj, Document | Upload) else obj if isinstance(obj, Institution) else None


@rules.predicate
def does_planning(actor: Actor, obj: Any) -> bool:
    """The actor's role writes plans, in person."""
    return actor.role in WRITERS and not actor.api


@rules.predicate
def owns_document(actor: Actor, obj: Any) -> bool:
    """The document is the actor's own, or of an OPD of its region where it speaks for the Bappeda. Without an object: some document is."""
    owner = _owner(obj)
    if owner is None:
        return obj is None
    if owner.pk == actor.institution.pk:
        return True
    of_region = owner.kind == InstitutionKind.OPD and owner.region_id == actor.region_id
    return actor.institution.kind == InstitutionKind.BAPPEDA and of_region


@rules.predicate
def keeps_reference(actor: Actor, obj: Any) -> bool:
    """The actor keeps reference data; who that is follows from seats, which only an app above knows."""
    return can(actor, "planning.edit_reference")


@rules.predicate
def sets_pagu(actor: Actor, obj: Any) -> bool:
    """The actor speaks for the Bappeda of the institution's region. Without an object: for some Bappeda."""
    if actor.institution.kind != InstitutionKind.BAPPEDA:
        return False
    return obj is None or isinstance(obj, Institution) and obj.region_id == actor.region_id


rules.add_perm("planning.set_pagu", does_planning & sets_pagu)
rules.add_perm("planning.write_document", does_planning & owns_document | keeps_reference)
